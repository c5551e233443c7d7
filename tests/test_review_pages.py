"""The review queue, the review of a report, and messages: what each role reads and does there."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from reports.choices import Depth, RemarkState, SubmissionState
from reports.models import Notice, Period, Remark, SignedCopy
from reports.moves import StepRefused
from reports.remarks import answer
from tests.factories import (
    at,
    make_period,
    make_submission,
)
from tests.people import Cast
from tests.review_pages import asked_period, own, send, signed_in, step

pytestmark = pytest.mark.django_db
State = SubmissionState


@pytest.fixture
def period(cast: Cast) -> Period:
    return asked_period(cast)


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
