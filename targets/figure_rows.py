"""Reads the rows of a file of figures: each becomes a figure, or says which of its cells are wrong and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from targets import columns
from targets.choices import Measure, ObservationStatus
from targets.columns import BY_NAME
from targets.entry_sheets import with_definitions
from targets.figures import Definitions, Figure, Span
from targets.models import Indicator
from tasks.models import Body, Plan

COUNTS = ("numerator", "denominator")
Row = TypeVar("Row")


@dataclass
class FigureRow:
    """One row: its number in the file, its cells by column, what was read, and what is wrong by the column's label."""

    number: int
    cells: dict[str, Any]
    figure: Figure | None = None
    reason: str = ""
    errors: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What the cells of a file may name; read once for the whole file."""

    indicators: Mapping[str, Mapping[str, Indicator]]
    bodies: Mapping[str, Body]
    definitions: Mapping[int, Definitions]
    provinces: Mapping[int, int]
    meant: str

    @classmethod
    def now(cls, plan: str = "") -> Known:
        """Read it, for every plan; rows without a plan are about `plan`, by code, or the one shown first."""
        indicators: dict[str, dict[str, Indicator]] = {code: {} for code in Plan.objects.values_list("code", flat=True)}
        rows = list(with_definitions(Plan.objects.all()))
        for one in rows:
            indicators[one.target.plan.code][one.code] = one
        return cls(
            indicators,
            {body.code: body for body in Body.objects.all()},
            {one.pk: Definitions.of(one) for one in rows},
            {one.pk: one.target.plan.province_id for one in rows},
            plan or next(iter(indicators), ""),
        )


class RowReader:
    """Reads rows under named columns; the letters of the columns say where a wrong cell is."""

    def __init__(self, names: Sequence[str], known: Known, *, is_demo: bool) -> None:
        self.letters = {name: get_column_letter(place) for place, name in enumerate(names, 1)}
        self.known, self.is_demo = known, is_demo
        self.meant: Mapping[str, Indicator] = known.indicators.get(known.meant, {})

    def read(self, number: int, cells: dict[str, Any]) -> FigureRow:
        """Return the row with its figure, or with what is wrong."""
        row = FigureRow(number, cells)
        span = Span(
            self._cell(row, "covers_from", columns.read_day, needed=True),
            self._cell(row, "covers_to", columns.read_day, needed=True),
            self._cell(row, "measure", lambda cell: columns.read_member(cell, Measure)),
            self._cell(row, "status", lambda cell: columns.read_member(cell, ObservationStatus)),
        )
        among = self.meant
        if cells.get("plan"):
            among = self._cell(row, "plan", lambda cell: _find(self.known.indicators, cell)) or {}
        indicator = self._cell(row, "indicator", lambda cell: _find(among, cell))
        body = self._cell(row, "body", lambda cell: _find(self.known.bodies, cell))
        figure = self._figure(row, indicator, body, span)
        row.reason = columns.read_text(cells.get("reason"))
        if not row.errors:
            row.figure = figure
        return row

    def _figure(self, row: FigureRow, indicator: Any, body: Any, span: Span) -> Figure:
        """Return what the cells say; where one of them is wrong, nobody looks at it."""
        counts = {name: self._cell(row, name, lambda cell: columns.read_number(cell, 0)) for name in COUNTS}
        is_made = None not in counts.values()
        decimals = indicator.decimals if indicator else columns.STORED_PLACES
        return Figure(
            indicator,
            body,
            span,
            value=self._cell(row, "value", lambda cell: columns.read_number(cell, decimals, is_made=is_made)),
            source=columns.read_text(row.cells.get("source")),
            published_on=self._cell(row, "published_on", columns.read_day),
            note=columns.read_text(row.cells.get("note")),
            is_demo=self.is_demo,
            **counts,
        )

    def _cell(self, row: FigureRow, name: str, reader: Callable[[Any], Any], *, needed: bool = False) -> Any:
        """Return what a cell says; note what is wrong with it."""
        try:
            found: date | Decimal | str | None = reader(row.cells.get(name))
        except ValueError as error:
            self.wrong(row, name, str(error))
            return None
        if needed and found is None:
            self.wrong(row, name, _("This cell is empty."))
        return found

    def wrong(self, row: FigureRow, name: str, sentence: str) -> None:
        """Note what is wrong under the column's name, with the place of the cell."""
        label = str(BY_NAME[name].label) if name in BY_NAME else name
        place = self.letters.get(name)
        said = _("Cell %(cell)s: %(sentence)s") % {"cell": f"{place}{row.number}", "sentence": sentence}
        row.errors.setdefault(label, []).append(said if place else sentence)


def _find(known: Mapping[str, Row], cell: Any) -> Row:
    code = columns.read_text(cell)
    if code not in known:
        raise ValueError(_("“%(code)s” is not known.") % {"code": code})
    return known[code]
