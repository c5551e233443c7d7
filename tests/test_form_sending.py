"""From the check to the receipt: prepare, send with the signed copy or before it, nil and confidential reports."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from reports.choices import Depth, PeriodKind, ReportForm, SubmissionState
from reports.models import Submission
from tests.form_pages import Scene, earlier_report, fill_lines, make_scene, open_period, page, signed_in, start

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def submission(scene: Scene) -> Submission:
    submission = start(scene, open_period(scene))
    fill_lines(scene, submission)
    return submission


def signed(**more: Any) -> dict[str, Any]:
    """Return what the office types about a signed document."""
    data = {"way": "signed", "symbol": "125-BC/HU", "signed_on": "12/6/2024", "signatory": "Người Ký", "token": "t1"}
    return data | {"authority": "T/M", "position": "Bí thư", "no_secret": "on"} | more


def send(scene: Scene, submission: Submission, data: dict[str, Any]) -> Any:
    return signed_in(scene.cast.sender).post(page("report_send", submission.pk), data)


def state_of(submission: Submission) -> str:
    submission.refresh_from_db()
    return submission.state


def test_the_preparer_hands_a_complete_report_up(scene: Scene, submission: Submission) -> None:
    client = signed_in(scene.cast.preparer)
    assert client.post(page("report_step", submission.pk, "prepare")).status_code == 302
    assert state_of(submission) == SubmissionState.AWAITING_SIGNATURE
    client.post(page("report_step", submission.pk, "take_back"))
    assert state_of(submission) == SubmissionState.DRAFT


def test_an_incomplete_report_is_not_handed_up_and_the_page_says_why(scene: Scene, submission: Submission) -> None:
    submission.entries.filter(group__number=2).delete()
    client = signed_in(scene.cast.preparer)
    response = client.post(page("report_step", submission.pk, "prepare"), follow=True)
    assert response.redirect_chain[-1][0] == page("report_check", submission.pk)
    assert state_of(submission) == SubmissionState.DRAFT


def test_a_step_of_a_reviewer_is_not_taken_here(scene: Scene, submission: Submission) -> None:
    assert signed_in(scene.cast.reviewer).post(page("report_step", submission.pk, "accept")).status_code == 403


def test_the_office_sends_with_the_signed_copy_and_gets_a_receipt(scene: Scene, submission: Submission) -> None:
    scan = SimpleUploadedFile("bao cao.pdf", PDF, "application/pdf")
    response = send(scene, submission, signed(scan=scan))
    assert response["Location"] == page("delivery_receipt", submission.pk, 1)
    assert state_of(submission) == SubmissionState.SUBMITTED
    assert (submission.signed_copy.symbol, submission.signed_copy.signed_on) == ("125-BC/HU", date(2024, 6, 12))
    client = signed_in(scene.cast.sender)
    html = client.get(page("report_read", submission.pk)).content.decode()
    assert submission.deliveries.get().sha256 in html
    download = client.get(page("report_scan", submission.pk))
    assert download["Content-Disposition"].startswith("attachment")
    assert b"".join(download) == PDF
    assert signed_in(scene.cast.other_sender).get(page("report_scan", submission.pk)).status_code == 404


def test_a_second_press_makes_one_delivery(scene: Scene, submission: Submission) -> None:
    assert send(scene, submission, signed()).status_code == 302
    assert send(scene, submission, signed()).status_code == 302
    assert submission.deliveries.count() == 1


@pytest.mark.parametrize(("name", "content"), [("bao-cao.pdf", b"PK\x03\x04 not a pdf"), ("anh.png", b"MZ\x90")])
def test_a_scan_that_is_not_what_it_says_is_refused(
    scene: Scene, submission: Submission, name: str, content: bytes
) -> None:
    response = send(scene, submission, signed(scan=SimpleUploadedFile(name, content, "application/pdf")))
    assert response.status_code == 422
    assert state_of(submission) == SubmissionState.DRAFT


@pytest.mark.parametrize("missing", ["symbol", "signed_on", "signatory", "no_secret"])
def test_what_is_missing_is_said_at_its_field_and_the_rest_is_kept(
    scene: Scene, submission: Submission, missing: str
) -> None:
    response = send(scene, submission, signed() | {missing: ""})
    assert response.status_code == 422
    assert missing in response.context["form"].errors
    assert 'value="Bí thư"' in response.content.decode()
    assert state_of(submission) == SubmissionState.DRAFT


def test_a_marking_of_secrecy_among_the_data_is_refused(scene: Scene, submission: Submission) -> None:
    response = send(scene, submission, signed(position="TỐI MẬT"))
    assert "position" in response.context["form"].errors
    assert state_of(submission) == SubmissionState.DRAFT


def test_the_content_may_go_first_and_the_signed_copy_follows(scene: Scene, submission: Submission) -> None:
    day = timezone.localdate() + timedelta(days=5)
    data = {"way": "follows", "follows_by": f"{day:%d/%m/%Y}", "no_secret": "on", "token": "t1"}
    assert send(scene, submission, data).status_code == 302
    assert submission.signed_copy.follows_by == day
    later = {"symbol": "125-BC/HU", "signed_on": "12/6/2024", "signatory": "Người Ký", "no_secret": "on", "token": "t2"}
    assert send(scene, submission, later).status_code == 302
    submission.signed_copy.refresh_from_db()
    assert submission.signed_copy.symbol == "125-BC/HU"
    assert submission.deliveries.count() == 1


def test_a_report_sent_again_does_not_repeat_a_promise_that_is_over(scene: Scene, submission: Submission) -> None:
    day = timezone.localdate() + timedelta(days=5)
    send(scene, submission, {"way": "follows", "follows_by": f"{day:%d/%m/%Y}", "no_secret": "on", "token": "t1"})
    Submission.objects.filter(pk=submission.pk).update(state=SubmissionState.AWAITING_SIGNATURE)
    form = signed_in(scene.cast.sender).get(page("report_send", submission.pk)).context["form"]
    assert (form["way"].value(), form["follows_by"].value()) == ("signed", None)


def test_an_incomplete_report_cannot_be_sent(scene: Scene, submission: Submission) -> None:
    submission.entries.filter(group__number=2).delete()
    page_of_sending = signed_in(scene.cast.sender).get(page("report_send", submission.pk))
    assert [finding.line for finding in page_of_sending.context["missing"]] == ["group:2"]
    assert send(scene, submission, signed()).status_code == 422
    assert state_of(submission) == SubmissionState.DRAFT


def choose(scene: Scene, submission: Submission, form: ReportForm, **more: str) -> None:
    signed_in(scene.cast.preparer).post(page("report_form", submission.pk), {"form": form, **more})
    submission.refresh_from_db()


@pytest.mark.parametrize("form", [ReportForm.NIL, ReportForm.CONFIDENTIAL])
def test_a_report_without_content_is_chosen_and_sent(scene: Scene, form: ReportForm) -> None:
    submission = start(scene, open_period(scene, Depth.DETAILED, PeriodKind.YEAR))
    choose(scene, submission, form)
    assert submission.form == form
    data = {"no_secret": "on", "token": "t1"} if form == ReportForm.CONFIDENTIAL else signed()
    assert send(scene, submission, data).status_code == 302
    assert state_of(submission) == SubmissionState.SUBMITTED


def test_what_was_typed_is_removed_only_where_that_was_ticked(scene: Scene, submission: Submission) -> None:
    choose(scene, submission, ReportForm.NIL)
    assert submission.form == ReportForm.CONTENT
    assert submission.entries.count() == 4
    choose(scene, submission, ReportForm.NIL, clear="1")
    assert submission.form == ReportForm.NIL
    assert not submission.entries.exists()


def test_a_body_recalls_what_nobody_has_opened(scene: Scene, submission: Submission) -> None:
    send(scene, submission, signed())
    client = signed_in(scene.cast.sender)
    assert client.post(page("report_step", submission.pk, "recall")).status_code == 302
    assert state_of(submission) == SubmissionState.DRAFT


def test_a_correction_is_begun_with_its_document(scene: Scene) -> None:
    accepted = earlier_report(scene)
    client = signed_in(scene.cast.sender)
    client.post(page("report_step", accepted.pk, "correct"), {"symbol": "", "day": ""})
    assert accepted.expectation.submissions.count() == 1
    client.post(page("report_step", accepted.pk, "correct"), {"symbol": "130-CV/HU", "day": "20/6/2024"})
    correction = accepted.expectation.submissions.get(version=2)
    assert correction.corrects_date == date(2024, 6, 20)


def test_the_list_shows_first_what_is_due_with_one_button(scene: Scene) -> None:
    period = open_period(scene)
    client = signed_in(scene.cast.preparer)
    html = client.get(page("report_list")).content.decode()
    expectation = period.expectations.get(body=scene.cast.district)
    assert f'action="{page("report_start", expectation.pk)}"' in html
    assert html.count("button--primary") == 1
    response = client.post(page("report_start", expectation.pk))
    submission = expectation.submissions.get()
    assert response["Location"] == page("report_detail", submission.pk)
    again = client.post(page("report_start", expectation.pk))
    assert again["Location"] == response["Location"]


def test_a_report_that_came_back_stands_before_one_that_is_due_sooner(scene: Scene, submission: Submission) -> None:
    Submission.objects.filter(pk=submission.pk).update(state=SubmissionState.RETURNED)
    sooner = open_period(scene, kind=PeriodKind.MONTH, ordinal=5, due_at=timezone.now() - timedelta(days=900))
    response = signed_in(scene.cast.preparer).get(page("report_list"))
    assert response.context["first"].submission == submission
    assert [row.expectation.period for row in response.context["waiting"]] == [sooner]
