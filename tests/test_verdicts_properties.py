"""What holds for every goal and every series of figures, whatever they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from targets.choices import Direction, Evaluation, GoalRule, Measure, ObservationStatus, Verdict
from targets.goals import GoalSpec, Point
from tests.figures import on, year_end

RANKING = [
    Verdict.MISSED,
    Verdict.OFF_TRACK,
    Verdict.AT_RISK,
    Verdict.ON_TRACK,
    Verdict.ACHIEVED,
]
RULES = {
    Direction.UP: [GoalRule.AT_LEAST, GoalRule.MORE_THAN, GoalRule.BETWEEN, GoalRule.ABOUT, GoalRule.EQUAL],
    Direction.DOWN: [GoalRule.AT_MOST, GoalRule.BETWEEN, GoalRule.ABOUT, GoalRule.EQUAL, GoalRule.RANK_AT_MOST],
}
VALUES = st.decimals(min_value=-500, max_value=500, places=2)
SMALL = st.decimals(min_value=0, max_value=20, places=2)
DAYS = st.dates(min_value=date(2019, 1, 1), max_value=date(2033, 12, 31))


KINDS = [kind for kind in Evaluation if kind != Evaluation.QUALITATIVE]
each_kind = pytest.mark.parametrize("kind", KINDS)


@st.composite
def goals(draw: st.DrawFn, kind: Evaluation | None = None) -> GoalSpec:
    direction = draw(st.sampled_from([Direction.UP, Direction.DOWN]))
    evaluation = kind or draw(st.sampled_from(KINDS))
    side = Direction.UP if evaluation == Evaluation.ANNUAL_CHANGE else direction
    low = draw(VALUES)
    return GoalSpec(
        rule=draw(st.sampled_from(RULES[side])),
        direction=direction,
        evaluation=evaluation,
        low=low,
        high=low + draw(SMALL),
        start=date(2021, 1, 1),
        due=draw(st.sampled_from([year_end(2028), year_end(2030), date(2030, 6, 30)])),
        tolerance=draw(st.sampled_from([Decimal(0), Decimal("0.5")])),
        baseline_value=draw(st.none() | VALUES),
        baseline_date=draw(st.none() | st.sampled_from([year_end(2020), year_end(2023), year_end(2031)])),
        milestones=tuple((year_end(year), draw(VALUES)) for year in draw(st.sets(st.integers(2021, 2031), max_size=3))),
    )


@st.composite
def figures(draw: st.DrawFn) -> Point:
    year = draw(st.integers(2019, 2032))
    measure = draw(st.sampled_from(Measure))
    start = year if measure != Measure.MULTI_YEAR_AVERAGE else year - draw(st.integers(1, 5))
    end = draw(st.sampled_from([year_end(year), date(year, 12, 14), date(year, 6, 30)]))
    return Point(
        value=draw(VALUES),
        covers_to=end,
        covers_from=end if measure == Measure.LEVEL else date(start, 1, 1),
        measure=measure,
        status=draw(st.sampled_from(ObservationStatus)),
        definition=draw(st.sampled_from([1, 1, 1, 2])),
        published_on=draw(st.none() | DAYS),
    )


SERIES = st.lists(figures(), max_size=12)


@each_kind
@given(st.data(), SERIES, DAYS)
def test_every_case_gets_an_answer_that_names_its_reason(kind, data, series, day) -> None:  # type: ignore[no-untyped-def]
    """Nothing divides by zero: values, baselines and goals may all be the same, or nothing."""
    goal = data.draw(goals(kind))
    finding = on(goal, day, *series)
    assert (finding.reason is not None) == (finding.verdict in {Verdict.NO_DATA, Verdict.NOT_DUE, Verdict.NO_OBJECT})


@each_kind
@given(st.data(), SERIES, DAYS, st.randoms())
def test_the_order_of_the_observations_does_not_matter(kind, data, series, day, random) -> None:  # type: ignore[no-untyped-def]
    goal = data.draw(goals(kind))
    shuffled = list(series)
    random.shuffle(shuffled)
    assert on(goal, day, *series) == on(goal, day, *shuffled)


@st.composite
def clean_series(draw: st.DrawFn, measure: Measure) -> list[Point]:
    years = sorted(draw(st.sets(st.integers(2020, 2031), min_size=1)))
    value = VALUES if measure == Measure.LEVEL else st.decimals(min_value=-99, max_value=500, places=2)
    return [Point(draw(value), year_end(year), year_end(year), measure) for year in years]


@each_kind
@given(st.data(), DAYS, SMALL)
def test_a_better_value_never_gives_a_worse_verdict(kind, data, day, gain) -> None:  # type: ignore[no-untyped-def]
    goal = data.draw(goals(kind))
    average = goal.evaluation == Evaluation.AVERAGE_OVER_WINDOW
    series = data.draw(clean_series(Measure.ANNUAL_RATE if average else Measure.LEVEL))
    sign = 1 if goal.direction == Direction.UP else -1
    known = [point for point in series if point.covers_to <= min(day, goal.due)]
    if not known:
        return
    # Of a change, only the later year-end is the value; the earlier one is where it started.
    improved = [replace(point, value=point.value + sign * gain) if point == known[-1] else point for point in series]
    before, after = on(goal, day, *series), on(goal, day, *improved)
    if before.verdict in RANKING and after.verdict in RANKING:
        assert RANKING.index(after.verdict) >= RANKING.index(before.verdict)
    else:
        assert after.verdict in {before.verdict, Verdict.ACHIEVED}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != Evaluation.AVERAGE_OVER_WINDOW])
@given(st.data(), DAYS, st.sampled_from([Decimal("0.001"), Decimal("0.37"), Decimal(3), Decimal(1000)]))
def test_units_and_scale_do_not_matter(kind, data, day, scale) -> None:  # type: ignore[no-untyped-def]
    """A rate in per cent and a place in a ranking have no other unit; everything else may be told in another one."""
    goal = data.draw(goals(kind))
    if goal.rule == GoalRule.RANK_AT_MOST:
        return
    series = data.draw(clean_series(Measure.LEVEL))
    bigger = replace(
        goal,
        low=goal.low * scale,
        high=goal.high * scale,
        tolerance=goal.tolerance * scale,
        baseline_value=None if goal.baseline_value is None else goal.baseline_value * scale,
        milestones=tuple((on_day, value * scale) for on_day, value in goal.milestones),
    )
    scaled = [replace(point, value=point.value * scale) for point in series]
    assert on(goal, day, *series).verdict == on(bigger, day, *scaled).verdict


@given(goals(), st.data(), DAYS)
def test_rising_and_falling_goals_are_judged_alike(goal, data, day) -> None:  # type: ignore[no-untyped-def]
    if goal.evaluation != Evaluation.END_STATE or goal.rule in {GoalRule.RANK_AT_MOST, GoalRule.MORE_THAN}:
        return
    mirror = {GoalRule.AT_LEAST: GoalRule.AT_MOST, GoalRule.AT_MOST: GoalRule.AT_LEAST}
    series = data.draw(clean_series(Measure.LEVEL))
    end = goal.nearer_end
    flipped = replace(
        goal,
        rule=mirror.get(goal.rule, goal.rule),
        direction=Direction.DOWN if goal.direction == Direction.UP else Direction.UP,
        low=-end if goal.rule in mirror else -(goal.low if goal.rule != GoalRule.BETWEEN else goal.high),
        high=-end if goal.rule in mirror else -(goal.high if goal.rule != GoalRule.BETWEEN else goal.low),
        tolerance=Decimal(0) if goal.rule in mirror else goal.tolerance,
        baseline_value=None if goal.baseline_value is None else -goal.baseline_value,
        milestones=tuple((on_day, -value) for on_day, value in goal.milestones),
    )
    if goal.rule in {GoalRule.ABOUT, GoalRule.EQUAL}:
        flipped = replace(flipped, low=-goal.low if goal.direction == Direction.UP else -goal.high, high=None)
    if flipped.nearer_end != -end:
        return
    negated = [replace(point, value=-point.value) for point in series]
    assert on(goal, day, *series).verdict == on(flipped, day, *negated).verdict


@given(goals(), st.data(), DAYS)
def test_a_later_day_alone_never_undoes_a_closed_goal(goal, data, day) -> None:  # type: ignore[no-untyped-def]
    series = data.draw(clean_series(Measure.LEVEL))
    if day <= goal.due:
        return
    assert on(goal, day, *series).verdict == on(goal, date(2060, 1, 1), *series).verdict


@given(goals(Evaluation.AVERAGE_OVER_WINDOW), st.data(), DAYS, SMALL)
def test_more_growth_in_any_year_never_makes_the_average_worse(goal, data, day, gain) -> None:  # type: ignore[no-untyped-def]
    series = data.draw(clean_series(Measure.ANNUAL_RATE))
    one = data.draw(st.sampled_from(series))
    sign = 1 if goal.direction == Direction.UP else -1
    improved = [replace(point, value=point.value + sign * gain) if point == one else point for point in series]
    before, after = on(goal, day, *series), on(goal, day, *improved)
    if before.verdict in RANKING and after.verdict in RANKING:
        assert RANKING.index(after.verdict) >= RANKING.index(before.verdict)
