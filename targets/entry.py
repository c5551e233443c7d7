"""A sheet of figures being entered by hand: what was typed, what is wrong in which cell, and saving all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plan_tracker.lib.dates import DayError, parse_day
from plan_tracker.lib.numbers import NumberError, parse_decimal, row_number
from targets.figures import Figure, Span, is_share
from targets.models import Indicator, Observation
from targets.recording import Outcome, Seen, Writer, record_all
from tasks.models import Body

COUNT_DECIMALS = 0
LABELS = {
    "numerator": gettext_lazy("Numerator"),
    "denominator": gettext_lazy("Denominator"),
    "value": gettext_lazy("Value"),
    "source": gettext_lazy("Source"),
    "published_on": gettext_lazy("Published on"),
    "reason": gettext_lazy("Why restated"),
}


@dataclass
class Cell:
    """One box of the sheet."""

    name: str
    label: str
    typed: str = ""
    errors: list[str] = field(default_factory=list)


@dataclass
class Row:
    """One figure of the sheet: whose and what it is, what stands now, what other statuses say, and its boxes."""

    key: str
    title: str
    indicator: Indicator
    body: Body
    span: Span
    current: Observation | None = None
    others: tuple[Observation, ...] = ()
    nothing_left: bool = False
    own_source: bool = False
    cells: dict[str, Cell] = field(default_factory=dict)
    seen: Seen = field(default_factory=lambda: Seen(None))

    def __post_init__(self) -> None:
        """Make the boxes that this figure needs."""
        names = ["numerator", "denominator", "value"] if is_share(self.indicator) else ["value"]
        names += ["source", "published_on"] if self.own_source else []
        names += ["reason"] if self.current else []
        self.cells = {name: Cell(f"{name}-{self.key}", str(LABELS[name])) for name in names}
        self.seen = Seen(self.current.pk if self.current else None)

    @property
    def is_typed(self) -> bool:
        """Say whether anything stands in a box of the row."""
        return any(cell.typed for cell in self.cells.values())

    def refuse(self, name: str, sentences: list[str]) -> None:
        """Note what is wrong at the box, or at the first one where the row has no such box."""
        cell = self.cells.get(name) or next(iter(self.cells.values()))
        cell.errors += sentences


@dataclass
class Sheet:
    """The rows of a page, and the source that holds where a row names none."""

    rows: list[Row]
    source: Cell = field(default_factory=lambda: Cell("source", _("Source")))
    published_on: Cell = field(default_factory=lambda: Cell("published_on", _("Published on")))

    @property
    def columns(self) -> list[tuple[str, str]]:
        """Return the boxes that any row has, with what they are called."""
        names = [name for name in LABELS if any(name in row.cells for row in self.rows)]
        return [(name, str(LABELS[name])) for name in names]

    @property
    def lines(self) -> list[tuple[Row, list[tuple[str, str, Cell | None]]]]:
        """Return each row with a box, or none, for every column."""
        columns = self.columns
        return [(row, [(name, label, row.cells.get(name)) for name, label in columns]) for row in self.rows]

    @property
    def errors(self) -> list[tuple[Cell, str, str]]:
        """Return every sentence with its box and what the box is called."""
        head = [(cell, cell.label, text) for cell in (self.source, self.published_on) for text in cell.errors]
        body = [
            (cell, f"{row.title} – {cell.label}", text)
            for row in self.rows
            for cell in row.cells.values()
            for text in cell.errors
        ]
        return head + body

    def fill(self, typed: Mapping[str, str]) -> None:
        """Take what was typed, character by character, so that nothing is lost where something is refused."""
        for cell in (self.source, self.published_on, *(cell for row in self.rows for cell in row.cells.values())):
            cell.typed = str(typed.get(cell.name, "")).strip()
        for row in self.rows:
            row.seen = Seen(row_number(str(typed.get(f"seen-{row.key}", ""))))


def read_number(text: str, decimals: int) -> Decimal | None:
    """Return the number in a box, None where the box is empty."""
    return parse_decimal(text, decimals) if text else None


def read_count(text: str) -> Decimal | None:
    """Return the count in a box: a whole number without a per cent sign."""
    return parse_decimal(text, COUNT_DECIMALS, percent=False) if text else None


def read_day(text: str) -> date | None:
    """Return the day in a box."""
    return parse_day(text) if text else None


def _figure(sheet: Sheet, row: Row, *, is_demo: bool) -> Figure | None:
    """Return the figure that a row gives; None where a box cannot be read, which is noted there."""
    readers: dict[str, Callable[[str], Decimal | date | None]] = {
        "value": lambda text: read_number(text, row.indicator.decimals),
        "numerator": read_count,
        "denominator": read_count,
        "published_on": read_day,
    }
    read: dict[str, Any] = {}
    boxes = dict(row.cells)
    if not (row.own_source and boxes["published_on"].typed):
        boxes["published_on"] = sheet.published_on
    for name, reader in readers.items():
        cell = boxes.get(name)
        try:
            read[name] = reader(cell.typed) if cell else None
        except (NumberError, DayError) as error:
            if cell and error.sentence not in cell.errors:
                cell.errors.append(error.sentence)
    if any(boxes[name].errors for name in readers if name in boxes):
        return None
    own = row.cells["source"].typed if row.own_source else ""
    return Figure(
        row.indicator,
        row.body,
        row.span,
        source=own or sheet.source.typed,
        is_demo=is_demo,
        **read,
    )


def save(sheet: Sheet, writer: Writer, *, is_demo: bool) -> dict[Outcome, int]:
    """Save every figure typed in the sheet, or none: then the sheet says what is wrong, and the answer is empty."""
    typed = [row for row in sheet.rows if row.is_typed]
    if not typed:
        sheet.source.errors.append(_("No figure has been typed."))
        return {}
    figures = [(row, _figure(sheet, row, is_demo=is_demo)) for row in typed]
    entries = [
        (row.key, figure, Writer(writer.user, writer.at, row.cells["reason"].typed if "reason" in row.cells else ""))
        for row, figure in figures
        if figure is not None
    ]
    by_key = {row.key: row for row in typed}
    unreadable = len(entries) < len(typed)
    done, refused = record_all(
        ((key, figure, one, by_key[key].seen) for key, figure, one in entries), dry_run=unreadable
    )
    for key, error in refused.items():
        _note(sheet, by_key[key], error)
    if unreadable or refused:
        return {}
    found = [one.outcome for one in done]
    return {outcome: found.count(outcome) for outcome in Outcome if outcome in found}


def _note(sheet: Sheet, row: Row, error: ValidationError) -> None:
    """Put what is wrong with a figure where it was typed; a missing source is asked for once."""
    for name, sentences in error.message_dict.items():
        shared = {"source": sheet.source, "published_on": sheet.published_on}.get(name)
        if shared is not None and not (row.own_source and (name == "source" or row.cells[name].typed)):
            shared.errors += [text for text in sentences if text not in shared.errors]
        else:
            row.refuse(name, sentences)
