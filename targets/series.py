"""Which figures of a series speak: the latest one, the one of each year, and the pace of the last intervals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from plan_tracker.lib.dates import add_months
from targets.choices import Measure
from targets.goals import GoalSpec, Outlook, Point

INTERVALS_FOR_OUTLOOK = 3
DAYS_OF_A_YEAR = Decimal("365.25")
# The year's report closes on 14 December: such a figure is the figure of the year.
FINAL_FIGURE_WITHIN = timedelta(days=31)


def best_by_day(points: Iterable[Point]) -> list[Point]:
    """Return one figure for each last day, the firmest, in the order of days."""
    by_day: dict[date, Point] = {}
    for point in points:
        rival = by_day.get(point.covers_to)
        if rival is None or point.order() < rival.order():
            by_day[point.covers_to] = point
    return [by_day[day] for day in sorted(by_day)]


def best_by_span(points: Iterable[Point]) -> list[Point]:
    """Return one figure for each last day, and one only for all year-ends of a year: a report's year ends earlier."""
    chosen: dict[tuple[int | str, date], Point] = {}
    for point in points:
        key = point.definition, date(point.covers_to.year, 12, 31) if point.is_year_end else point.covers_to
        rival = chosen.get(key)
        if rival is None or point.order() < rival.order():
            chosen[key] = point
    return sorted(chosen.values(), key=lambda point: point.covers_to)


def latest(points: Iterable[Point]) -> Point | None:
    """Return the figure with the latest last day; of several, the firmest."""
    by_day = best_by_day(points)
    return by_day[-1] if by_day else None


def figures_by_year(points: Iterable[Point]) -> dict[int, list[Point]]:
    """Return the year-end figures of each year, the one to use first."""
    years: dict[int, list[Point]] = defaultdict(list)
    for point in points:
        if point.is_year_end:
            years[point.covers_to.year].append(point)
    return {year: sorted(figures, key=Point.order) for year, figures in years.items()}


def of_one_measure(points: Sequence[Point], *measures: Measure) -> list[Point]:
    """Return the figures of the first of the measures that has any: values of two kinds never stand in one series."""
    for measure in measures:
        chosen = [point for point in points if point.measure == measure]
        if chosen:
            return chosen
    return []


def is_stale(point: Point | None, on: date, frequency_months: int, lag_days: int) -> bool:
    """Say whether a newer figure should have been published by a day."""
    if point is None or not frequency_months:
        return False
    return add_months(point.covers_to, frequency_months) + timedelta(days=lag_days) < on


def outlook(goal: GoalSpec, levels: Iterable[Point]) -> Outlook | None:
    """Return where the pace of the last three intervals leads, or None where the series is too short or over."""
    points = [point for point in best_by_day(levels) if point.covers_to <= goal.due]
    recent = points[-INTERVALS_FOR_OUTLOOK - 1 :]
    if len(recent) <= INTERVALS_FOR_OUTLOOK or recent[-1].covers_to >= goal.due:
        return None
    paces = [_pace(earlier, later) for earlier, later in pairwise(recent)]
    pace = _pace(recent[0], recent[-1])
    left = Decimal((goal.due - recent[-1].covers_to).days) / DAYS_OF_A_YEAR
    start = recent[-1].value
    return Outlook(
        value=_within(goal, start + pace * left),
        low=_within(goal, start + min(paces) * left),
        high=_within(goal, start + max(paces) * left),
        pace=pace,
        points=tuple(recent),
    )


def _pace(earlier: Point, later: Point) -> Decimal:
    """Return the change in a year between two figures of different days."""
    return (later.value - earlier.value) * DAYS_OF_A_YEAR / (later.covers_to - earlier.covers_to).days


def _within(goal: GoalSpec, value: Decimal) -> Decimal:
    """Return the value inside what is possible: no rate falls below nothing."""
    if goal.least is not None:
        value = max(value, goal.least)
    if goal.most is not None:
        value = min(value, goal.most)
    return value
