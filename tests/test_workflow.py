"""What the steps of a report do: deliveries, versions, moments, messages, and refusals in words."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from plan_tracker.accounts.models import User
from reports.choices import PeriodState, RemarkState, ReportForm, SubmissionState
from reports.models import Expectation, Notice, Submission
from reports.remarks import answer, ask, settle
from reports.signed_copies import CopyData
from reports.workflow import StepData, StepRefused, available_steps, start_submission, take_step
from tasks.choices import Role
from tasks.models import Membership
from tests.factories import at, make_entry, make_group, make_period, make_submission
from tests.people import Cast, standing

pytestmark = pytest.mark.django_db
State = SubmissionState
COPY = CopyData(symbol="45-BC/HU", signed_on=date(2024, 6, 10), signatory="Người ký A")
DATA = StepData(declared_no_secret=True, copy=COPY)
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"


@pytest.fixture
def expectation(cast: Cast) -> Expectation:
    return make_period(bodies=[cast.district]).expectations.get()


def step(
    report: Submission, name: str, actor: User, *, data: StepData = DATA, token: str = "", hour: int = 9
) -> Submission:
    return take_step(report, name, actor=actor, standing=standing(actor), at=at(10, hour), data=data, token=token)


def sent(expectation: Expectation, cast: Cast, *, token: str = "", hour: int = 9) -> Submission:
    report = start_submission(expectation, actor=cast.preparer, standing=standing(cast.preparer), at=at(10, 8))
    report.form = ReportForm.NIL
    report.save(update_fields=["form"])
    return step(report, "send", cast.sender, token=token, hour=hour)


def test_a_report_goes_all_the_way(cast: Cast, expectation: Expectation) -> None:
    report = start_submission(expectation, actor=cast.preparer, standing=standing(cast.preparer), at=at(10, 8))
    make_entry(report, group=make_group(expectation.period.plan))
    report = step(report, "prepare", cast.preparer)
    report = step(report, "send", cast.sender)
    report = step(report, "receive", cast.reviewer)
    ask(expectation, report, "group:1", "Nêu số liệu.", actor=cast.reviewer, at=at(10, 10))
    report = step(report, "return", cast.reviewer, hour=11)
    report = step(report, "send", cast.sender, hour=12)
    report = step(report, "receive", cast.second_reviewer, hour=13)
    report = step(report, "accept", cast.second_reviewer, hour=14)
    assert list(report.transitions.values_list("step", flat=True)) == [
        "start",
        "prepare",
        "send",
        "receive",
        "return",
        "send",
        "receive",
        "accept",
    ]
    assert (report.accepted_by, report.accepted_at) == (cast.second_reviewer, at(10, 14))
    assert expectation.remarks.get().state == RemarkState.SETTLED
    assert [delivery.number for delivery in report.deliveries.all()] == [1, 2]


def test_starting_twice_opens_the_same_draft(cast: Cast, expectation: Expectation) -> None:
    first, second = (
        start_submission(expectation, actor=cast.preparer, standing=standing(cast.preparer), at=at()) for _ in range(2)
    )
    assert first == second
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("state", [PeriodState.PLANNED, PeriodState.CLOSED, PeriodState.CANCELLED])
def test_nothing_starts_in_a_period_that_takes_no_reports(
    cast: Cast, expectation: Expectation, state: PeriodState
) -> None:
    expectation.period.state = state
    expectation.period.save()
    with pytest.raises(StepRefused):
        start_submission(expectation, actor=cast.preparer, standing=standing(cast.preparer), at=at())


def test_nothing_starts_before_the_period_opens_or_for_an_exempt_body(cast: Cast, expectation: Expectation) -> None:
    who = standing(cast.preparer)
    with pytest.raises(StepRefused):
        start_submission(expectation, actor=cast.preparer, standing=who, at=at(31, month=5))
    expectation.exempt_reason = "Mới thành lập"
    expectation.save()
    with pytest.raises(StepRefused):
        start_submission(expectation, actor=cast.preparer, standing=who, at=at())


def test_whoever_comes_too_late_is_told_who_did_what_when(cast: Cast, expectation: Expectation) -> None:
    report = sent(expectation, cast)
    step(report, "receive", cast.reviewer, hour=10)
    with override("en"), pytest.raises(StepRefused) as refused:
        step(report, "receive", cast.second_reviewer, hour=11)
    assert refused.value.status == 409
    assert str(refused.value) == "This report was already received by Reviewer at 10:00 10/06/2024."
    assert step(report, "receive", cast.reviewer, hour=11).received_at == at(10, 10)


def test_being_returned_later_does_not_make_a_report_late(cast: Cast, expectation: Expectation) -> None:
    report = step(sent(expectation, cast), "receive", cast.reviewer)
    ask(expectation, report, "closing", "Bổ sung.", actor=cast.reviewer, at=at(10, 10))
    report = step(report, "return", cast.reviewer)
    step(report, "send", cast.sender, hour=16)
    expectation.refresh_from_db()
    assert expectation.first_delivered_at == at(10, 9)


def test_a_report_is_not_returned_without_a_remark(cast: Cast, expectation: Expectation) -> None:
    report = step(sent(expectation, cast), "receive", cast.reviewer)
    with pytest.raises(StepRefused):
        step(report, "return", cast.reviewer)
    remark = ask(expectation, report, "closing", "Bổ sung.", actor=cast.reviewer, at=at(10, 10))
    settle(remark, actor=cast.reviewer, at=at(10, 11))
    with pytest.raises(StepRefused):
        step(report, "return", cast.reviewer)


def test_a_report_is_not_accepted_over_a_remark_that_the_body_has_not_seen(
    cast: Cast, expectation: Expectation
) -> None:
    report = step(sent(expectation, cast), "receive", cast.reviewer)
    remark = ask(expectation, report, "closing", "Bổ sung.", actor=cast.reviewer, at=at(10, 10))
    with pytest.raises(StepRefused):
        step(report, "accept", cast.reviewer, hour=11)
    answer(remark, "Đã nêu ở mục 3.", actor=cast.preparer, at=at(10, 11))
    assert step(report, "accept", cast.reviewer, hour=12).state == State.ACCEPTED


def test_the_committees_own_part_needs_no_review(cast: Cast) -> None:
    expectation = make_period(bodies=[cast.committee]).expectations.get()
    report = make_submission(expectation, cast.committee_preparer, form=ReportForm.NIL)
    report = step(report, "send", cast.committee_sender)
    assert report.state == State.ACCEPTED
    assert list(report.transitions.values_list("step", flat=True)) == ["send", "accept"]


def test_nobody_reviews_the_report_of_a_body_he_writes_for(cast: Cast, expectation: Expectation) -> None:
    report = sent(expectation, cast)
    Membership.objects.create(user=cast.reviewer, body=cast.district, role=Role.SENDER, starts_on=date(2020, 1, 1))
    assert "receive" not in {row.name for row in available_steps(report, standing(cast.reviewer), at=at())}


def test_a_report_entered_on_behalf_counts_from_its_receipt_and_another_reviewer_accepts_it(
    cast: Cast, expectation: Expectation
) -> None:
    who = standing(cast.reviewer)
    report = start_submission(expectation, actor=cast.reviewer, standing=who, at=at(12))
    report.form = ReportForm.NIL
    report.save(update_fields=["form"])
    copy = CopyData("45-BC/HU", date(2024, 6, 8), "A", scan=SimpleUploadedFile("a.pdf", PDF))
    data = StepData(declared_no_secret=True, copy=copy, came_at=at(9))
    report = take_step(report, "enter_on_behalf", actor=cast.reviewer, standing=who, at=at(12), data=data)
    expectation.refresh_from_db()
    assert report.is_on_behalf and expectation.first_delivered_at == at(9)
    report = take_step(report, "receive", actor=cast.reviewer, standing=who, at=at(12, 10))
    with pytest.raises(StepRefused):
        take_step(report, "accept", actor=cast.reviewer, standing=who, at=at(12, 11))
    second = standing(cast.second_reviewer)
    accepted = take_step(report, "accept", actor=cast.second_reviewer, standing=second, at=at(12, 11))
    assert accepted.state == State.ACCEPTED


def test_people_are_told_in_their_own_language(cast: Cast, expectation: Expectation) -> None:
    User.objects.filter(pk=cast.second_reviewer.pk).update(language="en")
    report = sent(expectation, cast)
    told = dict(Notice.objects.values_list("user__username", "text"))
    assert set(told) == {"reviewer", "second_reviewer"}
    assert told["second_reviewer"] == "Huyện uỷ A sent its report for the first six months of 2024."
    Notice.objects.all().delete()
    step(report, "receive", cast.reviewer)
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"preparer", "sender"}
