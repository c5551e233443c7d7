"""The formula behind a verdict, in letters and with its numbers."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from django.utils.translation import gettext as _

from plan_tracker.lib.numbers import format_decimal, format_exact
from targets.choices import Direction, Evaluation, Verdict
from targets.goals import Finding, GoalSpec

RATIO_PLACES = Decimal("0.001")


def _ratio_text(ratio: Decimal, language: str) -> str:
    """Return r cut, not rounded, so that what is printed never stands on the wrong side of a limit."""
    return format_decimal(ratio.quantize(RATIO_PLACES, rounding=ROUND_DOWN), 3, language)


def formula(finding: Finding, language: str) -> list[str]:
    """Return the formula in letters and with its numbers."""
    goal, value = finding.goal, finding.value
    if goal is None or value is None or finding.reason is not None:
        return []
    if goal.evaluation == Evaluation.END_STATE:
        return _way_formula(finding, goal, value, language)
    if goal.evaluation == Evaluation.ANNUAL_CHANGE:
        return _change_formula(finding, goal, value, language)
    if goal.evaluation == Evaluation.AVERAGE_OVER_WINDOW:
        return _average_formula(finding, goal, value, language)
    return [_against_rule(finding, goal, value, language)]


def _number(goal: GoalSpec, value: Decimal, language: str, places: int = 1) -> str:
    """Return a number of the formula, with one decimal more than the figure at most."""
    limit = goal.decimals + places
    exponent = value.normalize().as_tuple().exponent
    needed = -exponent if isinstance(exponent, int) else 0
    return format_decimal(value, max(goal.decimals, min(needed, limit)), language)


def _against_rule(finding: Finding, goal: GoalSpec, value: Decimal, language: str) -> str:
    """Return the value beside the end of the rule, with the sign that stands between them."""
    end = goal.nearer_end
    if end is None:
        return ""
    sign = "<" if value < end else ">" if value > end else "="
    verdict = Verdict(finding.computed).label
    left, right = (format_exact(number, goal.decimals, language) for number in (value, end))
    return f"{left} {sign} {right} → {verdict}"


def _way_formula(finding: Finding, goal: GoalSpec, value: Decimal, language: str) -> list[str]:
    """Return r = way done ÷ way wanted by the day of the figure."""
    start, expected, ratio = goal.baseline_value, finding.expected, finding.ratio
    if start is None or expected is None or ratio is None:
        return [_against_rule(finding, goal, value, language)]
    v, v0, path = (_number(goal, number, language) for number in (value, start, expected))
    lines = [f"r = (v − v₀) ÷ (p − v₀) = ({v} − {v0}) ÷ ({path} − {v0}) = {_ratio_text(ratio, language)}"]
    if finding.share is not None:
        share = format_decimal(finding.share * 100, 1, language)
        lines.append(
            _("p = %(path)s: where the planned path stands after %(share)s%% of the time")
            % {"path": path, "share": share}
        )
    return lines


def _change_formula(finding: Finding, goal: GoalSpec, value: Decimal, language: str) -> list[str]:
    """Return the difference of the two year-ends."""
    year = next((year for year in finding.years if year.year == finding.year), None)
    if year is None or year.previous is None or year.point is None:
        return []
    before, after = (format_exact(number, goal.decimals, language) for number in (year.previous, year.point.value))
    falling = goal.direction == Direction.DOWN
    first, second = (before, after) if falling else (after, before)
    change = format_exact(value, goal.decimals, language)
    letters = "v(t−1) − v(t)" if falling else "v(t) − v(t−1)"
    lines = [f"{letters} = {first} − {second} = {change}"]
    if not year.no_room:
        lines.append(_against_rule(finding, goal, value, language))
    return lines


def _average_formula(finding: Finding, goal: GoalSpec, value: Decimal, language: str) -> list[str]:
    """Return the geometric average, r, and the rate that is left to need."""
    count = sum(len(point.covered_years) for point in finding.used)
    factors = " × ".join(
        f"(1 + {format_exact(point.value, goal.decimals, language)}%)"
        + (f"^{len(point.covered_years)}" if len(point.covered_years) > 1 else "")
        for point in finding.used
    )
    mean, end = _number(goal, value, language), goal.nearer_end
    lines = [f"({factors})^(1/{count}) − 1 = {mean}%"]
    if finding.ratio is not None and end is not None:
        shown = format_exact(end, 0, language)
        lines.append(f"r = {mean} ÷ {shown} = {_ratio_text(finding.ratio, language)}")
    if finding.needed is not None and end is not None:
        total = len(goal.years)
        needed = format_decimal(finding.needed, 1, language)
        bar = format_exact(end, 0, language)
        lines.append(f"((1 + {bar}%)^{total} ÷ ({factors}))^(1/{total - count}) − 1 = {needed}%")
    return lines
