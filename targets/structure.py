"""What a plan measures: its indicators with definitions and goals, read for the whole plan in one query."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import F, FilteredRelation, Model, Q

from targets.choices import Direction, Evaluation, GoalRule
from targets.goals import GoalSpec
from targets.models import Definition, Goal, Indicator
from tasks.models import Plan

Step = tuple[int, int, Decimal]
PERCENT_MOST = Decimal(100)


@dataclass
class Structure:
    """Indicators in the plan's order; definitions by indicator; goals by indicator, each with its milestones."""

    indicators: dict[int, Indicator] = field(default_factory=dict)
    definitions: dict[int, list[Definition]] = field(default_factory=lambda: defaultdict(list))
    goals: dict[int, list[tuple[Goal, list[Step]]]] = field(default_factory=lambda: defaultdict(list))


def columns(model: type[Model], prefix: str, path: str) -> dict[str, F]:
    """Return every column of a joined table under a name of its own."""
    return {f"{prefix}{column.attname}": F(f"{path}__{column.attname}") for column in model._meta.concrete_fields}


def taken(row: Any, model: type[Model], prefix: str) -> dict[str, Any]:
    """Return the values of a joined table from one row."""
    return {column.attname: getattr(row, prefix + column.attname) for column in model._meta.concrete_fields}


def read_structure(plan: Plan) -> Structure:
    """Return what a plan measures, with the milestones of the province alone; one query.

    The milestones of single bodies would multiply the rows; the page of one indicator reads them by itself.
    """
    steps = "definitions__goals__milestones"
    rows = (
        Indicator.objects.filter(target__plan=plan)
        .select_related("target__plan")
        .annotate(step=FilteredRelation(steps, condition=Q(**{f"{steps}__body": plan.province_id})))
        .annotate(**columns(Definition, "d_", "definitions"), **columns(Goal, "g_", "definitions__goals"))
        .annotate(step_year=F("step__year"), step_value=F("step__value"))
        .order_by("target__order", "order", "definitions__valid_from", "definitions__version", "step__year")
    )
    structure = Structure()
    definitions: dict[int, Definition] = {}
    goals: dict[int, list[Step]] = {}
    for row in rows:
        found: Any = row
        structure.indicators.setdefault(row.pk, row)
        if found.d_id is not None and found.d_id not in definitions:
            definitions[found.d_id] = Definition(**taken(found, Definition, "d_"))
            structure.definitions[row.pk].append(definitions[found.d_id])
        if found.g_id is not None and found.g_id not in goals:
            goals[found.g_id] = []
            structure.goals[row.pk].append((Goal(**taken(found, Goal, "g_")), goals[found.g_id]))
        if found.step_year is not None:
            goals[found.g_id].append((plan.province_id, found.step_year, found.step_value))
    for found_goals in structure.goals.values():
        found_goals.sort(key=lambda pair: (pair[0].valid_from, pair[0].pk))
    return structure


def goal_spec(goal: Goal, indicator: Indicator) -> GoalSpec:
    """Return a stored goal as the value that verdicts read."""
    return GoalSpec(
        rule=GoalRule(goal.rule) if goal.rule else GoalRule.AT_LEAST,
        direction=Direction(indicator.direction),
        evaluation=Evaluation(indicator.evaluation),
        low=goal.low,
        high=goal.high,
        start=goal.starts_on or goal.valid_from,
        due=goal.due_on,
        tolerance=goal.tolerance,
        first_due=goal.first_due_on,
        baseline_value=goal.baseline_value,
        baseline_date=goal.baseline_on,
        unit=indicator.unit,
        decimals=indicator.decimals,
        least=Decimal(0),
        most=PERCENT_MOST if indicator.unit.startswith("%") else None,
    )
