"""A report filled in with Excel: what is given out, what comes back, and that it is saved whole or not at all."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from reports.choices import Depth, PeriodKind
from reports.models import Submission, WorkbookUpload
from reports.workbooks import layout
from reports.workbooks.comparing import Kind
from tasks.models import IssuedDocument
from tests.form_pages import Scene, earlier_report, fill_lines, make_scene, open_period, page, signed_in, start
from tests.workbooks import add, apply, download, problems, put, reference, row_of, saved, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def submission(scene: Scene) -> Submission:
    """Return a detailed yearly report, after one that has text and figures."""
    earlier_report(scene)
    return start(scene, open_period(scene, Depth.DETAILED, PeriodKind.YEAR))


@pytest.fixture
def client(scene: Scene) -> Client:
    return signed_in(scene.cast.preparer)


def kinds(response: Any) -> dict[str, Kind]:
    return {change.key: change.kind for change in response.context["comparison"].changes}


def test_the_form_has_every_line_the_last_period_and_what_was_typed(
    scene: Scene, submission: Submission, client: Client
) -> None:
    fill_lines(scene, submission)
    book = download(client, submission.pk)
    titles = [layout.INTRO, *(sheet.title for sheet in layout.SHEETS), layout.KEYS]
    assert sorted(book.sheetnames) == sorted(titles)
    lines = book[layout.LINES.title]
    row = row_of(lines, "1")
    said = {column.name: lines[reference(layout.LINES, column.name, row)].value for column in layout.LINES.columns}
    assert said["last_text"] == "Kỳ trước: 04 hội nghị." and said["text"] == "Đã làm group:1."
    assert said["last_state"] == "triển khai có kết quả" and said["state"] == "đang triển khai"
    counters = book[layout.COUNTERS.title]
    assert counters[reference(layout.COUNTERS, "before", row_of(counters, "C01"))].value == "1.004"
    told = {prop.name: prop.value for prop in book.custom_doc_props.props}
    assert told[layout.PROPERTY_VERSION] == layout.VERSION
    assert told[layout.PROPERTY_KEY] == f"hu-a/{submission.expectation.period_id}"


def test_only_inputs_are_open_and_the_states_are_a_list(submission: Submission, client: Client) -> None:
    book = download(client, submission.pk)
    for sheet in layout.SHEETS:
        table = book[sheet.title]
        assert table.protection.sheet
        assert not any(cell.data_type == "f" for row in table.iter_rows() for cell in row)
    lines = book[layout.LINES.title]
    row = row_of(lines, "1.1")
    locked = {
        column.name: lines[reference(layout.LINES, column.name, row)].protection.locked
        for column in layout.LINES.columns
    }
    assert [name for name, shut in locked.items() if not shut] == ["state", "text", "serves"]
    assert any(
        reference(layout.LINES, "state", row) in str(rule.sqref) for rule in lines.data_validations.dataValidation
    )
    assert book[layout.KEYS].sheet_state == "veryHidden"


def test_an_untouched_form_changes_nothing(scene: Scene, submission: Submission, client: Client) -> None:
    fill_lines(scene, submission)
    response = upload(client, submission.pk, saved(download(client, submission.pk)))
    assert response.status_code == 200 and not problems(response)
    assert set(kinds(response).values()) == {Kind.UNCHANGED}


def fill_in(book: Any) -> None:
    """Type something into every sheet, as clerks do."""
    put(
        book,
        layout.LINES,
        "1",
        state="Có khó khăn, vướng mắc",
        text="Đã tổ chức 06 hội nghị.\nDòng hai.",
        serves="2.2; 1.2",
    )
    put(book, layout.COUNTERS, "C01", in_period=6)
    put(book, layout.COUNTERS, "C02", in_period="1.240", estimate="x", note="Ước đến hết tháng.")
    put(book, layout.INDICATORS, "T1.1", numerator="18", denominator=20)
    put(book, layout.INDICATORS, "T2.1", value="3,5")
    put(book, layout.CLOSING, "strengths", text="Có chuyển biến.")
    add(book, layout.ROWS, line="1", kind="Khó khăn", text="Thiếu cán bộ.")
    add(book, layout.ROWS, line="Chung", kind="Kiến nghị", text="Quan tâm.", addressee="Trung ương")
    add(
        book,
        layout.DOCUMENTS,
        kind="kế hoạch",
        symbol="45-KH/HU",
        issued_on="05/02/2024",
        title="Kế hoạch",
        tasks="1.1",
    )


def test_a_filled_in_form_is_shown_first_and_saved_only_when_applied(submission: Submission, client: Client) -> None:
    book = download(client, submission.pk)
    fill_in(book)
    response = upload(client, submission.pk, saved(book))
    assert not problems(response)
    found = kinds(response)
    assert {key for key, kind in found.items() if kind == Kind.NEW} == {
        *("group:1", "counter:C01", "counter:C02", "indicator:T1.1", "indicator:T2.1", "closing", "document:4")
    }
    assert not submission.entries.exists() and not IssuedDocument.objects.exists()
    assert apply(client, response).status_code == 302
    submission.refresh_from_db()
    entry = submission.entries.get()
    assert (entry.state, entry.text) == ("in_difficulty", "Đã tổ chức 06 hội nghị.\nDòng hai.")
    assert [row.text for row in entry.difficulties.all()] == ["Thiếu cán bộ."]
    assert sorted(task.code for task in entry.also_serves.all()) == ["1.2", "2.2"]
    assert submission.proposals.get(entry=None).addressee == "centre"
    counter = submission.counter_values.get(counter__code="C01")
    assert counter.in_period == 6 and counter.cumulative == 1010
    assert submission.counter_values.get(counter__code="C02").in_period == 1240
    assert submission.readings.get(indicator__code="T1.1").value == 90
    assert submission.strengths == "Có chuyển biến."
    document = IssuedDocument.objects.get()
    assert document.issued_on.isoformat() == "2024-02-05" and document.tasks.get().code == "1.1"


def test_what_was_applied_comes_back_unchanged(submission: Submission, client: Client) -> None:
    book = download(client, submission.pk)
    texts = ["=1+1", "+84 là mã", "-5 độ", "@ai", "\t=TAB", "_x0041_ và &lt;b>", 'Dòng\n\n=HYPERLINK("http://a")']
    put(book, layout.LINES, "1", state="đang triển khai", text=" | ".join(texts), serves="2.1")
    put(book, layout.LINES, "2", state="đang triển khai", text=texts[0])
    assert apply(client, upload(client, submission.pk, saved(book))).status_code == 302
    assert submission.entries.get(group__number=2).text == "=1+1"
    again = upload(client, submission.pk, client.get(page("report_template", submission.pk)).content)
    assert set(kinds(again).values()) == {Kind.UNCHANGED}


def test_pressing_apply_twice_applies_once(submission: Submission, client: Client) -> None:
    book = download(client, submission.pk)
    put(book, layout.LINES, "1", state="đang triển khai", text="Một lần.")
    response = upload(client, submission.pk, saved(book))
    assert [apply(client, response).status_code for _press in range(2)] == [302, 302]
    assert submission.entries.get().row_version == 1
    assert WorkbookUpload.objects.get().applied_at is not None


def test_a_new_upload_takes_the_place_of_one_that_was_not_applied(submission: Submission, client: Client) -> None:
    content = saved(download(client, submission.pk))
    for _time in range(2):
        assert upload(client, submission.pk, content).status_code == 200
    assert WorkbookUpload.objects.count() == 1


def test_the_declaration_and_a_file_are_asked_for(submission: Submission, client: Client) -> None:
    response = client.post(page("report_upload", submission.pk), {})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"file", "no_secret"}
