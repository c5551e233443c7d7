"""Who may ask for the withdrawal of a secret and decide on it: two administrators, one request a line, no word told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from pytest_django.fixtures import Settings

from plan_tracker.audit.models import Entry as TrailEntry
from plan_tracker.jobs.choices import JobState
from plan_tracker.jobs.models import Job
from plan_tracker.jobs.queue import ask as ask_for_job
from plan_tracker.jobs.queue import keep_file
from reports.choices import PeriodKind, Product
from reports.choices_tombstones import Scope
from reports.models import (
    Delivery,
    EditionFile,
    Entry,
    Notice,
    Proposal,
    Submission,
    Tombstone,
    TombstonePlace,
)
from reports.tombstone_reach import APART, THE_PLAN, THEMSELVES, tables, text_fields
from reports.tombstone_search import stand_in
from reports.tombstones import TombstoneRefused
from tests.editions import make_edition, set_issued
from tests.factories import at, make_entry, make_period, make_submission
from tests.form_pages import page, seen, signed_in
from tests.people import Cast
from tests.secrets_found import HIDDEN, SECRET, confirmed, found, in_tables, request, second, told
from tests.test_attachments import excel_file

pytestmark = pytest.mark.django_db
Found = tuple[Cast, Submission]
INSTEAD = stand_in(at(21, month=7).date())


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


def test_a_closing_part_goes_as_a_whole_with_what_is_short(lived: Found) -> None:
    cast, report = lived
    Submission.objects.filter(pk=report.pk).update(
        strengths="Tốt.", weaknesses=HIDDEN, closing_written={"weaknesses": f"{HIDDEN} {{C01}}"}
    )
    Proposal.objects.create(submission=report, order=1, text="Quan tâm.")
    tombstone = request(report, cast.administrator, line="closing")
    confirmed(tombstone, second())
    report.refresh_from_db()
    assert (report.strengths, report.causes, report.closing_written) == (INSTEAD, "", {})
    assert report.weaknesses == INSTEAD and report.closing_version == 2
    assert Proposal.objects.get().text == INSTEAD
    assert Entry.objects.get(submission=report, group__number=2).text == "Đã làm mục 2."


def test_a_short_text_is_withdrawn_at_its_own_line_and_nowhere_else(lived: Found) -> None:
    cast, report = lived
    other = make_submission(report.expectation.period.expectations.get(body=cast.other_district), cast.other_preparer)
    twin = make_entry(other, "Đã làm mục 2.", group=report.expectation.period.plan.groups.get(number=2))
    confirmed(request(report, cast.administrator, line="group:2"), second())
    twin.refresh_from_db()
    assert twin.text == "Đã làm mục 2."
    assert Entry.objects.get(submission=report, group__number=2).text == INSTEAD
    assert [row["text"] for row in Delivery.objects.get().content["entries"]] == [SECRET, INSTEAD]


def test_the_same_words_in_the_next_report_go_with_it(lived: Found) -> None:
    cast, report = lived
    period = make_period(report.expectation.period.plan, PeriodKind.YEAR, bodies=[cast.district])
    later = make_submission(period.expectations.get(), cast.preparer)
    copied = make_entry(later, f"Như kỳ trước: {SECRET.upper()}", group=period.plan.groups.get(number=1))
    tombstone = request(report, cast.administrator)
    assert any(str(later) == where for _what, where, _number in tombstone.found)
    confirmed(tombstone, second())
    copied.refresh_from_db()
    assert copied.text == f"Như kỳ trước: {INSTEAD}!" and copied.row_version == 2


def test_issued_tables_that_hold_it_are_emptied_though_the_text_does_not(lived: Found) -> None:
    cast, report = lived
    edition = make_edition(report.expectation.period, cast)
    clean = make_edition(report.expectation.period, cast, kind=Product.BRIEF)
    for one, cell in ((edition, f"Huyện uỷ A: {HIDDEN}"), (clean, "Không có gì")):
        content = excel_file("Khó khăn", cell)
        EditionFile.objects.create(edition=one, name="a.xlsx", content=content, size=9, sha256="5" * 64, made_at=at())
        set_issued(one, cast, number=one.pk)
    confirmed(request(report, cast.administrator), second())
    file = EditionFile.objects.get(edition=edition)
    assert (bytes(file.content), file.size, file.sha256) == (b"", 9, "5" * 64)
    assert TombstonePlace.objects.filter(table="reports_edition", record=str(edition.pk), column="files").exists()
    assert EditionFile.objects.get(edition=clean).content


def test_what_somebody_still_has_on_the_screen_does_not_come_back(lived: Found) -> None:
    cast, report = lived
    Submission.objects.filter(pk=report.pk).update(state="draft", accepted_at=None, accepted_by=None)
    client, url = signed_in(cast.preparer), page("report_group", report.pk, 1)
    data = seen(client, url) | {"line-group-1-state": "in_progress", "line-group-1-text": SECRET}
    confirmed(request(report, cast.administrator), second())
    answer = client.post(url, data | {"line-group-1-choice": "mine", "line-group-1-asked": "1"} | seen(client, url))
    assert answer.status_code == 409 and "không được lưu lại" in answer.content.decode()
    assert not Entry.objects.filter(text=SECRET).exists()


def test_every_table_is_searched_or_named_with_a_reason() -> None:
    labels = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    searched = {model._meta.label for model in tables()}
    apart = {label for label in labels if label.partition(".")[0] in APART}
    assert labels >= THE_PLAN | THEMSELVES and not searched & (apart | THE_PLAN | THEMSELVES)
    assert all(len(reason) > 5 for reason in APART.values()) and len(searched) > 30
    left = labels - searched - apart - THE_PLAN - THEMSELVES
    assert all(not text_fields(apps.get_model(label)) for label in left)


def test_what_is_withdrawn_already_is_not_withdrawn_again(lived: Found) -> None:
    cast, report = lived
    confirmed(request(report, cast.administrator), second())
    with pytest.raises(TombstoneRefused, match="không có nội dung nào"):
        request(report, cast.administrator)
    with pytest.raises(TombstoneRefused, match="câu thay cho nội dung đã thu hồi"):
        request(report, cast.administrator, Scope.PASSAGE, words="yêu cầu bảo vệ bí mật nhà nước")


def test_a_passage_goes_and_the_rest_of_the_line_stays(lived: Found) -> None:
    cast, report = lived
    passage = "do đơn vị K-5  phụ trách"
    tombstone = request(report, cast.administrator, Scope.PASSAGE, words=passage)
    assert Tombstone.objects.get().words == passage
    assert "K-5" not in TrailEntry.objects.filter(table="reports_tombstone").latest("pk").new
    confirmed(tombstone, second())
    text = Entry.objects.get(submission=report, group__number=1).text
    assert text == SECRET.replace("do đơn vị K-5 phụ trách", INSTEAD)
    assert "K-5" not in str([row.content for row in Delivery.objects.all()])
    assert Tombstone.objects.get().words == ""


def test_tables_kept_for_download_go_and_a_job_at_work_begins_again(
    lived: Found, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    cast, report = lived

    def keep(name: str, made: bytes) -> Job:
        return keep_file("save", "Báo cáo", owner=cast.administrator, at=at(), made=made, made_name=name)

    book = keep("a.xlsx", excel_file("Kết quả", SECRET))
    text = keep("a.json", json.dumps([HIDDEN]).encode())
    clean = keep("b.xlsx", excel_file("Kết quả", "Tốt."))
    working = ask_for_job("save", "Báo cáo", owner=cast.administrator, at=at())
    Job.objects.filter(pk=working.pk).update(state=JobState.RUNNING, attempts=1, beat_at=at())
    tombstone = confirmed(request(report, cast.administrator), second())
    for job in (book, text, clean, working):
        job.refresh_from_db()
    assert (book.made.name, text.made.name, bool(clean.made.name)) == ("", "", True)
    assert working.state == JobState.WAITING
    assert tombstone.files.filter(kind="export").exclude(path="").count() == 2
