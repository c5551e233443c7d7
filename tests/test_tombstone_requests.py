"""Who may ask for the withdrawal of a secret and decide on it: two administrators, one request a line, no word told."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from reports.choices_tombstones import Scope
from reports.models import Notice, Submission, Tombstone, TombstonePlace
from reports.tombstones import TombstoneRefused
from tests.factories import at
from tests.form_pages import page
from tests.people import Cast
from tests.secrets_found import SECRET, confirmed, found, in_tables, request, second, told

pytestmark = pytest.mark.django_db
Found = tuple[Cast, Submission]


@pytest.fixture
def lived() -> Found:
    """An accepted report with a secret at its first line."""
    return found()


def test_one_administrator_alone_cannot_do_it(lived: Found) -> None:
    cast, report = lived
    tombstone = request(report, cast.administrator)
    before = set(in_tables())
    for actor in (cast.administrator, cast.reviewer, cast.leader):
        with pytest.raises(TombstoneRefused):
            confirmed(tombstone, actor)
    with pytest.raises(IntegrityError, match="reports_tombstone_by_two"), transaction.atomic():
        Tombstone.objects.update(confirmed_by=cast.administrator, confirmed_at=at(21, month=7))
    assert set(in_tables()) == before
    with pytest.raises(TombstoneRefused, match="quản trị viên"):
        request(report, cast.reviewer)


def test_a_second_request_for_the_line_and_a_second_decision_are_refused(lived: Found) -> None:
    cast, report = lived
    tombstone, other = request(report, cast.administrator), second()
    with pytest.raises(TombstoneRefused, match="đang chờ"):
        request(report, other)
    confirmed(tombstone, other)
    with pytest.raises(TombstoneRefused, match="đã có quyết định"):
        confirmed(tombstone, other)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [("hầm kho", "Đoạn quá ngắn"), ("không có ở đâu cả trong này", "Không tìm thấy đoạn này")],
)
def test_a_passage_that_says_too_little_or_stands_nowhere_is_refused(lived: Found, words: str, sentence: str) -> None:
    cast, report = lived
    with pytest.raises(TombstoneRefused, match=sentence):
        request(report, cast.administrator, Scope.PASSAGE, words=words)
    assert not Tombstone.objects.exists()


def test_the_reason_may_not_say_the_secret_once_more(lived: Found) -> None:
    cast, report = lived
    with pytest.raises(TombstoneRefused, match="Không ghi lại nội dung mật"):
        request(report, cast.administrator, reason=f"Vì có: {SECRET}")


def test_people_are_told_without_a_word_of_it(lived: Found) -> None:
    cast, report = lived
    other = second()
    tombstone = request(report, cast.administrator)
    assert Notice.objects.filter(user=other, url=page("tombstone_detail", tombstone.pk)).count() == 1
    confirmed(tombstone, other)
    notice = Notice.objects.filter(user=cast.sender).latest("pk")
    assert "đã được thu hồi" in notice.text and not told(notice.text)
    assert TombstonePlace.objects.filter(tombstone=tombstone, table="reports_entry", column="text").count() == 1
