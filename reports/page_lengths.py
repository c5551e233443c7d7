"""How many pages a text takes in the Party layout, reckoned from its letters: near enough to plan with, and at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from math import ceil

# A4 with margins of 20, 20, 30 and 15 mm, 14 point: so many letters to a line, so many lines to a page.
LETTERS_IN_A_LINE = 80
LINES_ON_A_PAGE = 36.0
# The space between paragraphs, and the indent of the first line, in lines and letters.
LINES_BETWEEN = 0.35
INDENT = 6
TENTH = Decimal("0.1")


def lines_of(text: str) -> float:
    """Return how many lines a paragraph takes, with the space after it."""
    return ceil((len(text) + INDENT) / LETTERS_IN_A_LINE) + LINES_BETWEEN


def pages_of(paragraphs: Iterable[str], *, headings: Sequence[tuple[int, str]] = ()) -> Decimal:
    """Return the length in pages, to a tenth; headings count as paragraphs."""
    texts = [*(words for _level, words in headings), *paragraphs]
    lines = sum(lines_of(text) for text in texts if text)
    return Decimal(lines / LINES_ON_A_PAGE).quantize(TENTH, ROUND_HALF_UP)
