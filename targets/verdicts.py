"""Verdicts on an indicator: pure arithmetic over exact decimals, no database; every answer carries what led to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal, localcontext
from itertools import pairwise

from targets import averages, series
from targets.choices import Direction, Evaluation, GoalRule, Measure, Verdict
from targets.goals import ZERO, Case, Finding, GoalSpec, Limits, Point, Reason, YearFinding

_DIGITS = 80


@dataclass(frozen=True)
class _Known:
    """What one judgement works on: the goal, the figures known on the day, of its definition and of others."""

    goal: GoalSpec
    own: Sequence[Point]
    other: Sequence[Point]
    as_of: date
    limits: Limits

    def finding(self, verdict: Verdict, reason: Reason | None = None) -> Finding:
        """Return a finding that knows the goal, the day and the limits."""
        return Finding(verdict, self.goal, self.as_of, verdict, reason, limits=self.limits)

    def nothing(self) -> Finding:
        """Return “no data”, naming the break where figures exist under another definition only."""
        return self.finding(Verdict.NO_DATA, Reason.BREAK if self.other else Reason.NO_FIGURE)

    def grade(self, reached: Decimal, wanted: Decimal) -> tuple[Verdict, Decimal | None]:
        """Compare what was reached with what was wanted; the comparison divides nothing and rounds nothing."""
        if wanted <= 0:
            return (Verdict.ON_TRACK if reached >= wanted else Verdict.OFF_TRACK), None
        ratio = reached / wanted
        if reached >= self.limits.on_track * wanted:
            return Verdict.ON_TRACK, ratio
        return (Verdict.AT_RISK if reached >= self.limits.at_risk * wanted else Verdict.OFF_TRACK), ratio

    @property
    def closed_years(self) -> list[int]:
        """Return the years of the goal that are over on the day."""
        return [year for year in self.goal.years if date(year, 12, 31) < self.as_of]


def judge(case: Case, as_of: date, limits: Limits | None = None) -> Finding:
    """Say how an indicator stands on a day, by the questions of the design in their order."""
    goal, definition = case.goal, case.definition
    limits = limits or Limits()
    known = [point for point in case.points if point.is_known_on(as_of)]
    own = [point for point in known if point.definition == definition.key]
    latest = series.latest(point for point in own if point.measure != Measure.YEAR_TO_DATE) or series.latest(own)
    if definition.object_ended_on is not None and definition.object_ended_on <= as_of:
        finding = Finding(Verdict.NO_OBJECT, goal, as_of, Verdict.NO_OBJECT, Reason.OBJECT_ENDED, limits=limits)
        return replace(finding, latest=latest)
    if goal is None:
        finding = Finding(Verdict.NO_DATA, None, as_of, Verdict.NO_DATA, Reason.NO_GOAL, limits=limits)
    else:
        other = [point for point in known if point.definition != definition.key]
        with localcontext(prec=_DIGITS):
            finding = _answer(_Known(goal, own, other, as_of, limits))
    used = finding.latest or latest
    stale_on = as_of if goal is None else min(as_of, goal.due)
    stale = series.is_stale(used, stale_on, case.frequency_months, case.lag_days)
    finding = replace(finding, latest=used, stale=stale)
    if case.judged is None or not case.judged.holds_on(as_of):
        return finding
    return replace(finding, verdict=case.judged.verdict, judged=case.judged)


def _answer(known: _Known) -> Finding:
    """Return the verdict of the figures alone."""
    goal = known.goal
    if goal.evaluation == Evaluation.QUALITATIVE:
        return known.finding(Verdict.NO_DATA, Reason.NOT_JUDGED)
    if goal.first_due is not None and known.as_of < goal.first_due:
        return known.finding(Verdict.NOT_DUE, Reason.BEFORE_FIRST_DUE)
    if goal.nearer_end is None:
        return known.finding(Verdict.NO_DATA, Reason.NO_GOAL)
    if goal.evaluation == Evaluation.END_STATE:
        return _end_state(known)
    if goal.evaluation == Evaluation.AVERAGE_OVER_WINDOW:
        return _average(known)
    return _by_year(known)


def _end_state(known: _Known) -> Finding:
    """Judge a level that is to be reached on the due day."""
    goal = known.goal
    levels = [point for point in known.own if point.measure == Measure.LEVEL and point.covers_to <= goal.due]
    latest = series.latest(levels)
    if latest is None:
        return known.nothing()
    value = latest.value
    met = goal.is_met_by(value)
    basis = replace(
        known.finding(Verdict.ACHIEVED), latest=latest, value=value, used=(latest,), beyond=goal.is_beyond(value)
    )
    if known.as_of > goal.due:
        if goal.due - latest.covers_to > series.FINAL_FIGURE_WITHIN:
            return _with(basis, Verdict.NO_DATA, Reason.NO_FINAL_FIGURE)
        return _with(basis, Verdict.ACHIEVED if met else Verdict.MISSED)
    basis = replace(basis, outlook=None if _is_rank(goal) else series.outlook(goal, levels))
    if met:
        return basis
    if _is_rank(goal):
        end = goal.nearer_end or ZERO
        return _with(basis, Verdict.AT_RISK if value - end <= 1 else Verdict.OFF_TRACK)
    return _on_the_way(known, basis, latest)


def _is_rank(goal: GoalSpec) -> bool:
    """Say whether the value is a place in a ranking, of which no share can be reached."""
    return goal.rule == GoalRule.RANK_AT_MOST


def _with(finding: Finding, verdict: Verdict, reason: Reason | None = None) -> Finding:
    """Return the finding with another answer."""
    return replace(finding, verdict=verdict, computed=verdict, reason=reason)


def _on_the_way(known: _Known, basis: Finding, latest: Point) -> Finding:
    """Compare the way done since the baseline with the way that the path wanted by the day of the figure."""
    goal = known.goal
    start_value, start_day = goal.baseline_value, goal.baseline_date
    if start_value is None or start_day is None or start_day >= goal.due:
        return _with(basis, Verdict.NO_DATA, Reason.NO_BASELINE)
    days_left = (goal.due - latest.covers_to).days
    end = _end_seen_from(goal, start_value)
    if days_left > 0:
        basis = replace(basis, needed=(end - latest.value) * series.DAYS_OF_A_YEAR / days_left)
    if goal.is_met_by(start_value):
        return _with(replace(basis, keep=True), Verdict.OFF_TRACK)
    if latest.covers_to <= start_day:
        return _with(basis, Verdict.NOT_DUE, Reason.AT_THE_BASELINE)
    wanted, span = _wanted_way(goal, start_value, start_day, end, latest.covers_to)
    sign = -1 if end < start_value or (end == start_value and goal.side == Direction.DOWN) else 1
    way = latest.value - start_value
    verdict, ratio = known.grade(sign * way * span, sign * wanted)
    share = Decimal((latest.covers_to - start_day).days) / (goal.due - start_day).days
    expected = start_value + wanted / span
    return replace(_with(basis, verdict), ratio=ratio, share=share, expected=expected)


def _end_seen_from(goal: GoalSpec, start: Decimal) -> Decimal:
    """Return the end of the goal that is nearer to where the indicator started."""
    end, far = goal.nearer_end or ZERO, goal.farther_end
    if goal.side == Direction.NONE and far is not None and start > far:
        return far
    return end


def _wanted_way(goal: GoalSpec, start: Decimal, start_day: date, end: Decimal, on: date) -> tuple[Decimal, Decimal]:
    """Return the change wanted by a day, times the length of its stretch of the path, and that length: exact."""
    inner = sorted((day, value) for day, value in goal.milestones if start_day < day < goal.due)
    path = [(start_day, start), *inner, (goal.due, end)]
    for (day, value), (next_day, next_value) in pairwise(path):
        if on <= next_day:
            span = Decimal((next_day - day).days)
            return (value - start) * span + (next_value - value) * (on - day).days, span
    return end - start, Decimal(1)


def _average(known: _Known) -> Finding:
    """Judge growth averaged over the years of the window."""
    goal = known.goal
    last_closed = max(known.closed_years, default=goal.start.year - 1)
    mean = averages.average(goal, known.own, last_closed)
    if mean is None:
        if not known.closed_years:
            return known.finding(Verdict.NOT_DUE, Reason.NO_YEAR_CLOSED)
        return known.nothing()
    end = goal.nearer_end or ZERO
    finding = replace(
        known.finding(Verdict.ON_TRACK),
        latest=mean.used[-1],
        value=mean.value,
        expected=end,
        needed=mean.needed,
        missing_years=mean.missing,
        used=mean.used,
        beyond=goal.is_beyond(mean.value),
        ratio=_share_of(mean.value, end, goal.side),
    )
    met = goal.is_met_by(mean.value)
    if known.as_of > goal.due:
        if mean.missing:
            return _with(finding, Verdict.NO_DATA, Reason.YEARS_MISSING)
        return _with(finding, Verdict.ACHIEVED if met else Verdict.MISSED)
    if finding.ratio is None:
        return _with(finding, Verdict.ON_TRACK if met else Verdict.OFF_TRACK)
    return _with(finding, known.grade(finding.ratio, Decimal(1))[0])


def _share_of(value: Decimal, end: Decimal, side: Direction) -> Decimal | None:
    """Return value ÷ goal, or goal ÷ value where less is better; None where a share says nothing."""
    if side == Direction.DOWN:
        value, end = end, value
    if value > 0 and end > 0:
        return value / end
    if value < 0 and end < 0:
        return end / value
    return None


def _by_year(known: _Known) -> Finding:
    """Judge every closed year; the last one that has a figure gives the verdict."""
    goal = known.goal
    if not known.closed_years:
        return known.finding(Verdict.NOT_DUE, Reason.NO_YEAR_CLOSED)
    chosen = series.of_one_measure(known.own, Measure.LEVEL, Measure.ANNUAL_RATE)
    figures = series.figures_by_year(chosen)
    elsewhere = set(series.figures_by_year(known.other))
    if goal.evaluation == Evaluation.ANNUAL_CHANGE:
        years = tuple(_change(goal, year, figures, elsewhere) for year in known.closed_years)
    else:
        years = tuple(_level(goal, year, figures, elsewhere) for year in known.closed_years)
    with_figure = [year for year in years if year.point is not None]
    if not with_figure:
        return replace(known.nothing(), years=years)
    last = with_figure[-1]
    return replace(
        known.finding(last.verdict, last.reason),
        years=years,
        latest=last.point,
        value=last.value,
        year=last.year,
        no_room=last.no_room,
        expected=goal.nearer_end,
        missing_years=tuple(year.year for year in years if year.point is None),
        beyond=last.value is not None and goal.is_beyond(last.value),
        used=() if last.point is None else (last.point,),
    )


def _level(goal: GoalSpec, year: int, figures: dict[int, list[Point]], elsewhere: set[int]) -> YearFinding:
    """Judge the level of one year."""
    if year not in figures:
        return YearFinding(year, Verdict.NO_DATA, reason=Reason.BREAK if year in elsewhere else Reason.NO_FIGURE)
    point = figures[year][0]
    return YearFinding(year, Verdict.ACHIEVED if goal.is_met_by(point.value) else Verdict.MISSED, point.value, point)


def _change(goal: GoalSpec, year: int, figures: dict[int, list[Point]], elsewhere: set[int]) -> YearFinding:
    """Judge the change of one year between two year-ends of one definition and one status."""
    now = figures.get(year, [])
    if not now:
        return YearFinding(year, Verdict.NO_DATA, reason=Reason.BREAK if year in elsewhere else Reason.NO_FIGURE)
    before = {point.status: point.value for point in reversed(figures.get(year - 1, []))}
    start = goal.baseline_date
    if (
        not before
        and start is not None
        and goal.baseline_value is not None
        and start == date(year, 1, 1) - timedelta(1)
    ):
        before = {now[0].status: goal.baseline_value}
    point = next((point for point in now if point.status in before), None)
    if point is None:
        reason = Reason.OTHER_STATUS if before else Reason.BREAK if year - 1 in elsewhere else Reason.GAP
        return YearFinding(year, Verdict.NO_DATA, point=now[0], reason=reason)
    previous = before[point.status]
    falling = goal.direction == Direction.DOWN
    change = previous - point.value if falling else point.value - previous
    no_room = falling and previous < (goal.nearer_end or ZERO)
    met = point.value <= 0 if no_room else goal.is_met_by(change)
    verdict = Verdict.ACHIEVED if met else Verdict.MISSED
    return YearFinding(year, verdict, change, point, previous, no_room=no_room)
