"""Worked cases for every kind of goal: evaluation × rule × direction, on the way, at the end and without figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from targets.choices import Direction, Evaluation, GoalRule
from targets.goals import Finding, Limits, Reason
from targets.verdicts import judge
from tests.figures import case, goal, level, on, rate, year_end

UP, DOWN, NONE = Direction.UP, Direction.DOWN, Direction.NONE
AT_LEAST, MORE_THAN, AT_MOST = GoalRule.AT_LEAST, GoalRule.MORE_THAN, GoalRule.AT_MOST
BETWEEN, ABOUT, EQUAL = GoalRule.BETWEEN, GoalRule.ABOUT, GoalRule.EQUAL

# From 0 (rising) or 100 (falling) at the end of 2020, half-way: (rule, direction, low, high, value, verdict).
HALF_WAY = [
    (AT_LEAST, UP, "80", None, "40", "on_track"),
    (AT_LEAST, UP, "80", None, "39.99", "at_risk"),
    (AT_LEAST, UP, "80", None, "34", "at_risk"),
    (AT_LEAST, UP, "80", None, "33.99", "off_track"),
    (AT_LEAST, UP, "80", None, "80", "achieved"),
    (MORE_THAN, UP, "80", None, "80", "on_track"),
    (MORE_THAN, UP, "80", None, "80.01", "achieved"),
    (BETWEEN, UP, "80", "90", "80", "achieved"),
    (BETWEEN, UP, "80", "90", "95", "achieved"),
    (BETWEEN, UP, "80", "90", "40", "on_track"),
    (ABOUT, UP, "80", None, "78", "on_track"),
    (EQUAL, UP, "80", None, "81", "achieved"),
    (EQUAL, UP, "80", None, "33", "off_track"),
    (AT_MOST, DOWN, None, "20", "60", "on_track"),
    (AT_MOST, DOWN, "20", None, "60", "on_track"),
    (AT_MOST, DOWN, None, "20", "66", "at_risk"),
    (AT_MOST, DOWN, None, "20", "66.01", "off_track"),
    (AT_MOST, DOWN, None, "20", "100", "off_track"),
    (AT_MOST, DOWN, None, "20", "120", "off_track"),
    (AT_MOST, DOWN, None, "20", "20", "achieved"),
    (BETWEEN, DOWN, "10", "20", "20", "achieved"),
    (BETWEEN, DOWN, "10", "20", "5", "achieved"),
    (BETWEEN, DOWN, "10", "20", "61", "at_risk"),
    (ABOUT, DOWN, "20", None, "20.1", "on_track"),
    (EQUAL, DOWN, "0", None, "50", "on_track"),
    (EQUAL, DOWN, "0", None, "0", "achieved"),
]


@pytest.mark.parametrize(("rule", "direction", "low", "high", "value", "verdict"), HALF_WAY)
def test_end_state_half_way(
    rule: GoalRule, direction: Direction, low: str | None, high: str | None, value: str, verdict: str
) -> None:
    target = goal(Evaluation.END_STATE, direction, rule, low, high, baseline="0" if direction == UP else "100")
    finding = on(target, date(2026, 3, 1), level(2025, value))
    assert (finding.verdict, finding.latest) == (verdict, level(2025, value))


@pytest.mark.parametrize(("rule", "direction", "low", "high", "value", "verdict"), HALF_WAY)
def test_end_state_closed(
    rule: GoalRule, direction: Direction, low: str | None, high: str | None, value: str, verdict: str
) -> None:
    target = goal(Evaluation.END_STATE, direction, rule, low, high)
    finding = on(target, date(2031, 1, 1), level(2030, value))
    assert finding.verdict == ("achieved" if verdict == "achieved" else "missed")


@pytest.mark.parametrize(
    ("low", "high", "rule", "baseline", "value", "verdict"),
    [
        ("95", "105", BETWEEN, "80", "100", "achieved"),
        ("95", "105", BETWEEN, "80", "88", "on_track"),
        ("95", "105", BETWEEN, "80", "81", "off_track"),
        ("95", "105", BETWEEN, "120", "112", "on_track"),
        ("95", "105", BETWEEN, "120", "119", "off_track"),
        ("100", None, EQUAL, "80", "100", "achieved"),
    ],
)
def test_without_a_direction_a_range_has_two_sides(
    low: str, high: str | None, rule: GoalRule, baseline: str, value: str, verdict: str
) -> None:
    target = goal(Evaluation.END_STATE, NONE, rule, low, high, baseline=baseline)
    assert on(target, date(2026, 3, 1), level(2025, value)).verdict == verdict
    if verdict == "on_track":
        yearly = goal(Evaluation.ANNUAL, NONE, rule, low, high)
        assert on(yearly, date(2026, 3, 1), level(2025, value)).verdict == "missed"


@pytest.mark.parametrize(
    ("rule", "direction", "low", "high", "value", "verdict"),
    [
        (AT_LEAST, UP, "95", None, "95", "achieved"),
        (AT_LEAST, UP, "95", None, "94.9", "missed"),
        (AT_MOST, DOWN, None, "5", "5", "achieved"),
        (AT_MOST, DOWN, None, "5", "5.1", "missed"),
        (BETWEEN, UP, "8", "9", "12", "achieved"),
        (BETWEEN, DOWN, "8", "9", "9.5", "missed"),
        (ABOUT, UP, "8", None, "7.9", "missed"),
        (ABOUT, DOWN, "8", None, "7", "achieved"),
        (EQUAL, DOWN, "0", None, "1", "missed"),
    ],
)
def test_annual_levels_and_rates(
    rule: GoalRule, direction: Direction, low: str | None, high: str | None, value: str, verdict: str
) -> None:
    target = goal(Evaluation.ANNUAL, direction, rule, low, high)
    assert on(target, date(2026, 3, 1), level(2025, value)).verdict == verdict
    assert on(target, date(2026, 3, 1), rate(2025, value)).verdict == verdict


@pytest.mark.parametrize(
    ("rule", "direction", "low", "before", "after", "verdict", "change"),
    [
        (AT_LEAST, UP, "2", "10", "12", "achieved", "2"),
        (AT_LEAST, UP, "2", "10", "11.9", "missed", "1.9"),
        (AT_LEAST, UP, "2", "10", "9", "missed", "-1"),
        (AT_LEAST, DOWN, "2", "10", "8", "achieved", "2"),
        (AT_LEAST, DOWN, "2", "10", "12", "missed", "-2"),
        (MORE_THAN, DOWN, "2", "10", "8", "missed", "2"),
        (ABOUT, DOWN, "2", "10", "7.5", "achieved", "2.5"),
    ],
)
def test_annual_change(
    rule: GoalRule, direction: Direction, low: str, before: str, after: str, verdict: str, change: str
) -> None:
    target = goal(Evaluation.ANNUAL_CHANGE, direction, rule, low)
    finding = on(target, date(2026, 3, 1), level(2024, before), level(2025, after))
    assert (finding.verdict, finding.value) == (verdict, Decimal(change))


def test_the_baseline_stands_in_for_the_year_before_the_first() -> None:
    target = goal(Evaluation.ANNUAL_CHANGE, DOWN, AT_LEAST, "2", baseline="10")
    assert on(target, date(2022, 3, 1), level(2021, "7")).value == Decimal(3)
    assert on(target, date(2023, 3, 1), level(2022, "7")).reason == Reason.GAP


@pytest.mark.parametrize(
    ("rule", "direction", "low", "high", "values", "verdict"),
    [
        (AT_LEAST, UP, "8", None, ["8", "8", "8"], "on_track"),
        (AT_LEAST, UP, "8", None, ["7.99", "8", "8"], "at_risk"),
        (AT_LEAST, UP, "8", None, ["6.8", "6.8"], "at_risk"),
        (AT_LEAST, UP, "8", None, ["6.79", "6.8"], "off_track"),
        (AT_LEAST, UP, "8", None, ["-3"], "off_track"),
        (AT_LEAST, UP, "0", None, ["1"], "on_track"),
        (AT_LEAST, UP, "0", None, ["-1"], "off_track"),
        (AT_LEAST, UP, "-2", None, ["-3"], "off_track"),
        (AT_LEAST, UP, "-2", None, ["1"], "on_track"),
        (AT_MOST, DOWN, None, "5", ["5", "5"], "on_track"),
        (AT_MOST, DOWN, None, "5", ["5.5"], "at_risk"),
        (AT_MOST, DOWN, None, "5", ["9"], "off_track"),
        (AT_MOST, DOWN, None, "5", ["-1"], "on_track"),
        (BETWEEN, UP, "8", "9", ["8.5"], "on_track"),
        (AT_LEAST, UP, "8", None, ["-100"], "off_track"),
        (AT_LEAST, UP, "8", None, ["-250"], "off_track"),
    ],
)
def test_average_over_the_window(
    rule: GoalRule, direction: Direction, low: str | None, high: str | None, values: list[str], verdict: str
) -> None:
    target = goal(Evaluation.AVERAGE_OVER_WINDOW, direction, rule, low, high)
    points = [rate(2021 + index, value) for index, value in enumerate(values)]
    assert on(target, date(2026, 3, 1), *points).verdict == verdict


def test_two_published_averages_that_overlap_are_not_counted_twice() -> None:
    target = goal(Evaluation.AVERAGE_OVER_WINDOW, UP, AT_LEAST, "8")
    finding = on(target, date(2026, 3, 1), rate(2021, "7", until=2023), rate(2021, "7.1", until=2025), rate(2024, "9"))
    assert finding.value == Decimal("7.1")
    assert len(finding.used) == 1


def test_milestones_replace_the_straight_line() -> None:
    steps = ((year_end(2025), Decimal(20)), (year_end(2028), Decimal(50)))
    target = goal(Evaluation.END_STATE, UP, AT_LEAST, "80", baseline="0", milestones=steps)
    finding = on(target, date(2026, 3, 1), level(2025, "20"))
    assert (finding.verdict, finding.expected) == ("on_track", Decimal(20))
    assert on(target, date(2026, 3, 1), level(2025, "16.9")).verdict == "off_track"
    assert on(target, date(2029, 3, 1), level(2028, "49")).verdict == "at_risk"


def test_a_flat_or_falling_milestone_divides_nothing() -> None:
    for value in ("0", "-5"):
        target = goal(
            Evaluation.END_STATE, UP, AT_LEAST, "80", baseline="0", milestones=((year_end(2025), Decimal(value)),)
        )
        assert on(target, date(2026, 3, 1), level(2025, "0")).verdict == "on_track"
        assert on(target, date(2026, 3, 1), level(2025, "-6")).verdict == "off_track"


def test_a_goal_that_the_baseline_meets_is_a_goal_to_keep() -> None:
    target = goal(Evaluation.END_STATE, UP, AT_LEAST, "80", baseline="85")
    kept, lost = on(target, date(2026, 3, 1), level(2025, "80")), on(target, date(2026, 3, 1), level(2025, "79"))
    assert (kept.verdict, lost.verdict, lost.ratio, lost.keep) == ("achieved", "off_track", None, True)


@pytest.mark.parametrize("more", [{}, {"baseline": "0", "baseline_date": year_end(2030)}])
def test_without_a_usable_baseline_there_is_no_way_to_measure(more: dict[str, Any]) -> None:
    target = goal(Evaluation.END_STATE, UP, AT_LEAST, "80", **more)
    finding = on(target, date(2026, 3, 1), level(2025, "40"))
    assert (finding.verdict, finding.reason) == ("no_data", Reason.NO_BASELINE)
    assert finding.latest is not None


def test_on_the_day_of_the_baseline_nothing_is_due() -> None:
    target = goal(Evaluation.END_STATE, UP, AT_LEAST, "80", baseline="0")
    finding = on(target, date(2021, 3, 1), level(2020, "0"))
    assert (finding.verdict, finding.reason) == ("not_due", Reason.AT_THE_BASELINE)


def test_an_old_figure_says_nothing_of_the_last_day() -> None:
    target = goal(Evaluation.END_STATE, UP, AT_LEAST, "80", baseline="0")
    finding = on(target, date(2031, 1, 1), level(2029, "79"))
    assert (finding.verdict, finding.reason) == ("no_data", Reason.NO_FINAL_FIGURE)
    assert on(target, date(2031, 1, 1), level(2030, "80", on=date(2030, 12, 14))).verdict == "achieved"


def test_what_came_after_the_due_day_does_not_count() -> None:
    target = goal(Evaluation.END_STATE, UP, AT_LEAST, "80", baseline="0")
    assert on(target, date(2032, 1, 1), level(2030, "70"), level(2031, "90")).verdict == "missed"


def test_without_a_goal_or_a_figure_there_is_no_verdict() -> None:
    assert on(None, date(2026, 3, 1), level(2025, "1")).reason == Reason.NO_GOAL
    empty = goal(Evaluation.END_STATE, UP, AT_LEAST)
    assert on(empty, date(2026, 3, 1), level(2025, "1")).reason == Reason.NO_GOAL
    target = goal(Evaluation.END_STATE, UP, AT_LEAST, "80")
    assert on(target, date(2026, 3, 1)).reason == Reason.NO_FIGURE
    assert on(target, date(2026, 3, 1), level(2025, "1", definition=2)).reason == Reason.BREAK


def test_the_firmest_figure_of_a_day_counts_and_then_the_latest_published() -> None:
    target = goal(Evaluation.ANNUAL, UP, AT_LEAST, "90")
    estimate, official = level(2025, "95", "estimate"), level(2025, "85")
    assert on(target, date(2026, 3, 1), estimate, official).verdict == "missed"
    restated = level(2025, "91", published_on=date(2026, 2, 1))
    assert on(target, date(2026, 3, 1), official, restated).verdict == "achieved"
    assert on(target, date(2026, 1, 31), official, restated).verdict == "missed"


def test_a_figure_older_than_its_rhythm_and_lag_is_stale() -> None:
    target = goal(Evaluation.ANNUAL, UP, AT_LEAST, "90")

    def finding(day: date) -> Finding:
        return on(target, day, level(2024, "95"), frequency_months=12, lag_days=90)

    assert not finding(date(2026, 3, 31)).stale
    assert finding(date(2026, 4, 1)).stale
    assert on(target, date(2040, 1, 1), level(2030, "95")).stale is False


def test_the_limits_are_arguments_and_compared_exactly() -> None:
    target = goal(Evaluation.END_STATE, UP, AT_LEAST, "80", baseline="0")
    halfway = case(target, level(2025, "28"))
    assert judge(halfway, date(2026, 3, 1)).verdict == "off_track"
    assert judge(halfway, date(2026, 3, 1), Limits(at_risk=Decimal("0.7"))).verdict == "at_risk"
    assert judge(halfway, date(2026, 3, 1), Limits(on_track=Decimal("0.7"))).verdict == "on_track"


def test_outlook_needs_three_intervals_and_gives_a_band() -> None:
    target = goal(Evaluation.END_STATE, UP, AT_LEAST, "80", baseline="0", most=Decimal(60))
    three = [level(2023, "10"), level(2024, "14"), level(2025, "20")]
    assert on(target, date(2026, 3, 1), *three).outlook is None
    outlook = on(target, date(2026, 3, 1), level(2022, "8"), *three).outlook
    assert outlook is not None
    assert round(outlook.value) == 40
    assert round(outlook.low) == 30
    assert round(outlook.high) == 50
    assert round(outlook.pace) == 4
    steep = on(target, date(2026, 3, 1), level(2022, "0"), level(2023, "10"), level(2024, "20"), level(2025, "40"))
    assert steep.outlook is not None and steep.outlook.high == 60
