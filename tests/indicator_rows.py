"""Rows of indicators for tests: figures, goals and judgements with as little as a test needs to say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from plan_tracker.accounts.models import User
from targets.board import Row, build_board
from targets.choices import GoalRule, Measure, ObservationStatus, Verdict
from targets.models import Goal, Indicator, Judgement, Observation
from tasks.models import Body


def observe(indicator: Indicator, body: Body, year: int, value: str, /, **fields: Any) -> Observation:
    """Make a figure at the end of a year (`on` another day); `of` gives the denominator of a ratio."""
    day = fields.pop("on", date(year, 12, 31))
    values: dict[str, Any] = {
        "definition": indicator.definitions.latest("version"),
        "covers_from": day,
        "covers_to": day,
        "measure": Measure.LEVEL,
        "value": Decimal(value),
        "status": ObservationStatus.OFFICIAL,
        "source": "Nguồn thử",
    }
    if of := fields.pop("of", None):
        values |= {"numerator": Decimal(value), "denominator": Decimal(of), "value": Decimal(value) * 100 / Decimal(of)}
    return Observation.objects.create(indicator=indicator, body=body, **(values | fields))


def aim(indicator: Indicator, rule: GoalRule, low: str, /, **fields: Any) -> Goal:
    """Make a goal from 2021 to 2030."""
    values: dict[str, Any] = {
        "definition": indicator.definitions.first(),
        "rule": rule,
        "low": Decimal(low),
        "starts_on": date(2021, 1, 1),
        "due_on": date(2030, 12, 31),
        "valid_from": date(2021, 1, 1),
    }
    return Goal.objects.create(indicator=indicator, **(values | fields))


def opinion(indicator: Indicator, by: User, verdict: Verdict, as_of: date, **fields: Any) -> Judgement:
    """Make what a person said of an indicator of the province."""
    values: dict[str, Any] = {"body": indicator.target.plan.province, "reason": "Lý do."}
    return Judgement.objects.create(
        indicator=indicator, judged_by=by, verdict=verdict, as_of=as_of, **(values | fields)
    )


def row_on(code: str, on: date) -> Row:
    """Return the row of the board of an indicator on a day."""
    return next(found for found in build_board(on, "vi").rows if found.indicator.code == code)
