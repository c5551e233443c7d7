"""A report as plain data and back: what is frozen when a draft is sent out or an edition issued can be set again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from reports.documents.report_value import (
    Block,
    Cell,
    Chart,
    Column,
    Figure,
    Head,
    Heading,
    Layout,
    Paragraph,
    Report,
    Signature,
    Table,
)

VERSION = 1
Data = dict[str, Any]


def to_data(report: Report) -> Data:
    """Return a report as values that JSON knows; numbers as texts, so that no digit is lost."""
    head, signature = report.head, report.signature
    return {
        "version": VERSION,
        "head": [head.superior, head.issuer, head.number, head.place_and_day, head.mark],
        "type": report.type_name,
        "subject": report.subject,
        "blocks": [_block(block) for block in report.blocks],
        "recipients": list(report.recipients),
        "signature": [list(signature.authority), signature.position, signature.name],
        "author": report.author,
        "on": report.on.isoformat(),
        "line_end": report.line_end,
        "annexes": [_table(table) for table in report.annexes],
        "landscape": report.annexes_in_landscape,
        "demo": report.is_demo,
    } | ({"close": True} if report.is_close else {})


def from_data(data: Data, *, layout: Layout = Layout.PARTY) -> Report:
    """Return the report that was kept, in one of the layouts."""
    authority, position, name = data["signature"]
    return Report(
        head=Head(*data["head"]),
        type_name=data["type"],
        subject=data["subject"],
        blocks=tuple(_read_block(block) for block in data["blocks"]),
        recipients=tuple(data["recipients"]),
        signature=Signature(tuple(authority), position, name),
        author=data["author"],
        on=date.fromisoformat(data["on"]),
        line_end=data["line_end"],
        annexes=tuple(_read_table(table) for table in data["annexes"]),
        annexes_in_landscape=data["landscape"],
        is_demo=data["demo"],
        is_close=data.get("close", False),
        layout=layout,
    )


def _block(block: Block) -> Data:
    """Return a block of a report that may be signed: neither sources nor charts are kept."""
    if isinstance(block, Heading):
        return {"heading": [block.number, block.title, block.level]}
    if isinstance(block, Chart):
        msg = "a published report has no charts"
        raise TypeError(msg)
    return {"text": block.text} | ({"start": block.start} if block.start else {})


def _read_block(data: Data) -> Block:
    """Return the block."""
    if "heading" in data:
        return Heading(*data["heading"])
    return Paragraph(data["text"], data.get("start", ""))


def _table(table: Table) -> Data:
    """Return a table."""
    return {
        "subject": table.subject,
        "sheet": table.sheet,
        "columns": [[column.head, column.width, column.is_number, column.is_mark] for column in table.columns],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
    }


def _read_table(data: Data) -> Table:
    """Return the table."""
    rows = tuple(tuple(_read_cell(cell) for cell in row) for row in data["rows"])
    return Table(data["subject"], tuple(Column(*column) for column in data["columns"]), rows, data["sheet"])


def _cell(cell: Cell) -> Any:
    """Return a cell; texts and whole numbers stand for themselves."""
    if isinstance(cell, Figure):
        value = None if cell.value is None else str(cell.value)
        return {"figure": value, "decimals": cell.decimals, "missing": cell.missing}
    return {"day": cell.isoformat()} if isinstance(cell, date) else cell


def _read_cell(data: Any) -> Cell:
    """Return the cell."""
    if isinstance(data, dict):
        if "day" in data:
            return date.fromisoformat(data["day"])
        value = None if data["figure"] is None else Decimal(data["figure"])
        return Figure(value, data["decimals"], data["missing"])
    cell: str | int = data
    return cell
