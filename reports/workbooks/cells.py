"""The cells of an uploaded workbook, found by the names of sheets and columns; what is wrong is noted cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from plan_tracker.lib.dates import screen_day
from plan_tracker.lib.spreadsheets import plain_number
from plan_tracker.lib.text import vn_key
from reports.workbooks.layout import BY_TITLE, INTRO, KEYS, SHEETS, Column, Sheet

HEAD_SOUGHT = 30
# Serial numbers that a spreadsheet keeps for the days from 2000 to 2100.
FIRST_SERIAL, LAST_SERIAL, EPOCH = 36_526, 73_050, date(1899, 12, 30)
NAMED = 5


@dataclass(frozen=True)
class Problem:
    """What is wrong at one cell; a note does not stand in the way."""

    sheet: str
    cell: str
    sentence: str
    is_note: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell: what kind of value it holds and how it is written."""

    kind: str = ""
    value: str = ""


BLANK = Cell()


@dataclass
class Notebook:
    """Gathers what is wrong, in the order in which it is read."""

    problems: list[Problem] = field(default_factory=list)

    def wrong(self, sheet: Sheet | str, cell: str, sentence: str) -> None:
        """Note a mistake that must be mended first."""
        self.problems.append(Problem(sheet if isinstance(sheet, str) else sheet.title, cell, sentence))

    def note(self, sheet: Sheet | str, cell: str, sentence: str) -> None:
        """Note something that was passed over."""
        self.problems.append(Problem(sheet if isinstance(sheet, str) else sheet.title, cell, sentence, is_note=True))


@dataclass(frozen=True)
class TableRow:
    """One row under the heads: its number and its cells by the name of the column."""

    table: Table
    number: int
    cells: Mapping[str, Cell]

    def reference(self, name: str) -> str:
        """Return where a column's cell stands: E7."""
        return f"{letters(self.table.columns.get(name, 1))}{self.number}"

    def wrong(self, name: str, sentence: str) -> None:
        """Note a mistake in one of its cells."""
        self.table.notebook.wrong(self.table.sheet, self.reference(name), sentence)

    def text(self, name: str) -> str:
        """Return what a cell says as text; a mistake of the spreadsheet is noted and read as nothing."""
        cell = self.cells.get(name, BLANK)
        if cell.kind == "error":
            self.wrong(
                name, _("%(value)s is an error of Excel, not a value: type the cell anew.") % {"value": cell.value}
            )
            return ""
        if cell.kind == "formula":
            sentence = _("The cell holds a formula (%(formula)s): copy it and paste it as a value.")
            self.wrong(name, sentence % {"formula": cell.value[:40]})
            return ""
        if cell.kind == "day":
            return screen_day(date.fromisoformat(cell.value))
        if cell.kind in {"number", "percent"}:
            return plain_number(Decimal(cell.value)) + ("%" if cell.kind == "percent" else "")
        return cell.value if cell.kind == "text" else ""

    def number_text(self, name: str) -> str:
        """Return what a cell for a number says; the portal's own parser reads it."""
        if self.cells.get(name, BLANK).kind == "day":
            sentence = _("Excel has made a day of this number (%(day)s): set the cell to Text and type it anew.")
            self.wrong(name, sentence % {"day": self.text(name)})
            return ""
        return self.text(name).strip()

    def day_text(self, name: str) -> str:
        """Return what a cell for a day says; a bare number that can only be a spreadsheet's day is one."""
        cell = self.cells.get(name, BLANK)
        if cell.kind == "number":
            try:
                serial = int(Decimal(cell.value))
            except (InvalidOperation, ValueError):
                serial = 0
            if FIRST_SERIAL <= serial <= LAST_SERIAL:
                return screen_day(EPOCH + timedelta(days=serial))
        return self.text(name).strip()

    def code(self, known: Mapping[str, Any]) -> str:
        """Return which of the known codes the row bears; a program may have made a number of it (2.5)."""
        cell = self.cells.get("code", BLANK)
        if cell.kind == "number":
            fitting = [code for code in known if _is_number(code) and Decimal(code) == Decimal(cell.value)]
            return fitting[0] if len(fitting) == 1 else ""
        return " ".join(cell.value.split()) if cell.kind == "text" else ""

    def is_blank(self) -> bool:
        """Say whether nothing stands in its inputs."""
        inputs = [column.name for column in self.table.sheet.columns if column.is_input]
        return not any(self.cells.get(name, BLANK).value.strip() for name in inputs)


