"""Who sees which report, expectation and period."""

from __future__ import annotations

import pytest

from reports.choices import PeriodState, SubmissionState
from reports.models import Period
from reports.permissions import can_edit, expectations_visible_to, periods_visible_to, submissions_visible_to
from tests.factories import make_period, make_submission
from tests.people import Cast, make_user, standing

pytestmark = pytest.mark.django_db
State = SubmissionState
EVERYTHING = ("reviewer", "leader", "administrator")


@pytest.fixture
def period(cast: Cast) -> Period:
    period = make_period(bodies=[cast.district, cast.other_district])
    first, second = period.expectations.order_by("body__code")
    make_submission(first, cast.preparer, State.DRAFT)
    make_submission(second, cast.other_preparer, State.ACCEPTED)
    return period


@pytest.mark.parametrize(
    ("role", "bodies"),
    [
        ("preparer", {"hu-a"}),
        ("sender", {"hu-a"}),
        ("other_preparer", {"hu-b"}),
        ("viewer", {"hu-b"}),
        ("committee_preparer", set()),
        *((role, {"hu-a", "hu-b"}) for role in EVERYTHING),
    ],
)
def test_a_report_is_seen_by_its_body_and_by_those_who_review(
    cast: Cast, period: Period, role: str, bodies: set[str]
) -> None:
    rows = submissions_visible_to(standing(getattr(cast, role)))
    assert {row.expectation.body.code for row in rows.select_related("expectation__body")} == bodies


@pytest.mark.parametrize(
    ("role", "count"),
    [("preparer", 1), ("other_sender", 1), ("viewer", 0), ("committee_sender", 0), *((role, 2) for role in EVERYTHING)],
)
def test_what_a_body_owes_is_seen_by_it_and_by_those_who_review(
    cast: Cast, period: Period, role: str, count: int
) -> None:
    assert expectations_visible_to(standing(getattr(cast, role))).count() == count


def test_planned_and_cancelled_periods_are_for_those_who_review(cast: Cast, period: Period) -> None:
    make_period(year=2025, state=PeriodState.PLANNED)
    make_period(year=2026, state=PeriodState.CANCELLED)
    assert periods_visible_to(standing(cast.reviewer)).count() == 3
    for role in ("preparer", "viewer", "committee_sender"):
        assert list(periods_visible_to(standing(getattr(cast, role)))) == [period]


def test_somebody_without_a_seat_sees_nothing(cast: Cast, period: Period) -> None:
    nobody = standing(make_user("nobody"))
    assert not periods_visible_to(nobody).exists()
    assert not submissions_visible_to(nobody).exists()
    assert not expectations_visible_to(nobody).exists()


@pytest.mark.parametrize("state", list(State))
def test_a_text_changes_only_while_it_is_written_and_only_by_its_body(cast: Cast, state: State) -> None:
    report = make_submission(make_period(bodies=[cast.district]).expectations.get(), cast.preparer, state)
    for role in ("preparer", "sender"):
        assert can_edit(standing(getattr(cast, role)), report) == (state in {State.DRAFT, State.RETURNED})
    for role in ("other_preparer", "reviewer", "leader", "viewer", "administrator", "committee_sender"):
        assert not can_edit(standing(getattr(cast, role)), report)
