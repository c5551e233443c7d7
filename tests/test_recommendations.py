"""Recommendations: made once from nearly equal proposals, answered, closed and opened again, with every step kept."""

from __future__ import annotations

from datetime import date

import pytest

from reports.choices import Addressee, SubmissionState
from reports.choices_recommendations import RecommendationState
from reports.models import Expectation, Period, Proposal, Recommendation, Submission
from reports.permissions import recommendations_visible_to
from reports.recommendations import (
    Answer,
    RecommendationMoved,
    candidates,
    close,
    earlier_of,
    follow_up,
    record_answer,
    reopen,
)
from tasks.models import Body
from tests.factories import at, make_entry, make_group, make_period, make_plan, make_submission
from tests.people import Cast, standing

pytestmark = pytest.mark.django_db
WORDS = "Bổ sung kinh phí hoạt động cho tổ dân vận ở thôn, tổ dân phố"


@pytest.fixture
def period(cast: Cast) -> Period:
    make_group(make_plan(), 1)
    return make_period(bodies=[cast.district, cast.other_district])


def proposed(
    period: Period, body: Body, cast: Cast, text: str = WORDS, state: SubmissionState = SubmissionState.ACCEPTED
) -> Submission:
    report = make_submission(Expectation.objects.get(period=period, body=body), cast.reviewer, state)
    entry = make_entry(report, group=period.plan.groups.get())
    Proposal.objects.create(submission=report, entry=entry, order=1, text=text, addressee=Addressee.PROVINCE)
    return report


def followed(period: Period, cast: Cast) -> Recommendation:
    return follow_up(period, [(candidates(period)[0], "")], actor=cast.reviewer, at=at(20))[0]


def test_nearly_equal_proposals_to_one_addressee_are_one_candidate(cast: Cast, period: Period) -> None:
    proposed(period, cast.other_district, cast, WORDS + " trong năm 2024")
    report = proposed(period, cast.district, cast)
    Proposal.objects.create(submission=report, order=1, text=WORDS, addressee=Addressee.CENTRE)
    found = candidates(period)
    assert [(row.addressee, [body.code for body in row.bodies]) for row in found] == [
        (Addressee.CENTRE, ["hu-a"]),
        (Addressee.PROVINCE, ["hu-a", "hu-b"]),
    ]
    assert [one.line for one in found[1].raised] == ["group:1", "group:1"]
    assert found[0].raised[0].line == "closing"


def test_only_accepted_reports_give_candidates(cast: Cast, period: Period) -> None:
    proposed(period, cast.district, cast, state=SubmissionState.RECEIVED)
    assert candidates(period) == []


def test_what_is_followed_up_is_no_candidate_any_more(cast: Cast, period: Period) -> None:
    proposed(period, cast.district, cast)
    row = followed(period, cast)
    assert candidates(period) == []
    assert (row.text, row.state, row.addressee) == (WORDS, RecommendationState.OPEN, Addressee.PROVINCE)
    assert list(row.bodies.all()) == [cast.district]


def test_an_answer_is_kept_with_its_document_and_every_step_stays(cast: Cast, period: Period) -> None:
    proposed(period, cast.district, cast)
    row = followed(period, cast)
    answer = Answer("Đã bố trí trong dự toán năm 2025.", "215-CV/TU", date(2024, 8, 5))
    row = record_answer(row, answer, actor=cast.reviewer, at=at(21))
    assert (row.state, row.answer_symbol, row.answer_date) == ("answered", "215-CV/TU", date(2024, 8, 5))
    row = reopen(row, "Chưa bố trí.", actor=cast.reviewer, at=at(22))
    row = close(row, "Đã thống nhất với Sở Tài chính.", actor=cast.second_reviewer, at=at(23))
    assert list(row.steps.values_list("state", "text")) == [
        ("open", WORDS),
        ("answered", "Đã bố trí trong dự toán năm 2025."),
        ("open", "Chưa bố trí."),
        ("resolved", "Đã thống nhất với Sở Tài chính."),
    ]


def test_a_step_that_does_not_fit_is_refused(cast: Cast, period: Period) -> None:
    proposed(period, cast.district, cast)
    row = close(followed(period, cast), "Xong.", actor=cast.reviewer, at=at(21))
    with pytest.raises(RecommendationMoved):
        record_answer(row, Answer("Muộn."), actor=cast.reviewer, at=at(22))
    assert row.steps.count() == 2


def test_the_next_report_tells_what_became_of_them(cast: Cast, period: Period) -> None:
    proposed(period, cast.district, cast)
    row = followed(period, cast)
    later = make_period(
        period.plan, year=2025, bodies=[cast.district, cast.other_district], data_from=date(2024, 12, 15)
    )
    mine, others = (
        make_submission(later.expectations.get(body=body), cast.preparer)
        for body in (cast.district, cast.other_district)
    )
    assert earlier_of(mine) == [row]
    assert earlier_of(others) == []


def test_a_body_sees_its_own_and_the_committee_sees_all(cast: Cast, period: Period) -> None:
    proposed(period, cast.district, cast)
    row = followed(period, cast)
    for person, seen in ((cast.preparer, [row]), (cast.other_preparer, []), (cast.viewer, [row]), (cast.leader, [row])):
        assert list(recommendations_visible_to(standing(person))) == seen
