"""Who is asked in a period that is open already: bodies are added, or let go as long as they have begun nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.admin.models import CHANGE
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.choices import PeriodState
from reports.expectations import expect, reporting_bodies
from reports.models import Expectation, Period, ReminderLine, Submission, TelephoneReminder
from reports.notices import members_of, tell
from reports.periods import PeriodRefused, moment_in_words, record, title_within
from tasks.models import Body

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User


@dataclass(frozen=True)
class Changed:
    """The bodies that owe a report now, and those that owe none any more."""

    added: tuple[Body, ...]
    removed: tuple[Body, ...]


@transaction.atomic
def change_addressees(period: Period, addressees: Iterable[Body], *, actor: User, at: datetime) -> Changed:
    """Ask these bodies and no others, and tell those for whom that is new; who has begun or was reminded stays."""
    period = Period.objects.select_for_update().get(pk=period.pk)
    if period.state not in {PeriodState.OPEN, PeriodState.PLANNED}:
        raise PeriodRefused(_("This period is now: %(state)s.") % {"state": period.get_state_display()})
    asked = list(addressees)
    wanted = {body.pk for body in reporting_bodies(asked, on=period.data_to)}
    if not wanted:
        raise PeriodRefused(_("None of the addressees exists on the last day of the window."))
    leaving = _leaving(period, wanted)
    removed = tuple(row.body for row in leaving)
    url = reverse("reports:period_detail", args=[period.pk])
    _tell(removed, lambda: _no_longer(period), url=reverse("reports:period_list"), period=period, actor=actor, at=at)
    Expectation.objects.filter(pk__in=[row.pk for row in leaving]).delete()
    period.addressees.set(asked)
    added = tuple(row.body for row in expect(period, asked))
    _tell(added, lambda: _asked(period), url=url, period=period, actor=actor, at=at)
    if added or removed:
        signs = [f"+{body.code}" for body in added] + [f"-{body.code}" for body in removed]
        record(period, actor, CHANGE, f"addressees {' '.join(signs)}")
    return Changed(added, removed)


def _leaving(period: Period, wanted: set[int]) -> list[Expectation]:
    """Return the expectations that fall away; refuse where a report was begun or somebody was reminded of it."""
    traces = (Submission, ReminderLine, TelephoneReminder)
    begun = [Exists(model._default_manager.filter(expectation=OuterRef("pk"))) for model in traces]
    rows = period.expectations.exclude(body_id__in=wanted).select_related("body").order_by("body__order")
    stuck = rows.filter(Q(begun[0]) | Q(begun[1]) | Q(begun[2]))
    if names := [row.body.name for row in stuck]:
        words = _("These have begun a report or were reminded of it: exempt them instead. %(names)s")
        raise PeriodRefused(words % {"names": "; ".join(names)})
    return list(rows)


def _tell(  # noqa: PLR0913 - whom, what, where it leads, of which period, by whom and when
    bodies: Iterable[Body], sentence: Callable[[], str], *, url: str, period: Period, actor: User, at: datetime
) -> None:
    people = members_of([body.pk for body in bodies], on=timezone.localtime(at).date())
    tell((person for person in people if person != actor), sentence, url=url, at=at, is_demo=period.is_demo)


def _asked(period: Period) -> str:
    words = {"period": title_within(period), "due": moment_in_words(period.due_at)}
    return _("A report is asked for: %(period)s, due %(due)s.") % words


def _no_longer(period: Period) -> str:
    return _("Your body is no longer asked for the report for the %(period)s.") % {"period": title_within(period)}
