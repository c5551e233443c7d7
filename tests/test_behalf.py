"""A report that came on paper: a reviewer types it or goes on from the body's draft, and another one accepts it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reports.choices import ReportForm, SubmissionState
from reports.models import Expectation, Submission
from reports.permissions import can_edit
from tests.factories import make_entry, make_group, make_period, make_submission
from tests.people import Cast, standing
from tests.review_pages import signed_in

pytestmark = pytest.mark.django_db
State = SubmissionState
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"


@pytest.fixture
def expectation(cast: Cast) -> Expectation:
    return make_period(bodies=[cast.district, cast.other_district]).expectations.get(body=cast.district)


def begin(cast: Cast, expectation: Expectation) -> Submission:
    """The report in the hands of a reviewer."""
    signed_in(cast.reviewer).post(reverse("reports:behalf_begin", args=[expectation.pk]))
    report = expectation.submissions.open().get()
    Submission.objects.filter(pk=report.pk).update(form=ReportForm.NIL)
    return report


def paper(**more: Any) -> dict[str, Any]:
    """What a reviewer types about the paper."""
    scan = SimpleUploadedFile("ban-giay.pdf", PDF, "application/pdf")
    data = {"came_on": "09/06/2024", "symbol": "45-BC/HU", "signed_on": "08/06/2024", "signatory": "A", "token": "t1"}
    return data | {"scan": scan, "no_secret": "on"} | more


def send(cast: Cast, report: Submission, data: dict[str, Any]) -> Any:
    return signed_in(cast.reviewer).post(reverse("reports:behalf_send", args=[report.pk]), data)


def test_where_nothing_was_begun_a_reviewer_begins_and_only_reviewers_write(
    cast: Cast, expectation: Expectation
) -> None:
    page = signed_in(cast.reviewer).get(reverse("reports:behalf_begin", args=[expectation.pk])).content.decode()
    assert "Begin to enter" in page
    report = begin(cast, expectation)
    assert report.is_on_behalf
    assert can_edit(standing(cast.second_reviewer), report) and not can_edit(standing(cast.preparer), report)
    group = signed_in(cast.reviewer).get(reverse("reports:report_detail", args=[report.pk])).content.decode()
    assert reverse("reports:behalf_send", args=[report.pk]) in group


def test_a_draft_is_taken_over_with_all_that_stands_in_it_and_can_be_handed_back(
    cast: Cast, expectation: Expectation
) -> None:
    draft = make_submission(expectation, cast.preparer, State.AWAITING_SIGNATURE)
    make_entry(draft, "Đang viết dở.", group=make_group(expectation.period.plan))
    page = signed_in(cast.reviewer).get(reverse("reports:behalf_begin", args=[expectation.pk])).content.decode()
    assert "Take over the draft" in page
    report = begin(cast, expectation)
    assert (report.pk, report.state, report.is_on_behalf) == (draft.pk, State.DRAFT, True)
    signed_in(cast.reviewer).post(reverse("reports:report_step", args=[report.pk, "hand_back"]))
    report.refresh_from_db()
    assert not report.is_on_behalf and can_edit(standing(cast.preparer), report)
    assert report.entries.get().text == "Đang viết dở."
    steps = list(report.transitions.values_list("step", flat=True))
    assert steps == ["take_over", "hand_back"]


def test_the_day_of_receipt_decides_on_time_and_another_reviewer_accepts(cast: Cast, expectation: Expectation) -> None:
    report = begin(cast, expectation)
    answer = send(cast, report, paper(came_hour="15:30"))
    assert answer["Location"] == reverse("reports:delivery_receipt", args=[report.pk, 1])
    expectation.refresh_from_db()
    report.refresh_from_db()
    assert f"{expectation.first_delivered_at:%d/%m/%Y %H:%M}" == "09/06/2024 08:30"  # in UTC
    assert report.state == State.SUBMITTED and report.is_on_behalf
    step = reverse("reports:review_step", args=[report.pk])
    for name, client in (("receive", signed_in(cast.reviewer)), ("accept", signed_in(cast.reviewer))):
        client.post(step, {"step": name})
    report.refresh_from_db()
    assert report.state == State.RECEIVED
    signed_in(cast.second_reviewer).post(step, {"step": "accept"})
    report.refresh_from_db()
    assert report.state == State.ACCEPTED


@pytest.mark.parametrize(
    ("field", "value"),
    [("scan", ""), ("came_on", ""), ("came_on", "31/12/2099"), ("symbol", ""), ("no_secret", ""), ("came_hour", "25")],
)
def test_what_is_missing_or_impossible_is_said_at_its_field(
    cast: Cast, expectation: Expectation, field: str, value: str
) -> None:
    report = begin(cast, expectation)
    answer = send(cast, report, paper(**{field: value}))
    assert answer.status_code == 422 and field in answer.context["form"].errors
    report.refresh_from_db()
    assert report.state == State.DRAFT and not report.deliveries.exists()


def test_a_confidential_report_takes_no_file_and_no_data(cast: Cast, expectation: Expectation) -> None:
    report = begin(cast, expectation)
    Submission.objects.filter(pk=report.pk).update(form=ReportForm.CONFIDENTIAL)
    page = signed_in(cast.reviewer).get(reverse("reports:behalf_send", args=[report.pk])).content.decode()
    assert 'name="scan"' not in page and 'name="came_on"' in page
    send(cast, report, {"came_on": "09/06/2024", "no_secret": "on", "token": "t1"})
    report.refresh_from_db()
    assert report.state == State.SUBMITTED


@pytest.mark.parametrize("state", [State.SUBMITTED, State.RECEIVED, State.ACCEPTED])
def test_what_the_body_sent_itself_is_not_entered_again(
    cast: Cast, expectation: Expectation, state: SubmissionState
) -> None:
    make_submission(expectation, cast.preparer, state)
    client, address = signed_in(cast.reviewer), reverse("reports:behalf_begin", args=[expectation.pk])
    assert "To the review" in client.get(address).content.decode()
    assert client.post(address).status_code in {409, 422}
    assert expectation.submissions.count() == 1


def test_once_returned_the_body_itself_completes_and_sends(cast: Cast, expectation: Expectation) -> None:
    report = begin(cast, expectation)
    send(cast, report, paper())
    client, step = signed_in(cast.second_reviewer), reverse("reports:review_step", args=[report.pk])
    client.post(step, {"step": "receive"})
    client.post(reverse("reports:remark_ask", args=[report.pk]), {"line": "closing", "text": "Nêu rõ."})
    client.post(step, {"step": "return"})
    report.refresh_from_db()
    assert can_edit(standing(cast.preparer), report)
    data = {"way": "same", "no_secret": "on", "token": "t2"}
    assert signed_in(cast.sender).post(reverse("reports:report_send", args=[report.pk]), data).status_code == 302
    report.refresh_from_db()
    assert report.state == State.SUBMITTED and not report.is_on_behalf
