"""On which days a report that has not come is reminded of: no query here, and every day is an argument."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from plan_tracker.lib.dates import ZONE
from reports.choices_reminders import Occasion

DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class Milestone:
    """The last day by now on which somebody was to be reminded, and why."""

    day: date
    occasion: Occasion


def last_day(due_at: datetime) -> date:
    """Return the last day on which a report is in time; a due moment at midnight ends the day before."""
    return (due_at.astimezone(ZONE) - timedelta(microseconds=1)).date()


def milestone(due_at: datetime, *, on: date, since: date = date.min) -> Milestone | None:
    """Return the latest milestone up to a day: 7 and 1 days before, the day after, then weekly; None before them all.

    Milestones before `since` (the day on which the period opened and the bodies were told) do not count. A timer that
    did not run on the very day finds the same milestone on the next one.
    """
    due = last_day(due_at)
    found = None
    if on > due:
        weeks = (on - due - DAY) // WEEK
        found = Milestone(due + DAY + weeks * WEEK, Occasion.WEEKLY if weeks else Occasion.DAY_AFTER)
    elif on >= due - DAY:
        found = Milestone(due - DAY, Occasion.DAY_BEFORE)
    elif on >= due - WEEK:
        found = Milestone(due - WEEK, Occasion.WEEK_BEFORE)
    return found if found is not None and found.day >= since else None
