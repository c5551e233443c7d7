"""Texts drawn at random that begin as formulas do: through every kind of file they stay texts, letter for letter."""

from __future__ import annotations

import io
import os
import random

import docx
import openpyxl
import pytest

from plan_tracker.lib.spreadsheets import Table, read_csv, read_xlsx, write_csv, write_xlsx
from reports.choices import Depth
from reports.documents.docx_file import render_docx
from reports.documents.own_report import from_own_report, read_own_report
from reports.documents.pdf_file import render_pdf
from reports.models import Difficulty, Submission
from reports.outline import outline_for
from reports.workbooks.contents import book_of
from reports.workbooks.template import render_template
from tests.factories import at, make_entry
from tests.form_pages import make_scene, open_period, start
from tests.test_formula_injection import LIVE, live_in

SOAK = bool(os.environ.get("SOAK"))
TABLES, REPORTS = (600, 60) if SOAK else (15, 1)
TEXTS_A_TABLE, TEXTS_A_REPORT = 40, 12
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "'=", "＝", "−", " =", "\u200b=", "\ufeff=", "http://", "mailto:", "\\")
# Not among them: letters such as “_x000D_”, which openpyxl does not tell from the sign that they stand for.
PIECES = (
    *("1+1", "SUM(A1:A9)", 'HYPERLINK("http://vi-du.vn","Bấm")', "cmd|'/C calc'!A0", "đại đoàn kết", "Uỷ ban"),
    *(";", ",", '"', "'", "{=1}", "<f>1</f>", "&amp;", "_xHHHH_", "  ", "1.234,5", "🙂", "#REF!", "%", "|", "\n", "\t"),
)


def drawn(seed: int, number: int) -> list[str]:
    """Return so many texts, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - texts, no secret
    return [
        chance.choice(STARTS) + "".join(chance.choice(PIECES) for _piece in range(chance.randint(1, 5)))
        for _text in range(number)
    ]


@pytest.mark.parametrize("seed", range(TABLES))
def test_a_table_gives_every_text_back_and_holds_no_formula(seed: int) -> None:
    texts = drawn(seed, TEXTS_A_TABLE)
    table = Table("Bảng", ["Mã", "Nội dung"], [["a", text] for text in texts])
    workbook = write_xlsx(table)
    assert live_in(workbook) == []
    assert [row[1] for row in read_xlsx(workbook)[1]] == texts
    assert [row[1] for row in read_csv(write_csv(table).decode())[1]] == texts


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(REPORTS))
def test_a_report_prints_every_text_and_does_nothing(seed: int) -> None:
    scene = make_scene()
    submission = start(scene, open_period(scene, Depth.FULL))
    texts = [" ".join(text.split()) for text in drawn(seed, TEXTS_A_REPORT)]
    entry = make_entry(submission, texts[0], group=scene.tasks["1.1"].group)
    for number, text in enumerate(texts, 1):
        Difficulty.objects.create(submission=submission, entry=entry, order=number, text=text)
    submission = Submission.objects.get(pk=submission.pk)
    workbook = render_template(book_of(submission, outline_for(submission)))
    assert live_in(workbook) == []
    sheets = openpyxl.load_workbook(io.BytesIO(workbook))
    assert not [cell for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    report = from_own_report(read_own_report(submission, on=at().date()), on=at().date())
    paper = render_docx(report)
    assert live_in(paper) == []
    printed = " ".join(paragraph.text for paragraph in docx.Document(io.BytesIO(paper)).paragraphs)
    assert [text for text in texts if text.rstrip(" .;,") not in " ".join(printed.split())] == []
    assert not LIVE.search(render_pdf(report))
