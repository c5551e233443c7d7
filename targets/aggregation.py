"""Figures of many bodies made one: sums over sums, who is missing, and which status speaks for a body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from plan_tracker.lib.numbers import two_digits
from targets.choices import Measure, ObservationStatus, OverBodies
from targets.goals import Point

HUNDRED = Decimal(100)
# Half of the last place that a stored value has.
STORED_HALF = Decimal("0.00005")


class BodyFigure(NamedTuple):
    """One figure of one body, as far as adding up cares; a tuple, because a board reads thousands of them."""

    body: int
    definition: int | str
    covers_from: date
    covers_to: date
    measure: Measure
    status: ObservationStatus
    value: Decimal
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    published_on: date | None = None
    key: int = 0

    def order(self) -> tuple[int, int, int, Decimal]:
        """Return a key that puts the figure to use first: the firmest, then the one published last."""
        published = self.published_on or date.min
        return self.status.precedence, -published.toordinal(), -self.key, self.value


@dataclass(frozen=True)
class Total:
    """What the bodies make together on one last day; a missing body is named, never taken as nothing."""

    covers_from: date
    covers_to: date
    measure: Measure
    status: ObservationStatus
    definition: int | str
    value: Decimal
    numerator: Decimal | None
    denominator: Decimal | None
    figures: tuple[BodyFigure, ...]
    missing: tuple[int, ...]

    @property
    def expected(self) -> int:
        """Return how many bodies should have a figure."""
        return len(self.figures) + len(self.missing)

    @property
    def coverage(self) -> str:
        """Return “09/11”."""
        return f"{two_digits(len(self.figures))}/{two_digits(self.expected)}"

    @property
    def is_complete(self) -> bool:
        """Say whether every body has a figure."""
        return not self.missing

    def as_point(self, source: str = "") -> Point:
        """Return the total as a figure that can be judged."""
        return Point(
            self.value, self.covers_to, self.covers_from, self.measure, self.status, self.definition, source=source
        )


def firmest(figures: Iterable[BodyFigure]) -> dict[int, BodyFigure]:
    """Return one figure for each body: the firmest, then the one published last."""
    chosen: dict[int, BodyFigure] = {}
    for figure in figures:
        rival = chosen.get(figure.body)
        if rival is None or figure.order() < rival.order():
            chosen[figure.body] = figure
    return chosen


def ratio(numerator: Decimal, denominator: Decimal) -> Decimal | None:
    """Return the percentage, or nothing where there is nothing to divide by."""
    return numerator * HUNDRED / denominator if denominator else None


def unrounded(value: Decimal, numerator: Decimal | None, denominator: Decimal | None) -> Decimal:
    """Return the percentage as its parts make it, where the stored one is that, cut to the places of the column.

    A published figure that was rounded otherwise (2,32 for 4.643 of 199.765) stays as it was published.
    """
    if numerator is None or not denominator:
        return value
    exact = numerator * HUNDRED / denominator
    return exact if abs(exact - value) <= STORED_HALF else value


def total(figures: Iterable[BodyFigure], bodies: Sequence[int], over: OverBodies) -> Total | None:
    """Return the sum, or the sum of numerators over that of denominators, of the bodies alive on the day.

    The figures are those of one definition, span and measure. A body without a numerator and a denominator
    counts as missing in a ratio: its percentage cannot be added to others.
    """
    alive = set(bodies)
    by_body = firmest(figure for figure in figures if figure.body in alive)
    if over == OverBodies.RATIO:
        by_body = {
            body: figure
            for body, figure in by_body.items()
            if figure.numerator is not None and figure.denominator is not None
        }
    used = tuple(by_body[body] for body in bodies if body in by_body)
    if not used:
        return None
    numerator = sum((figure.numerator for figure in used if figure.numerator is not None), Decimal(0))
    denominator = sum((figure.denominator for figure in used if figure.denominator is not None), Decimal(0))
    is_ratio = over == OverBodies.RATIO
    value = ratio(numerator, denominator) if is_ratio else sum((figure.value for figure in used), Decimal(0))
    if value is None:
        return None
    first = used[0]
    return Total(
        covers_from=first.covers_from,
        covers_to=first.covers_to,
        measure=first.measure,
        # The whole is as firm as its weakest part.
        status=max({figure.status for figure in used}, key=lambda status: status.precedence),
        definition=first.definition,
        value=value,
        numerator=numerator if is_ratio else None,
        denominator=denominator if is_ratio else None,
        figures=used,
        missing=tuple(body for body in bodies if body not in by_body),
    )


def totals(figures: Iterable[BodyFigure], alive_on: Mapping[date, Sequence[int]], over: OverBodies) -> list[Total]:
    """Return a total for each definition, span and measure; series of two definitions are never joined."""
    spans: dict[tuple[str, Measure, date, date], list[BodyFigure]] = {}
    for figure in figures:
        key = (str(figure.definition), figure.measure, figure.covers_to, figure.covers_from)
        spans.setdefault(key, []).append(figure)
    found = (total(spans[key], alive_on[key[2]], over) for key in sorted(spans) if key[2] in alive_on)
    return [one for one in found if one is not None]


def runs(points: Iterable[Point]) -> list[list[Point]]:
    """Return the series cut where the definition changes, each part in the order of days: no line crosses a break."""
    parts: list[list[Point]] = []
    for point in sorted(points, key=lambda point: (point.covers_to, str(point.definition), point.order())):
        if not parts or parts[-1][-1].definition != point.definition:
            parts.append([])
        parts[-1].append(point)
    return parts
