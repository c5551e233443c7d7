"""A workbook given back with cells coloured and commented; done in the child process only."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

AUTHOR = "Plan Tracker"
FILL = PatternFill("solid", fgColor="FFF2C9C2")
WIDTH, LINE_HEIGHT, CHARACTERS_A_LINE = 320, 20, 42


def colour(content: bytes, marks: list[list[Any]]) -> bytes:
    """Return the workbook with each [sheet, cell, sentence] marked; sheets that are not there are passed over."""
    book = openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
    said: dict[tuple[str, str], list[str]] = {}
    for sheet, cell, sentence in marks:
        if sheet in book.sheetnames:
            said.setdefault((sheet, cell), []).append(sentence)
    for (sheet, reference), sentences in said.items():
        cell = book[sheet][reference]
        if hasattr(cell, "fill") and type(cell).__name__ != "MergedCell":
            cell.fill = FILL
            text = "\n".join(sentences)
            height = LINE_HEIGHT * (2 + text.count("\n") + len(text) // CHARACTERS_A_LINE)
            cell.comment = Comment(text, AUTHOR, height=height, width=WIDTH)
    if said:
        book.active = book.sheetnames.index(next(iter(said))[0])
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is book.active
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
