"""On which days a report is reminded of: round the due day, the new year, Tết and the 29th of February."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from plan_tracker.lib.dates import ZONE, add_working_days, proposed_due
from reports.choices_reminders import Occasion
from reports.reminder_days import Milestone, last_day, milestone

DUE = datetime(2024, 6, 18, 16, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2024, 6, 10), None),
        (date(2024, 6, 11), (date(2024, 6, 11), Occasion.WEEK_BEFORE)),
        (date(2024, 6, 13), (date(2024, 6, 11), Occasion.WEEK_BEFORE)),
        (date(2024, 6, 17), (date(2024, 6, 17), Occasion.DAY_BEFORE)),
        (date(2024, 6, 18), (date(2024, 6, 17), Occasion.DAY_BEFORE)),
        (date(2024, 6, 19), (date(2024, 6, 19), Occasion.DAY_AFTER)),
        (date(2024, 6, 25), (date(2024, 6, 19), Occasion.DAY_AFTER)),
        (date(2024, 6, 26), (date(2024, 6, 26), Occasion.WEEKLY)),
        (date(2024, 7, 3), (date(2024, 7, 3), Occasion.WEEKLY)),
    ],
)
def test_each_day_has_its_milestone(on: date, expected: tuple[date, Occasion] | None) -> None:
    assert milestone(DUE, on=on) == (Milestone(*expected) if expected else None)


def test_what_lies_before_the_period_opened_is_no_milestone() -> None:
    assert milestone(DUE, on=date(2024, 6, 14), since=date(2024, 6, 12)) is None
    assert milestone(DUE, on=date(2024, 6, 17), since=date(2024, 6, 12)) is not None


def test_a_due_moment_at_midnight_belongs_to_the_day_that_ends() -> None:
    midnight = datetime(2025, 1, 1, 0, 0, tzinfo=ZONE)
    assert last_day(midnight) == date(2024, 12, 31)
    assert last_day(midnight + timedelta(seconds=1)) == date(2025, 1, 1)
    assert milestone(midnight, on=date(2025, 1, 1)) == Milestone(date(2025, 1, 1), Occasion.DAY_AFTER)


def test_the_days_run_over_the_new_year_and_the_leap_day() -> None:
    new_year = datetime(2025, 1, 2, 16, tzinfo=ZONE)
    assert milestone(new_year, on=date(2024, 12, 26)) == Milestone(date(2024, 12, 26), Occasion.WEEK_BEFORE)
    leap = datetime(2024, 3, 1, 16, tzinfo=ZONE)
    assert milestone(leap, on=date(2024, 2, 29)) == Milestone(date(2024, 2, 29), Occasion.DAY_BEFORE)
    plain = datetime(2023, 3, 1, 16, tzinfo=ZONE)
    assert milestone(plain, on=date(2023, 2, 28)) == Milestone(date(2023, 2, 28), Occasion.DAY_BEFORE)
    assert milestone(datetime(2024, 2, 29, 16, tzinfo=ZONE), on=date(2024, 3, 1)).occasion == Occasion.DAY_AFTER  # type: ignore[union-attr]


def test_due_moments_step_over_tet_and_its_bridge_days() -> None:
    # Tết Giáp Thìn: offices were closed from 8 to 14 February 2024.
    assert proposed_due(date(2024, 2, 7)).date() == date(2024, 2, 16)
    assert add_working_days(date(2024, 2, 7), 1) == date(2024, 2, 15)
    # Tết Bính Ngọ: closed from 14 to 22 February 2026.
    assert add_working_days(date(2026, 2, 13), 1) == date(2026, 2, 23)
