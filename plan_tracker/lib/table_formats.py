"""The file formats of the administration's imports and exports: our own readers and writers behind import-export."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import tablib
from import_export.formats.base_formats import CSV, XLSX

from plan_tracker.lib import spreadsheets
from plan_tracker.lib.spreadsheets import Cell, Table


def _table(dataset: tablib.Dataset) -> Table:
    """Return what import-export gathered as a table of ours."""
    rows = [[_cell(value) for value in row] for row in dataset]
    return Table(dataset.title or "", [str(header) for header in dataset.headers or []], rows)


def _cell(value: Any) -> Cell:
    if value is None or isinstance(value, str | Decimal | date):
        return value
    return value if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _dataset(read: tuple[list[str], list[list[Any]]]) -> tablib.Dataset:
    header, rows = read
    dataset = tablib.Dataset(headers=header)
    for row in rows:
        dataset.append(row)
    return dataset


class SafeCsv(CSV):
    """CSV in UTF-8, with commas or semicolons, whose texts are never formulas."""

    def create_dataset(self, in_stream: Any, **kwargs: Any) -> tablib.Dataset:
        """Read a file."""
        text = in_stream if isinstance(in_stream, str) else bytes(in_stream).decode(self.encoding or "utf-8-sig")
        return _dataset(spreadsheets.read_csv(text))

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> str:
        """Write a file."""
        return spreadsheets.write_csv(_table(dataset)).decode()


class SafeXlsx(XLSX):
    """A workbook read within bounds and written without formulas."""

    def create_dataset(self, in_stream: Any) -> tablib.Dataset:
        """Read a file."""
        return _dataset(spreadsheets.read_xlsx(bytes(in_stream)))

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        """Write a file."""
        return spreadsheets.write_xlsx(_table(dataset))
