"""The cells of a workbook as plain values, within bounds; read in the child process only.

Told are `properties`, and of each sheet its `name`, whether it is `hidden`, the ranges that are `merged`, the `cells`
as [row, column, kind, value], and the references of cells `outside` the bounds. Kinds: text, number, percent, day,
formula, error, truth. Numbers are strings of up to fifteen digits, as programs show them; days are ISO.
"""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

MOST_SHEETS, MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 40, 2000, 60, 60_000
MOST_CHARACTERS, MOST_CHARACTERS_IN_ALL = 33_000, 6_000_000
MOST_NAMED = 5
DIGITS = 15
STRING, TEXT, PHONETIC = (f"{{{SHEET_MAIN_NS}}}{name}" for name in ("si", "t", "rPh"))


class _Reader(ExcelReader):  # type: ignore[misc] # openpyxl carries no types
    """The reader of openpyxl, which leaves shared strings as they are written: it would take `_x005F_` for nothing."""

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)
        if part is None:
            return
        with self.archive.open(part.PartName[1:]) as source:
            for _event, element in iterparse(source):
                if element.tag == PHONETIC:
                    element.clear()
                if element.tag == STRING:
                    self.shared_strings.append("".join(text.text or "" for text in element.iter(TEXT)))
                    element.clear()


class _Parser(WorkSheetParser):  # type: ignore[misc] # openpyxl carries no types
    """The parser of openpyxl's read-only mode, which keeps apart what it would mix: an error is no formula."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        if element.get("t") == "e":
            cell["data_type"], cell["value"] = "e", element.findtext("{*}v") or "#ERROR!"
        return cell


class _Reading:
    """Reads sheet after sheet and counts what it has taken in."""

    def __init__(self, content: bytes) -> None:
        reader = _Reader(io.BytesIO(content), read_only=True, keep_links=False)
        reader.read()
        self.book = reader.wb
        self.cells = self.characters = 0

    def sheets(self) -> list[dict[str, Any]]:
        """Return every sheet that is a table."""
        return [self._sheet(sheet) for sheet in self.book.worksheets[:MOST_SHEETS]]

    def _sheet(self, sheet: Any) -> dict[str, Any]:
        found: list[list[Any]] = []
        outside: list[str] = []
        with sheet._get_source() as source:
            parser = _Parser(
                source,
                sheet._shared_strings,
                epoch=self.book.epoch,
                date_formats=self.book._date_formats,
                timedelta_formats=self.book._timedelta_formats,
            )
            for _number, row in parser.parse():
                for cell in row:
                    if cell["value"] is None or cell["value"] == "":
                        continue
                    if cell["row"] > MOST_ROWS or cell["column"] > MOST_COLUMNS or self.cells >= MOST_CELLS:
                        if len(outside) < MOST_NAMED:
                            outside.append(f"{get_column_letter(cell['column'])}{cell['row']}")
                        continue
                    self.cells += 1
                    found.append([cell["row"], cell["column"], *self._said(cell)])
        return {
            "name": sheet.title,
            "hidden": sheet.sheet_state != "visible",
            "cells": found,
            "merged": [str(merged.ref) for merged in getattr(parser.merged_cells, "mergeCell", ())][:200],
            "outside": outside,
        }

    def _said(self, cell: dict[str, Any]) -> tuple[str, str]:
        """Return the kind of a cell and what it says."""
        value, kind = cell["value"], cell["data_type"]
        if kind in {"f", "e"}:
            return ("formula" if kind == "f" else "error"), str(getattr(value, "text", value))[:200]
        if isinstance(value, bool):
            return "truth", "1" if value else "0"
        if isinstance(value, int | float):
            return self._number(value, cell["style_id"])
        if isinstance(value, date):
            return "day", value.isoformat()[:10]
        return "text", self._text(str(value))

    def _text(self, value: str) -> str:
        text: str = unescape(value)[:MOST_CHARACTERS]
        self.characters += len(text)
        if self.characters > MOST_CHARACTERS_IN_ALL:
            raise MemoryError
        return text

    def _number(self, value: float, style: int) -> tuple[str, str]:
        # Fifteen digits are what a spreadsheet keeps: 0.1 + 0.2 is 0.3 on its screen too.
        number = Decimal(f"{value:.{DIGITS}g}")
        if "%" in self._format(style):
            return "percent", f"{(number * 100).normalize():f}"
        return "number", f"{number.normalize():f}"

    def _format(self, style: int) -> str:
        if not style or style >= len(self.book._cell_styles):
            return ""
        number = self.book._cell_styles[style].numFmtId
        if number in BUILTIN_FORMATS:
            return str(BUILTIN_FORMATS[number])
        own = number - 164
        return str(self.book._number_formats[own]) if 0 <= own < len(self.book._number_formats) else ""


def read_cells(content: bytes) -> dict[str, Any]:
    """Return what a workbook says."""
    reading = _Reading(content)
    names = reading.book.sheetnames
    return {
        "properties": {prop.name: str(prop.value)[:200] for prop in reading.book.custom_doc_props.props[:40]},
        "sheets": reading.sheets(),
        "sheet_count": len(names),
    }
