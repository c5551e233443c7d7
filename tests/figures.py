"""Short ways to write goals, figures and cases in the tests of verdicts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from targets.choices import Direction, Evaluation, GoalRule, Measure, ObservationStatus
from targets.goals import Case, DefinitionSpec, Finding, GoalSpec, Point
from targets.verdicts import judge

STATUSES = {
    "official": ObservationStatus.OFFICIAL,
    "preliminary": ObservationStatus.PRELIMINARY,
    "estimate": ObservationStatus.ESTIMATE,
    "reported": ObservationStatus.REPORTED,
}


def number(text: str | int | Decimal | None) -> Decimal | None:
    """Return an exact decimal."""
    return None if text is None else Decimal(text)


def year_end(year: int) -> date:
    """Return 31 December."""
    return date(year, 12, 31)


def goal(
    evaluation: Evaluation,
    direction: Direction,
    rule: GoalRule,
    low: str | None = None,
    high: str | None = None,
    **more: Any,
) -> GoalSpec:
    """Return a goal of the plan: 2021 to 2030, from a baseline at the end of 2020 where one is given."""
    baseline = more.pop("baseline", None)
    values: dict[str, Any] = {"start": date(2021, 1, 1), "due": year_end(2030), **more}
    if baseline is not None:
        values |= {"baseline_value": Decimal(baseline), "baseline_date": more.get("baseline_date", year_end(2020))}
    values["tolerance"] = Decimal(values.get("tolerance", 0))
    return GoalSpec(rule, direction, evaluation, number(low), number(high), **values)


def level(year: int, value: str | Decimal, status: str = "official", **more: Any) -> Point:
    """Return a level at the end of a year."""
    day = more.pop("on", year_end(year))
    return Point(Decimal(value), day, day, Measure.LEVEL, STATUSES[status], **more)


def rate(year: int, value: str | Decimal, status: str = "official", until: int = 0, **more: Any) -> Point:
    """Return the growth of one year, or the average of several."""
    measure = Measure.MULTI_YEAR_AVERAGE if until else Measure.ANNUAL_RATE
    return Point(Decimal(value), year_end(until or year), date(year, 1, 1), measure, STATUSES[status], **more)


def case(target: GoalSpec | None, *points: Point, **more: Any) -> Case:
    """Return a case of definition 1."""
    ended = more.pop("object_ended_on", None)
    return Case(target, DefinitionSpec(1, ended), points, **more)


def on(target: GoalSpec | None, as_of: date, *points: Point, **more: Any) -> Finding:
    """Judge the figures on a day."""
    return judge(case(target, *points, **more), as_of)
