"""Who has sent what in a whole year: bodies by periods in the official order, with the counts of both, never ranked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reports.attendance import Attendance, BodyRow, attendance_of
from reports.choices import PeriodState
from reports.models import Period
from reports.permissions import expectations_visible_to, periods_visible_to
from tasks.models import Body
from tasks.permissions import Standing


@dataclass(frozen=True)
class BodyYear:
    """One body's year: its row of each period (None where nothing was asked of it), and the counts."""

    body: Body
    cells: tuple[BodyRow | None, ...]
    counts: Attendance


@dataclass(frozen=True)
class Year:
    """A year of reports: its periods, one line a body, one line of counts a period, and the whole."""

    year: int
    periods: tuple[Period, ...]
    bodies: tuple[BodyYear, ...]
    by_period: tuple[Attendance, ...]
    whole: Attendance
    is_demo: bool
    others: tuple[int, ...]


def read_year(year: int, standing: Standing, *, at: datetime) -> Year:
    """Return the year as far as this person may see it; five queries, however many bodies and periods there are.

    Where there are real periods, those of the demonstration stay out.
    """
    known = list(periods_visible_to(standing).exclude(state__in=(PeriodState.CANCELLED, PeriodState.PLANNED)))
    of_year = [period for period in known if period.year == year]
    is_demo = bool(of_year) and all(period.is_demo for period in of_year)
    periods = sorted(
        (period for period in of_year if period.is_demo == is_demo), key=lambda period: (period.due_at, period.pk)
    )
    owed = expectations_visible_to(standing).filter(period__in=[period.pk for period in periods])
    whole = attendance_of(owed, at=at, with_contacts=True)
    found: dict[int, dict[int, BodyRow]] = {}
    for row in whole.rows:
        found.setdefault(row.expectation.body_id, {})[row.expectation.period_id] = row
    return Year(
        year=year,
        periods=tuple(periods),
        bodies=tuple(_body_year(cells, periods) for cells in found.values()),
        by_period=tuple(_of_period(whole, period) for period in periods),
        whole=whole,
        is_demo=is_demo,
        others=tuple(sorted({period.year for period in known} - {year}, reverse=True)),
    )


def _body_year(cells: dict[int, BodyRow], periods: list[Period]) -> BodyYear:
    body = next(iter(cells.values())).expectation.body
    return BodyYear(body, tuple(cells.get(period.pk) for period in periods), Attendance(tuple(cells.values())))


def _of_period(whole: Attendance, period: Period) -> Attendance:
    return Attendance(tuple(row for row in whole.rows if row.expectation.period_id == period.pk))
