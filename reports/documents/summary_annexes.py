"""The tables behind a summary report: groups by state, assignments, counters, indicators, and who has not sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

from plan_tracker.lib.text import join_vietnamese
from reports import sentences
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
Rows: TypeAlias = tuple[tuple[Cell, ...], ...]


def annexes_of(summary: Summary) -> tuple[Table, ...]:
    """Return the tables that have rows, in the order in which they are annexed."""
    tables = (
        Table("Tình hình thực hiện các nhóm nhiệm vụ, giải pháp", _group_columns(), group_rows(summary)),
        Table("Tình hình thực hiện các nhiệm vụ được giao", _assignment_columns(), assignment_rows(summary)),
        Table("Số liệu hoạt động", _counter_columns(), counter_rows(summary.counters)),
        Table("Các chỉ tiêu đến năm 2030", _indicator_columns(), indicator_rows(summary.indicators)),
        Table("Địa phương, cơ quan chưa gửi báo cáo", _missing_columns(), missing_rows(summary)),
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
        rows.append((place, row.title, row.unit, *figures, f"{row.suppliers}/{row.asked}"))
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
