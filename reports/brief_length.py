"""How much of a brief fits on its one page: what leaves it first when there is too much, and when that is; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import accumulate
from math import ceil
from typing import Any

from reports import brief
from reports.brief import WHOLE, Measure
from reports.page_lengths import INDENT
from reports.summary_values import Summary
from reports.told import Sentence

# One step after another, until the page holds the rest: the second request; changes beyond three; the last request;
# the documents issued; names of bodies beyond three, then all; the state of the groups; the ends of long titles.
# Who has reported, the three largest delays and three changes always stay.
LEAVING: tuple[dict[str, Any], ...] = (
    {"asked": 1},
    {"changes": 3},
    {"asked": 0},
    {"documents": False},
    {"names": 3},
    {"names": 0},
    {"groups": False},
    {"letters": 90},
)
# In points, on A4 in the Party's layout with close lines: what a head with a mark, a title of four lines and a block
# of signature with the room to sign leave for headings and paragraphs.
ROOM = 380.0
LINE, BETWEEN = 18.0, 6.0
LETTERS_IN_A_LINE = 77

Parts = Mapping[str, tuple[Sentence, ...]]


def on_one_page(summary: Summary) -> Parts:
    """Return the parts of the brief by their keys, as much of each as the page takes."""
    steps = accumulate(LEAVING, lambda much, step: replace(much, **step), initial=WHOLE)
    for much in steps:
        found = _parts(summary, much)
        if fits(found.values()):
            break
    return found


def _parts(summary: Summary, much: Measure) -> Parts:
    return {
        "headline": brief.headline(summary, much),
        "delays": brief.delays(summary, much),
        "changes": brief.changes(summary, much),
        "asked": brief.asked(summary.proposals, much),
    }


def fits(parts: Iterable[Iterable[Sentence]]) -> bool:
    """Return whether the parts of a brief fit on one page, each that says something under its heading."""
    return sum(_height(part) for part in parts) <= ROOM


def _height(part: Iterable[Sentence]) -> float:
    """Return how many points a part takes with its heading; nothing takes none."""
    lines = [ceil((len(row.line) + INDENT) / LETTERS_IN_A_LINE) for row in part]
    return sum(LINE * number + BETWEEN for number in (1, *lines)) if lines else 0.0
