"""Mistakes in an uploaded workbook: each is named by sheet and cell with its own sentence, all of them at once."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from django.test import Client

from reports.choices import Depth, PeriodKind
from reports.models import Entry, Submission, WorkbookUpload
from reports.workbooks import layout
from tasks.models import IssuedDocument
from tests.form_pages import Scene, make_scene, open_period, page, signed_in, start
from tests.workbooks import add, apply, changed, download, problems, put, reference, row_of, saved, upload

pytestmark = pytest.mark.django_db
LINES, COUNTERS, DOCUMENTS, ROWS = layout.LINES, layout.COUNTERS, layout.DOCUMENTS, layout.ROWS


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def submission(scene: Scene) -> Submission:
    return start(scene, open_period(scene, Depth.DETAILED, PeriodKind.YEAR))


@pytest.fixture
def client(scene: Scene) -> Client:
    return signed_in(scene.cast.preparer)


def formula(book: Any) -> None:
    book[COUNTERS.title][reference(COUNTERS, "in_period", row_of(book[COUNTERS.title], "C01"))].value = "=SUM(A1:A9)"


def broken_reference(book: Any) -> None:
    cell = book[LINES.title][reference(LINES, "text", row_of(book[LINES.title], "1"))]
    cell.value, cell.data_type = "#REF!", "e"


def merged(book: Any) -> None:
    book[LINES.title].merge_cells("F4:F5")


def date_for_a_number(book: Any) -> None:
    put(book, COUNTERS, "C01", in_period=datetime(2024, 2, 1))  # noqa: DTZ001 - a cell knows no zone


MISTAKES: tuple[tuple[str, Callable[[Any], Any], tuple[str, str], str], ...] = (
    ("formula", formula, (COUNTERS.title, "F4"), "công thức"),
    ("error", broken_reference, (LINES.title, "F4"), "#REF!"),
    ("merged", merged, (LINES.title, "F4"), "F4:F5"),
    ("state", lambda book: put(book, LINES, "1", state="Xong rồi"), (LINES.title, "E4"), "Xong rồi"),
    ("ambiguous", lambda book: put(book, layout.INDICATORS, "T2.1", value="1.234"), ("Chỉ tiêu", "E5"), "1.234"),
    ("not whole", lambda book: put(book, COUNTERS, "C01", in_period=1.5), (COUNTERS.title, "F4"), "1,5"),
    ("words", lambda book: put(book, COUNTERS, "C01", in_period="sáu"), (COUNTERS.title, "F4"), "sáu"),
    ("below zero", lambda book: put(book, COUNTERS, "C01", in_period=-4), (COUNTERS.title, "F4"), "nhỏ hơn 0"),
    ("a day", date_for_a_number, (COUNTERS.title, "F4"), "01/02/2024"),
    ("code", lambda book: put(book, LINES, "1", code="9.9", text="A"), (LINES.title, "A4"), "9.9"),
    ("twice", lambda book: put(book, LINES, "1.1", code="1"), (LINES.title, "A5"), "1"),
    ("too long", lambda book: put(book, LINES, "1", text="a" * 20_001), (LINES.title, "F4"), "20"),
    ("serves", lambda book: put(book, LINES, "1", serves="1.2;8.8"), (LINES.title, "G4"), "8.8"),
    ("whose", lambda book: add(book, ROWS, line="7.7", kind="Khó khăn", text="A"), (ROWS.title, "A4"), "7.7"),
    ("kind", lambda book: add(book, ROWS, line="1", kind="Gì đó", text="A"), (ROWS.title, "B4"), "khó khăn"),
    ("to whom", lambda book: add(book, ROWS, line="1", kind="Kiến nghị", text="A"), (ROWS.title, "D4"), "kiến nghị"),
    ("no text", lambda book: add(book, ROWS, line="1", kind="Kiến nghị"), (ROWS.title, "C4"), "khó khăn"),
    (
        "day",
        lambda book: add(book, DOCUMENTS, kind="kế hoạch", symbol="1-KH/HU", issued_on="31/02/2024", title="A"),
        (DOCUMENTS.title, "C4"),
        "31/02/2024",
    ),
    (
        "type",
        lambda book: add(book, DOCUMENTS, kind="thư", symbol="1-KH/HU", issued_on="1/2/2024", title="A"),
        (DOCUMENTS.title, "A4"),
        "thư",
    ),
    (
        "unknown code",
        lambda book: add(
            book, DOCUMENTS, kind="kế hoạch", symbol="1-KH/HU", issued_on="1/2/2024", title="A", tasks="1.1;8.8"
        ),
        (DOCUMENTS.title, "F4"),
        "8.8",
    ),
    ("no column", lambda book: book[LINES.title].delete_cols(6), (LINES.title, "A3"), "Kết quả thực hiện"),
    ("no sheet", lambda book: book.remove(book[COUNTERS.title]), (COUNTERS.title, ""), COUNTERS.title),
)


@pytest.mark.parametrize(("change", "place", "word"), [row[1:] for row in MISTAKES], ids=[row[0] for row in MISTAKES])
def test_a_mistake_is_named_at_its_cell(
    submission: Submission, client: Client, change: Callable[[Any], Any], place: tuple[str, str], word: str
) -> None:
    response = upload(client, submission.pk, changed(download(client, submission.pk), change))
    found = {(sheet, cell): sentence for sheet, cell, sentence in problems(response)}
    assert place in found, found
    assert word in found[place]
    assert apply(client, response).status_code == 409
    assert not Entry.objects.exists() and not IssuedDocument.objects.exists()


def test_all_mistakes_are_told_at_once_in_the_order_of_the_workbook(submission: Submission, client: Client) -> None:
    book = download(client, submission.pk)
    for change in (formula, broken_reference, merged):
        change(book)
    put(book, COUNTERS, "C02", in_period="abc", note="x" * 301)
    add(book, DOCUMENTS, kind="kế hoạch", symbol="1-KH/HU", issued_on="45.45.2024", title="A")
    found = [(sheet, cell) for sheet, cell, _sentence in problems(upload(client, submission.pk, saved(book)))]
    assert found == [
        *[(LINES.title, "F4")] * 2,
        *[(COUNTERS.title, cell) for cell in ("F4", "F5", "I5")],
        (DOCUMENTS.title, "C4"),
    ]


def test_the_same_workbook_comes_back_with_the_cells_coloured_and_commented(
    submission: Submission, client: Client
) -> None:
    book = download(client, submission.pk)
    put(book, LINES, "1", state="đang triển khai", text="Giữ nguyên.")
    put(book, COUNTERS, "C01", in_period="sáu")
    response = upload(client, submission.pk, saved(book))
    upload_pk = WorkbookUpload.objects.get().pk
    marked = client.get(page("upload_marked", submission.pk, upload_pk))
    back = openpyxl.load_workbook(io.BytesIO(marked.content))
    cell = back[COUNTERS.title]["F4"]
    assert cell.value == "sáu" and cell.fill.fgColor.rgb == "FFF2C9C2" and "sáu" in cell.comment.text
    assert back[LINES.title]["F4"].value == "Giữ nguyên." and back[LINES.title]["F4"].comment is None
    assert back.active.title == COUNTERS.title
    back[COUNTERS.title]["F4"].value = "6"
    mended = upload(client, submission.pk, saved(back))
    assert not problems(mended) and apply(client, mended).status_code == 302
    assert "danh sách" in str(response.content.decode()) or problems(response)
    assert submission.counter_values.get().in_period == 6


def move_rows(book: Any) -> None:
    table = book[LINES.title]
    table.insert_rows(4)
    width = len(LINES.columns)
    first, last = 5, table.max_row
    rows = [[table.cell(row, column).value for column in range(1, width + 1)] for row in range(first, last + 1)]
    for row, values in zip(range(first, last + 1), reversed(rows), strict=True):
        for column, value in enumerate(values, start=1):
            table.cell(row, column).value = value


def move_columns(book: Any) -> None:
    table = book[COUNTERS.title]
    table.insert_cols(2)
    table["B3"].value = "Cột của tôi"
    table["B4"].value = "ghi riêng"


def far_cell(book: Any) -> None:
    book[LINES.title]["XFD1048576"].value = "xa"


def stray_sheet(book: Any) -> None:
    book.create_sheet("Nháp")["A1"].value = "của tôi"


HANDLED = {
    "rows re-ordered": move_rows,
    "a column inserted": move_columns,
    "far cell": far_cell,
    "stray sheet": stray_sheet,
    "numbers as text": lambda book: put(book, COUNTERS, "C01", in_period=" 6 "),
    "code as number": lambda book: put(book, LINES, "1", code=1),
    "row deleted": lambda book: book[LINES.title].delete_rows(row_of(book[LINES.title], "2")),
    "other case": lambda book: put(book, LINES, "2", state="ĐANG TRIỂN KHAI", text="Đã làm."),
}


@pytest.mark.parametrize("change", HANDLED.values(), ids=HANDLED)
def test_what_can_be_understood_is_taken_as_it_was_meant(
    submission: Submission, client: Client, change: Callable[[Any], Any]
) -> None:
    book = download(client, submission.pk)
    put(book, LINES, "1", state="đang triển khai", text="Đã làm nhóm 1.")
    put(book, COUNTERS, "C01", in_period="6")
    response = upload(client, submission.pk, changed(book, change))
    assert not problems(response) and apply(client, response).status_code == 302
    assert submission.entries.get(group__number=1).text == "Đã làm nhóm 1."
    assert submission.counter_values.get(counter__code="C01").in_period == 6


def test_a_bare_number_is_read_as_the_day_that_it_is(submission: Submission, client: Client) -> None:
    book = download(client, submission.pk)
    add(book, DOCUMENTS, kind="kế hoạch", symbol="1-KH/HU", issued_on=45_327, title="A")
    add(book, DOCUMENTS, kind="kế hoạch", symbol="2-KH/HU", issued_on=datetime(2024, 2, 5), title="B")  # noqa: DTZ001
    response = upload(client, submission.pk, saved(book))
    assert apply(client, response).status_code == 302
    assert {row.issued_on.isoformat() for row in IssuedDocument.objects.all()} == {"2024-02-05"}


def test_a_document_that_is_in_the_register_already_is_not_doubled(submission: Submission, client: Client) -> None:
    for title in ("Kế hoạch", "Kế hoạch (sửa)"):
        book = download(client, submission.pk)
        add(book, DOCUMENTS, kind="kế hoạch", symbol="1-KH/HU", issued_on="05/02/2024", title=title)
        assert apply(client, upload(client, submission.pk, saved(book))).status_code == 302
    assert IssuedDocument.objects.get().title == "Kế hoạch (sửa)"


def test_a_form_of_another_body_period_or_version_is_refused_by_name(
    scene: Scene, submission: Submission, client: Client
) -> None:
    other = open_period(scene, Depth.BRIEF, PeriodKind.QUARTER, ordinal=1)
    theirs = signed_in(scene.cast.other_preparer)
    theirs.post(page("report_start", other.expectations.get(body=scene.cast.other_district).pk))
    other_body = Submission.objects.get(expectation__body=scene.cast.other_district)
    earlier = start(scene, other)
    old = download(client, submission.pk)
    for prop in old.custom_doc_props.props:
        prop.value = "0" if prop.name == layout.PROPERTY_VERSION else prop.value
    files = {
        "Huyện uỷ B": saved(download(theirs, other_body.pk)),
        "Quý I": saved(download(client, earlier.pk)),
        "bản cũ": saved(old),
        "không phải": saved(openpyxl.Workbook()),
    }
    for word, content in files.items():
        response = upload(client, submission.pk, content)
        assert response.status_code == 422
        assert word in str(response.context["form"].errors["file"]), response.context["form"].errors
    assert not WorkbookUpload.objects.exists()
