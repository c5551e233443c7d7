"""The trajectory of an indicator as coordinates: figures by status, planned path, goal, breaks, outlook and today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from plan_tracker.lib.dates import screen_day
from plan_tracker.lib.numbers import format_decimal, format_exact
from targets.aggregation import runs
from targets.choices import Evaluation, Measure, ObservationStatus
from targets.drawing import BOTTOM, HEIGHT, LEFT, WIDTH, Chart, Label, Line, Mark, Rect, Scale, steps
from targets.goals import Finding, GoalSpec, Point
from targets.series import best_by_span
from targets.wording import amount, in_words, unit_of

SPARK_WIDTH, SPARK_HEIGHT = 96, 26


def shown_points(finding: Finding, points: Sequence[Point]) -> list[Point]:
    """Return what is drawn: the changes where a change is judged, rates where growth is, else levels."""
    goal = finding.goal
    if goal is not None and goal.evaluation == Evaluation.ANNUAL_CHANGE:
        return [
            Point(year.value, year.point.covers_to, None, Measure.LEVEL, year.point.status, year.point.definition)
            for year in finding.years
            if year.value is not None and year.point is not None
        ]
    kept = [point for point in points if point.measure in {Measure.LEVEL, Measure.ANNUAL_RATE}]
    return [point for part in runs(best_by_span(kept)) for point in part]


def draw(finding: Finding, points: Sequence[Point], language: str, title: str) -> Chart | None:
    """Return the chart of an indicator, or nothing where there is neither a figure nor a goal to draw."""
    goal = finding.goal
    figures = shown_points(finding, points)
    means = [point for point in points if point.measure == Measure.MULTI_YEAR_AVERAGE]
    levels = [point.value for point in (*figures, *means, *_beside(finding, points, figures))]
    if not levels:
        return None
    levels += _goal_values(finding)
    ticks = steps(min(levels), max(levels))
    days = [point.covers_to for point in figures] + [_start(point) for point in means]
    first = min([*days, *([goal.baseline_date or goal.start] if goal else [])])
    last = max([*days, finding.as_of, *([goal.due] if goal else [])])
    scale = Scale(date(first.year, 1, 1), date(last.year, 12, 31), ticks[0], ticks[-1])
    lines, marks = _series(scale, figures, goal, language)
    beside = _marks(scale, _beside(finding, points, figures), goal, language)
    wedges, outlook = _outlook(scale, finding)
    return Chart(
        width=WIDTH,
        height=HEIGHT,
        title=title,
        rows=tuple(_rows(scale, ticks, language)),
        columns=tuple(_columns(scale)),
        bands=tuple(_bands(scale, finding)),
        wedges=wedges,
        lines=(*_goal_lines(scale, finding), *outlook, *_mean_lines(scale, means), *lines),
        marks=(*beside, *marks),
        labels=tuple(_labels(scale, finding, figures, means, language)),
        breaks=tuple(_breaks(scale, figures)),
        today=f"{scale.x(finding.as_of):.1f}",
        milestones=tuple(_milestones(scale, goal, language)),
        description=describe(finding, figures, language),
    )


def describe(finding: Finding, figures: Sequence[Point], language: str) -> str:
    """Return in a sentence or two what the drawing shows, for whoever does not see it."""
    goal = finding.goal
    unit, decimals = (unit_of(goal), goal.decimals) if goal else ("", 0)
    parts = []
    for point in (*figures[:1], *figures[1:][-1:]):
        number = amount(point.value, unit, decimals, language)
        parts.append(f"{screen_day(point.covers_to)}: {number} ({point.status.label})")
    if goal is not None:
        parts.append(_("goal: %(goal)s") % {"goal": in_words(goal, language)})
    if goal is not None and finding.outlook is not None:
        low, value, high = (
            format_decimal(number, decimals, language)
            for number in (finding.outlook.low, finding.outlook.value, finding.outlook.high)
        )
        words = _("outlook %(value)s, between %(low)s and %(high)s")
        parts.append(words % {"value": value, "low": low, "high": high})
    parts += [_("definition changed") for _before, _after in pairwise(runs(figures))]
    return "; ".join(parts)


def _milestones(scale: Scale, goal: GoalSpec | None, language: str) -> Iterable[Mark]:
    """Return what is planned for the ends of single years."""
    if goal is None or goal.evaluation != Evaluation.END_STATE:
        return
    for day, value in goal.milestones:
        number = format_exact(value, goal.decimals, language)
        words = _("planned for %(year)s: %(value)s") % {"year": day.year, "value": number}
        yield Mark(f"{scale.x(day):.1f}", f"{scale.y(value):.1f}", True, words)


def _start(point: Point) -> date:
    """Return the first day that a figure covers."""
    return point.covers_from or point.covers_to


def _goal_values(finding: Finding) -> list[Decimal]:
    """Return the values of goal, baseline and outlook, so that they fit on the paper."""
    goal, outlook = finding.goal, finding.outlook
    if goal is None:
        return []
    values = [goal.low, goal.high, goal.nearer_end]
    if goal.evaluation == Evaluation.END_STATE:
        values += [goal.baseline_value, *(value for _day, value in goal.milestones)]
    if outlook is not None:
        values += [outlook.low, outlook.high]
    return [value for value in values if value is not None]


def _rows(scale: Scale, ticks: Iterable[Decimal], language: str) -> Iterable[Label]:
    """Return the values at the left edge."""
    for value in ticks:
        yield Label(f"{LEFT - 8}", f"{scale.y(value):.1f}", format_exact(value, 0, language), "end")


def _columns(scale: Scale) -> Iterable[Label]:
    """Return the years under the chart, each at its end, where the figures of a year stand."""
    years = range(scale.first.year, scale.last.year + 1)
    every = max(1, -(-len(years) // 8))
    for year in reversed(years[::-1][::every]):
        yield Label(f"{scale.x(date(year, 12, 31)):.1f}", f"{HEIGHT - BOTTOM + 18}", str(year), "middle")


def _series(
    scale: Scale, figures: Sequence[Point], goal: GoalSpec | None, language: str
) -> tuple[list[Line], tuple[Mark, ...]]:
    """Return a line for each stretch of one definition, and a mark for each figure."""
    lines = [
        Line(" ".join(scale.at(point.covers_to, point.value) for point in part), "series")
        for part in runs(figures)
        if len(part) > 1
    ]
    return lines, _marks(scale, figures, goal, language)


def _beside(finding: Finding, points: Sequence[Point], figures: Sequence[Point]) -> list[Point]:
    """Return the weaker figures of the spans that are drawn: they stand beside the line, on no line of their own."""
    goal = finding.goal
    if goal is not None and goal.evaluation == Evaluation.ANNUAL_CHANGE:
        return []
    measures = {point.measure for point in figures}
    return [point for point in points if point.measure in measures and point not in figures]


def _marks(scale: Scale, figures: Iterable[Point], goal: GoalSpec | None, language: str) -> tuple[Mark, ...]:
    """Return a mark for each figure, with its words."""
    decimals, unit = (goal.decimals, goal.unit) if goal else (0, "")
    return tuple(
        Mark(
            f"{scale.x(point.covers_to):.1f}",
            f"{scale.y(point.value):.1f}",
            point.status in {ObservationStatus.ESTIMATE, ObservationStatus.REPORTED},
            f"{screen_day(point.covers_to)}: {format_exact(point.value, decimals, language)} {unit}"
            f" ({point.status.label})",
        )
        for point in figures
    )


def _mean_lines(scale: Scale, means: Iterable[Point]) -> Iterable[Line]:
    """Return a level stretch for each average of several years."""
    for point in means:
        ends = (_start(point), point.covers_to)
        yield Line(" ".join(scale.at(day, point.value) for day in ends), "mean")


def _bands(scale: Scale, finding: Finding) -> Iterable[Rect]:
    """Return the range of the goal, or what its tolerance allows, over its years."""
    goal = finding.goal
    ends = [end for end in (goal.low, goal.high, goal.nearer_end) if end is not None] if goal else []
    if goal is None or not ends or min(ends) == max(ends):
        return
    top, bottom = scale.y(max(ends)), scale.y(min(ends))
    left = scale.x(goal.start)
    yield Rect(f"{left:.1f}", f"{top:.1f}", f"{scale.x(goal.due) - left:.1f}", f"{bottom - top:.1f}")


def _goal_lines(scale: Scale, finding: Finding) -> Iterable[Line]:
    """Return the planned path to a level, or the line that every year is to reach."""
    goal = finding.goal
    end = goal.nearer_end if goal else None
    if goal is None or end is None:
        return
    if goal.evaluation != Evaluation.END_STATE:
        yield Line(f"{scale.at(goal.start, end)} {scale.at(goal.due, end)}", "goal")
    elif goal.baseline_value is not None and goal.baseline_date is not None:
        inner = sorted(step for step in goal.milestones if goal.baseline_date < step[0] < goal.due)
        path = [(goal.baseline_date, goal.baseline_value), *inner, (goal.due, end)]
        yield Line(" ".join(scale.at(day, value) for day, value in path), "goal")
    else:
        yield Line(f"{LEFT},{scale.y(end):.1f} {scale.at(goal.due, end)}", "goal")


def _outlook(scale: Scale, finding: Finding) -> tuple[tuple[str, ...], tuple[Line, ...]]:
    """Return the band from the slowest to the fastest pace, and the line between."""
    goal, outlook = finding.goal, finding.outlook
    if goal is None or outlook is None:
        return (), ()
    last = outlook.points[-1]
    start = scale.at(last.covers_to, last.value)
    wedge = f"{start} {scale.at(goal.due, outlook.high)} {scale.at(goal.due, outlook.low)}"
    return (wedge,), (Line(f"{start} {scale.at(goal.due, outlook.value)}", "outlook"),)


def _breaks(scale: Scale, figures: Sequence[Point]) -> Iterable[Label]:
    """Return where the definition changed, between the last figure before and the first after."""
    parts = runs(figures)
    for before, after in pairwise(parts):
        x = (scale.x(before[-1].covers_to) + scale.x(after[0].covers_to)) / 2
        yield Label(f"{x:.1f}", f"{HEIGHT - BOTTOM - 6}", _("definition changed"), "middle")


def _labels(
    scale: Scale, finding: Finding, figures: Sequence[Point], means: Sequence[Point], language: str
) -> Iterable[Label]:
    """Return the words beside the last figure, the goal and each average: no legend is needed."""
    goal = finding.goal
    decimals = goal.decimals if goal else 0
    if figures:
        last = figures[-1]
        x, y = scale.x(last.covers_to), scale.y(last.value)
        # Where the planned path runs above, the words go below.
        below = finding.expected is not None and finding.expected > last.value
        line = y + 18 if below and y < HEIGHT - BOTTOM - 24 else y - 9
        yield Label(f"{x:.1f}", f"{line:.1f}", format_exact(last.value, decimals, language), "middle")
    for point in means:
        middle = (scale.x(_start(point)) + scale.x(point.covers_to)) / 2
        text = _("average %(value)s") % {"value": format_exact(point.value, decimals, language)}
        yield Label(f"{middle:.1f}", f"{scale.y(point.value) - 7:.1f}", text, "middle")
    end = goal.nearer_end if goal else None
    if goal is not None and end is not None:
        place = f"{scale.x(goal.due) + 8:.1f}"
        yield Label(place, f"{scale.y(end) + 4:.1f}", goal_label(goal, language))
    if finding.outlook is not None and goal is not None:
        value = format_decimal(finding.outlook.value, decimals, language)
        place = f"{scale.x(goal.due) + 8:.1f}"
        y = scale.y(finding.outlook.value)
        if end is None or abs(y - scale.y(end)) > 14:
            yield Label(place, f"{y + 4:.1f}", _("outlook %(value)s") % {"value": value})


def goal_label(goal: GoalSpec, language: str) -> str:
    """Return the goal without years and unit: they stand under the chart and in its head."""
    return in_words(replace(goal, unit="", evaluation=Evaluation.END_STATE), language).rpartition(": ")[2]


def spark(finding: Finding, points: Sequence[Point]) -> tuple[str, ...]:
    """Return the lines of a trajectory as small as a word; nothing where fewer than two figures follow each other."""
    figures = shown_points(finding, points)
    parts = [part for part in runs(figures) if len(part) > 1]
    if not parts:
        return ()
    values = [point.value for part in parts for point in part]
    first, last = figures[0].covers_to, figures[-1].covers_to
    low, span = min(values), max(values) - min(values)

    def place(point: Point) -> str:
        x = 3 + (SPARK_WIDTH - 6) * (point.covers_to - first).days / max((last - first).days, 1)
        share = float((point.value - low) / span) if span else 0.5
        return f"{x:.1f},{SPARK_HEIGHT - 4 - share * (SPARK_HEIGHT - 8):.1f}"

    return tuple(" ".join(place(point) for point in part) for part in parts)
