"""A workbook as a clerk treats it: downloaded, typed into with openpyxl, uploaded; and workbooks made to hurt."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reports.workbooks import layout
from reports.workbooks.cells import letters
from tests.form_pages import page

DECLARED = {"no_secret": "on"}
Book = Any


def download(client: Client, pk: int) -> Book:
    """Return the form of a report as openpyxl opens it."""
    response = client.get(page("report_template", pk))
    assert response.status_code == 200, response.status_code
    return openpyxl.load_workbook(io.BytesIO(response.content))


def saved(book: Book) -> bytes:
    """Return the bytes of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def file_of(content: bytes, name: str = "bieu-mau.xlsx") -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, content, "application/octet-stream")


def upload(client: Client, pk: int, content: bytes, name: str = "bieu-mau.xlsx") -> Any:
    """Upload a file with the declaration and return the page that follows."""
    data = DECLARED | {"file": file_of(content, name)}
    return client.post(page("report_upload", pk), data, follow=True)


def apply(client: Client, response: Any, **choices: str) -> Any:
    """Press “Áp dụng” on a preview."""
    url = response.redirect_chain[-1][0] if response.redirect_chain else response.request["PATH_INFO"]
    data = {"basis": response.context["comparison"].basis} | {f"choice-{key}": value for key, value in choices.items()}
    return client.post(url, data)


def row_of(sheet: Any, code: str, column: int = 1) -> int:
    """Return the row in which a code stands."""
    return next(row for row in range(1, sheet.max_row + 1) if str(sheet.cell(row, column).value) == code)


def reference(sheet: layout.Sheet, name: str, row: int) -> str:
    """Return the address of a cell by the name of its column."""
    return f"{letters(sheet.place_of(name) + 1)}{row}"


def put(book: Book, sheet: layout.Sheet, at: str, /, **values: Any) -> None:
    """Type into the row of a code."""
    table = book[sheet.title]
    row = row_of(table, at)
    for name, value in values.items():
        cell = table[reference(sheet, name, row)]
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"


def add(book: Book, sheet: layout.Sheet, **values: Any) -> int:
    """Type a row below what stands in an open sheet, and return its number."""
    table = book[sheet.title]
    row = layout.FIRST_ROW
    while any(table.cell(row, place + 1).value for place in range(len(sheet.columns))):
        row += 1
    for name, value in values.items():
        table[reference(sheet, name, row)].value = value
    return row


def problems(response: Any) -> list[tuple[str, str, str]]:
    """Return every mistake that a preview names: sheet, cell, sentence."""
    return [(one.sheet, one.cell, one.sentence) for one in response.context["comparison"].errors]


def changed(book: Book, change: Callable[[Book], Any]) -> bytes:
    """Return a workbook after a change."""
    change(book)
    return saved(book)
