"""Tables as XLSX and CSV: numbers and days stay such, text is never a formula, and a hostile file is refused."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import Any

import openpyxl
import xlsxwriter
from django.utils.translation import gettext as _
from openpyxl.styles.numbers import BUILTIN_FORMATS as NUMBER_FORMATS
from openpyxl.styles.numbers import BUILTIN_FORMATS_MAX_SIZE as FIRST_OWN_FORMAT
from openpyxl.utils.escape import unescape

from plan_tracker.lib.dates import screen_day

Cell = str | int | Decimal | date | None
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
BOM = "\ufeff"
STARTS_OF_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")
GUARD = "'"
MOST_ROWS, MOST_COLUMNS = 20_000, 60
MOST_BYTES = 60 * 1024 * 1024
WIDEST, NARROWEST = 60, 8
ROWS_MEASURED = 500
PLAIN_TEXTS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_UNSAFE_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]")


class SpreadsheetError(ValueError):
    """A file that is not read; the message is a sentence for the person."""


@dataclass(frozen=True)
class Table:
    """A table to be written: a title, what the columns are called, and the rows, which are gone through once or twice.

    Those of a long table may be made while it is written; they are gone through once.
    """

    title: str
    headers: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    is_long: bool = False


def guarded(text: str) -> str:
    """Return a text that no spreadsheet program takes for a formula."""
    return GUARD + text if _is_like_a_formula(text) else text


def unguarded(text: str) -> str:
    """Return the text that `guarded` was given."""
    return text[1:] if text.startswith(GUARD) and _is_like_a_formula(text) else text


def _is_like_a_formula(text: str) -> bool:
    """Return whether a text begins as a formula does, behind any number of guards: one more is always told apart."""
    return text.lstrip(GUARD).startswith(STARTS_OF_FORMULAS)


def plain_number(value: Decimal | int) -> str:
    """Return a number with a decimal comma, without points and without zeros that say nothing."""
    text = f"{Decimal(value):f}"
    whole, _point, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    return f"{whole},{fraction}" if fraction else whole


def write_csv(table: Table) -> bytes:
    """Return the table as CSV in UTF-8 with its mark, numbers with a decimal comma, days as dd/mm/yyyy."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guarded(header) for header in table.headers])
    writer.writerows([_csv_cell(cell) for cell in row] for row in table.rows)
    return (BOM + out.getvalue()).encode()


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return screen_day(cell)
    return guarded(cell) if isinstance(cell, str) else plain_number(cell)


def sheet_title(wanted: str) -> str:
    """Return a text as a sheet may be called: a period's own title may hold “/” or “:”, which no sheet takes."""
    name = " ".join(_UNSAFE_IN_TITLES.sub(" ", wanted).split()).strip("'")[:31].strip("' ")
    # A name that Excel keeps for itself.
    return f"{name} 1" if name.lower() == "history" else name


def write_xlsx(table: Table) -> bytes:
    """Return the table as a workbook: real numbers and days, every text a text, the head kept in sight and on paper.

    A long one takes the memory of one row; its columns are as wide as its first rows want.
    """
    out = io.BytesIO()
    rows = iter(table.rows)
    measured = list(islice(rows, ROWS_MEASURED if table.is_long else None))
    with xlsxwriter.Workbook(out, {**PLAIN_TEXTS, "constant_memory" if table.is_long else "in_memory": True}) as book:
        sheet = book.add_worksheet(sheet_title(table.title) or "1")
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        formats: dict[str, Any] = {}
        for column, header in enumerate(table.headers):
            sheet.write_string(0, column, header, head)
            sheet.set_column(column, column, _width(header, (row[column] for row in measured)))
        for number, row in enumerate(chain(measured, rows), 1):
            for column, cell in enumerate(row):
                _write(book, sheet, formats, (number, column), cell)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    return out.getvalue()


