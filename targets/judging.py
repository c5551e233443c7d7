"""What a person says of an indicator: a verdict in words where there is no figure, or an override until a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.db import transaction
from django.utils.translation import gettext as _

from plan_tracker.accounts.models import User
from targets.choices import Verdict
from targets.models import Indicator, Judgement

# A person says how it stands; that there is no figure, or nothing to measure, is a fact and no opinion.
SAYABLE = (Verdict.ACHIEVED, Verdict.ON_TRACK, Verdict.AT_RISK, Verdict.OFF_TRACK, Verdict.MISSED)
LONGEST = timedelta(days=366)


class JudgementRefused(Exception):
    """It cannot be said like this; the message is a sentence for the person."""


@dataclass(frozen=True)
class Opinion:
    """What is to be said of an indicator of the province, and until when it holds."""

    verdict: Verdict
    reason: str
    expires_on: date


@transaction.atomic
def judge_by_person(indicator: Indicator, opinion: Opinion, *, computed: Verdict, actor: User, on: date) -> Judgement:
    """Keep what the person says beside what the figures say; what was said before stays, and no longer counts."""
    if computed == Verdict.NO_OBJECT:
        raise JudgementRefused(_("There is nothing left to measure, so there is nothing to judge."))
    if opinion.verdict not in SAYABLE:
        raise JudgementRefused(_("This cannot be said by a person: it follows from the figures."))
    if not opinion.reason.strip():
        raise JudgementRefused(_("Say why: the reason is shown beside the verdict."))
    if not on <= opinion.expires_on <= on + LONGEST:
        raise JudgementRefused(_("The last day must lie between today and a year from now."))
    judgement = Judgement.objects.create(
        indicator=indicator,
        body_id=indicator.target.plan.province_id,
        as_of=on,
        verdict=opinion.verdict,
        reason=opinion.reason.strip(),
        judged_by=actor,
        expires_on=opinion.expires_on,
        is_demo=actor.is_demo,
    )
    _log(judgement, actor, ADDITION, f"{computed} → {opinion.verdict}")
    return judgement


@transaction.atomic
def end_judgement(judgement: Judgement, *, actor: User, on: date) -> None:
    """Let the figures speak again from today on; the judgement stays in the history with its shortened span."""
    last = on - timedelta(days=1)
    if judgement.expires_on is not None and judgement.expires_on <= last:
        raise JudgementRefused(_("This judgement has ended already."))
    judgement.expires_on = last
    judgement.save(update_fields=["expires_on"])
    _log(judgement, actor, CHANGE, "ended")


def _log(judgement: Judgement, actor: User, flag: int, message: str) -> None:
    """Keep who did what, where the administration shows it."""
    LogEntry.objects.log_actions(
        user_id=actor.pk, queryset=[judgement], action_flag=flag, change_message=message, single_object=True
    )
