"""The tables behind a summary report: groups by state, assignments, counters, indicators, and who has not sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

from plan_tracker.lib.text import join_vietnamese
from reports import sentences
from reports.choices import ReportStanding
from reports.coverage_values import BodyReport
from reports.documents.report_value import DASH, Cell, Column, Figure, Table
from reports.documents.wording import DEADLINES, FIRMNESS, STATES
from reports.figure_values import CounterTotal, IndicatorValue
from reports.summary_values import AssignmentValue, Summary
from tasks.choices import DeadlineKind, Timeliness, WorkState

GROUP_STATES = (
    WorkState.WITH_RESULTS,
    WorkState.IN_PROGRESS,
    WorkState.IN_DIFFICULTY,
    WorkState.NOT_STARTED,
    WorkState.SEPARATE,
    WorkState.NOT_OURS,
)
UNREPORTED = "Chưa có báo cáo"
GROUPS_WIDTH = 184.0
SHORT_STATES = {
    WorkState.WITH_RESULTS: "có kết quả",
    WorkState.IN_PROGRESS: "đang triển khai",
    WorkState.IN_DIFFICULTY: "có vướng mắc",
    WorkState.NOT_STARTED: "chưa triển khai",
    WorkState.SEPARATE: "báo cáo riêng",
}
SENT_STATES = {
    ReportStanding.NOT_SENT: "chưa gửi",
    ReportStanding.MISSING: "chưa gửi",
    ReportStanding.SENT_ON_TIME: "đúng hạn",
    ReportStanding.SENT_LATE: "sau hạn",
    ReportStanding.EXEMPT: "được miễn",
}
Rows: TypeAlias = tuple[tuple[Cell, ...], ...]


def annexes_of(summary: Summary, *, with_all_reports: bool = False) -> tuple[Table, ...]:
    """Return the tables that have rows, in the order in which they are annexed.

    The last one names who has not sent, or, where that is wanted, who has sent what and when.
    """
    last = Table("Địa phương, cơ quan chưa gửi báo cáo", _missing_columns(), missing_rows(summary))
    if with_all_reports:
        last = Table("Tình hình gửi báo cáo của các địa phương, cơ quan", _sent_columns(), sent_rows(summary))
    tables = (
        Table("Tình hình thực hiện các nhóm nhiệm vụ, giải pháp", _group_columns(), group_rows(summary)),
        Table("Tình hình thực hiện các nhiệm vụ được giao", _assignment_columns(), assignment_rows(summary)),
        Table("Số liệu hoạt động", _counter_columns(), counter_rows(summary.counters)),
        Table("Các chỉ tiêu đến năm 2030", _indicator_columns(), indicator_rows(summary.indicators)),
        Table("Tình hình thực hiện theo địa phương, cơ quan", _body_columns(summary), body_rows(summary)),
        last,
    )
    return tuple(table for table in tables if table.rows)


def _group_columns() -> tuple[Column, ...]:
    """Return the columns of the first annex: a count of bodies for each state."""
    counts = [Column(STATES[state], 25, True) for state in GROUP_STATES]
    return (
        Column("TT", 14, is_mark=True),
        Column("Nhóm nhiệm vụ, giải pháp", 71),
        *counts,
        Column(UNREPORTED, 22, True),
    )


def group_rows(summary: Summary) -> Rows:
    """Return how many bodies stand in each state, by group; in a detailed report also by task."""
    rows: list[tuple[Cell, ...]] = []
    for group in summary.groups:
        for part in (group, *group.tasks):
            counts = dict(part.counts)
            states = [counts.get(state, 0) for state in GROUP_STATES]
            silent = max(0, summary.coverage.expected - len(part.entries)) if part is group else None
            rows.append((part.code, part.title, *states, Figure(silent, missing=DASH)))
    return tuple(rows)


def _assignment_columns() -> tuple[Column, ...]:
    """Return the columns of the second annex."""
    return (
        Column("Mã", 18, is_mark=True),
        Column("Nhiệm vụ", 90),
        Column("Thời hạn", 40),
        Column("Kết quả", 59),
        Column("Quá hạn", 50),
    )


def assignment_rows(summary: Summary) -> Rows:
    """Return how the assignments stand, with the names of the bodies that are late."""
    return tuple(
        (row.code, row.title, _deadline(row), _counts(row), join_vietnamese([body.short_name for body in row.overdue]))
        for row in summary.assignments
    )


def _deadline(row: AssignmentValue) -> str | date:
    """Return the due day, or the kind of deadline where there is no day."""
    if row.due_on:
        return row.due_on
    if row.deadline_kind == DeadlineKind.ON_TRIGGER and row.deadline_printed:
        return row.deadline_printed[:1].upper() + row.deadline_printed[1:]
    return DEADLINES[row.deadline_kind]


def _counts(row: AssignmentValue) -> str:
    """Return the counts by state, one on each line."""
    lines = [
        f"{'Quá hạn' if isinstance(state, Timeliness) else STATES[state]}: {number}" for state, number in row.counts
    ]
    if row.unreported:
        lines.append(f"{UNREPORTED}: {row.unreported}")
    return "\n".join(lines)


def _counter_columns() -> tuple[Column, ...]:
    """Return the columns of the third annex."""
    return (
        Column("TT", 14, is_mark=True),
        Column("Nội dung", 101),
        Column("Đơn vị tính", 32, is_mark=True),
        Column("Trong kỳ", 30, True),
        Column("Luỹ kế", 30, True),
        Column("Số địa phương, cơ quan có số liệu", 50, True),
    )


def counter_rows(counters: Sequence[CounterTotal]) -> Rows:
    """Return the sums over the owning channel, under the headings of their sections."""
    rows: list[tuple[Cell, ...]] = []
    section = ""
    for place, row in enumerate(counters, start=1):
        if row.section != section:
            section = row.section
            rows.append((section,))
        figures = (Figure(row.in_period, row.decimals), Figure(row.cumulative, row.decimals))
        # Whose earlier totals are in the cumulative figure is said: “9/11; luỹ kế: 11”.
        whole = f"; luỹ kế: {row.suppliers + len(row.carried)}" if row.carried else ""
        rows.append((place, row.title, row.unit, *figures, f"{row.suppliers}/{row.asked}{whole}"))
    return tuple(rows)


def _indicator_columns() -> tuple[Column, ...]:
    """Return the columns of the fourth annex: figure, date and source, no verdict."""
    return (
        Column("Mã", 18, is_mark=True),
        Column("Chỉ tiêu", 76),
        Column("Đơn vị tính", 28, is_mark=True),
        Column("Mục tiêu", 35),
        Column("Số liệu mới nhất", 30, True),
        Column("Thời điểm, nguồn", 70),
    )


def indicator_rows(indicators: Sequence[IndicatorValue]) -> Rows:
    """Return the province's latest figures; where there is none, what bodies report stands with its coverage."""
    return tuple(
        (
            row.code,
            sentences.measured(row.title, row.evaluation, row.unit),
            row.unit,
            row.goal,
            Figure(row.latest, row.decimals),
            "; ".join(_notes(row)),
        )
        for row in indicators
    )


