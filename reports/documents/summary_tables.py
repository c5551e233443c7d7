"""The summary as flat tables for a workbook: totals, and the rows of the bodies behind them, one fact to a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from django.utils import timezone

from plan_tracker.lib.dates import screen_day
from reports import sentences
from reports.choices import ReportStanding
from reports.coverage_values import Source
from reports.documents.report_value import Cell, Column, Figure, Table
from reports.documents.source_words import source_words
from reports.documents.summary_annexes import GROUP_STATES, UNREPORTED, group_rows
from reports.documents.wording import ADDRESSEES, DEADLINES, DOCUMENTS, FIRMNESS, STATES
from reports.figure_values import FigureOfBody
from reports.summary_values import GatheredNote, Part, Summary
from tasks.choices import DocumentKind, WorkState

Rows: TypeAlias = Iterable[tuple[Cell, ...]]
STANDINGS = {
    ReportStanding.NOT_SENT: "Chưa gửi",
    ReportStanding.MISSING: "Chưa gửi, đã quá hạn",
    ReportStanding.SENT_ON_TIME: "Gửi đúng hạn",
    ReportStanding.SENT_LATE: "Gửi sau thời hạn",
    ReportStanding.EXEMPT: "Được miễn",
}
BODY = "Địa phương, cơ quan"
INSPECTED = ("Đoàn kiểm tra", "Ngày kiểm tra", "Hạn chế", "Hạn khắc phục", "Tình trạng")


def summary_tables(summary: Summary) -> tuple[Table, ...]:
    """Return every table that has rows."""
    groups = ("Mã", "Nhóm, nhiệm vụ", *(STATES[state] for state in GROUP_STATES), UNREPORTED)
    duties = ("Mã", "Nhiệm vụ", "Thời hạn", "Loại thời hạn", "Số cơ quan", "Hoàn thành", "Quá hạn", UNREPORTED)
    counters = ("Mã", "Mục", "Nội dung", "Đơn vị tính", "Trong kỳ", "Luỹ kế", "Kỳ so sánh", "Có số liệu", "Được giao")
    by_body = ("Mã", "Nội dung", "Đơn vị tính", BODY, "Trong kỳ", "Luỹ kế", "Ước", "Dùng để")
    indicators = (
        "Mã",
        "Chỉ tiêu",
        "Đơn vị tính",
        "Mục tiêu",
        "Số liệu mới nhất",
        "Từ ngày",
        "Đến ngày",
        "Loại số liệu",
    )
    tables = (
        _table("Nhóm nhiệm vụ", groups, group_rows(summary)),
        _table("Nội dung báo cáo", ("Mã", "Nhóm, nhiệm vụ", BODY, "Tình hình", "Nội dung"), _entries(summary)),
        _table("Nhiệm vụ được giao", duties, _duties(summary)),
        _table("Số liệu hoạt động", counters, _counters(summary)),
        _table("Số liệu theo cơ quan", by_body, _figures(summary)),
        _table("Chỉ tiêu", (*indicators, "Nguồn", "Theo báo cáo", "Có số liệu", "Được giao"), _indicators(summary)),
        _table("Chỉ tiêu theo cơ quan", ("Mã", "Chỉ tiêu", BODY, "Số liệu", "Tử số", "Mẫu số"), _readings(summary)),
        _table("Khó khăn", ("Nội dung", "Số nơi nêu", "Nguồn"), _notes(summary.difficulties)),
        _table("Kiến nghị", ("Gửi tới", "Nội dung", "Số nơi nêu", "Nguồn"), _proposals(summary)),
        _table("Văn bản", (BODY, "Loại", "Số, ký hiệu", "Ngày", "Trích yếu"), _documents(summary)),
        _table("Kiểm tra", (BODY, *INSPECTED), _open(summary)),
        _table("Tình hình gửi báo cáo", ("TT", BODY, "Tình hình", "Ngày gửi", "Hạn gửi"), _reports(summary)),
    )
    return tuple(table for table in tables if table.rows)


def _open(summary: Summary) -> Rows:
    """Yield the inspections whose findings are still to be remedied."""
    for row in summary.inspections.open:
        state = "Quá hạn" if row.is_overdue else "Đang khắc phục"
        yield row.body.name, row.team, row.inspected_on, row.findings, row.due_on, state


def _table(name: str, heads: tuple[str, ...], rows: Rows) -> Table:
    """Return a table for a sheet; the workbook finds the widths of its columns."""
    return Table(name, tuple(Column(head, 0) for head in heads), tuple(rows), sheet=name)


def _entries(summary: Summary) -> Rows:
    """Yield what each body says of each group and task."""
    for group in (*summary.groups, *summary.questions):
        for part in (group, *group.tasks):
            yield from _entries_of(part)


def _entries_of(part: Part) -> Rows:
    """Yield what each body says of one line."""
    for entry in part.entries:
        state = STATES[WorkState(entry.state)] if entry.state else ""
        yield part.code, part.title, entry.source.body.name, state, entry.text


def _duties(summary: Summary) -> Rows:
    """Yield the assignments with how many bodies have done them."""
    for row in summary.assignments:
        late = len(row.overdue) if row.late is None else row.late
        counts = (row.asked, row.done, late, row.unreported)
        yield row.code, row.title, row.due_on or "", DEADLINES[row.deadline_kind], *counts


def _counters(summary: Summary) -> Rows:
    """Yield the sums over the owning channel."""
    for row in summary.counters:
        figures = (Figure(value, row.decimals) for value in (row.in_period, row.cumulative, row.before))
        yield row.code, row.section, row.title, row.unit, *figures, row.suppliers, row.asked


def _figures(summary: Summary) -> Iterator[tuple[Cell, ...]]:
    """Yield the figure of each body; those of the other channel stand beside and are not in the sum."""
    uses: tuple[tuple[str, str], ...] = (("figures", "Cộng vào tổng"), ("figures_beside", "Đối chiếu, không cộng"))
    for row in summary.counters:
        for field, use in uses:
            figures: tuple[FigureOfBody, ...] = getattr(row, field)
            for figure in figures:
                values = (Figure(value, row.decimals) for value in (figure.in_period, figure.cumulative))
                estimate = "ước" if figure.is_estimate else ""
                yield row.code, row.title, row.unit, figure.source.body.name, *values, estimate, use
        for one in row.carried:
            use = f"Luỹ kế đến {screen_day(one.until)}, cộng vào tổng luỹ kế"
            totals = (Figure(None, row.decimals), Figure(one.cumulative, row.decimals))
            yield row.code, row.title, row.unit, one.source.body.name, *totals, "", use


def _indicators(summary: Summary) -> Rows:
    """Yield the province's latest figures, and what bodies report beside them."""
    for row in summary.indicators:
        span = (row.covers_from or "", row.covers_to or "")
        firmness = FIRMNESS[row.status] if row.status else ""
        latest, reported = (Figure(value, row.decimals) for value in (row.latest, row.reported))
        title = sentences.measured(row.title, row.evaluation, row.unit)
        figures = (latest, *span, firmness, row.source, reported, len(row.readings), row.asked)
        yield row.code, title, row.unit, row.goal, *figures