def _write(book: Any, sheet: Any, formats: dict[str, Any], place: tuple[int, int], cell: Cell) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        sheet.write_string(*place, cell)
        return
    look = "dd/mm/yyyy" if isinstance(cell, date) else _number_format(cell)
    if look not in formats:
        formats[look] = book.add_format({"num_format": look})
    form = formats[look]
    if isinstance(cell, date):
        sheet.write_datetime(*place, datetime(cell.year, cell.month, cell.day), form)  # noqa: DTZ001 - a day, no moment
    else:
        sheet.write_number(*place, cell, form)


def _number_format(value: Decimal | int) -> str:
    """Return the format that shows every decimal, with the separators of whoever opens the file."""
    _whole, _comma, fraction = plain_number(value).partition(",")
    return f"#,##0.{'0' * len(fraction)}" if fraction else "#,##0"


def _width(header: str, cells: Iterable[Cell]) -> int:
    longest = max((len(_csv_cell(cell)) for cell in cells), default=0)
    return min(WIDEST, max(NARROWEST, longest, len(header) // 2) + 2)


def read_csv(text: str) -> tuple[list[str], list[list[Any]]]:
    """Return header and rows of a CSV text whose columns stand between commas or semicolons."""
    text = text.removeprefix(BOM)
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    try:
        lines = [[unguarded(cell) for cell in line] for line in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error as error:
        raise SpreadsheetError(_("This is not a CSV file.")) from error
    return _split(lines)


def read_xlsx(content: bytes) -> tuple[list[str], list[list[Any]]]:
    """Return header and rows of the first sheet of a workbook, within bounds; a percentage comes as a text with %."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
                raise SpreadsheetError(_("The workbook is too large."))
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        # No cell stands to the right of the last heading: a wide sheet costs no more than its columns.
        head = next(sheet.iter_rows(max_row=1, max_col=MOST_COLUMNS, values_only=True), ())
        width = max((place for place, cell in enumerate(head, 1) if cell not in {None, ""}), default=1)
        lines = list(_lines(book, sheet, width))
    except (zipfile.BadZipFile, KeyError, IndexError, ValueError, OSError) as error:
        if isinstance(error, SpreadsheetError):
            raise
        raise SpreadsheetError(_("This is not an Excel workbook (.xlsx).")) from error
    return _split(lines)


def _lines(book: Any, sheet: Any, width: int) -> Iterator[list[Any]]:
    """Yield the rows; how a number is shown is looked at only in a workbook that shows some as percentages."""
    within = {"max_row": MOST_ROWS + 2, "max_col": width}
    formats = (
        NUMBER_FORMATS.get(style.numFmtId)
        or dict(enumerate(book._number_formats, FIRST_OWN_FORMAT)).get(style.numFmtId)
        for style in book._cell_styles
    )
    if any("%" in (one or "") for one in formats):
        yield from ([_xlsx_value(cell) for cell in row] for row in sheet.iter_rows(**within))
        return
    for row in sheet.iter_rows(**within, values_only=True):
        yield [unescape(value) if isinstance(value, str) else value for value in row]


def _xlsx_value(cell: Any) -> Any:
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in (cell.number_format or ""):
        return plain_number(Decimal(str(value)) * 100) + "%"
    return unescape(value) if isinstance(value, str) else value


def _split(lines: list[list[Any]]) -> tuple[list[str], list[list[Any]]]:
    """Return the first line as header and the others cut or filled to its length, without the empty end."""
    while lines and not any(cell not in {None, ""} for cell in lines[-1]):
        lines.pop()
    if len(lines) < 2:
        raise SpreadsheetError(_("The file has no rows under its header."))
    if len(lines) > MOST_ROWS + 1:
        raise SpreadsheetError(_("The file has more than %(most)s rows.") % {"most": MOST_ROWS})
    header = [str(cell or "").strip() for cell in lines[0]]
    while header and not header[-1]:
        header.pop()
    width = len(header)
    return header, [[*line[:width], *[None] * (width - len(line))] for line in lines[1:]]
