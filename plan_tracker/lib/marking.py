"""Where searched words stand in a text as it was written, and a short cut of the text around them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

Piece = tuple[str, bool]
_GAP = "[^a-z0-9]+"
_WIDTH = 240


def folded(text: str) -> tuple[str, list[int]]:
    """Return the text without case, tones and accents, and for each of its characters the place in the text."""
    letters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for part in unicodedata.normalize("NFD", char.casefold().replace("đ", "d")):
            if not unicodedata.combining(part):
                letters.append(part)
                places.append(place)
    return "".join(letters), places


def spans(text: str, words: Sequence[str], *, together: bool) -> list[tuple[int, int]]:
    """Return first and after-last place of every hit, in order; the last word may go on."""
    key, places = folded(text)
    ends = [re.escape(word) for word in words[:-1]] + [f"{re.escape(words[-1])}[a-z0-9]*"]
    asked = _GAP.join(ends) if together else "|".join(sorted(ends, key=len, reverse=True))
    places.append(len(text))
    found = []
    for match in re.finditer(f"(?<![a-z0-9])(?:{asked})(?![a-z0-9])", key):
        start, end = places[match.start()], places[match.end() - 1] + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        found.append((start, end))
    return found


def _cut(text: str, around: int) -> tuple[int, int]:
    """Return the bounds of a cut of the text, at blanks, with the hit not far from its beginning."""
    start = max(0, around - _WIDTH // 3)
    end = min(len(text), start + _WIDTH)
    if start:
        start = text.rfind(" ", 0, start + 1) + 1
    if end < len(text):
        blank = text.find(" ", end)
        end = blank if blank != -1 else len(text)
    return start, end


def pieces(text: str, hits: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[Piece]:
    """Yield the text between two places in pieces, each with whether it was searched for."""
    at = start
    for first, after in hits:
        if first < at or after > end:
            continue
        if first > at:
            yield text[at:first], False
        yield text[first:after], True
        at = after
    if at < end:
        yield text[at:end], False


def excerpt(text: str, words: Sequence[str], *, together: bool) -> list[Piece]:
    """Return a cut of the text around the first hit, hits told from the rest; dots say where it was cut."""
    hits = spans(text, words, together=together)
    start, end = _cut(text, hits[0][0] if hits else 0)
    found = list(pieces(text, hits, start, end))
    return [*([("… ", False)] if start else []), *found, *([(" …", False)] if end < len(text) else [])]


def marked(text: str, words: Sequence[str], *, together: bool) -> list[Piece]:
    """Return a whole text with its hits told from the rest."""
    return list(pieces(text, spans(text, words, together=together), 0, len(text)))
