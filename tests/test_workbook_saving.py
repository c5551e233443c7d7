"""Applying a workbook: whole or not at all, and never over what somebody typed meanwhile in the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from reports.choices import Depth, PeriodKind, SubmissionState
from reports.models import CounterValue, Difficulty, Entry, Proposal, Reading, Submission, WorkbookUpload
from reports.outline import outline_for
from reports.workbooks import layout
from reports.workbooks.applying import apply_upload
from reports.workbooks.comparing import Kind, compare
from tasks.models import IssuedDocument
from tests.factories import at
from tests.form_pages import Scene, make_scene, open_period, page, seen, signed_in, start
from tests.people import standing
from tests.workbooks import add, apply, download, put, saved, upload

pytestmark = pytest.mark.django_db
TABLES = (Entry, Difficulty, Proposal, CounterValue, Reading, IssuedDocument, Submission, WorkbookUpload)


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def submission(scene: Scene) -> Submission:
    return start(scene, open_period(scene, Depth.DETAILED, PeriodKind.YEAR))


@pytest.fixture
def client(scene: Scene) -> Client:
    return signed_in(scene.cast.preparer)


def filled_in(client: Client, submission: Submission) -> bytes:
    """Return a form with something in every part."""
    book = download(client, submission.pk)
    put(book, layout.LINES, "1", state="có khó khăn, vướng mắc", text="Từ tệp Excel.")
    put(book, layout.ASSIGNED, "IV.1a", state="hoàn thành", text="Đã ban hành.")
    put(book, layout.COUNTERS, "C01", in_period="6")
    put(book, layout.INDICATORS, "T1.1", numerator="18", denominator="20")
    put(book, layout.CLOSING, "strengths", text="Tốt.")
    add(book, layout.ROWS, line="1", kind="Khó khăn", text="Thiếu cán bộ.")
    add(book, layout.ROWS, line="Chung", kind="Kiến nghị", text="Quan tâm.", addressee="Trung ương")
    add(book, layout.DOCUMENTS, kind="kế hoạch", symbol="45-KH/HU", issued_on="05/02/2024", title="A", tasks="1.1")
    return saved(book)


def type_in_the_browser(scene: Scene, submission: Submission, text: str) -> None:
    """Let the sender save a text for group 1 in the form."""
    browser, url = signed_in(scene.cast.sender), page("report_group", submission.pk, 1)
    typed = {"line-group-1-state": "in_progress", "line-group-1-text": text}
    assert browser.post(url, seen(browser, url) | typed).status_code == 302


def test_what_was_typed_meanwhile_is_shown_and_stays_until_somebody_chooses(
    scene: Scene, submission: Submission, client: Client
) -> None:
    content = filled_in(client, submission)
    type_in_the_browser(scene, submission, "Từ trình duyệt.")
    response = upload(client, submission.pk, content)
    conflict = response.context["comparison"].of_kind(Kind.CONFLICT)[0]
    assert conflict.key == "group:1" and conflict.saved_by == str(scene.cast.sender)
    shown = response.content.decode()
    assert "Từ trình duyệt." in shown and "Từ tệp Excel." in shown
    assert apply(client, response).status_code == 409
    assert submission.entries.get().text == "Từ trình duyệt."
    assert not submission.counter_values.exists()


@pytest.mark.parametrize(("choice", "text"), [("mine", "Từ tệp Excel."), ("theirs", "Từ trình duyệt.")])
def test_the_text_that_was_chosen_stands(
    scene: Scene, submission: Submission, client: Client, choice: str, text: str
) -> None:
    content = filled_in(client, submission)
    type_in_the_browser(scene, submission, "Từ trình duyệt.")
    response = upload(client, submission.pk, content)
    assert apply(client, response, **{"group:1": choice}).status_code == 302
    assert submission.entries.get(group__number=1).text == text
    assert submission.counter_values.get().in_period == 6


def test_a_line_that_the_workbook_left_alone_keeps_what_was_typed_in_the_browser(
    scene: Scene, submission: Submission, client: Client
) -> None:
    book = download(client, submission.pk)
    put(book, layout.LINES, "2", state="đang triển khai", text="Nhóm hai.")
    type_in_the_browser(scene, submission, "Từ trình duyệt.")
    assert apply(client, upload(client, submission.pk, saved(book))).status_code == 302
    assert submission.entries.get(group__number=1).text == "Từ trình duyệt."


def test_what_is_typed_between_preview_and_apply_makes_a_new_preview(
    scene: Scene, submission: Submission, client: Client
) -> None:
    response = upload(client, submission.pk, filled_in(client, submission))
    type_in_the_browser(scene, submission, "Trong lúc xem.")
    refused = apply(client, response)
    assert refused.status_code == 409 and "Trong lúc xem." in refused.content.decode()
    assert submission.entries.get().text == "Trong lúc xem."


def test_a_report_that_has_moved_on_takes_no_workbook(submission: Submission, client: Client) -> None:
    content = filled_in(client, submission)
    response = upload(client, submission.pk, content)
    Submission.objects.filter(pk=submission.pk).update(state=SubmissionState.AWAITING_SIGNATURE)
    assert apply(client, response).status_code == 409
    assert client.post(page("report_upload", submission.pk), {"no_secret": "on"}).status_code == 409
    assert not Entry.objects.exists()


class StoppedError(DatabaseError):
    """The statement at which the test pulls the plug."""


@contextmanager
def stopping_at(number: int) -> Iterator[list[int]]:
    """Let the statement with this number fail; the list holds how many there were."""
    count = [0]

    def run(execute: Callable[..., Any], *args: Any) -> Any:
        count[0] += 1
        if count[0] == number:
            raise StoppedError
        return execute(*args)

    with connection.execute_wrapper(run):
        yield count


def contents() -> list[list[dict[str, Any]]]:
    """Return every row that applying may touch; keys of rows that were taken back are given again or not."""
    return [
        [
            {name: value for name, value in row.items() if name not in {"id", "entry_id", "recorded_at"}}
            for row in model._default_manager.order_by("pk").values()
        ]
        for model in TABLES
    ]


def test_a_fault_at_any_statement_leaves_all_or_nothing(scene: Scene, submission: Submission, client: Client) -> None:
    upload(client, submission.pk, filled_in(client, submission))
    found, outline, who = WorkbookUpload.objects.get(), outline_for(submission), standing(scene.cast.preparer)
    basis = compare(found.cells, submission, outline, scene.cast.preparer).basis

    def apply_it() -> None:
        apply_upload(
            found, submission, outline, basis=basis, choices={}, actor=scene.cast.preparer, standing=who, at=at()
        )

    before = contents()
    kept = transaction.savepoint()
    with stopping_at(0) as count:
        apply_it()
    after, statements = contents(), count[0]
    transaction.savepoint_rollback(kept)
    assert contents() == before != after and statements > 40
    for number in range(1, statements + 1):
        kept = transaction.savepoint()
        with suppress(StoppedError, transaction.TransactionManagementError), stopping_at(number):
            apply_it()
        if connection.needs_rollback:
            # The statement that failed was itself a way back: what lies around, here the test, goes back further.
            transaction.set_rollback(False)
            transaction.savepoint_rollback(kept)
        assert contents() in (before, after), f"statement {number} of {statements}"
        transaction.savepoint_rollback(kept)


def test_the_pages_ask_a_fixed_number_of_questions(
    submission: Submission, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    book = download(client, submission.pk)
    put(book, layout.LINES, "1", state="đang triển khai", text="Một.")
    response = upload(client, submission.pk, saved(book))
    preview = response.redirect_chain[-1][0]
    with django_assert_max_num_queries(12):
        client.get(page("report_upload", submission.pk))
    with django_assert_max_num_queries(20):
        client.get(page("report_template", submission.pk))
    with django_assert_max_num_queries(20):
        client.get(preview)
