"""Tables as a workbook, opened again: real numbers and days, no formula, safe names, filters, print set-up."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from reports.documents.report_value import Column, Figure, Table
from reports.documents.xlsx_file import render_xlsx, sheet_name
from tests.documents import make_report, make_table


def opened(*tables: Table, **fields: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(render_xlsx(make_report(**fields), tables)))


def one_row(*cells: Any) -> Table:
    return Table("Biểu", tuple(Column(f"Cột {place}", 0) for place in range(len(cells))), (cells,))


def test_each_table_has_a_sheet_of_its_own_with_its_head_in_sight() -> None:
    book = opened(make_table(3), make_table(2))
    assert book.sheetnames == ["Số liệu", "Số liệu 2"]
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[3]] == ["TT", "Nội dung", "Trong kỳ", "Ngày"]
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:D7"


def test_it_prints_on_a4_in_landscape_with_the_head_on_every_page() -> None:
    sheet = opened(make_table(3)).worksheets[0]
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_numbers_and_days_are_such_and_what_is_missing_stays_empty() -> None:
    table = one_row(Figure(Decimal("1234.5"), 1), Figure(None), 7, date(2024, 2, 5), "", Figure(Decimal("89.96"), 1))
    row = opened(table).worksheets[0][4]
    assert [cell.value for cell in row] == [1234.5, None, 7, datetime(2024, 2, 5), None, 89.96]  # noqa: DTZ001
    formats = [row[place].number_format for place in (0, 2, 3, 5)]
    assert formats == ["#,##0.0", "#,##0", "dd/mm/yyyy", "#,##0.00"]


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@SUM(A1)", "{=A1}", "https://a.vn", "mailto:a@b.vn", "007"])
def test_a_text_is_never_a_formula_a_link_or_a_number(text: str) -> None:
    cell = opened(one_row(text, 1)).worksheets[0]["A4"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_a_text_that_is_too_long_for_a_cell_is_cut_with_a_mark() -> None:
    value = opened(one_row("ă" * 40_000, 1)).worksheets[0]["A4"].value
    assert (len(value), value[-1]) == (32_767, "…")


def test_characters_that_a_file_cannot_hold_are_left_out() -> None:
    assert opened(one_row("Kết\x00\x1fquả", 1)).worksheets[0]["A4"].value == "Kếtquả"


def test_names_of_sheets_are_short_safe_and_never_the_same() -> None:
    taken: set[str] = set()
    names = [sheet_name(name, taken) for name in ("a/b:c*[d]?", "Số " * 20, "Số " * 20, "''", "", "History", "số liệu")]
    assert len({name.lower() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert names[0] == "a b c d"
    assert "history" not in {name.lower() for name in names}


def test_a_demonstration_says_so_on_every_sheet() -> None:
    book = opened(make_table(1), make_table(1), is_demo=True)
    assert all("DỮ LIỆU MINH HOẠ" in sheet["A2"].value for sheet in book.worksheets)
    assert "MINH HOẠ" not in opened(make_table(1)).worksheets[0]["A2"].value


def test_without_tables_of_its_own_it_holds_the_annexes() -> None:
    sheet = opened(annexes=(make_table(1),)).worksheets[0]
    assert [cell.value for cell in sheet[4]][:3] == [1, "Dòng 1", 0.1]
    assert sheet["A5"].value == "Mục"
