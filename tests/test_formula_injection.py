"""Texts that a spreadsheet would take for formulas: in every file that we give out they are texts, unchanged."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import openpyxl
import pytest

from plan_tracker.lib.dates import ZONE
from plan_tracker.lib.spreadsheets import Table, read_csv, read_xlsx, write_csv, write_xlsx
from reports.choices import Depth
from reports.documents.docx_file import render_docx
from reports.documents.own_report import from_own_report, read_own_report
from reports.documents.pdf_file import render_pdf
from reports.models import Difficulty, Proposal, Submission
from reports.outline import CLOSING_FIELDS, outline_for
from reports.workbooks import layout
from reports.workbooks.contents import book_of
from reports.workbooks.template import render_template
from tests.factories import at, make_entry
from tests.form_pages import Scene, make_scene, open_period, start

HOSTILE = (
    "=1+1",
    "+84 là mã vùng",
    "-5 độ",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    '=HYPERLINK("http://vi-du.vn","Bấm")',
    "=cmd|'/C calc'!A0",
    "http://vi-du.vn/",
    "mailto:ai@vi-du.vn",
)
LIVE = re.compile(rb"<f[ >]|<hyperlink |<w:hyperlink[ >]|fldSimple|instrText|/URI\b|TargetMode=\"External\"")


def live_in(content: bytes) -> list[str]:
    """Return the members of an office file that hold a formula, a field with a command, or a link."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = {name: LIVE.findall(archive.read(name)) for name in archive.namelist()}
    # Page numbers are the one field that our documents have.
    return [name for name, marks in found.items() if [mark for mark in marks if mark != b"instrText"]]


@pytest.fixture
def submission(db: None) -> Submission:
    """Return a report with a hostile text in every field that takes one."""
    scene: Scene = make_scene()
    submission = start(scene, open_period(scene, Depth.FULL))
    entry = make_entry(submission, HOSTILE[0], group=scene.tasks["1.1"].group)
    make_entry(submission, HOSTILE[6], assignment=scene.ongoing)
    for number, text in enumerate(HOSTILE, start=1):
        clean = text.strip()
        Difficulty.objects.create(submission=submission, entry=entry, order=number, text=clean)
        Proposal.objects.create(submission=submission, entry=None, order=number, text=clean)
    submission.counter_values.create(counter=scene.meetings, in_period=1, note=HOSTILE[3])
    Submission.objects.filter(pk=submission.pk).update(**dict(zip(CLOSING_FIELDS, HOSTILE, strict=False)))
    submission.refresh_from_db()
    return submission


def test_tables_hold_texts_and_give_them_back_unchanged() -> None:
    table = Table("=1+1", ["Mã", *HOSTILE[:2]], [["a", text, text] for text in HOSTILE])
    assert live_in(write_xlsx(table)) == []
    assert [row[1] for row in read_xlsx(write_xlsx(table))[1]] == list(HOSTILE)
    text = write_csv(table).decode()
    assert [row[1] for row in read_csv(text)[1]] == list(HOSTILE)
    cells = [cell for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_the_workbook_to_be_filled_in_holds_no_formula_and_no_link(submission: Submission) -> None:
    content = render_template(book_of(submission, outline_for(submission)))
    assert live_in(content) == []
    book = openpyxl.load_workbook(io.BytesIO(content))
    values = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "s"}
    assert {text.strip() for text in HOSTILE} <= values
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert book[layout.COUNTERS.title].protection.sheet


def test_the_report_as_document_holds_no_field_and_no_link(submission: Submission) -> None:
    today = at().astimezone(ZONE).date()
    report = from_own_report(read_own_report(submission, on=today), on=today)
    assert live_in(render_docx(report)) == []
    assert not re.search(rb"/URI\b|/Launch|/JavaScript", render_pdf(report))
