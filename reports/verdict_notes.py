"""One line for each indicator: its verdict and the last figure, for margins and first pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from targets.board import build_board
from targets.choices import Verdict
from tasks.models import Body, Plan

# What a first page shows first: what goes wrong, then what goes well, then what cannot be judged yet.
URGENCY = (
    Verdict.MISSED,
    Verdict.OFF_TRACK,
    Verdict.AT_RISK,
    Verdict.ON_TRACK,
    Verdict.ACHIEVED,
    Verdict.NO_DATA,
    Verdict.NOT_DUE,
    Verdict.NO_OBJECT,
)


@dataclass(frozen=True)
class IndicatorNote:
    """What a margin says of an indicator."""

    code: str
    title: str
    passage_id: int
    verdict: Verdict
    value: str
    goal: str
    is_demo: bool


def indicator_notes(plan: Plan, *, on: date, bodies: Mapping[int, Body] | None = None) -> list[IndicatorNote]:
    """Return the indicators in the plan's order with verdict and last figure; four queries, five without `bodies`."""
    board = build_board(on, get_language() or "vi", plan=plan, bodies=bodies)
    return [
        IndicatorNote(
            code=row.indicator.code,
            title=row.indicator.short_title,
            passage_id=row.indicator.passage_id,
            verdict=row.verdict,
            value=f"{row.value} ({row.when})" if row.value and row.when else row.value,
            goal=row.goal,
            is_demo=row.record.is_demo and bool(row.value),
        )
        for row in board.rows
    ]


def most_urgent(notes: list[IndicatorNote], *, count: int) -> list[IndicatorNote]:
    """Return the few indicators that a first page has room for, what goes wrong first."""
    return sorted(notes, key=lambda note: URGENCY.index(note.verdict))[:count]


def verdict_counts(notes: list[IndicatorNote]) -> list[tuple[Verdict, int]]:
    """Return how many indicators stand at each verdict, for a bar."""
    found = [note.verdict for note in notes]
    return [(verdict, found.count(verdict)) for verdict in reversed(URGENCY[:5]) if verdict in found] + [
        (verdict, found.count(verdict)) for verdict in URGENCY[5:] if verdict in found
    ]
