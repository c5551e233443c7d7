"""Tables of figures in the Party layout: fixed widths, thin black lines, a head that repeats, rows that stay whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from reports.documents import docx_xml as xml

SIZE = 12.0
SIDE = 1.5


@dataclass(frozen=True)
class Column:
    """One column: its head, its width in millimetres, and how its cells stand: text, figures or short marks."""

    head: str
    width: float
    is_number: bool = False
    is_mark: bool = False

    @property
    def alignment(self) -> Any:
        """Return figures right, marks such as a running number in the middle, texts left."""
        if self.is_mark:
            return WD_ALIGN_PARAGRAPH.CENTER
        return WD_ALIGN_PARAGRAPH.RIGHT if self.is_number else WD_ALIGN_PARAGRAPH.LEFT


class PartyTable:
    """A table that is filled row by row; cells are never looked up by position, which takes forever in long tables."""

    def __init__(self, document: Any, columns: Sequence[Column]) -> None:
        self.columns = columns
        self.table = document.add_table(rows=1, cols=len(columns))
        self.table.autofit = False
        for column, spec in zip(self.table.columns, columns, strict=True):
            column.width = Mm(spec.width)
        xml.set_table_frame(self.table, ruled=True, side_mm=SIDE)
        self._write(self.table.rows[0], [column.head for column in columns], is_head=True)

    def fill(self, rows: Sequence[Sequence[str]]) -> None:
        """Add the rows; a row of one text runs over the whole width, as the heading of those below it."""
        for values in rows:
            row = self.table.add_row()
            if len(values) == 1:
                cells = row.cells
                self._write_cell(cells[0].merge(cells[-1]), values[0], bold=True)
                xml.keep_row_whole(row)
                continue
            self._write(row, values)

    def _write(self, row: Any, values: Sequence[str], *, is_head: bool = False) -> None:
        """Fill the cells of one row."""
        xml.keep_row_whole(row, is_head=is_head)
        for cell, spec, value in zip(row.cells, self.columns, values, strict=True):
            cell.width = Mm(spec.width)
            alignment = WD_ALIGN_PARAGRAPH.CENTER if is_head else spec.alignment
            self._write_cell(cell, value, bold=is_head, alignment=alignment)

    def _write_cell(self, cell: Any, text: str, *, bold: bool = False, alignment: Any = None) -> None:
        """Write the text of one cell, a paragraph for each line."""
        paragraph = cell.paragraphs[0]
        for index, line in enumerate(text.splitlines() or [""]):
            if index:
                paragraph = cell.add_paragraph()
            run = xml.add_text(paragraph, line)
            run.bold, run.font.size = bold, Pt(SIZE)
            paragraph.alignment = alignment
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