def _readings(summary: Summary) -> Rows:
    """Yield what each body reports of an indicator."""
    for row in summary.indicators:
        for reading in row.readings:
            value = Figure(reading.value, row.decimals)
            parts = (Figure(reading.numerator), Figure(reading.denominator))
            yield row.code, row.title, reading.source.body.name, value, *parts


def _notes(notes: Iterable[GatheredNote]) -> Rows:
    """Yield a text with everybody who raises it."""
    for note in notes:
        yield note.text, len(note.sources), _sources(note.sources)


def _sources(sources: Iterable[Source]) -> str:
    """Return the lines that a text comes from."""
    return "; ".join(source_words(source) for source in sources)


def _proposals(summary: Summary) -> Rows:
    """Yield the proposals by addressee."""
    for group in summary.proposals:
        to = ADDRESSEES.get(group.addressee, "Đối với cơ quan tổng hợp báo cáo")
        for row in _notes(group.notes):
            yield to, *row


def _documents(summary: Summary) -> Rows:
    """Yield the documents issued within the window."""
    for paper in summary.documents:
        yield paper.body.name, DOCUMENTS[DocumentKind(paper.kind)], paper.symbol, paper.issued_on, paper.title


def _reports(summary: Summary) -> Rows:
    """Yield who has sent when."""
    for place, row in enumerate(summary.coverage.reports, start=1):
        sent = timezone.localtime(row.delivered_at).date() if row.delivered_at else ""
        due = timezone.localtime(row.due_at).date()
        yield place, row.body.name, STANDINGS[row.standing], sent, due
