"""Tables as an XLSX: one sheet each, real numbers and days, every text a text, ready to be filtered and printed."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any
from unicodedata import is_normalized

import xlsxwriter
from openpyxl.utils.datetime import to_excel

from plan_tracker.lib.spreadsheets import sheet_title
from plan_tracker.lib.text import nfc
from reports.documents.report_value import Column, Figure, Report, Table, printed

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
A4 = 9
MOST_CHARACTERS = 32_767
WIDEST, NARROWEST = 60, 9
LOOKED_AT = 200  # rows that the width of a column is taken from
DAY_FORMAT = "dd/mm/yyyy"
HEAD_ROW = 2
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def render_xlsx(report: Report, tables: Iterable[Table] = ()) -> bytes:
    """Return the annexes of a report, or other tables of it, as a workbook."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        book.set_properties(
            {"title": report.title, "author": report.author, "created": datetime.combine(report.on, time(), tzinfo=UTC)}
        )
        workbook = Workbook(book, " · ".join(part for part in (report.title, report.page_mark) if part))
        for table in tuple(tables) or report.annexes:
            workbook.add(table)
    return out.getvalue()


class Workbook:
    """Writes tables sheet by sheet with the formats that they share."""

    def __init__(self, book: Any, title: str) -> None:
        self.book = book
        self.title = title
        self.names: set[str] = set()
        font = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
        self.font = font
        self.plain = book.add_format(font)
        self.wrapped = book.add_format(font | {"text_wrap": True})
        self.bold = book.add_format(font | {"bold": True})
        self.head = book.add_format(font | {"bold": True, "text_wrap": True, "align": "center", "border": 1})
        self.day = book.add_format(font | {"num_format": DAY_FORMAT})
        self.numbers: dict[int, Any] = {}

    def number_format(self, decimals: int) -> Any:
        """Return the format of a number that shows so many decimals, with the separators of whoever opens the file."""
        if decimals not in self.numbers:
            shown = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
            self.numbers[decimals] = self.book.add_format(self.font | {"num_format": shown})
        return self.numbers[decimals]

    def add(self, table: Table) -> None:
        """Write one table to a sheet of its own."""
        sheet = self.book.add_worksheet(sheet_name(table.sheet or table.subject, self.names))
        sheet.write_string(0, 0, table.subject, self.bold)
        sheet.write_string(1, 0, self.title, self.plain)
        for place, column in enumerate(table.columns):
            sheet.write_string(HEAD_ROW, place, column.head, self.head)
        for place, width in enumerate(widths(table)):
            sheet.set_column(place, place, width)
        self._fill(sheet, table)
        last = HEAD_ROW + len(table.rows)
        sheet.autofilter(HEAD_ROW, 0, last, len(table.columns) - 1)
        sheet.freeze_panes(HEAD_ROW + 1, 0)
        sheet.repeat_rows(HEAD_ROW)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.79, right=0.79, top=1.18, bottom=0.59)
        sheet.set_header("&C&P")
        sheet.fit_to_pages(1, 0)

    def _fill(self, sheet: Any, table: Table) -> None:
        """Write the rows; what is not there stays empty, so that sums and filters hold."""
        writers = self._writers(sheet)
        for number, row in enumerate(table.rows, start=HEAD_ROW + 1):
            if len(row) == 1:
                sheet.write_string(number, 0, text_of(printed(row[0])), self.bold)
                continue
            for place, cell in enumerate(row):
                writers[type(cell)](number, place, cell)

    def _writers(self, sheet: Any) -> dict[type, Callable[[int, int, Any], object]]:
        """Return what writes a cell of each type; looked up once, for a workbook may have a million cells."""
        write_string, write_number = sheet.write_string, sheet.write_number
        plain, wrapped, day, numbers, number_format = (
            self.plain,
            self.wrapped,
            self.day,
            self.numbers,
            self.number_format,
        )
        whole = number_format(0)

        def text(row: int, column: int, cell: str) -> None:
            if cell:
                write_string(row, column, text_of(cell), wrapped if len(cell) > WIDEST else plain)

        def figure(row: int, column: int, cell: Figure) -> None:
            if cell.value is not None:
                decimals = decimals_of(cell)
                # As a workbook holds it; the library would convert a decimal several times.
                write_number(row, column, float(cell.value), numbers.get(decimals) or number_format(decimals))

        def count(row: int, column: int, cell: int) -> None:
            write_number(row, column, cell, whole)

        def on_day(row: int, column: int, cell: date) -> None:
            write_number(row, column, serial(cell), day)

        return {str: text, Figure: figure, int: count, date: on_day}


@lru_cache(maxsize=4096)
def serial(day: date) -> float:
    """Return the number under which a workbook holds a day; a table repeats its days."""
    return float(to_excel(day))


def decimals_of(figure: Figure) -> int:
    """Return how many decimals a number shows: those of its kind, or more where rounding would hide something."""
    value = figure.value
    if not isinstance(value, Decimal):
        return figure.decimals
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= figure.decimals:
        return figure.decimals
    shown = printed(figure).partition(",")[2]
    return len(shown)


def text_of(text: str) -> str:
    """Return a text as a cell can hold it: composed, and no longer than a cell may be."""
    if len(text) < MOST_CHARACTERS and text.isprintable() and is_normalized("NFC", text):
        return text
    clean = _UNPRINTABLE.sub("", nfc(text))
    return clean if len(clean) <= MOST_CHARACTERS else f"{clean[: MOST_CHARACTERS - 1]}…"


def sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a name that a sheet may have and no other sheet has, and remember it."""
    base = sheet_title(text_of(wanted)) or "Biểu"
    name, number = base, 1
    while name.lower() in taken:
        number += 1
        name = f"{base[: 31 - len(f' {number}')].rstrip()} {number}"
    taken.add(name.lower())
    return name


def widths(table: Table) -> Iterator[float]:
    """Yield the width of each column: that of its longest text within bounds."""
    rows = [row for row in table.rows[:LOOKED_AT] if len(row) > 1]
    for place, column in enumerate(table.columns):
        longest = max((_length(row[place]) for row in rows), default=0)
        yield min(WIDEST, max(NARROWEST, longest, _head_length(column)) + 2)


def _length(cell: Any) -> int:
    """Return about how many characters wide a cell is."""
    return len(cell) if type(cell) is str else 10


def _head_length(column: Column) -> int:
    """Return the longest word of a head, which wraps."""
    return max((len(word) for word in column.head.split()), default=0) + 2
