"""The board and a series as tables for XLSX and CSV: real numbers, real days, texts that are never formulas."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from plan_tracker.lib.spreadsheets import Cell, Table
from targets import columns
from targets.board import Board, Row
from targets.choices import Measure, ObservationStatus
from targets.models import Indicator, Observation


def board_table(board: Board) -> Table:
    """Return the board: an indicator a row, with the latest figure, the goal and the verdict."""
    headers = [
        _("Target"),
        _("Indicator code"),
        _("Indicator"),
        _("Unit"),
        _("Goal"),
        _("Latest figure"),
        _("First day"),
        _("Last day"),
        _("Kind of value"),
        _("Status"),
        _("Source"),
        _("Value judged"),
        _("Bodies that reported"),
        _("Verdict"),
        _("Since"),
        _("Note"),
    ]
    return Table(_("Indicators"), headers, [_board_cells(row) for row in board.rows])


def _board_cells(row: Row) -> list[Cell]:
    indicator, finding = row.indicator, row.finding
    figure = finding.latest
    notes = [
        _("demonstration data") if row.record.is_demo else "",
        _("figure out of date") if finding.stale else "",
        _("judged by a person") if finding.judged else "",
    ]
    return [
        indicator.target.code,
        indicator.code,
        indicator.short_title,
        indicator.unit,
        row.goal,
        figure.value if figure else None,
        figure.covers_from if figure else None,
        figure.covers_to if figure else None,
        str(Measure(figure.measure).label) if figure else "",
        str(ObservationStatus(figure.status).label) if figure else "",
        figure.source if figure else "",
        finding.value,
        row.coverage,
        str(row.verdict.label),
        row.since,
        "; ".join(note for note in notes if note),
    ]


def series_table(indicator: Indicator, figures: Iterable[Observation]) -> Table:
    """Return every figure given of an indicator, in the columns that an import reads."""
    return Table(indicator.code, columns.headers(), [columns.cells_of(row) for row in figures])
