"""The province's own figure of every indicator, its goal and verdict, as a summary prints them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import get_language

from reports.coverage import Field
from reports.figure_values import IndicatorValue
from reports.models import Period
from reports.summary_figures import Readings, Rules, with_readings
from targets.board import indicators_of, limits
from targets.choices import Direction, Evaluation, ObservationStatus
from targets.explanations import explain
from targets.goals import Reason
from targets.models import Indicator
from targets.records import Record, read
from targets.verdicts import judge


def read_indicators(
    period: Period, readings: Readings, rules: Rules, field: Field, *, on: date
) -> tuple[IndicatorValue, ...]:
    """Return the indicators of the plan as they are known on a day; five queries."""
    values = []
    for real, demo in read(indicators_of(period.plan_id), up_to=on, bodies=field.rows, supplied=rules.supplied):
        # A real summary never shows a demonstration figure; a demonstration shows it only where there is no real one.
        bare = not real.figures and not real.judgements
        record = demo if period.is_demo and demo is not None and bare else real
        indicator = record.indicator
        value = _value(record, on)
        asked = rules.of_indicators.get(indicator.pk, ())
        rows = readings.get(indicator.pk, ())
        values.append(with_readings(value, asked, rows, field, over=indicator.over_bodies))
    return tuple(values)


def _value(record: Record, on: date) -> IndicatorValue:
    """Return one indicator with its latest figure and its verdict; the readings follow."""
    indicator = record.indicator
    finding = judge(record.case_on(on), on, limits())
    words = explain(finding, get_language() or "vi")
    latest = finding.latest
    change = finding.value if indicator.evaluation == Evaluation.ANNUAL_CHANGE else None
    return IndicatorValue(
        code=indicator.code,
        title=indicator.short_title,
        target=indicator.target.code,
        evaluation=Evaluation(indicator.evaluation),
        unit=indicator.unit,
        decimals=indicator.decimals,
        goal=words.goal,
        latest=latest.value if latest else None,
        covers_from=latest.covers_from if latest else None,
        covers_to=latest.covers_to if latest else None,
        status=ObservationStatus(latest.status) if latest else None,
        source=latest.source if latest else "",
        verdict=finding.verdict,
        # Where there is no figure, the verdict says so already.
        reason="" if finding.reason == Reason.NO_FIGURE else words.reason,
        is_stale=finding.stale,
        readings=(),
        reported=None,
        numerator=None,
        denominator=None,
        asked=0,
        missing=(),
        change=change,
        before=_before(indicator, change, latest.value if latest else None),
    )


def _before(indicator: Indicator, change: Decimal | None, latest: Decimal | None) -> Decimal | None:
    """Return the figure a year before, from which the change was counted."""
    if change is None or latest is None:
        return None
    return latest + change if indicator.direction == Direction.DOWN else latest - change
