"""What makes a reviewer quick: things to look at first, marks word by word, threads that go on, and the next report."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from reports.choices import Depth, PeriodKind, RemarkState, SubmissionState
from reports.models import CounterValue, Period, Remark, Submission
from reports.remarks import answer
from reports.review_findings import look_at
from reports.review_lines import read_versions
from reports.wording import marked_changes, marked_items
from tests.factories import at, make_period, make_submission
from tests.people import Cast
from tests.review_pages import asked_period, own, send, signed_in, step

pytestmark = pytest.mark.django_db
State = SubmissionState
LONG = "Đã tổ chức 04 hội nghị quán triệt Nghị quyết tới cán bộ, đảng viên và Nhân dân các xã trong huyện."


@pytest.fixture
def period(cast: Cast) -> Period:
    return asked_period(cast)


def earlier(cast: Cast, period: Period, text: str, counted: str = "1240") -> None:
    """What both districts sent a year before."""
    kind, window = PeriodKind.FIRST_HALF, {"data_from": date(2022, 12, 15), "data_to": date(2023, 6, 14)}
    before = make_period(period.plan, kind, 2023, bodies=[cast.district], depth=Depth.FULL, **window)
    report = send(before.expectations.get(), cast, text)
    CounterValue.objects.filter(submission=report).update(in_period=Decimal(counted))


def review(report: Submission) -> str:
    return reverse("reports:review_detail", args=[report.pk])


def findings(report: Submission) -> dict[str, list[str]]:
    """The sentences under the lines that they are about, as the reviewer reads them."""
    found: dict[str, list[str]] = {}
    for row in look_at(report, read_versions(report)):
        found.setdefault(row.line, []).append(row.sentence)
    return found


def test_a_text_of_the_last_report_or_of_another_body_is_looked_at_first(cast: Cast, period: Period) -> None:
    earlier(cast, period, LONG)
    report = send(own(period, cast), cast, LONG)
    other = make_submission(period.expectations.get(body=cast.other_district), cast.other_preparer, State.SUBMITTED)
    other.entries.create(group=period.plan.groups.get(number=2), state="in_progress", text=LONG + " Hết.")
    found = findings(report)
    assert [len(found[line]) for line in ("group:1", "group:2", "group:3")] == [1, 2, 1]
    assert "Huyện uỷ B" in found["group:2"][1]
    page = signed_in(cast.reviewer).get(review(report)).content.decode()
    assert "4 things to look at" in page and page.index("4 things") < page.index('id="line-group-1"')


def test_a_figure_far_from_the_last_one_is_looked_at_unless_a_note_says_why(cast: Cast, period: Period) -> None:
    earlier(cast, period, "Khác hẳn.")
    report = send(own(period, cast), cast)
    assert "counter:C01" not in findings(report)
    row = read_versions(report).now["counters"][0]
    for last, note, far in (("12400", "", True), ("12400", "Đợt cao điểm", False), ("900", "", False)):
        versions = read_versions(report)
        versions.before["counters"] = [row | {"in_period": last}]
        versions.now["counters"] = [row | {"note": note}]
        assert any(found.line == "counter:C01" for found in look_at(report, versions)) == far


def test_what_stands_out_nowhere_is_said_too(cast: Cast, period: Period) -> None:
    page = signed_in(cast.reviewer).get(review(send(own(period, cast), cast))).content.decode()
    assert "Nothing stands out" in page


def test_words_are_marked_and_strange_texts_are_not_woven_together() -> None:
    assert marked_changes("Có 04 hội nghị.", "Có 06 hội nghị.") == "Có <del>04</del><ins>06</ins> hội nghị."
    both = marked_changes("Một hai ba bốn <năm>", "Sáu bảy tám chín")
    assert both == "<del>Một hai ba bốn &lt;năm&gt;</del>\n<ins>Sáu bảy tám chín</ins>"
    assert marked_changes("Một hai ba bốn", "Sáu bảy tám", beside=True) == "<ins>Sáu bảy tám</ins>"
    assert marked_changes("một hai ba bốn năm", "một 2 3 bốn năm") == "một <del>hai ba</del><ins>2 3</ins> bốn năm"
    assert marked_items(["a", "b"], ["a", "c", "d"]) == ("a", "<del>b</del>\n<ins>c</ins>", "<ins>d</ins>")


def test_the_marks_are_against_the_delivery_the_period_or_nothing(cast: Cast, period: Period) -> None:
    earlier(cast, period, "Đã tổ chức 01 hội nghị.")
    report = send(own(period, cast), cast)
    client = signed_in(cast.reviewer)
    assert "<del>01</del><ins>04</ins>" in client.get(review(report)).content.decode()
    plain = client.get(review(report), {"so-voi": "khong"}).content.decode()
    assert "<del>01</del>" not in plain and "Đã tổ chức 01 hội nghị." in plain


def test_a_thread_goes_on_until_the_answer_says_enough(cast: Cast, period: Period) -> None:
    report = step(send(own(period, cast), cast), "receive", cast.reviewer)
    client = signed_in(cast.reviewer)
    client.post(reverse("reports:remark_ask", args=[report.pk]), {"line": "group:1", "text": "Mấy hội nghị?"})
    remark, step_at = Remark.objects.get(), reverse("reports:review_step", args=[report.pk])
    client.post(step_at, {"step": "return", "reason": "Đề nghị gửi lại trước ngày 20."})
    answer(remark, "Nhiều.", actor=cast.preparer, at=at(10))
    report.refresh_from_db()
    assert report.transitions.filter(step="return").get().reason == "Đề nghị gửi lại trước ngày 20."
    step(report, "send", cast.sender, 12)
    client.post(step_at, {"step": "receive"})
    # Answered already: returning again needs a question that is asked again.
    assert client.post(step_at, {"step": "return"}).status_code == 422
    again = reverse("reports:remark_again", args=[remark.pk])
    assert client.post(again, {"text": " "}).status_code == 422
    assert client.post(again, {"text": "Đề nghị ghi số."})["Location"].endswith("#line-group-1")
    remark.refresh_from_db()
    assert remark.state == RemarkState.ASKED
    assert client.post(step_at, {"step": "accept"}).status_code == 422
    assert client.post(step_at, {"step": "return"}).status_code == 302


def test_a_remark_that_comes_too_late_is_not_lost(cast: Cast, period: Period) -> None:
    report = send(own(period, cast), cast)
    client = signed_in(cast.reviewer)
    late = client.post(reverse("reports:remark_ask", args=[report.pk]), {"line": "group:1", "text": "Ghi rõ số liệu."})
    assert late.status_code == 409 and "Ghi rõ số liệu." in late.content.decode()


def test_the_next_report_of_the_queue_is_one_press_away(cast: Cast, period: Period) -> None:
    report = step(send(own(period, cast), cast), "receive", cast.reviewer)
    following = make_submission(
        period.expectations.get(body=cast.other_district), cast.other_preparer, State.SUBMITTED, moment=at(12)
    )
    client = signed_in(cast.reviewer)
    page = client.get(review(report)).content.decode()
    assert "No. 1 of 2 that wait" in page and "Next: Huyện uỷ B" in page
    done = client.post(reverse("reports:review_step", args=[report.pk]), {"step": "accept", "then": "next"})
    assert done["Location"] == review(following)
    last = client.get(review(following)).content.decode()
    assert "No. 1 of 1 that wait" in last and "Next:" not in last
