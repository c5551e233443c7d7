"""The closing report of a body that ended inside a window: owed only where the administrator says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from reports.choices import PeriodState
from reports.models import Expectation, Period
from tasks.choices import ChangeState
from tasks.journal import Journal
from tasks.models import Body, BodyChange
from tasks.reorganisation import ChangeRefused, read_draft

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User


@dataclass(frozen=True)
class Possible:
    """A period inside whose window a body ended, and of which it owes nothing yet."""

    period: Period
    body: Body

    @property
    def key(self) -> str:
        """Return the name of the choice in a form."""
        return f"{self.period.pk}-{self.body.code}"


def possible_final_reports(change: BodyChange) -> list[Possible]:
    """Return what the ended bodies of a change could still be asked for; three queries."""
    draft = read_draft(change)
    periods = Period.objects.filter(data_from__lte=draft.last_day, data_to__gt=draft.last_day)
    asking = list(periods.filter(state__in=(PeriodState.PLANNED, PeriodState.OPEN)))
    ended = [body for body in draft.ending if body.pk and body.reports_through_id is None]
    owed = set(Expectation.objects.filter(period__in=asking, body__in=ended).values_list("period_id", "body_id"))
    return [Possible(period, body) for period in asking for body in ended if (period.pk, body.pk) not in owed]


@transaction.atomic
def ask_final_reports(change: BodyChange, keys: Iterable[str], *, actor: User | None, at: datetime) -> int:
    """Let ended bodies owe a closing report, those that the keys name; return how many. Part of what undoing undoes."""
    locked = BodyChange.objects.select_for_update().get(pk=change.pk)
    if locked.state != ChangeState.CONFIRMED:
        raise ChangeRefused("")
    wanted, journal = set(keys), Journal(locked)
    chosen = [one for one in possible_final_reports(locked) if one.key in wanted]
    for one in chosen:
        journal.create(Expectation(period=one.period, body=one.body, is_closing=True))
    return len(chosen)
