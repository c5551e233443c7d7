"""What may still change once a period is open: due moment, extension, exemption, cancelling, closing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.admin.models import CHANGE
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.choices import PeriodState, SubmissionState
from reports.models import Expectation, Period, Submission
from reports.notices import members_of, tell
from reports.periods import PeriodRefused, moment_in_words, record, tell_bodies, title_within

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User


@transaction.atomic
def change_due(period: Period, due_at: datetime, *, actor: User, at: datetime) -> Period:
    """Set another due moment for all, while no report is accepted."""
    period = _for_change(period)
    if due_at < period.due_at and due_at <= at:
        raise PeriodRefused(_("This moment has passed: every body would be late at once. Choose a later one."))
    before, period.due_at = period.due_at, due_at
    period.save(update_fields=["due_at"])
    record(period, actor, CHANGE, f"due {before.isoformat()} → {due_at.isoformat()}")
    tell_bodies(
        period,
        lambda: (
            _("The due moment of the report for the %(period)s has changed: now %(due)s.")
            % {"period": title_within(period), "due": moment_in_words(due_at)}
        ),
        actor=actor,
        at=at,
    )
    return period


@transaction.atomic
def cancel(period: Period, reason: str, *, actor: User, at: datetime) -> Period:
    """Call the period off, while no report is accepted; what was written stays."""
    period = _for_change(period)
    if not reason.strip():
        raise PeriodRefused(_("Give the reason."))
    period.state = PeriodState.CANCELLED
    period.save(update_fields=["state"])
    record(period, actor, CHANGE, f"cancelled: {reason}")
    tell_bodies(
        period,
        lambda: (
            _("The report for the %(period)s is no longer asked for: %(reason)s")
            % {"period": title_within(period), "reason": reason}
        ),
        actor=actor,
        at=at,
    )
    return period


@transaction.atomic
def close(period: Period, *, actor: User, at: datetime) -> Period:
    """Take no first reports any more; what is already on its way may still be finished."""
    return _move(period, PeriodState.OPEN, PeriodState.CLOSED, actor)


@transaction.atomic
def reopen(period: Period, *, actor: User, at: datetime) -> Period:
    """Take reports again."""
    return _move(period, PeriodState.CLOSED, PeriodState.OPEN, actor)


@transaction.atomic
def extend(expectation: Expectation, until: datetime, reason: str, *, actor: User, at: datetime) -> Expectation:
    """Give one body more time, with the reason."""
    if not reason.strip():
        raise PeriodRefused(_("Give the reason."))
    if until <= expectation.period.due_at:
        raise PeriodRefused(_("An extension ends after the common due moment."))
    if expectation.submissions.filter(state=SubmissionState.ACCEPTED).exists():
        raise PeriodRefused(_("A report of this body is already accepted."))
    if expectation.period.state == PeriodState.CLOSED and expectation.first_delivered_at is None:
        raise PeriodRefused(_("The period is closed and takes no first reports any more; reopen it first."))
    expectation.extended_to, expectation.extension_reason = until, reason
    expectation.save(update_fields=["extended_to", "extension_reason"])
    record(expectation.period, actor, CHANGE, f"{expectation.body.code} extended to {until.isoformat()}: {reason}")
    _tell_body(
        expectation,
        lambda: (
            _("Your report for the %(period)s may come until %(due)s.")
            % {"period": title_within(expectation.period), "due": moment_in_words(until)}
        ),
        actor=actor,
        at=at,
    )
    return expectation


@transaction.atomic
def exempt(expectation: Expectation, reason: str, *, actor: User, at: datetime) -> Expectation:
    """Free one body from this report, with the reason; an empty reason takes the exemption back."""
    if reason and expectation.submissions.filter(state=SubmissionState.ACCEPTED).exists():
        raise PeriodRefused(_("A report of this body is already accepted."))
    expectation.exempt_reason = reason.strip()
    expectation.save(update_fields=["exempt_reason"])
    record(expectation.period, actor, CHANGE, f"{expectation.body.code} exempt: {reason or 'no longer'}")
    _tell_body(
        expectation,
        lambda: (
            (
                _("Your body is exempt from the report for the %(period)s: %(reason)s")
                if reason
                else _("Your body owes the report for the %(period)s again.")
            )
            % {"period": title_within(expectation.period), "reason": reason}
        ),
        actor=actor,
        at=at,
    )
    return expectation


def _for_change(period: Period) -> Period:
    """Lock the period and refuse where a report of it is accepted already."""
    locked = Period.objects.select_for_update().get(pk=period.pk)
    if locked.state == PeriodState.CANCELLED:
        raise PeriodRefused(_("This period is cancelled."))
    if Submission.objects.filter(expectation__period=locked).accepted().exists():
        raise PeriodRefused(_("A report is already accepted: the period can no longer be changed or cancelled."))
    return locked


def _move(period: Period, source: PeriodState, target: PeriodState, actor: User) -> Period:
    locked = Period.objects.select_for_update().get(pk=period.pk)
    if locked.state != source:
        raise PeriodRefused(_("This period is now: %(state)s.") % {"state": locked.get_state_display()})
    locked.state = target
    locked.save(update_fields=["state"])
    record(locked, actor, CHANGE, f"{source} → {target}")
    return locked


def _tell_body(expectation: Expectation, sentence: Callable[[], str], *, actor: User, at: datetime) -> None:
    people = members_of(expectation.writers, on=timezone.localtime(at).date())
    url = reverse("reports:period_detail", args=[expectation.period_id])
    tell((p for p in people if p != actor), sentence, url=url, at=at, is_demo=expectation.period.is_demo)
