"""Growth averaged geometrically over the years of a window, published averages first, and the pace still needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from targets.choices import Measure
from targets.goals import ZERO, GoalSpec, Point

ONE = Decimal(1)
HUNDRED = Decimal(100)
# A root is not exact: beyond this many places its digits are noise, and 8 % every year must average to 8 %.
PLACES = Decimal(1).scaleb(-30)


@dataclass(frozen=True)
class Average:
    """The average so far, the figures that it stands on, and the rate that the years left would need."""

    value: Decimal
    needed: Decimal | None
    used: tuple[Point, ...]
    years: tuple[int, ...]
    missing: tuple[int, ...]


def choose(points: Iterable[Point], window: range) -> list[Point]:
    """Return figures that cover each year at most once: averages of several years first, then single years."""
    wanted = {Measure.ANNUAL_RATE, Measure.MULTI_YEAR_AVERAGE}
    inside = [
        point
        for point in points
        if point.measure in wanted
        and point.is_year_end
        and (len(point.covered_years) == 1) == (point.measure == Measure.ANNUAL_RATE)
        and point.covered_years.start in window
        and point.covers_to.year in window
    ]
    chosen: list[Point] = []
    taken: set[int] = set()
    for point in sorted(inside, key=lambda point: (-len(point.covered_years), *point.order())):
        if taken.isdisjoint(point.covered_years):
            chosen.append(point)
            taken.update(point.covered_years)
    return sorted(chosen, key=lambda point: point.covers_to)


def average(goal: GoalSpec, points: Iterable[Point], last_closed_year: int) -> Average | None:
    """Return the average over the years that have a figure, or None where none has."""
    window = goal.years
    used = choose(points, window)
    years = [year for point in used for year in point.covered_years]
    end = goal.nearer_end
    if not years or end is None:
        return None
    product = ONE
    for point in used:
        product *= _factor(point.value) ** len(point.covered_years)
    return Average(
        value=(_root(product, len(years)) - ONE) * HUNDRED,
        needed=_needed(_factor(end), product, len(window), len(years)),
        used=tuple(used),
        years=tuple(years),
        missing=tuple(year for year in window if year <= last_closed_year and year not in years),
    )


def _factor(rate: Decimal) -> Decimal:
    """Return 1 + g; nothing falls by more than all of it."""
    return max(ONE + rate / HUNDRED, ZERO)


def _root(value: Decimal, degree: int) -> Decimal:
    """Return the positive root."""
    if degree == 1 or not value:
        return value
    return (value ** (ONE / degree)).quantize(PLACES)


def _needed(goal_factor: Decimal, product: Decimal, total: int, covered: int) -> Decimal | None:
    """Return the rate of each year left that brings the average to the goal, where years are left."""
    if covered >= total or not product:
        return None
    return (_root(goal_factor**total / product, total - covered) - ONE) * HUNDRED