@dataclass(frozen=True)
class Table:
    """One sheet as a table: where its columns stand, and its rows."""

    sheet: Sheet
    notebook: Notebook
    columns: Mapping[str, int]
    head_row: int
    values: Mapping[tuple[int, int], Cell]

    def rows(self) -> Iterator[TableRow]:
        """Yield the rows under the heads that hold anything."""
        names = {column: name for name, column in self.columns.items()}
        by_row: dict[int, dict[str, Cell]] = {}
        strays: list[str] = []
        for (row, column), cell in self.values.items():
            if row <= self.head_row:
                continue
            if column in names:
                by_row.setdefault(row, {})[names[column]] = cell
            else:
                strays.append(f"{letters(column)}{row}")
        if strays:
            sentence = _("These cells stand beside the columns of the form and were not read: %(cells)s.")
            told = ", ".join(strays[:NAMED]) + (" …" if len(strays) > NAMED else "")
            self.notebook.note(self.sheet, strays[0], sentence % {"cells": told})
        for number in sorted(by_row):
            yield TableRow(self, number, by_row[number])


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isascii() and text.replace(".", "", 1).isdigit()


def letters(column: int) -> str:
    """Return the letters of a column, counted from 1: 1 is A, 28 is AB."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def tables_of(told: Mapping[str, Any], expected: Iterator[Sheet], notebook: Notebook) -> dict[str, Table]:
    """Return the sheets that can be read, by name; what is missing or merged is noted."""
    found = {sheet["name"]: sheet for sheet in told["sheets"]}
    tables: dict[str, Table] = {}
    for sheet in expected:
        if sheet.title not in found:
            sentence = _("The sheet “%(sheet)s” is missing: download the form again and fill it in there.")
            notebook.wrong(sheet, "", sentence % {"sheet": sheet.title})
        elif (table := _table(sheet, found[sheet.title], notebook)) is not None:
            tables[sheet.name] = table
    for name, extra in found.items():
        if name not in BY_TITLE and name not in {INTRO, KEYS} and extra["cells"]:
            notebook.note(name, "", _("This sheet is none of the form's and was not read."))
    return tables


def _table(sheet: Sheet, told: Mapping[str, Any], notebook: Notebook) -> Table | None:
    values = {(row, column): Cell(kind, value) for row, column, kind, value in told["cells"]}
    head_row, columns = _heads(sheet, values)
    missing = [column for column in sheet.columns if column.name not in columns and not column.is_grey]
    for column in missing:
        sentence = _("The column “%(column)s” is missing: download the form again and fill it in there.")
        notebook.wrong(sheet, f"A{head_row or 1}", sentence % {"column": column.head})
    for merged in told["merged"]:
        first = merged.partition(":")[0]
        sentence = _("The cells %(cells)s are merged: split them, then give each row its own text.")
        notebook.wrong(sheet, first, sentence % {"cells": merged})
    for outside in told["outside"]:
        notebook.note(sheet, outside, _("This cell lies far outside the form and was not read."))
    if missing:
        return None
    return Table(sheet, notebook, columns, head_row, values)


def _heads(sheet: Sheet, values: Mapping[tuple[int, int], Cell]) -> tuple[int, dict[str, int]]:
    """Return the row of the heads and where each column stands now; columns may have been moved."""
    wanted: dict[str, Column] = {vn_key(column.head): column for column in sheet.columns}
    by_row: dict[int, dict[str, int]] = {}
    for (row, place), cell in values.items():
        if row <= HEAD_SOUGHT and cell.kind == "text" and (column := wanted.get(vn_key(cell.value))):
            by_row.setdefault(row, {}).setdefault(column.name, place)
    best = max(by_row, key=lambda row: (len(by_row[row]), -row), default=0)
    return best, by_row.get(best, {})


def order_of(problem: Problem) -> tuple[int, int, str]:
    """Return the place of a problem: by sheet, then by row."""
    titles = [sheet.title for sheet in SHEETS]
    place = titles.index(problem.sheet) if problem.sheet in titles else len(titles)
    digits = "".join(letter for letter in problem.cell if letter.isdigit())
    return place, int(digits or 0), problem.cell
