"""Writes the workbook: locked structure, open cells, drop-downs, last period in grey; text is never a formula."""

from __future__ import annotations

import io
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from reports.documents.xlsx_file import A4, OPTIONS, text_of
from reports.workbooks import layout
from reports.workbooks.layout import Book, Column, Filled, Row

INK, SOFT, PAPER, HEAD, LINE = "#1c2230", "#5b6372", "#f1efe9", "#e7e3d8", "#b9b3a4"
FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top", "text_wrap": True, "num_format": "@"}
LINE_POINTS, LEAST_POINTS, MOST_POINTS = 16, 20, 260
SHEET_LOCK = {"format_columns": True, "format_rows": True, "select_locked_cells": True}
DEMONSTRATION = "DỮ LIỆU MINH HOẠ"


def render_template(book: Book) -> bytes:
    """Return the workbook as bytes."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as file:
        _Writer(file, book).write()
    return out.getvalue()


class _Writer:
    """Writes one workbook with the formats that its sheets share."""

    def __init__(self, file: Any, book: Book) -> None:
        self.file, self.book = file, book
        edge = {"border": 1, "border_color": LINE, "font_color": INK}
        self.looks = {
            "title": file.add_format(FONT | {"bold": True, "font_size": 14, "text_wrap": False}),
            "help": file.add_format(FONT | {"italic": True, "font_color": SOFT, "text_wrap": False}),
            "plain": file.add_format(FONT),
            "head": file.add_format(FONT | edge | {"bold": True, "bg_color": HEAD, "align": "center"}),
            "fixed": file.add_format(FONT | edge | {"bg_color": PAPER}),
            "bold": file.add_format(FONT | edge | {"bg_color": PAPER, "bold": True}),
            "grey": file.add_format(FONT | edge | {"bg_color": PAPER, "font_color": SOFT, "italic": True}),
            "grey-number": file.add_format(
                FONT | edge | {"bg_color": PAPER, "font_color": SOFT, "italic": True, "align": "right"}
            ),
            "open": file.add_format(FONT | edge | {"locked": False}),
            "open-number": file.add_format(FONT | edge | {"locked": False, "align": "right"}),
            "shut": file.add_format(FONT | edge | {"pattern": 14, "fg_color": LINE, "bg_color": PAPER}),
        }

    def write(self) -> None:
        """Write the properties, the sheets, and the sheet of keys."""
        book, file = self.book, self.file
        file.set_properties({"title": f"{book.period} – {book.body}", "author": "Plan Tracker"})
        properties = {
            layout.PROPERTY_VERSION: layout.VERSION,
            layout.PROPERTY_KEY: book.key,
            layout.PROPERTY_BODY: book.body,
            layout.PROPERTY_PERIOD: book.period,
        }
        for name, value in properties.items():
            file.set_custom_property(name, value[:250], "text")
        self._intro()
        sheets = [(filled, file.add_worksheet(filled.sheet.title)) for filled in book.sheets]
        self._keys(properties)
        for filled, sheet in sheets:
            self._sheet(filled, sheet)

    def _intro(self) -> None:
        sheet = self.file.add_worksheet(layout.INTRO)
        sheet.set_column(0, 0, 110)
        lines = ([DEMONSTRATION] if self.book.is_demo else []) + list(self.book.intro)
        for number, line in enumerate(lines):
            sheet.write_string(number, 0, text_of(line), self.looks["title" if number < 2 else "plain"])
        sheet.protect("", SHEET_LOCK)
        self._paper(sheet)

    def _keys(self, properties: dict[str, str]) -> None:
        """Write the hidden sheet: what the properties say, the texts that were seen, and the lists."""
        sheet = self.file.add_worksheet(layout.KEYS)
        told = [*properties.items(), *(("seen", f"{key}={digest}") for key, digest in self.book.seen.items())]
        for number, (name, value) in enumerate(told):
            sheet.write_string(number, 0, name)
            sheet.write_string(number, 1, value)
        for place, (name, values) in enumerate(self.book.lists.items(), start=3):
            for number, value in enumerate(values):
                sheet.write_string(number, place, value)
            first, last = (xl_rowcol_to_cell(row, place, True, True) for row in (0, max(len(values) - 1, 0)))
            self.file.define_name(name, f"={layout.KEYS}!{first}:{last}")
        sheet.protect("")
        sheet.very_hidden()

    def _sheet(self, filled: Filled, sheet: Any) -> None:
        columns = filled.sheet.columns
        sheet.write_string(0, 0, f"{filled.sheet.title} – {self.book.body}, {self.book.period}", self.looks["title"])
        sheet.write_string(1, 0, filled.sheet.help, self.looks["help"])
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(layout.HEAD_ROW - 1, place, column.head, self.looks["head"])
        spare = Row({}, choices=filled.choices)
        for number, row in enumerate([*filled.rows, *[spare] * filled.spare], start=layout.HEAD_ROW):
            self._row(sheet, number, columns, row)
        sheet.freeze_panes(layout.HEAD_ROW, 2 if columns[0].name == layout.CODE else 0)
        sheet.repeat_rows(layout.HEAD_ROW - 1)
        sheet.ignore_errors({"number_stored_as_text": "A1:Z2000"})
        sheet.protect("", SHEET_LOCK)
        if self.book.is_demo:
            sheet.set_footer(f"&L{DEMONSTRATION}&R&P")
        self._paper(sheet)

    def _row(self, sheet: Any, number: int, columns: tuple[Column, ...], row: Row) -> None:
        height = LEAST_POINTS
        for place, column in enumerate(columns):
            text = text_of(row.cells.get(column.name, ""))
            look = self.looks[self._look(column, row)]
            if text:
                sheet.write_string(number, place, text, look)
            else:
                sheet.write_blank(number, place, None, look)
            lines = sum(max(1, ceil(len(line) / (column.width * 0.95))) for line in text.split("\n"))
            height = max(height, min(MOST_POINTS, lines * LINE_POINTS + 4))
            if column.is_input and column.name not in row.blocked:
                self._validation(sheet, number, place, column, row.choices.get(column.name, ""))
        sheet.set_row(number, height)

    @staticmethod
    def _look(column: Column, row: Row) -> str:
        if not column.is_input:
            if column.is_grey:
                return "grey-number" if column.is_number else "grey"
            return "bold" if row.is_head else "fixed"
        if column.name in row.blocked:
            return "fixed" if row.cells.get(column.name) or not row.key else "shut"
        return "open-number" if column.is_number else "open"

    @staticmethod
    def _validation(sheet: Any, number: int, place: int, column: Column, choices: str) -> None:
        """Offer the list, or say how the cell is written; the portal itself checks what is written."""
        told: dict[str, Any] = {"validate": "any"}
        if choices:
            told = {"validate": "list", "source": f"={choices}", "error_title": "Chưa đúng"}
            told["error_message"] = "Hãy chọn một mục trong danh sách."
        if column.prompt:
            told |= {"input_title": column.head[:32], "input_message": column.prompt[:255]}
        if len(told) > 1:
            sheet.data_validation(number, place, number, place, told)

    @staticmethod
    def _paper(sheet: Any) -> None:
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
