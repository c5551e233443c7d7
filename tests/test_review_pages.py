"""The pages of periods and the review: what each role reads and does there, and how many queries it takes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from plan_tracker.accounts.models import User
from plan_tracker.lib.dates import ZONE
from reports.choices import Depth, PeriodKind, PeriodState, RemarkState, SubmissionState
from reports.models import CounterValue, Expectation, Notice, Period, Remark, SignedCopy, Submission
from reports.moves import StepRefused
from reports.remarks import answer
from reports.signed_copies import CopyData
from reports.workflow import StepData, take_step
from targets.models import IndicatorReporter
from tasks.choices import BodyKind, PartyRole, Role
from tasks.models import AssignmentParty, BodyGroup
from tests.factories import (
    at,
    make_assignment,
    make_body,
    make_counter,
    make_entry,
    make_group,
    make_period,
    make_plan,
    make_submission,
)
from tests.people import Cast, make_cast, make_user, standing

pytestmark = pytest.mark.django_db
State = SubmissionState
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"
LIST_BUDGET, REVIEW_BUDGET = 12, 20


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def period(cast: Cast) -> Period:
    plan = make_plan()
    for number in (1, 2, 3):
        make_group(plan, number, tasks=2)
    counter = make_counter(plan)
    IndicatorReporter.objects.create(code="c", counter=counter, body_kind=BodyKind.DISTRICT, channel="area")
    return make_period(plan, bodies=[cast.district, cast.other_district], depth=Depth.FULL)


def signed_in(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    client.cookies["django_language"] = "en"
    User.objects.filter(pk=user.pk).update(language="en")
    return client


def send(expectation: Expectation, cast: Cast, text: str = "Đã tổ chức 04 hội nghị.") -> Submission:
    """A whole report of the district, sent."""
    report = make_submission(expectation, cast.preparer, strengths="Tốt.", coming_work="Tiếp tục.")
    plan = expectation.period.plan
    for group in plan.groups.all():
        make_entry(report, text, group=group)
    CounterValue.objects.create(submission=report, counter=plan.counters.get(), in_period=Decimal("1240"))
    return step(report, "send", cast.sender)


def step(report: Submission, name: str, actor: User, hour: int = 9) -> Submission:
    copy = CopyData("45-BC/HU", date(2024, 6, 10), "Người ký A")
    data = StepData(declared_no_secret=True, copy=copy)
    return take_step(report, name, actor=actor, standing=standing(actor), at=at(10, hour), data=data)


def own(period: Period, cast: Cast) -> Expectation:
    return period.expectations.get(body=cast.district)


def test_a_reviewer_reads_who_has_sent_what(cast: Cast, period: Period) -> None:
    report = send(own(period, cast), cast)
    page = signed_in(cast.reviewer).get(reverse("reports:period_detail", args=[period.pk])).content.decode()
    assert cast.district.name in page and cast.other_district.name in page
    assert reverse("reports:review_detail", args=[report.pk]) in page
    assert reverse("reports:expectation_change", args=[own(period, cast).pk]) in page


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
    }
    return values | changes


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


def test_the_queue_is_empty_with_a_sentence_and_fills_oldest_first(cast: Cast, period: Period) -> None:
    client, address = signed_in(cast.reviewer), reverse("reports:review_queue")
    assert "Nothing waits for review" in client.get(address).content.decode()
    first, second = period.expectations.all()
    make_submission(first, cast.preparer, State.SUBMITTED, moment=at(12))
    make_submission(second, cast.other_preparer, State.RECEIVED, moment=at(11))
    queue = client.get(address).context["queue"]
    assert [row.submission.expectation for row in queue.waiting] == [second, first]
    assert signed_in(cast.preparer).get(address).status_code == 403


def test_a_signed_copy_that_did_not_come_is_shown(cast: Cast, period: Period) -> None:
    report = make_submission(own(period, cast), cast.preparer, State.ACCEPTED)
    SignedCopy.objects.create(submission=report, follows_by=date(2024, 6, 12))
    client = signed_in(cast.reviewer)
    assert len(client.get(reverse("reports:review_queue")).context["queue"].late_copies) == 1
    page = client.get(reverse("reports:period_detail", args=[period.pk])).content.decode()
    assert "signed copy overdue" in page


def test_the_first_look_of_a_reviewer_is_noted_but_not_a_leaders(cast: Cast, period: Period) -> None:
    report = send(own(period, cast), cast)
    address = reverse("reports:review_detail", args=[report.pk])
    signed_in(cast.leader).get(address)
    report.refresh_from_db()
    assert report.opened_at is None
    signed_in(cast.reviewer).get(address)
    report.refresh_from_db()
    assert report.opened_at is not None and report.state == State.SUBMITTED


def test_a_report_is_reviewed_from_receipt_to_acceptance(cast: Cast, period: Period) -> None:
    report = send(own(period, cast), cast)
    client, step_at = signed_in(cast.reviewer), reverse("reports:review_step", args=[report.pk])
    page = reverse("reports:review_detail", args=[report.pk])
    assert client.post(step_at, {"step": "receive"}).status_code == 302
    asked = client.post(reverse("reports:remark_ask", args=[report.pk]), {"line": "group:2", "text": "Nêu số liệu."})
    assert asked["Location"].endswith("#line-group-2")
    assert "Nêu số liệu." in client.get(page).content.decode()
    assert client.post(step_at, {"step": "accept"}).status_code == 422
    assert client.post(step_at, {"step": "return"}).status_code == 302
    remark = Remark.objects.get()
    answer(remark, "Đã bổ sung.", actor=cast.preparer, at=at(10))
    report.refresh_from_db()
    report.entries.filter(group__number=2).update(text="Đã tổ chức 06 hội nghị.")
    step(report, "send", cast.sender, 10)
    client.post(step_at, {"step": "receive"})
    content = client.get(page).content.decode()
    assert "<del>04</del><ins>06</ins>" in content.replace("> <", "><") and "Đã bổ sung." in content
    assert client.post(step_at, {"step": "accept"}).status_code == 302
    report.refresh_from_db()
    remark.refresh_from_db()
    assert (report.state, remark.state) == (State.ACCEPTED, RemarkState.SETTLED)


def test_whoever_comes_too_late_reads_what_happened(cast: Cast, period: Period) -> None:
    report = send(own(period, cast), cast)
    address = reverse("reports:review_step", args=[report.pk])
    signed_in(cast.reviewer).post(address, {"step": "receive"})
    answer = signed_in(cast.second_reviewer).post(address, {"step": "receive"})
    assert answer.status_code == 409
    assert "This report was already received by Reviewer" in answer.content.decode()


def test_the_previous_period_stands_beside_the_report(cast: Cast, period: Period) -> None:
    earlier = make_period(period.plan, year=2023, bodies=[cast.district], depth=Depth.FULL)
    send(earlier.expectations.get(), cast, "Kỳ trước đã làm.")
    report = send(own(period, cast), cast)
    page = signed_in(cast.reviewer).get(reverse("reports:review_detail", args=[report.pk])).content.decode()
    assert "Kỳ trước đã làm." in page and earlier.own_title in page


def test_a_correction_is_opened_from_the_review_page(cast: Cast, period: Period) -> None:
    report = make_submission(own(period, cast), cast.preparer, State.ACCEPTED)
    client, address = signed_in(cast.reviewer), reverse("reports:review_step", args=[report.pk])
    assert client.post(address, {"step": "correct"}).status_code == 422
    client.post(address, {"step": "correct", "symbol": "50-CV/HU", "date": "20/06/2024"})
    assert own(period, cast).submissions.open().get().version == 2


@pytest.mark.parametrize("role", ["preparer", "sender", "other_preparer", "viewer", "committee_preparer"])
def test_the_review_is_not_there_for_others(cast: Cast, period: Period, role: str) -> None:
    report = make_submission(own(period, cast), cast.preparer, State.ACCEPTED)
    client = signed_in(getattr(cast, role))
    assert client.get(reverse("reports:review_detail", args=[report.pk])).status_code == 404
    assert client.post(reverse("reports:review_step", args=[report.pk]), {"step": "accept"}).status_code == 404
    ask_at = reverse("reports:remark_ask", args=[report.pk])
    assert client.post(ask_at, {"line": "closing", "text": "?"}).status_code == 404


@pytest.mark.parametrize("role", ["leader", "administrator"])
def test_leaders_and_administrators_look_but_take_no_step(cast: Cast, period: Period, role: str) -> None:
    report = send(own(period, cast), cast)
    client = signed_in(getattr(cast, role))
    answer = client.get(reverse("reports:review_detail", args=[report.pk]))
    assert answer.status_code == 200 and answer.context["buttons"] == []
    assert client.post(reverse("reports:review_step", args=[report.pk]), {"step": "receive"}).status_code == 403
    ask_at = reverse("reports:remark_ask", args=[report.pk])
    assert client.post(ask_at, {"line": "closing", "text": "?"}).status_code == 403


def test_remarks_are_settled_by_reviewers_only(cast: Cast, period: Period) -> None:
    report = make_submission(own(period, cast), cast.preparer, State.RECEIVED)
    asked = {"line": "closing", "text": "?", "asked_by": cast.reviewer, "asked_at": at()}
    remark = Remark.objects.create(expectation=report.expectation, raised_in=report, **asked)
    address = reverse("reports:remark_settle", args=[remark.pk])
    assert signed_in(cast.other_preparer).post(address).status_code == 404
    for role in ("preparer", "leader", "administrator"):
        assert signed_in(getattr(cast, role)).post(address).status_code == 403
    settled = signed_in(cast.reviewer).post(address)
    assert settled["Location"] == reverse("reports:review_detail", args=[report.pk]) + "#line-closing"
    remark.refresh_from_db()
    assert remark.state == RemarkState.SETTLED
    with pytest.raises(StepRefused):
        answer(remark, "Nữa.", actor=cast.preparer, at=at())


def test_messages_are_read_one_or_all_and_are_ones_own(cast: Cast) -> None:
    rows = [Notice.objects.create(user=cast.preparer, text=f"Tin {n}", created_at=at()) for n in range(3)]
    foreign = Notice.objects.create(user=cast.sender, text="Của người khác", created_at=at())
    client, address = signed_in(cast.preparer), reverse("reports:notice_list")
    assert "Của người khác" not in client.get(address).content.decode()
    client.post(address, {"notice": str(rows[0].pk)})
    assert Notice.objects.filter(read_at__isnull=False).count() == 1
    client.post(address)
    assert Notice.objects.filter(read_at__isnull=True).get() == foreign


def test_the_pages_take_a_fixed_number_of_queries(
    cast: Cast, period: Period, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """The same budget with two bodies and with thirty, with one period and with twelve."""
    for round_number in range(2):
        if round_number:
            fill(cast, period)
        report = own(period, cast).submissions.first() or send(own(period, cast), cast)
        for user in (cast.reviewer, cast.preparer):
            client = signed_in(user)
            for name in ("period_list", "notice_list"):
                with django_assert_max_num_queries(LIST_BUDGET):
                    client.get(reverse(f"reports:{name}"))
            with django_assert_max_num_queries(LIST_BUDGET):
                client.get(reverse("reports:period_detail", args=[period.pk]))
        client = signed_in(cast.reviewer)
        with django_assert_max_num_queries(LIST_BUDGET):
            client.get(reverse("reports:review_queue"))
        Submission.objects.filter(pk=report.pk).update(opened_at=None, state=State.SUBMITTED)
        for state in (State.SUBMITTED, State.RECEIVED, State.ACCEPTED):
            Submission.objects.filter(pk=report.pk).update(state=state, accepted_by=cast.reviewer, accepted_at=at())
            with django_assert_max_num_queries(REVIEW_BUDGET):
                client.get(reverse("reports:review_detail", args=[report.pk]))


def fill(cast: Cast, period: Period) -> None:
    """Add thirty bodies with reports in every state, remarks, messages and eleven periods."""
    states = [State.DRAFT, State.SUBMITTED, State.RECEIVED, State.RETURNED, State.ACCEPTED]
    for number in range(30):
        body = make_body(f"hu-{number}")
        person = make_user(f"person_{number}", body, Role.PREPARER)
        expectation = Expectation.objects.create(period=period, body=body)
        report = make_submission(expectation, person, states[number % 5])
        SignedCopy.objects.create(submission=report, follows_by=date(2024, 6, 12))
        Notice.objects.create(user=cast.reviewer, text="Tin", created_at=timezone.now() - timedelta(days=number))
    expectation = own(period, cast)
    for number in range(10):
        remark = Remark.objects.create(
            expectation=expectation,
            raised_in=expectation.submissions.get(),
            line=f"group:{number % 3 + 1}",
            text="Bổ sung.",
            asked_by=cast.reviewer,
            asked_at=at(),
        )
        remark.replies.create(text="Đã rõ.", written_by=cast.preparer, written_at=at())
    for year in range(2025, 2036):
        make_period(period.plan, year=year, bodies=[cast.district, cast.other_district])
