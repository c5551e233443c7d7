"""Sending a report: what it needs, what is kept, the same form twice, and taking it back."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from plan_tracker.accounts.models import User
from reports.choices import ReportForm, SubmissionState
from reports.deliveries import sha256_of
from reports.models import Delivery, Difficulty, Expectation, Proposal, SignedCopy, Submission, Transition
from reports.moves import MOVED, OTHER_CONTENT
from reports.signed_copies import CopyData
from reports.workflow import StepData, StepRefused, available_steps, note_opened, start_submission, take_step
from tests.factories import at, make_entry, make_group, make_period, make_plan, make_submission
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


def test_a_report_with_gaps_is_neither_prepared_nor_sent(cast: Cast, expectation: Expectation) -> None:
    make_group(expectation.period.plan)
    report = start_submission(expectation, actor=cast.preparer, standing=standing(cast.preparer), at=at())
    for name, actor in (("prepare", cast.preparer), ("send", cast.sender)):
        with pytest.raises(StepRefused) as refused:
            step(report, name, actor)
        assert len(refused.value.sentences) == 1


def test_sending_needs_the_declaration_and_the_signed_copy_or_its_day(cast: Cast, expectation: Expectation) -> None:
    report = make_submission(expectation, cast.preparer, form=ReportForm.NIL)
    for data in (
        StepData(copy=COPY),
        StepData(declared_no_secret=True),
        StepData(declared_no_secret=True, copy=CopyData(symbol="45-BC/HU")),
        StepData(declared_no_secret=True, copy=CopyData(follows_by=date(2024, 6, 9))),
        StepData(declared_no_secret=True, copy=CopyData("1", date(2024, 6, 11), "A")),
    ):
        with pytest.raises(StepRefused):
            step(report, "send", cast.sender, data=data)
    follows = StepData(declared_no_secret=True, copy=CopyData(follows_by=date(2024, 6, 12)))
    assert step(report, "send", cast.sender, data=follows).state == State.SUBMITTED
    assert step(report, "add_signed_copy", cast.sender).signed_copy.symbol == "45-BC/HU"
    assert report.transitions.get(step="add_signed_copy").to_state == State.SUBMITTED


def test_a_promised_copy_may_come_after_acceptance(cast: Cast, expectation: Expectation) -> None:
    report = make_submission(expectation, cast.preparer, State.ACCEPTED)
    SignedCopy.objects.create(submission=report, follows_by=date(2024, 6, 12))
    after = step(report, "add_signed_copy", cast.sender)
    assert (after.state, after.signed_copy.symbol) == (State.ACCEPTED, "45-BC/HU")
    assert "add_signed_copy" not in {row.name for row in available_steps(after, standing(cast.sender), at=at())}


@pytest.mark.parametrize(
    ("name", "content", "fine"),
    [("a.pdf", PDF, True), ("a.pdf", b"MZ\x90\x00", False), ("a.txt", PDF, True), ("a.pdf", b"", False)],
)
def test_a_scan_is_what_its_first_bytes_say(
    cast: Cast, expectation: Expectation, name: str, content: bytes, fine: bool
) -> None:
    report = make_submission(expectation, cast.preparer, form=ReportForm.NIL)
    scan = SimpleUploadedFile(name, content)
    data = StepData(declared_no_secret=True, copy=CopyData("45-BC/HU", date(2024, 6, 10), "A", scan=scan))
    if not fine:
        with pytest.raises(StepRefused):
            step(report, "send", cast.sender, data=data)
        return
    copy = step(report, "send", cast.sender, data=data).signed_copy
    assert str(copy.scan.name).endswith(".pdf") and copy.scan_name == name and len(copy.scan_sha256) == 64


def test_a_separate_confidential_report_takes_no_text_and_no_file(cast: Cast, expectation: Expectation) -> None:
    report = make_submission(expectation, cast.preparer, form=ReportForm.CONFIDENTIAL, strengths="Có chữ")
    with pytest.raises(StepRefused):
        step(report, "send", cast.sender, data=StepData(declared_no_secret=True))
    report.strengths = ""
    report.save(update_fields=["strengths"])
    with pytest.raises(StepRefused):
        scan = CopyData(scan=SimpleUploadedFile("a.pdf", PDF))
        step(report, "send", cast.sender, data=StepData(declared_no_secret=True, copy=scan))
    assert step(report, "send", cast.sender, data=StepData(declared_no_secret=True)).state == State.SUBMITTED


def test_a_delivery_keeps_the_whole_content_with_its_hash(cast: Cast, expectation: Expectation) -> None:
    report = make_submission(expectation, cast.preparer, coming_work="Tiếp tục.")
    entry = make_entry(report, "Kết quả.", group=make_group(make_plan(), 3))
    Difficulty.objects.create(submission=report, entry=entry, order=1, text="Thiếu kinh phí.")
    Proposal.objects.create(submission=report, order=1, text="Bổ sung kinh phí.")
    step(report, "send", cast.sender)
    entry.text = "Đã đổi."
    entry.save()
    delivery = Delivery.objects.get()
    assert delivery.content["entries"][0]["text"] == "Kết quả."
    assert delivery.content["entries"][0]["line"] == "group:3"
    assert delivery.content["entries"][0]["difficulties"] == [{"text": "Thiếu kinh phí."}]
    assert delivery.content["closing"]["coming_work"] == "Tiếp tục."
    assert delivery.content["closing"]["proposals"][0]["text"] == "Bổ sung kinh phí."
    assert delivery.content["signed_copy"]["symbol"] == "45-BC/HU"
    assert delivery.sha256 == sha256_of(delivery.content)


def test_the_same_form_twice_makes_one_delivery_and_the_same_answer(cast: Cast, expectation: Expectation) -> None:
    first = sent(expectation, cast, token="t" * 32)
    second = step(first, "send", cast.sender, token="t" * 32, hour=10)
    assert (first.pk, first.state, first.submitted_at) == (second.pk, second.state, second.submitted_at)
    assert Delivery.objects.count() == 1
    assert Transition.objects.filter(step="send").count() == 1


def test_a_used_form_with_other_content_is_refused(cast: Cast, expectation: Expectation) -> None:
    report = sent(expectation, cast, token="t" * 32)
    other = StepData(declared_no_secret=True, copy=CopyData("46-BC/HU", date(2024, 6, 10), "B"))
    with pytest.raises(StepRefused) as refused:
        step(report, "send", cast.sender, token="t" * 32, data=other)
    assert (refused.value.code, refused.value.status) == (OTHER_CONTENT, 422)


def test_another_form_after_sending_is_told_so(cast: Cast, expectation: Expectation) -> None:
    report = sent(expectation, cast, token="t" * 32)
    with pytest.raises(StepRefused) as refused:
        step(report, "send", cast.sender, token="u" * 32)
    assert refused.value.code == MOVED


def test_a_recall_is_possible_until_a_reviewer_opens_it(cast: Cast, expectation: Expectation) -> None:
    report = sent(expectation, cast)
    assert "recall" in {row.name for row in available_steps(report, standing(cast.sender), at=at())}
    note_opened(report, standing(cast.leader), at=at(10, 10))
    note_opened(report, standing(cast.reviewer), at=at(10, 11))
    report.refresh_from_db()
    assert report.opened_at == at(10, 11)
    with pytest.raises(StepRefused):
        step(report, "recall", cast.sender)


def test_a_recalled_delivery_does_not_count_for_being_on_time(cast: Cast, expectation: Expectation) -> None:
    report = sent(expectation, cast)
    expectation.refresh_from_db()
    assert expectation.first_delivered_at == at(10, 9)
    report = step(report, "recall", cast.sender)
    expectation.refresh_from_db()
    assert expectation.first_delivered_at is None
    step(report, "send", cast.sender, hour=15)
    expectation.refresh_from_db()
    assert expectation.first_delivered_at == at(10, 15)
