"""Deadlines on the office's clock: the last second before, the moment itself, the turn of the year, 29 February."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from plan_tracker.lib.dates import ZONE
from reports.attendance import attendance_of
from reports.choices import PeriodKind, ReportStanding
from reports.desk import days_until
from reports.form_pages import time_left
from reports.lateness import days_past
from reports.models import Expectation
from tests.factories import make_period
from tests.people import make_cast

ON_TIME, LATE = ReportStanding.SENT_ON_TIME, ReportStanding.SENT_LATE


def moment(text: str) -> datetime:
    """Return a moment on the wall clock of the office."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


CASES = [
    # due, sent, standing, days late
    ("2024-06-19T00:00:00", "2024-06-18T23:59:59.999999", ON_TIME, 0),
    ("2024-06-19T00:00:00", "2024-06-19T00:00:00", LATE, 1),
    ("2024-06-19T00:00:00", "2024-06-19T23:59:59", LATE, 1),
    ("2024-06-19T00:00:00", "2024-06-20T00:00:00", LATE, 2),
    ("2024-06-18T16:00:00", "2024-06-18T15:59:59", ON_TIME, 0),
    ("2024-06-18T16:00:00", "2024-06-18T16:00:00", LATE, 1),
    ("2024-06-18T16:00:00", "2024-06-19T23:59:59", LATE, 1),
    ("2024-06-18T16:00:00", "2024-06-20T00:00:00", LATE, 2),
    ("2024-12-31T23:59:59", "2024-12-31T23:59:58", ON_TIME, 0),
    ("2024-12-31T23:59:59", "2025-01-01T00:00:00", LATE, 1),
    ("2025-01-01T00:00:00", "2024-12-31T23:59:59", ON_TIME, 0),
    ("2025-01-01T00:00:00", "2025-01-02T00:00:00", LATE, 2),
    ("2024-02-29T16:00:00", "2024-02-29T15:59:59", ON_TIME, 0),
    ("2024-02-29T16:00:00", "2024-03-01T08:00:00", LATE, 1),
    ("2024-03-01T00:00:00", "2024-02-29T23:59:59", ON_TIME, 0),
    ("2023-02-28T16:00:00", "2023-03-02T08:00:00", LATE, 2),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("due", "sent", "standing", "late"), CASES)
def test_a_report_is_on_time_before_the_due_moment_and_every_count_agrees(
    due: str, sent: str, standing: ReportStanding, late: int
) -> None:
    cast = make_cast()
    period = make_period(kind=PeriodKind.AD_HOC, bodies=[cast.district], due_at=moment(due))
    # The same moment as a server in another zone would have written it.
    Expectation.objects.update(first_delivered_at=moment(sent).astimezone(UTC))
    row = attendance_of(Expectation.objects.filter(period=period), at=moment("2026-01-01T00:00:00")).rows[0]
    assert (row.standing, row.days_late) == (standing, late)
    assert days_past(moment(due), moment(sent)) == late


@pytest.mark.parametrize(
    ("now", "on_the_desk", "on_the_form"),
    [
        ("2024-02-27T23:59:59", "còn 2 ngày", "còn 2 ngày"),
        ("2024-02-28T00:00:00", "còn 1 ngày", "còn 1 ngày"),
        ("2024-02-29T00:00:00", "đến hạn hôm nay", "còn 16 giờ"),
        ("2024-02-29T15:59:59", "đến hạn hôm nay", "còn 0 giờ"),
        ("2024-02-29T16:00:00", "quá hạn từ hôm nay", "đã quá hạn"),
        ("2024-03-01T00:00:00", "quá hạn 1 ngày", "chậm 1 ngày"),
        ("2024-03-02T00:00:00", "quá hạn 2 ngày", "chậm 2 ngày"),
    ],
)
def test_the_days_left_are_the_same_on_every_page(now: str, on_the_desk: str, on_the_form: str) -> None:
    due = moment("2024-02-29T16:00:00")
    assert days_until(due, now=moment(now)) == on_the_desk
    assert time_left(due, moment(now)) == on_the_form
