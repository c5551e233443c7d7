"""The sheet on which the communes of a body give their part of a report: what is asked, and room to answer."""

from __future__ import annotations

from datetime import date

from plan_tracker.lib.dates import document_day
from reports import sentences
from reports.documents.letterhead import letterhead_of, line_end
from reports.documents.report_value import Column, Paragraph, Report, Table
from reports.models import Submission
from reports.outline import FormOutline

TEXTS = "Nội dung báo cáo"
FIGURES = "Số liệu hoạt động"
ANSWER_MM, FIGURE_MM = 92, 26


def collection_sheet(submission: Submission, outline: FormOutline, *, on: date) -> Report:
    """Return the sheet as a document in the body's own head, with its tables as annexes."""
    period, body = submission.expectation.period, submission.expectation.body
    letterhead = letterhead_of(body, on=on)
    when = sentences.period_in_words(period.kind, period.year, period.ordinal, period.own_title)
    span = f"từ ngày {document_day(period.data_from)} đến ngày {document_day(period.data_to)}"
    return Report(
        head=letterhead.head(on=on),
        type_name="BIỂU THU THẬP THÔNG TIN",
        subject=f"phục vụ báo cáo {when}",
        blocks=(
            Paragraph("Đơn vị: ………………………………………………… Người lập: ………………………………………………"),
            Paragraph(
                f"Số liệu, nội dung tính {span}. Ghi 0 khi không phát sinh; ghi rõ “ước” khi là số ước thực hiện."
                " Không ghi nội dung thuộc bí mật nhà nước và thông tin cá nhân của người dân vào biểu này."
            ),
        ),
        recipients=(letterhead.files_at,),
        line_end=line_end(on),
        signature=letterhead.signature(None),
        annexes=sheet_tables(outline),
        annexes_in_landscape=False,
        author=letterhead.name,
        on=on,
        is_demo=period.is_demo,
    )


def sheet_tables(outline: FormOutline) -> tuple[Table, ...]:
    """Return the lines with room for an answer and, where the form asks for any, the figures."""
    texts = Table(TEXTS, _text_columns(), tuple(_texts(outline)), sheet=TEXTS)
    if not outline.counters:
        return (texts,)
    return (texts, Table(FIGURES, _figure_columns(), tuple(_figures(outline)), sheet=FIGURES))


def _text_columns() -> tuple[Column, ...]:
    return (Column("TT", 11, is_mark=True), Column("Nội dung", 62), Column("Kết quả, khó khăn, kiến nghị", ANSWER_MM))


def _texts(outline: FormOutline) -> list[tuple[str | int, ...]]:
    lines = [line.label for line in outline.entry_lines() if line.subject != "question"]
    asked = [question.text for question in outline.questions]
    return [(place, words, "") for place, words in enumerate([*lines, *asked], start=1)]


def _figure_columns() -> tuple[Column, ...]:
    return (
        Column("TT", 11, is_mark=True),
        Column("Số liệu", 76),
        Column("Đơn vị tính", FIGURE_MM, is_mark=True),
        Column("Trong kỳ", FIGURE_MM, is_number=True),
        Column("Ghi chú", FIGURE_MM),
    )


def _figures(outline: FormOutline) -> list[tuple[str | int, ...]]:
    rows: list[tuple[str | int, ...]] = []
    section = ""
    for place, counter in enumerate(outline.counters, start=1):
        if counter.section != section:
            section = counter.section
            rows.append((section,))
        rows.append((place, counter.title, counter.unit, "", ""))
    return rows
