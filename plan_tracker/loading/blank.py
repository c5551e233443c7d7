"""The empty workbook for a table: its columns with drop-downs, and a second sheet that explains each of them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from plan_tracker.lib.spreadsheets import sheet_title
from plan_tracker.loading.resources import ColumnTold

LAST_ROW = 2000
# What a drop-down may hold in all, by the file format.
MOST_LETTERS = 255


def blank_workbook(title: str, columns: Sequence[ColumnTold]) -> bytes:
    """Return the workbook; the words of a list stand in the explanation, whatever their length."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#f1efe9"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(sheet_title(title) or "1")
        guide = book.add_worksheet(_("Instructions"))
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.label, head)
            sheet.set_column(place, place, max(12, min(40, len(column.label) + 4)))
            if column.words:
                _drop_down(sheet, place, column.words)
        sheet.freeze_panes(1, 0)
        _explain(guide, columns, head, plain)
    return out.getvalue()


def _drop_down(sheet: Any, place: int, words: Sequence[str]) -> None:
    if len(",".join(words)) <= MOST_LETTERS:
        sheet.data_validation(
            1, place, LAST_ROW, place, {"validate": "list", "source": list(words), "error_type": "warning"}
        )


def _explain(guide: Any, columns: Sequence[ColumnTold], head: Any, plain: Any) -> None:
    titles = (_("Column"), _("Needed"), _("What to write"), _("Name for programs"))
    for place, (title, width) in enumerate(zip(titles, (32, 22, 80, 22), strict=True)):
        guide.write_string(0, place, title, head)
        guide.set_column(place, place, width)
    for number, column in enumerate(columns, 1):
        needed = _("yes – finds the row") if column.is_key else _("for a new row") if column.is_needed else _("no")
        words = _("One of: %(words)s.") % {"words": "; ".join(column.words)} if column.words else ""
        for place, text in enumerate((column.label, needed, f"{column.note} {words}".strip(), column.name)):
            guide.write_string(number, place, text, plain)
    rest = len(columns) + 2
    for offset, text in enumerate(
        (
            _("A column may be left out: what is known of a row stays as it is."),
            _("Days as 31/12/2026, numbers as 1.234,5. One wrong row, and nothing of the file is saved."),
        )
    ):
        guide.write_string(rest + offset, 0, text)
    guide.freeze_panes(1, 0)
