"""Which periods the demonstration plays: every round since the first half of 2024 that is open on the given day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from reports.choices import Depth, PeriodKind
from reports.periods import propose

FIRST_YEAR = 2024
OPENS_BEFORE_DUE = timedelta(days=35)
ROUNDS: tuple[tuple[PeriodKind, int | None, Depth], ...] = (
    (PeriodKind.QUARTER, 1, Depth.BRIEF),
    (PeriodKind.FIRST_HALF, None, Depth.FULL),
    (PeriodKind.NINE_MONTHS, None, Depth.BRIEF),
    (PeriodKind.YEAR, None, Depth.DETAILED),
)


@dataclass(frozen=True)
class Round:
    """One period to play: what it is, its window, when it opens and when it is due."""

    kind: PeriodKind
    ordinal: int | None
    depth: Depth
    year: int
    data_from: date
    data_to: date
    opens_on: date
    due_at: datetime

    def is_past(self, today: date) -> bool:
        """Return whether the due day lies before today."""
        return self.due_at.date() < today


def rounds_until(today: date) -> list[Round]:
    """Return the rounds that have opened by today, oldest first; the plan was issued in the second quarter of 2024."""
    found = []
    for year in range(FIRST_YEAR, today.year + 1):
        for kind, ordinal, depth in ROUNDS:
            if year == FIRST_YEAR and kind == PeriodKind.QUARTER:
                continue
            proposal = propose(kind, year, ordinal)
            if proposal is None:
                continue
            opens_on = (proposal.due_at - OPENS_BEFORE_DUE).date()
            if opens_on <= today:
                found.append(Round(kind, ordinal, depth, year, *proposal.window, opens_on, proposal.due_at))
    return sorted(found, key=lambda item: item.due_at)
