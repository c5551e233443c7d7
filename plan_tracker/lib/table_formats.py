"""The file formats of the administration's imports and exports: our own readers and writers behind import-export."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from typing import Any

import tablib
from django.core.cache import cache
from import_export.formats.base_formats import CSV, XLSX

from plan_tracker.lib import spreadsheets
from plan_tracker.lib.collecting import collecting_later
from plan_tracker.lib.spreadsheets import Cell, Table

ROWS_WORTH_KEEPING, KEPT_SECONDS = 500, 900


def _table(dataset: tablib.Dataset) -> Table:
    """Return what import-export gathered as a table of ours."""
    rows = [[_cell(value) for value in row] for row in dataset]
    return Table(dataset.title or "", [str(header) for header in dataset.headers or []], rows)


def _cell(value: Any) -> Cell:
    if value is None or isinstance(value, str | Decimal | date):
        return value
    return value if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _dataset(read: tuple[list[str], list[list[Any]]], content: bytes) -> tablib.Dataset:
    """Return what was read, with the file itself as `content` and its hash as `sha256`."""
    header, rows = read
    dataset = tablib.Dataset(*rows, headers=header)
    dataset.content = content
    dataset.sha256 = hashlib.sha256(content).hexdigest()
    return dataset


class SafeCsv(CSV):
    """CSV in UTF-8, with commas or semicolons, whose texts are never formulas."""

    def create_dataset(self, in_stream: Any, **kwargs: Any) -> tablib.Dataset:
        """Read a file."""
        text = in_stream if isinstance(in_stream, str) else bytes(in_stream).decode(self.encoding or "utf-8-sig")
        return _dataset(spreadsheets.read_csv(text), text.encode())

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> str:
        """Write a file."""
        return spreadsheets.write_csv(_table(dataset)).decode()


class SafeXlsx(XLSX):
    """A workbook read within bounds and written without formulas."""

    @collecting_later()
    def create_dataset(self, in_stream: Any) -> tablib.Dataset:
        """Read a file."""
        content = bytes(in_stream)
        # What the preview read need not be read again when it is confirmed: the same bytes are the same rows.
        key = f"read-xlsx:{hashlib.sha256(content).hexdigest()}"
        read = cache.get(key)
        if read is None:
            read = spreadsheets.read_xlsx(content)
            if len(read[1]) > ROWS_WORTH_KEEPING:
                cache.set(key, read, KEPT_SECONDS)
        return _dataset(read, content)

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        """Write a file."""
        return spreadsheets.write_xlsx(_table(dataset))
