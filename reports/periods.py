"""Periods: what they are called, what comes before them, how one is opened, changed, cancelled and closed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, TypedDict, Unpack

from django.contrib.admin.models import ADDITION, LogEntry
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from plan_tracker.lib.dates import AS_USUAL, WindowKind, proposed_due, proposed_window, screen_day
from reports.choices import Depth, PeriodKind, PeriodState
from reports.expectations import expect
from reports.models import Period, PeriodQuestion
from reports.notices import members_of, tell
from reports.querysets import PeriodQuerySet
from tasks.models import Body, Plan, Task

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User

MAX_FOCUS_TASKS = 8
WINDOWS = {
    PeriodKind.MONTH: WindowKind.MONTH,
    PeriodKind.QUARTER: WindowKind.QUARTER,
    PeriodKind.FIRST_HALF: WindowKind.HALF,
    PeriodKind.NINE_MONTHS: WindowKind.NINE_MONTHS,
    PeriodKind.YEAR: WindowKind.YEAR,
}
NUMBERED = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4}
DEPTHS = {PeriodKind.FIRST_HALF: Depth.FULL, PeriodKind.YEAR: Depth.DETAILED}


class PeriodRefused(Exception):
    """A period cannot be opened or changed like this; the message is a sentence for the person."""


@dataclass(frozen=True)
class RequestDocument:
    """The document that asks for the reports; it may follow later."""

    symbol: str = ""
    date: date | None = None
    signatory: str = ""
    file: File[bytes] | None = None


class More(TypedDict, total=False):
    """What a period may also have."""

    ordinal: int | None
    opens_on: date
    own_title: str
    note: str
    is_demo: bool


@dataclass(frozen=True)
class Proposal:
    """What a period of this kind and year would usually look like."""

    depth: Depth
    window: tuple[date, date]
    due_at: datetime


def period_title(period: Period) -> str:
    """Return what the period is called in the active language: “6 tháng đầu năm 2024”."""
    return period.title


def title_within(period: Period) -> str:
    """Return the title as it stands inside a sentence: “quý I năm 2024”; an own title stays as it is written."""
    title = period.title
    if period.own_title:
        return title
    return title[:1].lower() + title[1:]


def propose(
    kind: str, year: int, ordinal: int | None = None, *, decided: Mapping[date, bool] = AS_USUAL
) -> Proposal | None:
    """Return the usual window, due moment and depth; None for the kinds that have no usual window.

    `decided` are the days on which offices work, or do not, otherwise than the public calendar says.
    """
    chosen = PeriodKind(kind)
    if chosen not in WINDOWS:
        return None
    window = proposed_window(WINDOWS[chosen], year, ordinal or 1)
    return Proposal(depth=DEPTHS.get(chosen, Depth.BRIEF), window=window, due_at=proposed_due(window[1], decided))


def previous_period(period: Period) -> Period | None:
    """Return the latest earlier period of the plan that ended before this one; cancelled ones do not count."""
    return _standing_beside(period).filter(data_to__lt=period.data_to).order_by("-data_to", "-data_from").first()


def comparable_period(period: Period) -> Period | None:
    """Return the period of the same kind a year before."""
    same = _standing_beside(period).filter(kind=period.kind, year=period.year - 1, ordinal=period.ordinal)
    return same.order_by("-data_to").first()


def _standing_beside(period: Period) -> PeriodQuerySet:
    rows = Period.objects.filter(plan=period.plan_id, is_demo=period.is_demo).exclude(pk=period.pk)
    return rows.exclude(state=PeriodState.CANCELLED)


@transaction.atomic
def open_period(  # noqa: PLR0913 - a period has that many properties
    *,
    plan: Plan,
    kind: str,
    year: int,
    depth: str,
    window: tuple[date, date],
    due_at: datetime,
    addressees: Iterable[Body],
    actor: User,
    at: datetime,
    request: RequestDocument = RequestDocument(),
    focus_tasks: Sequence[Task] = (),
    questions: Sequence[str] = (),
    **more: Unpack[More],
) -> Period:
    """Open a period with a row for every body that owes a report, and tell the bodies."""
    if len(focus_tasks) > MAX_FOCUS_TASKS:
        raise PeriodRefused(_("At most eight tasks can be in focus."))
    more.setdefault("opens_on", timezone.localtime(at).date())
    period = Period(plan=plan, kind=kind, year=year, depth=depth, due_at=due_at, created_by=actor, **more)
    period.data_from, period.data_to = window
    period.state = PeriodState.OPEN
    _save(period, request)
    asked = list(addressees)
    period.addressees.set(asked)
    period.focus_tasks.set(focus_tasks)
    rows = (PeriodQuestion(period=period, order=place, text=text) for place, text in enumerate(questions, start=1))
    PeriodQuestion.objects.bulk_create(rows)
    if not expect(period, asked):
        raise PeriodRefused(_("None of the addressees exists on the last day of the window."))
    record(period, actor, ADDITION, "opened")
    tell_bodies(period, lambda: _opened_sentence(period), actor=actor, at=at)
    return period


def _save(period: Period, request: RequestDocument) -> None:
    """Write a new period with the document that asks; refuse a second one of its kind for the same window."""
    if period.kind not in NUMBERED:
        period.ordinal = None
    period.request_symbol, period.request_date = request.symbol, request.date
    period.request_signatory = request.signatory
    try:
        period.full_clean()
    except ValidationError as error:
        raise PeriodRefused(" ".join(error.messages)) from error
    if request.file is not None:
        period.request_file.save(request.file.name or "van-ban", request.file, save=False)
    period.save()


def _opened_sentence(period: Period) -> str:
    words = {"period": title_within(period), "due": moment_in_words(period.due_at)}
    return _("A report is asked for: %(period)s, due %(due)s.") % words


def record(period: Period, actor: User, flag: int, message: str) -> None:
    """Keep who did what to a period, where the administration shows it."""
    LogEntry.objects.log_actions(
        user_id=actor.pk, queryset=[period], action_flag=flag, change_message=message, single_object=True
    )


def moment_in_words(moment: datetime) -> str:
    """Return “16:00 18/06/2024” on the office's wall clock."""
    local = timezone.localtime(moment)
    return f"{local:%H:%M} {screen_day(local)}"


def tell_bodies(period: Period, sentence: Callable[[], str], *, actor: User, at: datetime) -> None:
    """Leave a message with everybody who writes or sends for a body that owes this report."""
    bodies = period.expectations.owed().values_list("body_id", flat=True)
    people = [person for person in members_of(bodies, on=timezone.localtime(at).date()) if person != actor]
    tell(people, sentence, url=reverse("reports:period_detail", args=[period.pk]), at=at, is_demo=period.is_demo)
