"""The pages of periods: who reads what there, opening a period in the browser, and changing it."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from plan_tracker.lib.dates import ZONE
from reports.choices import Depth, PeriodKind, PeriodState, SubmissionState
from reports.forms_periods import proposal_for
from reports.models import Period
from tasks.choices import PartyRole
from tasks.models import AssignmentParty, BodyGroup
from tests.factories import (
    make_assignment,
    make_plan,
    make_submission,
)
from tests.people import Cast
from tests.review_pages import asked_period, own, send, signed_in

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"


@pytest.fixture
def period(cast: Cast) -> Period:
    return asked_period(cast)


def test_a_reviewer_reads_who_has_sent_what(cast: Cast, period: Period) -> None:
    report = send(own(period, cast), cast)
    page = signed_in(cast.reviewer).get(reverse("reports:period_detail", args=[period.pk])).content.decode()
    assert cast.district.name in page and cast.other_district.name in page
    assert reverse("reports:review_detail", args=[report.pk]) in page
    other = period.expectations.get(body=cast.other_district)
    assert reverse("reports:expectation_change", args=[other.pk]) in page
    assert reverse("reports:expectation_change", args=[own(period, cast).pk]) not in page


def test_a_body_reads_only_its_own_row(cast: Cast, period: Period) -> None:
    send(own(period, cast), cast)
    client = signed_in(cast.other_preparer)
    page = client.get(reverse("reports:period_detail", args=[period.pk])).content.decode()
    assert cast.other_district.name in page and cast.district.name not in page
    assert reverse("reports:period_change", args=[period.pk]) not in page
    assert client.get(reverse("reports:period_list")).status_code == 200


@pytest.mark.parametrize("role", ["preparer", "leader", "viewer", "administrator"])
def test_only_a_reviewer_opens_and_changes_periods(cast: Cast, period: Period, role: str) -> None:
    client = signed_in(getattr(cast, role))
    assert client.get(reverse("reports:period_create")).status_code == 403
    change = reverse("reports:period_change", args=[period.pk])
    assert client.post(change, {"change": "close"}).status_code == 403
    assert client.get(reverse("reports:expectation_change", args=[own(period, cast).pk])).status_code == 403


def test_opening_proposes_window_due_moment_and_addressees(cast: Cast, period: Period) -> None:
    group = BodyGroup.objects.create(code="cac-huyen-uy", name="các huyện ủy")
    group.members.set([cast.district, cast.other_district])
    assignment = make_assignment(period.plan, "IV.1a")
    AssignmentParty.objects.create(
        assignment=assignment, order=1, body_group=group, role=PartyRole.LEAD, printed="các huyện ủy"
    )
    client = signed_in(cast.reviewer)
    address = reverse("reports:period_create")
    assert client.get(address).status_code == 200
    answer = client.get(address, {"kind": "year", "year": "2024"})
    form = answer.context["form"]
    assert form.initial["data_to"] == date(2024, 12, 14)
    assert set(form.initial["addressees"]) == {cast.district.pk, cast.other_district.pk}
    assert 'value="14/12/2024"' in answer.content.decode()
    assert client.get(address, {"kind": "quarter", "year": "2024"}).context["kind_form"].errors["ordinal"]


def opening(cast: Cast, **changes: object) -> dict[str, object]:
    values: dict[str, object] = {
        "kind": PeriodKind.YEAR,
        "year": "2024",
        "depth": Depth.DETAILED,
        "data_from": "15/12/2023",
        "data_to": "14/12/2024",
        "opens_on": "01/12/2024",
        "due_on": "17/12/2024",
        "due_hour": "16:00",
        "request_symbol": "128-CV/BDV",
        "request_date": "01/12/2024",
        "addressees": [cast.district.pk],
        "questions": "Một?\n\nHai?",
        "past_is_meant": "on",
    }
    return values | changes


def test_a_due_moment_that_has_passed_must_be_meant(cast: Cast, period: Period) -> None:
    client = signed_in(cast.reviewer)
    answer = client.post(reverse("reports:period_create"), opening(cast, past_is_meant=""))
    assert answer.status_code == 422
    assert "This moment has passed" in answer.content.decode()
    assert not Period.objects.filter(kind=PeriodKind.YEAR).exists()


def test_what_is_proposed_for_an_old_window_is_due_in_the_future(cast: Cast) -> None:
    values = proposal_for(PeriodKind.QUARTER, 2024, 3, plan=make_plan(), today=date(2026, 11, 23))
    assert values["opens_on"] == date(2026, 11, 23)
    assert values["due_on"] == date(2026, 12, 1)
    assert values["data_to"] == date(2024, 9, 14)


def test_a_period_is_opened_in_the_browser(cast: Cast, period: Period) -> None:
    client = signed_in(cast.reviewer)
    scan = SimpleUploadedFile("cv.pdf", PDF)
    answer = client.post(reverse("reports:period_create"), opening(cast, request_file=scan))
    opened = Period.objects.get(kind=PeriodKind.YEAR)
    assert answer["Location"] == reverse("reports:period_detail", args=[opened.pk])
    assert opened.due_at == datetime(2024, 12, 17, 16, tzinfo=ZONE)
    assert [question.text for question in opened.questions.all()] == ["Một?", "Hai?"]
    assert opened.expectations.get().body == cast.district
    file = signed_in(cast.preparer).get(reverse("reports:period_request", args=[opened.pk]))
    assert file["Content-Disposition"].startswith("attachment") and b"".join(file) == PDF


@pytest.mark.parametrize(
    "changes",
    [
        {"data_from": "15/12/2024"},
        {"due_on": "13/12/2024"},
        {"addressees": []},
        {"due_hour": "25:00"},
        {"kind": "quarter"},
        {"kind": "thematic"},
        {"request_file": SimpleUploadedFile("cv.pdf", b"MZ\x90")},
    ],
)
def test_a_contradictory_period_is_refused_with_what_was_typed(
    cast: Cast, period: Period, changes: dict[str, object]
) -> None:
    answer = signed_in(cast.reviewer).post(reverse("reports:period_create"), opening(cast, **changes))
    assert answer.status_code == 422
    assert "128-CV/BDV" in answer.content.decode()
    assert Period.objects.count() == 1


def test_the_same_window_is_not_opened_twice(cast: Cast, period: Period) -> None:
    client = signed_in(cast.reviewer)
    client.post(reverse("reports:period_create"), opening(cast))
    assert client.post(reverse("reports:period_create"), opening(cast)).status_code == 422
    assert Period.objects.filter(kind=PeriodKind.YEAR).count() == 1


def test_due_moment_closing_and_cancelling_are_changed_on_the_page(cast: Cast, period: Period) -> None:
    client, address = signed_in(cast.reviewer), reverse("reports:period_change", args=[period.pk])
    client.post(address, {"change": "due", "due_on": "20/06/2024", "due_hour": "17:00"})
    period.refresh_from_db()
    assert period.due_at == datetime(2024, 6, 20, 17, tzinfo=ZONE)
    assert client.post(address, {"change": "due", "due_on": "x", "due_hour": "17:00"}).status_code == 422
    client.post(address, {"change": "close"})
    assert client.post(address, {"change": "close"}).status_code == 422
    client.post(address, {"change": "reopen"})
    assert client.post(address, {"change": "cancel"}).status_code == 422
    client.post(address, {"change": "cancel", "reason": "Thôi"})
    period.refresh_from_db()
    assert period.state == PeriodState.CANCELLED


def test_one_body_gets_more_time_or_is_exempt(cast: Cast, period: Period) -> None:
    expectation = own(period, cast)
    client, address = signed_in(cast.reviewer), reverse("reports:expectation_change", args=[expectation.pk])
    assert client.get(address).status_code == 200
    early = {"change": "extend", "due_on": "18/06/2024", "due_hour": "15:00", "reason": "Bão"}
    assert client.post(address, early).status_code == 422
    assert client.post(address, early | {"due_on": "25/06/2024"}).status_code == 302
    assert client.post(address, {"change": "exempt", "reason": "Mới lập"}).status_code == 302
    expectation.refresh_from_db()
    assert expectation.extended_to == datetime(2024, 6, 25, 15, tzinfo=ZONE)
    assert expectation.exempt_reason == "Mới lập"
    client.post(address, {"change": "lift"})
    expectation.refresh_from_db()
    assert expectation.exempt_reason == ""


def test_a_preparer_begins_the_report_from_the_period(cast: Cast, period: Period) -> None:
    client, address = signed_in(cast.preparer), reverse("reports:period_detail", args=[period.pk])
    start = reverse("reports:report_start", args=[own(period, cast).pk])
    assert start in client.get(address).content.decode()
    assert start not in signed_in(cast.sender).get(address).content.decode()
    client.post(start)
    assert start not in client.get(address).content.decode()


def test_a_viewer_reads_the_accepted_reports_of_a_period(cast: Cast, period: Period) -> None:
    client, address = signed_in(cast.viewer), reverse("reports:period_detail", args=[period.pk])
    assert "No report of this period has been accepted yet." in client.get(address).content.decode()
    report = make_submission(own(period, cast), cast.preparer, SubmissionState.ACCEPTED)
    page = client.get(address).content.decode()
    assert reverse("reports:report_read", args=[report.pk]) in page and cast.other_district.name not in page
