"""The pages of a withdrawal: from the line of a report to the request, its decision, and what every page says after."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from reports.models import Entry, Submission, Tombstone
from tests.factories import make_entry, make_submission
from tests.form_pages import page, signed_in
from tests.people import Cast
from tests.secrets_found import LINE, SECRET, found, request, second, told

pytestmark = pytest.mark.django_db
TYPED = {"line": LINE, "scope": "line", "words": "", "reason": "Theo công văn của Công an tỉnh."}


@pytest.fixture
def made() -> tuple[Cast, Submission]:
    return found()


@pytest.fixture
def cast(made: tuple[Cast, Submission]) -> Cast:
    return made[0]


@pytest.fixture
def report(made: tuple[Cast, Submission]) -> Submission:
    return made[1]


@pytest.fixture
def first(cast: Cast) -> Client:
    return signed_in(cast.administrator)


def test_from_the_line_to_the_words_being_gone(cast: Cast, report: Submission, first: Client) -> None:
    ask_url = page("tombstone_ask", report.pk)
    way = f'href="{ask_url}?dong=group%3A1"'
    for url in (page("report_read", report.pk), page("delivery_detail", report.pk, 1)):
        assert way in first.get(url).content.decode()
        assert ask_url not in signed_in(cast.reviewer).get(url).content.decode()
    asked = first.post(ask_url, TYPED)
    detail = page("tombstone_detail", Tombstone.objects.get().pk)
    assert asked.status_code == 302 and asked["Location"] == detail
    assert "một quản trị viên khác xác nhận" in first.get(detail).content.decode()
    other = signed_in(second())
    shown = other.get(detail).content.decode()
    assert "Lần gửi" in shown and "nhật ký" in shown and "bản sao lưu" in shown and told(shown)
    assert other.post(page("tombstone_confirm", Tombstone.objects.get().pk)).status_code == 302
    assert not told(other.get(detail).content.decode())
    assert Entry.objects.get(submission=report, group__number=1).text.startswith("[Nội dung đã được thu hồi")
    assert "Huyện uỷ A" in other.get(page("tombstone_list")).content.decode()
    history = signed_in(cast.sender).get(page("report_exchange", report.pk)).content.decode()
    assert "Thu hồi nội dung mật" in history and not told(history)


def test_who_asked_is_refused_as_the_second(report: Submission, first: Client) -> None:
    first.post(page("tombstone_ask", report.pk), TYPED)
    answer = first.post(page("tombstone_confirm", Tombstone.objects.get().pk))
    assert answer.status_code == 409 and "quản trị viên khác" in answer.content.decode()
    assert Entry.objects.filter(text=SECRET).exists()


def test_a_refused_request_changes_nothing_and_forgets_the_words(cast: Cast, report: Submission, first: Client) -> None:
    asked = TYPED | {"scope": "passage", "words": "xã Đá Trắng đang đào"}
    assert first.post(page("tombstone_ask", report.pk), asked).status_code == 302
    tombstone = Tombstone.objects.get()
    other = signed_in(second())
    assert other.post(page("tombstone_refuse", tombstone.pk), {"why": ""}).status_code == 422
    assert other.post(page("tombstone_refuse", tombstone.pk), {"why": "Đã công bố."}).status_code == 302
    tombstone.refresh_from_db()
    assert (tombstone.words, tombstone.refusal, tombstone.refused_by) == ("", "Đã công bố.", tombstone.refused_by)
    assert Entry.objects.filter(text=SECRET).exists() and not told(
        other.get(page("tombstone_detail", tombstone.pk)).content.decode()
    )


def test_what_was_typed_wrongly_comes_back_with_a_sentence(report: Submission, first: Client) -> None:
    answer = first.post(page("tombstone_ask", report.pk), TYPED | {"scope": "passage", "words": "hầm kho"})
    text = answer.content.decode()
    assert answer.status_code == 422 and "Đoạn quá ngắn" in text and "hầm kho</textarea>" in text
    assert "Theo công văn của Công an tỉnh." in text


def test_a_line_that_says_nearly_the_same_is_named(cast: Cast, report: Submission, first: Client) -> None:
    near = Entry.objects.get(submission=report, group__number=2)
    Entry.objects.filter(pk=near.pk).update(text=SECRET.replace("ban đêm", "ban ngày").replace("17", "18"))
    tombstone = request(report, cast.administrator)
    assert [(row[0], row[1]) for row in tombstone.near] == [(report.pk, "group:2")]
    assert "dong=group%3A2" in first.get(page("tombstone_detail", tombstone.pk)).content.decode()


def test_the_pages_ask_the_database_little(
    cast: Cast, report: Submission, first: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for line in ("group:1", "group:2"):
        request(report, cast.administrator, line=line)
    with django_assert_max_num_queries(12):
        first.get(page("tombstone_list"))
    with django_assert_max_num_queries(20):
        first.get(page("tombstone_detail", Tombstone.objects.latest("pk").pk))
    with django_assert_max_num_queries(20):
        assert first.get(page("tombstone_ask", report.pk) + "?dong=group:1").status_code == 200


def test_the_same_words_of_other_bodies_are_warned_of(cast: Cast, report: Submission, first: Client) -> None:
    period = report.expectation.period
    other = make_submission(period.expectations.get(body=cast.other_district), cast.other_preparer)
    make_entry(other, SECRET, group=period.plan.groups.get(number=1))
    shown = first.get(page("tombstone_detail", request(report, cast.administrator).pk)).content.decode()
    assert "Nội dung này cũng có trong 1 báo cáo của cơ quan khác" in shown and str(other) in shown
