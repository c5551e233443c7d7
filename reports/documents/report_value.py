"""A report as one frozen value, before any layout: head, text, tables, foot; DOCX, PDF and XLSX are made from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from plan_tracker.lib.dates import document_day
from plan_tracker.lib.numbers import format_exact

NO_FIGURE = "chưa có số liệu"
DASH = "–"
INTERNAL_LINE = "BẢN NỘI BỘ"
DEMO_LINE = "DỮ LIỆU MINH HOẠ – KHÔNG PHẢI SỐ LIỆU CHÍNH THỨC"


class Layout(StrEnum):
    """Whose rules a document follows: the Party's (HD 36-HD/VPTW) or the state's (Nghị định 30/2020/NĐ-CP)."""

    PARTY = "party"
    STATE = "state"


@dataclass(frozen=True)
class Head:
    """What stands above the name of the document. `superior` may be empty: the Tỉnh uỷ itself has none on paper.

    `mark` stands under the number: “DỰ THẢO LẦN 1”, “KHẨN”; `about` is what a letter (công văn) is about.
    """

    superior: str
    issuer: str
    number: str
    place_and_day: str
    mark: str = ""
    about: str = ""


@dataclass(frozen=True)
class Signature:
    """The block of the one who signs: lines of authority (T/M …, K/T …, T/L …), position, name; parts may be empty."""

    authority: tuple[str, ...]
    position: str
    name: str = ""


@dataclass(frozen=True)
class Heading:
    """A numbered heading: level 1 is a part (I.), 2 a point (1.), 3 an item (2.1.)."""

    number: str
    title: str
    level: int

    @property
    def text(self) -> str:
        """Return number and title."""
        return f"{self.number} {self.title}"


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of text without line breaks; `start` stands before it in bold.

    `sources` says where it comes from; only the internal copy prints that.
    """

    text: str
    start: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chart:
    """A stacked bar of counts under its name; only the internal copy has it."""

    title: str
    bars: tuple[tuple[str, int], ...]


Block: TypeAlias = Heading | Paragraph | Chart


@dataclass(frozen=True)
class Figure:
    """A number in a table: its value, how many decimals it shows, and what is printed where there is none."""

    value: Decimal | int | None
    decimals: int = 0
    missing: str = NO_FIGURE


Cell: TypeAlias = str | int | Figure | date


@dataclass(frozen=True)
class Column:
    """One column: its head, its width in millimetres, and how its cells stand: text, figures or short marks."""

    head: str
    width: float
    is_number: bool = False
    is_mark: bool = False


@dataclass(frozen=True)
class Table:
    """A table with its name; a row of one cell runs over the whole width, as the heading of the rows below it."""

    subject: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sheet: str = ""


@dataclass(frozen=True)
class Report:
    """Everything that a document prints. `author` and `on` also go into the file's own properties.

    A letter has no `type_name`; it stands under “Kính gửi:” and whom it goes `to`. What must end on its first page is
    set with lines that are `close`.
    """

    head: Head
    type_name: str
    subject: str
    blocks: tuple[Block, ...]
    recipients: tuple[str, ...]
    signature: Signature
    author: str
    on: date
    line_end: str = ";"
    annexes: tuple[Table, ...] = ()
    annexes_in_landscape: bool = True
    is_demo: bool = False
    is_internal: bool = False
    layout: Layout = Layout.PARTY
    to: tuple[str, ...] = ()
    is_close: bool = False

    @property
    def title(self) -> str:
        """Return type and subject in one line, as the file's own title."""
        name = f"{self.type_name[:1]}{self.type_name[1:].lower()} {self.subject}"
        return " ".join(name.split())

    @property
    def page_mark(self) -> str:
        """Return the line that stands at the top of every page, or nothing."""
        return " · ".join((DEMO_LINE,) * self.is_demo + (INTERNAL_LINE,) * self.is_internal)

    @property
    def recipient_lines(self) -> tuple[str, ...]:
        """Return the lines of “Nơi nhận”, each with its hyphen and its end."""
        last = len(self.recipients) - 1
        return tuple(f"- {name}{'.' if place == last else self.line_end}" for place, name in enumerate(self.recipients))

    def annex_number(self, place: int) -> str:
        """Return “Phụ lục”, or “Phụ lục 2” where there are several."""
        return f"Phụ lục {place}" if len(self.annexes) > 1 else "Phụ lục"

    def published(self) -> Report:
        """Return the report without sources and charts, as it may be signed."""
        blocks = tuple(
            replace(block, sources=()) if isinstance(block, Paragraph) and block.sources else block
            for block in self.blocks
            if not isinstance(block, Chart)
        )
        return replace(self, blocks=blocks, is_internal=False)


def printed(cell: Cell) -> str:
    """Return a cell as a document prints it; what is not there is said, never a zero."""
    if isinstance(cell, Figure):
        return cell.missing if cell.value is None else format_exact(Decimal(cell.value), cell.decimals, "vi")
    return document_day(cell) if isinstance(cell, date) else str(cell)


def paragraphs(text: str, *, start: str = "", sources: tuple[str, ...] = ()) -> tuple[Paragraph, ...]:
    """Return a paragraph for each line of a text that is not empty; `start` goes before the first, sources last."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    last = len(lines) - 1
    return tuple(
        Paragraph(line, start if place == 0 else "", sources if place == last else ())
        for place, line in enumerate(lines)
    )
