"""Public figures as JSON for other systems: a shape that stays.

Version 1, the answer of `board`:

    {"version": 1, "plan": {"code", "title"}, "as_of": "YYYY-MM-DD", "indicators": [
        {"code", "title", "unit", "decimals", "target": {"code", "title"}, "goal",
         "latest": null | FIGURE, "is_demo": false}]}

The answer of `series`:

    {"version": 1, "plan": …, "indicator": {"code", "title", "unit", "decimals", "target"},
     "figures": [FIGURE + {"definition", "numerator", "denominator"}]}

FIGURE is {"body": {"code", "name"}, "covers_from", "covers_to", "measure", "status", "value", "source",
"published_on", "is_demo"}. Numbers are texts with a decimal point, so that no digit is lost; days are YYYY-MM-DD;
`measure` and `status` are the codes of `targets.choices`. What is unknown is null. Fields may be added within a
version, never renamed or taken away. Only indicators marked as public appear, and demonstration figures only where
they were asked for. Verdicts are an internal help and are not given.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from targets.board import Board, Row
from targets.models import Indicator, Observation
from tasks.models import Plan

VERSION = 1
Json = dict[str, Any]


def board_json(board: Board, plan: Plan | None, *, demo: bool) -> Json:
    """Return the board of the public indicators."""
    rows = [row for row in board.rows if row.indicator.is_public]
    return {
        "version": VERSION,
        "plan": _plan(plan),
        "as_of": board.as_of.isoformat(),
        "indicators": [_row(row, demo=demo) for row in rows],
    }


def series_json(indicator: Indicator, figures: Iterable[Observation]) -> Json:
    """Return the figures that stand of one indicator."""
    return {
        "version": VERSION,
        "plan": _plan(indicator.target.plan),
        "indicator": _indicator(indicator),
        "figures": [_observation(row) for row in figures],
    }


def _plan(plan: Plan | None) -> Json | None:
    return {"code": plan.code, "title": plan.short_title} if plan else None


def _indicator(indicator: Indicator) -> Json:
    return {
        "code": indicator.code,
        "title": indicator.title,
        "unit": indicator.unit,
        "decimals": indicator.decimals,
        "target": {"code": indicator.target.code, "title": indicator.target.title},
    }


def _row(row: Row, *, demo: bool) -> Json:
    """Return one indicator with its latest figure; a demonstration figure only where it was asked for."""
    is_demo = row.record.is_demo
    figure = row.finding.latest if demo or not is_demo else None
    latest: Json | None = None
    if figure is not None:
        province = row.indicator.target.plan.province
        latest = {
            "body": {"code": province.code, "name": province.short_name},
            "covers_from": figure.covers_from.isoformat() if figure.covers_from else None,
            "covers_to": figure.covers_to.isoformat(),
            "measure": str(figure.measure),
            "status": str(figure.status),
            "value": number(figure.value),
            "source": figure.source,
            "published_on": _day(figure.published_on),
            "is_demo": is_demo,
        }
    return {**_indicator(row.indicator), "goal": row.goal, "latest": latest, "is_demo": demo and is_demo}


def _observation(row: Observation) -> Json:
    return {
        "body": {"code": row.body.code, "name": row.body.short_name},
        "covers_from": row.covers_from.isoformat(),
        "covers_to": row.covers_to.isoformat(),
        "measure": row.measure,
        "status": row.status,
        "value": number(row.value),
        "numerator": number(row.numerator),
        "denominator": number(row.denominator),
        "definition": row.definition.version,
        "source": row.source,
        "published_on": _day(row.published_on),
        "is_demo": row.is_demo,
    }


def number(value: Decimal | None) -> str | None:
    """Return a number with a decimal point, without zeros that say nothing."""
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
