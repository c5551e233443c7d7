"""The plan's text as text: applies corrections to a passage and rebuilds the received file from its pieces."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

_MARKER = re.compile(r"(?:- |\d+\. |[IVX]+\. )")


class Change(Protocol):
    """A correction: what stands at an offset of the received text, and what is to stand there."""

    offset: int
    original: str
    replacement: str


class Piece(Protocol):
    """A run of characters of the received file."""

    line: int
    start: int
    text: str


def apply_corrections(received: str, corrections: Iterable[Change]) -> str:
    """Return the received text with the corrections applied; one that does not fit the text is an error."""
    parts: list[str] = []
    position = 0
    for change in sorted(corrections, key=lambda change: change.offset):
        end = change.offset + len(change.original)
        if change.offset < position:
            raise ValueError(f"Two corrections overlap at character {change.offset}.")
        if received[change.offset : end] != change.original:
            raise ValueError(f"“{change.original}” does not stand at character {change.offset}.")
        parts += received[position : change.offset], change.replacement
        position = end
    return "".join(parts) + received[position:]


def rebuild_source(pieces: Iterable[Piece]) -> str:
    """Return the received file: every piece on its line and column; lines without a piece are empty."""
    lines: list[str] = []
    for piece in sorted(pieces, key=lambda piece: (piece.line, piece.start)):
        lines += [""] * (piece.line - len(lines))
        if len(lines[piece.line - 1]) != piece.start:
            raise ValueError(f"A piece of line {piece.line} is missing before column {piece.start}.")
        lines[piece.line - 1] += piece.text
    return "\n".join(lines)


def unmarked(text: str) -> str:
    """Return the words of a paragraph without the dash or the number that it starts with."""
    return _MARKER.sub("", text, count=1) if _MARKER.match(text) else text
