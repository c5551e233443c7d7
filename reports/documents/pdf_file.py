"""A report as a PDF: PDF/A-2b, tagged, its fonts inside; typst sets it from data, so no text is ever markup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from plan_tracker.lib.text import nfc
from reports.documents.chart_bars import bar_svg
from reports.documents.fonts import BUILT_IN, typeface
from reports.documents.layouts import Lines, head_lines, measures_of, recipient_lines, signature_lines, title_lines
from reports.documents.report_value import Block, Chart, Column, Heading, Paragraph, Report, Table, printed

STANDARD: Final = "a-2b"
SHORT = 1000
# A document's number such as 43-NQ/TW never breaks at its hyphen.
_UNBROKEN = re.compile(r"(?<![\w/.…])((?:[\w/.…]*\d-[A-ZĐ][\w/]*)+)")
# Where one may stand. A long text is searched for such hyphens, or every one of its words would be looked into.
_HYPHEN = re.compile(r"-(?<=\d-)(?=[A-ZĐ])")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff\u200b\u2028\u2029]")


def render_pdf(report: Report) -> bytes:
    """Return the file; the same report gives the same bytes."""
    content = _set(report, pdf_standards=STANDARD, timestamp=datetime.combine(report.on, time(), tzinfo=UTC))
    if not isinstance(content, bytes):
        msg = "typst gave no file"
        raise TypeError(msg)
    return content


def printed_pages(report: Report) -> int:
    """Return on how many pages a report is set; a picture is drawn of each, so only for short ones."""
    pictures = _set(report, format="svg")
    return len(pictures) if isinstance(pictures, list) else 1


def _set(report: Report, **how: Any) -> bytes | list[bytes] | None:
    """Set a report, as a file or as a picture of each page."""
    face = typeface()
    data = face.settable(json.dumps(_data(report, (face.family, BUILT_IN)), ensure_ascii=False))
    made: bytes | list[bytes] | None = typst.compile(
        template(), font_paths=face.fonts, sys_inputs={"report": data}, **how
    )
    return made


@cache
def template() -> bytes:
    """Return the layout that reads the data."""
    return Path(__file__).with_name("report.typ").read_bytes()


def _data(report: Report, fonts: tuple[str, ...]) -> dict[str, Any]:
    """Return the report as the template reads it."""
    measures = measures_of(report)
    left, right = head_lines(report.head, report.layout)
    return {
        "title": plain(report.title),
        "author": plain(report.author),
        "day": [report.on.year, report.on.month, report.on.day],
        "fonts": fonts,
        "mark": report.page_mark,
        "measures": {
            "size": measures.size,
            "line": measures.line,
            "gap": measures.gap,
            "indent": measures.first_line,
            "edge": measures.number_from_edge,
            "margins": measures.margins,
            "turned": measures.landscape_margins,
            "head": measures.head_columns,
            "foot": measures.foot_columns,
            "table": measures.table_size,
            "note": measures.note_size,
        },
        "left": _lines(left),
        "right": _lines(right),
        "title-lines": _lines(title_lines(report)),
        "blocks": [_block(block, is_internal=report.is_internal) for block in report.blocks],
        "end-is-short": _is_short(report.blocks[-1:]),
        "recipients": _lines(recipient_lines(report)),
        "signature": _lines(signature_lines(report.signature, report.layout)),
        "turned": report.annexes_in_landscape,
        "annexes": [_annex(report.annex_number(place), table) for place, table in enumerate(report.annexes, start=1)],
    }


def plain(text: str) -> str:
    """Return a text composed, without the characters that a page cannot show."""
    return _CONTROLS.sub("", nfc(text))


def _words(text: str) -> str | list[str | list[str]]:
    """Return a text, or its pieces where some of them must not break: these are lists of one."""
    text = plain(text)
    pieces = [piece for piece in _pieces(text) if piece]
    return pieces if any(isinstance(piece, list) for piece in pieces) else text


def _pieces(text: str) -> Iterator[str | list[str]]:
    """Yield the pieces of a text, taking apart only the words that have such a hyphen."""
    done = 0
    for hyphen in _HYPHEN.finditer(text):
        if hyphen.start() >= done:
            start = max(done, text.rfind(" ", done, hyphen.start()) + 1)
            end = text.find(" ", hyphen.end())
            end = end if end >= 0 else len(text)
            yield text[done:start]
            word = _UNBROKEN.split(text[start:end])
            yield from ([piece] if place % 2 else piece for place, piece in enumerate(word))
            done = end
    yield text[done:]


def _lines(lines: Lines) -> list[dict[str, Any]]:
    """Return lines of type."""
    return [asdict(line) | {"text": _words(line.text)} for line in lines]


def _block(block: Block, *, is_internal: bool) -> dict[str, Any]:
    """Return one block of the text."""
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "text": _words(block.text)}
    if isinstance(block, Chart):
        words = ", ".join(f"{label}: {number}" for label, number in block.bars)
        return {"kind": "chart", "title": plain(block.title), "svg": bar_svg(block), "words": plain(words)}
    sources = "; ".join(block.sources) if is_internal else ""
    return {"kind": "text", "text": _words(block.text), "start": plain(block.start), "sources": plain(sources)}


def _is_short(end: tuple[Block, ...]) -> bool:
    """Return whether the last block of the text is short enough to go to the next page with the foot."""
    return not any(isinstance(block, Paragraph) and len(block.text) > SHORT for block in end)


def _annex(number: str, table: Table) -> dict[str, Any]:
    """Return a table with its name."""
    return {
        "number": number,
        "subject": plain(table.subject),
        "widths": [column.width for column in table.columns],
        "aligns": [_alignment(column) for column in table.columns],
        "heads": [plain(column.head) for column in table.columns],
        "rows": [[_spread(printed(cell)) for cell in row] for row in table.rows],
    }


def _alignment(column: Column) -> str:
    """Return figures right, marks such as a running number in the middle, texts left."""
    if column.is_mark:
        return "center"
    return "right" if column.is_number else "left"


def _spread(text: str) -> str | list[Any]:
    """Return a cell's text, or its lines where there are several or something in it must not break."""
    lines = [_words(line) for line in text.splitlines()]
    if len(lines) > 1 or any(isinstance(line, list) for line in lines):
        return lines
    return str(lines[0]) if lines else ""
