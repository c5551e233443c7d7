"""A goal and its rule in words, and values with their units, in the language that is asked for."""

from __future__ import annotations

from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _

from plan_tracker.lib.numbers import format_exact
from targets.choices import Direction, Evaluation, GoalRule
from targets.goals import GoalSpec

# The plan's own word for a place in a ranking; units are data and Vietnamese.
RANK = "thứ hạng"


def goal_words(goal: GoalSpec, language: str) -> str:
    """Return the goal in one line, such as “bình quân 2021–2030: 8–9 %/năm”."""
    with translation.override(language):
        return in_words(goal, language)


def amount(value: Decimal, unit: str, decimals: int, language: str) -> str:
    """Return a value with its unit: 72,5% without a space, 150 triệu đồng with one; no decimal is hidden."""
    return with_unit(format_exact(value, decimals, language), unit)


def with_unit(number: str, unit: str) -> str:
    """Return number and unit as printed; a place in a ranking is “thứ 7”."""
    if unit == RANK and number.isdigit():
        return f"thứ {number}"
    return f"{number}{unit}" if unit.startswith("%") else f"{number} {unit}".strip()


def unit_of(goal: GoalSpec) -> str:
    """Return the unit of what is compared: a change of percentages is in points."""
    if goal.evaluation == Evaluation.ANNUAL_CHANGE and goal.unit.startswith("%"):
        return _("percentage points")
    if goal.rule == GoalRule.RANK_AT_MOST:
        return ""
    # “A year” is said by the goal's own words.
    return goal.unit.removesuffix("/năm") if goal.evaluation == Evaluation.AVERAGE_OVER_WINDOW else goal.unit


def in_unit(goal: GoalSpec, value: Decimal | None, language: str) -> str:
    """Return a value of the goal with its unit, without decimals that say nothing."""
    return "–" if value is None else amount(value, unit_of(goal), 0, language)


def _comparison(goal: GoalSpec, language: str) -> str:
    """Return the rule with its values, as the plan would say it."""
    up = goal.low if goal.low is not None else goal.high
    down = goal.high if goal.high is not None else goal.low
    value = {"value": in_unit(goal, down if goal.rule == GoalRule.AT_MOST else up, language)}
    words = {
        GoalRule.AT_LEAST: _("at least %(value)s"),
        GoalRule.MORE_THAN: _("more than %(value)s"),
        GoalRule.AT_MOST: _("at most %(value)s"),
        GoalRule.ABOUT: _("about %(value)s"),
        GoalRule.EQUAL: _("%(value)s"),
        GoalRule.RANK_AT_MOST: _("among the first %(value)s"),
    }
    if goal.rule == GoalRule.AT_MOST and down == 0 and goal.unit:
        # What it is of stands beside it: the title of the indicator.
        return _("practically none left") if goal.tolerance else _("none left")
    if goal.rule == GoalRule.BETWEEN and up is not None:
        return f"{format_exact(up, 0, language)}–{in_unit(goal, goal.high, language)}"
    return words[goal.rule] % value if goal.rule in words and up is not None else ""


def in_words(goal: GoalSpec, language: str) -> str:
    """Return the comparison inside its time."""
    values = {
        "goal": _comparison(goal, language),
        "first": goal.start.year,
        "last": goal.due.year,
    }
    falling = goal.direction == Direction.DOWN
    words = {
        Evaluation.END_STATE: _("by %(last)s: %(goal)s"),
        Evaluation.ANNUAL: _("every year: %(goal)s"),
        Evaluation.ANNUAL_CHANGE: _("down %(goal)s a year") if falling else _("up %(goal)s a year"),
        Evaluation.AVERAGE_OVER_WINDOW: _("on average over %(first)s–%(last)s: %(goal)s a year"),
        Evaluation.QUALITATIVE: _("judged in words"),
    }
    return words[goal.evaluation] % values


def rule_words(goal: GoalSpec, language: str) -> str:
    """Return from which value on the rule is met."""
    end = goal.nearer_end
    if goal.evaluation == Evaluation.QUALITATIVE:
        return _("There is no figure to compare: a person judges, with a reason and a day until which it holds.")
    if end is None:
        return ""
    values = {"end": in_unit(goal, end, language), "far": in_unit(goal, goal.farther_end, language)}
    if goal.rule == GoalRule.MORE_THAN:
        words = _("Met by more than %(end)s; %(end)s itself is not enough.")
    elif goal.rule == GoalRule.RANK_AT_MOST:
        words = _("Met by place %(end)s or a better one; one place off is at risk.")
    elif goal.side == Direction.NONE:
        words = _("Met from %(end)s to %(far)s.")
    elif goal.rule == GoalRule.BETWEEN:
        words = _("Met from the nearer end, %(end)s; going beyond %(far)s counts as met.")
    elif goal.side == Direction.DOWN:
        words = _("Met by %(end)s or less.")
    else:
        words = _("Met by %(end)s or more.")
    return words % values
