"""Sentences that know their numbers: text and figures in turn, each figure with the rows that it counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from reports.coverage_values import Source
from reports.sentences import amount, count, table_figure


@dataclass(frozen=True)
class Figure:
    """A number inside a sentence; `rows` is the anchor, on the page of the summary, of the rows that it counts."""

    value: Decimal
    shown: str
    rows: str

    def __str__(self) -> str:
        return self.shown


Words: TypeAlias = tuple[str | Figure, ...]


@dataclass(frozen=True)
class Quote:
    """The words of one body: the line of its report, which part of the line, and the text."""

    source: Source
    part: str
    text: str


@dataclass(frozen=True)
class Sentence:
    """A sentence or a passage: its parts, the lines that it rests on, and whether it stands in a list.

    `quotes` are the bodies' own words that it is made of; a sentence made from figures has none.
    """

    parts: Words
    sources: tuple[Source, ...] = ()
    is_listed: bool = False
    quotes: tuple[Quote, ...] = ()

    def __str__(self) -> str:
        return plain(self.parts)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Return the numbers of the sentence, in their order."""
        return tuple(part for part in self.parts if isinstance(part, Figure))

    @property
    def line(self) -> str:
        """Return the sentence as a line of text; one in a list begins with a hyphen."""
        return f"- {self}" if self.is_listed else str(self)


def plain(words: Words) -> str:
    """Return the words as a document prints them."""
    return "".join(str(part) for part in words)


def counted(number: int | Decimal, rows: str, unit: str = "") -> Words:
    """Return a count with what is counted: 06 kế hoạch."""
    return (Figure(Decimal(number), count(number), rows), *((f" {unit}",) if unit else ()))


def valued(value: Decimal, rows: str, unit: str = "", decimals: int = 0) -> Words:
    """Return a figure with its unit, 06 cuộc or 5%; nothing is rounded away."""
    if unit.startswith("%"):
        return (Figure(value, table_figure(value, decimals), rows), unit)
    return (Figure(value, amount(value, decimals), rows), *((f" {unit}",) if unit else ()))


def joined(items: Sequence[Words]) -> Words:
    """Return “a, b và c”."""
    found: list[str | Figure] = []
    for place, item in enumerate(items):
        if place:
            found.append(" và " if place == len(items) - 1 else ", ")
        found.extend(item)
    return tuple(found)


def between(items: Iterable[Words], mark: str = "; ") -> Words:
    """Return the items with a mark between them."""
    found: list[str | Figure] = []
    for item in items:
        found.extend((mark, *item) if found else item)
    return tuple(found)


def said(*parts: str | Figure | Words, sources: Iterable[Source] = (), listed: bool = False) -> Sentence:
    """Return a sentence made of words, figures and groups of them; empty words fall away."""
    flat: list[str | Figure] = []
    for part in parts:
        flat.extend(part if isinstance(part, tuple) else (part,))
    return Sentence(tuple(part for part in flat if part != ""), tuple(sources), listed)
