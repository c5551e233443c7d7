"""Numbers in a person's own words: which of them are figures of the summary, and which nobody has reported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from plan_tracker.lib.text import vn_key
from reports.told import Figure, Sentence, Words

# A number that stands for itself, or so many of so many (09/11): not within a symbol (43-NQ/TW), a day or a code.
_NUMBER = re.compile(r"(?<![\w/.,+-])(?:(\d{1,3}(?:\.\d{3})+|\d+)(,\d+)?|(\d+)/(\d+))(?![\w/]|[.,]\d|-\w)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MARK = re.compile(r"[.)](?:\s|$)")
_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE = re.compile(r"[;:.]\s")
# After these words a number names something and counts nothing: năm 2026, quý 3, nhóm 2, Nghị quyết số 43.
_NAMING = re.compile(
    r"\b(?:năm|quý|tháng|ngày|tuần|số|nhóm|lần|thứ|kỳ|khoá|điều|khoản|điểm|mục|phần|phụ lục|chương|đoạn|lớp|cấp)\s$",
    re.I,
)
# Nor does one that tells a time: 6 tháng đầu năm, trong 5 năm.
_SPAN = re.compile(r"\s(?:giờ|ngày|tuần|tháng|quý|năm)\b", re.I)
# How many words on either side of a number say what it counts; of a clause the others count half.
NEAR = 3


@dataclass(frozen=True)
class Place:
    """A number in a text, with the words beside it and those of its clause."""

    value: Decimal
    start: int
    end: int
    near: frozenset[str]
    clause: frozenset[str]

    def likeness(self, other: Place) -> int:
        """Return how much two places speak of the same."""
        return 2 * len(self.near & other.near) + len(self.clause & other.clause)


@dataclass(frozen=True)
class Stated:
    """A figure of the summary where a generated sentence states it, and the rows that it counts."""

    place: Place
    rows: str


def stated_in(sentences: Iterable[Sentence]) -> Sequence[Stated]:
    """Return the figures of generated sentences with what stands around them."""
    found = []
    for sentence in sentences:
        text, position = str(sentence), 0
        for part in sentence.parts:
            if isinstance(part, Figure):
                place = _place(text, (position, position + len(part.shown)), part.value)
                found.append(Stated(place, part.rows))
            position += len(str(part))
    return found


def with_figures(line: str, stated: Iterable[Stated]) -> Words:
    """Return a line in which the numbers that generated sentences state are figures, with the rows that they count.

    A number is that of the sentence that uses the same words around it; where two fit equally well it is of neither.
    """
    parts: list[str | Figure] = []
    done = 0
    for place in places(line):
        rows = _rows(place, stated)
        if rows:
            parts += [line[done : place.start], Figure(place.value, line[place.start : place.end], rows)]
            done = place.end
    return tuple(part for part in (*parts, line[done:]) if part != "")


def unsourced(parts: Words, said: Iterable[str]) -> Iterator[str]:
    """Yield the numbers that are no figures and stand in none of the texts, each with a few words around it."""
    line = "".join(str(part) for part in parts)
    linked, position = set(), 0
    for part in parts:
        if isinstance(part, Figure):
            linked.add(position)
        position += len(str(part))
    told = {place.value for text in said for place in places(text)}
    for place in places(line):
        if place.start not in linked and place.value not in told:
            start, end = (line.rfind(" ", 0, max(0, place.start - 24)) + 1, line.find(" ", place.end + 24))
            yield line[start : end if end != -1 else None]


def places(text: str) -> Iterator[Place]:
    """Yield the numbers of a text that count or measure something."""
    for found in _NUMBER.finditer(text):
        before = text[: found.start()]
        is_mark = not before.strip(" -+•*(") and _MARK.match(text, found.end())
        is_span = _SPAN.match(text, found.end())
        if is_mark or is_span or _YEAR.fullmatch(found[0]) or _NAMING.search(before):
            continue
        for group in (3, 4) if found[3] else (0,):
            value = Decimal(found[group].replace(".", "").replace(",", "."))
            yield _place(text, found.span(group), value)


def _place(text: str, span: tuple[int, int], value: Decimal) -> Place:
    """Return a number with what stands around it."""
    start, end = span
    starts = [found.end() for found in _CLAUSE.finditer(text, 0, start) if found[0][0] != ":"]
    stop = next((found.start() for found in _CLAUSE.finditer(text, end)), len(text))
    before, after = _words(text[starts[-1] if starts else 0 : start]), _words(text[end:stop])
    near = frozenset((*before[-NEAR:], *after[:NEAR]))
    return Place(value, start, end, near, frozenset((*before, *after)))


def _words(text: str) -> Sequence[str]:
    """Return the words of a text without case and accents; numbers are none."""
    return _WORD.findall(vn_key(text))


def _rows(place: Place, stated: Iterable[Stated]) -> str:
    """Return the rows that a number counts; nothing where no figure fits, or two fit equally well."""
    fits: dict[str, int] = {}
    for one in stated:
        if one.place.value == place.value and (likeness := place.likeness(one.place)):
            fits[one.rows] = max(likeness, fits.get(one.rows, 0))
    best = sorted(fits, key=lambda rows: -fits[rows])
    is_clear = len(best) == 1 or (len(best) > 1 and fits[best[0]] > fits[best[1]])
    return best[0] if is_clear and fits[best[0]] >= NEAR else ""
