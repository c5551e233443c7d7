"""The files of a report against the libraries that make them, writing the same text and cells and nothing else."""

from __future__ import annotations

import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import typst
import xlsxwriter
from docx import Document

from reports.documents.docx_file import render_docx
from reports.documents.fonts import typeface
from reports.documents.pdf_file import render_pdf
from reports.documents.report_value import Block, Column, Figure, Heading, Paragraph, Report, Table
from reports.documents.xlsx_file import OPTIONS, render_xlsx
from tests.bench.interleaved import Measurement, in_turns
from tests.documents import OpenedPdf, make_report

PAGES = 41
SECTIONS, PARAGRAPHS = 17, 13
ROWS = 20_000
DOCX_BAR, PDF_BAR, XLSX_BAR = 2, 1.5, 1.3
SENTENCE = (
    "Huyện uỷ số {place}: Đã tổ chức {place} hội nghị quán triệt Nghị quyết số 43-NQ/TW với 1.240 lượt người dự; cấp "
    "uỷ các cấp ban hành 06 kế hoạch, thành lập 12 đoàn kiểm tra, duy trì 108 mô hình dân vận khéo ở thôn, khu dân cư. "
)
NOTHING_ELSE = """#let data = json(bytes(sys.inputs.data))
#set text(font: data.fonts, size: 14pt)
#set page(paper: "a4")
#for words in data.paragraphs { par(words) }
"""


def long_report() -> Report:
    """Return a report of 41 pages of text."""
    blocks: list[Block] = []
    for section in range(1, SECTIONS + 1):
        blocks.append(Heading(f"{section}.", "Kết quả thực hiện nhóm nhiệm vụ, giải pháp", 2))
        blocks += [Paragraph(SENTENCE.format(place=section * place) * 2) for place in range(1, PARAGRAPHS + 1)]
    return make_report(blocks=tuple(blocks))


def texts_of(report: Report) -> list[str]:
    """Return every paragraph of the text."""
    return [block.text for block in report.blocks if isinstance(block, Heading | Paragraph)]


def plain_docx(texts: list[str]) -> bytes:
    """Write the paragraphs with python-docx and nothing else."""
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def docx() -> Measurement:
    """Measure the DOCX, and make sure first that both hold the same paragraphs."""
    report = long_report()
    texts = texts_of(report)
    floor = {paragraph.text for paragraph in Document(io.BytesIO(plain_docx(texts))).paragraphs}
    ours = {paragraph.text for paragraph in Document(io.BytesIO(render_docx(report))).paragraphs}
    assert floor <= {text.replace("\u2011", "-") for text in ours}
    name = f"DOCX of {PAGES} pages"
    return in_turns(name, "no database", lambda: plain_docx(texts), lambda: render_docx(report), DOCX_BAR)


def plain_pdf(texts: list[str]) -> bytes:
    """Set the paragraphs with typst, in the same type and size, and nothing else."""
    face = typeface()
    data = json.dumps({"paragraphs": texts, "fonts": [face.family]}, ensure_ascii=False)
    made = typst.compile(NOTHING_ELSE.encode(), font_paths=face.fonts, sys_inputs={"data": data})
    assert isinstance(made, bytes)
    return made


def pdf() -> Measurement:
    """Measure the PDF, and make sure first that it has its 41 pages."""
    report = long_report()
    texts = texts_of(report)
    pages = len(OpenedPdf(render_pdf(report)).sizes())
    assert abs(pages - PAGES) <= 1, pages
    assert len(OpenedPdf(plain_pdf(texts)).sizes()) > PAGES / 2
    name = f"PDF/A of {PAGES} pages"
    return in_turns(name, "no database", lambda: plain_pdf(texts), lambda: render_pdf(report), PDF_BAR)


def table() -> Table:
    """Return a table of 20,000 rows of texts, counts, figures and days."""
    columns = tuple(Column(head, 0) for head in ("TT", "Địa phương, cơ quan", "Nội dung", "Trong kỳ", "Luỹ kế", "Ngày"))
    rows = tuple(
        (
            place,
            f"Huyện uỷ số {place % 45}",
            f"Số hội nghị quán triệt ở địa bàn {place}",
            Figure(Decimal(place)),
            Figure(Decimal(place) / 10, 1),
            date(2024, 1 + place % 12, 1 + place % 28),
        )
        for place in range(1, ROWS + 1)
    )
    return Table("Số liệu", columns, rows)


def plain_xlsx(rows: list[tuple[Any, ...]]) -> bytes:
    """Write the cells with xlsxwriter, each as what it is, and nothing else."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
        for place, (number, body, text, now, total, on) in enumerate(rows):
            sheet.write_number(place, 0, number)
            sheet.write_string(place, 1, body)
            sheet.write_string(place, 2, text)
            sheet.write_number(place, 3, now)
            sheet.write_number(place, 4, total)
            sheet.write_datetime(place, 5, on, day)
    return out.getvalue()


def xlsx() -> Measurement:
    """Measure the workbook."""
    sheet = table()
    report = make_report(annexes=(sheet,))
    rows = [tuple(cell.value if isinstance(cell, Figure) else cell for cell in row) for row in sheet.rows]
    assert len(rows) == ROWS and len(render_xlsx(report)) > len(plain_xlsx(rows)) / 2
    name = f"XLSX of {ROWS} rows"
    return in_turns(name, "no database", lambda: plain_xlsx(rows), lambda: render_xlsx(report), XLSX_BAR)


measurements = (docx, pdf, xlsx)