def _notes(row: IndicatorValue) -> list[str]:
    """Return of which span a figure is, how firm it is, where it comes from, and what bodies report beside it."""
    notes = []
    if row.covers_from and row.covers_to:
        notes.append(sentences.span_in_words(row.covers_from, row.covers_to))
    if row.latest is not None and row.before is not None:
        notes.append(sentences.change_in_words(row.latest, row.before, row.unit, row.decimals))
    if row.status:
        notes.append(FIRMNESS[row.status])
    if row.source:
        notes.append(row.source)
    if row.reported is not None:
        figure = sentences.with_unit(row.reported, row.unit, row.decimals)
        notes.append(f"tổng hợp báo cáo {len(row.readings)}/{row.asked} địa phương, cơ quan: {figure}")
    return notes


def _body_columns(summary: Summary) -> tuple[Column, ...]:
    """Return the columns of the annex by body: one for each group."""
    width = GROUPS_WIDTH / max(1, len(summary.groups))
    groups = [Column(f"Nhóm {group.code}", width) for group in summary.groups]
    return (Column("TT", 12, is_mark=True), Column("Địa phương, cơ quan", 61), *groups)


def body_rows(summary: Summary) -> Rows:
    """Return how each body that owes a report stands with each group, in the official order."""
    states = [{entry.source.body.pk: entry.state for entry in group.entries} for group in summary.groups]
    owing = [row for row in summary.coverage.reports if row.standing != ReportStanding.EXEMPT]
    return tuple(
        (place, row.body.name, *(_short(found.get(row.body.pk), row) for found in states))
        for place, row in enumerate(owing, start=1)
    )


def _short(state: WorkState | None, report: BodyReport) -> str:
    """Return a state in a word or two; a body without an accepted report has none."""
    if report.accepted_pk is None:
        return "chưa đưa vào tổng hợp" if report.delivered_at else "chưa gửi báo cáo"
    return DASH if state is None else SHORT_STATES.get(state, DASH)


def _sent_columns() -> tuple[Column, ...]:
    """Return the columns of the annex that says who has sent what."""
    heads = (("Địa phương, cơ quan", 97), ("Thời hạn gửi", 60), ("Thời điểm gửi", 60), ("Tình hình", 28))
    return (Column("TT", 12, is_mark=True), *(Column(head, width) for head, width in heads))


def sent_rows(summary: Summary) -> Rows:
    """Return who has sent when, in the official order, without ranks."""
    return tuple(
        (
            place,
            row.body.name,
            sentences.moment_in_words(row.due_at),
            sentences.moment_in_words(row.delivered_at) if row.delivered_at else DASH,
            SENT_STATES[row.standing],
        )
        for place, row in enumerate(summary.coverage.reports, start=1)
    )


def _missing_columns() -> tuple[Column, ...]:
    """Return the columns of the last annex."""
    return (Column("TT", 20, is_mark=True), Column("Địa phương, cơ quan", 150), Column("Thời hạn gửi", 87))


def missing_rows(summary: Summary) -> Rows:
    """Return who has not sent, in the official order."""
    due = {row.body.pk: row.due_at for row in summary.coverage.reports}
    return tuple(
        (place, body.name, sentences.moment_in_words(due[body.pk]))
        for place, body in enumerate(summary.coverage.missing, start=1)
    )
