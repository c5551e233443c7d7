"""A month as weeks of days, each with what falls due on it and whether offices work."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from plan_tracker.lib.dates import add_months, holiday_name, is_working_day
from reports.deadline_events import Event

MONDAY = 0


@dataclass(frozen=True)
class Day:
    """One day of the grid."""

    day: date
    in_month: bool
    is_today: bool
    is_free: bool
    holiday: str
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Week:
    """Seven days, Monday first."""

    days: tuple[Day, ...]

    @property
    def has_events(self) -> bool:
        """Return whether anything falls due in it."""
        return any(day.events for day in self.days)


@dataclass(frozen=True)
class Month:
    """A month with the weeks that it touches, Monday first."""

    first: date
    weeks: tuple[Week, ...]

    @property
    def before(self) -> date:
        """Return the first day of the month before."""
        return add_months(self.first, -1)

    @property
    def after(self) -> date:
        """Return the first day of the month after."""
        return add_months(self.first, 1)


def span_of(first: date) -> tuple[date, date]:
    """Return the first and the last day that the grid of a month shows."""
    days = list(Calendar(MONDAY).itermonthdates(first.year, first.month))
    return days[0], days[-1]


def month_of(first: date, events: Iterable[Event], *, on: date, decided: Mapping[date, bool]) -> Month:
    """Return the grid of the month that begins on `first`."""
    found: dict[date, list[Event]] = {}
    for event in events:
        found.setdefault(event.day, []).append(event)
    weeks = Calendar(MONDAY).monthdatescalendar(first.year, first.month)
    return Month(
        first,
        tuple(
            Week(
                tuple(
                    Day(
                        day=day,
                        in_month=day.month == first.month,
                        is_today=day == on,
                        is_free=not is_working_day(day, decided),
                        holiday=holiday_name(day) if day not in decided else "",
                        events=tuple(found.get(day, ())),
                    )
                    for day in week
                )
            )
            for week in weeks
        ),
    )
