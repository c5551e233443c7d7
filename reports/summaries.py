"""One period over all bodies as one frozen value: the page and every file render it, and nothing computes again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from reports.choices import PeriodState
from reports.comparison import read_beside
from reports.coverage import read_field
from reports.findings import findings
from reports.kept_pieces import Pieces
from reports.models import Period
from reports.province_figures import read_indicators
from reports.summary_counters import counter_totals
from reports.summary_duties import read_duties
from reports.summary_figures import read_readings, read_rules
from reports.summary_lines import assessments, by_addressee, gather, group_parts, question_parts, read_lines
from reports.summary_refs import PeriodRef, PlanRef
from reports.summary_values import Summary


def build_summary(period: Period, *, at: datetime, pieces: Pieces | None = None) -> Summary:
    """Return the summary of a period as of a moment, in a fixed number of queries.

    Only accepted reports count; of the others the value says where they stand. Give the period with `plan` and
    `plan__issuer` already read. What `pieces` still holds of the same period is taken from there.
    """
    keep = (pieces or Pieces()).keep
    on = timezone.localtime(at).date()
    field = keep("field", lambda: read_field(period, at=at))
    beside = keep("beside", lambda: read_beside(period))
    lines = keep("lines", lambda: read_lines(period, field), field)
    duties = keep("duties", lambda: read_duties(period, lines, field, on=on), lines, field)
    groups = keep("groups", lambda: group_parts(period.plan, lines, field), lines, field)
    rules = keep("rules", lambda: read_rules(period))
    readings = keep("readings", lambda: read_readings(period, field), field)
    counters = counter_totals(period, beside.compared, rules, field, keep)
    indicators = keep(
        "indicators", lambda: read_indicators(period, readings, rules, field, on=on), readings, rules, field
    )
    return Summary(
        plan=_plan_ref(period),
        period=_period_ref(period),
        compared_with=beside.compared,
        at=at,
        is_demo=period.is_demo,
        coverage=field.coverage,
        groups=groups,
        questions=keep("questions", lambda: question_parts(lines), lines),
        assignments=duties.assignments,
        counters=counters,
        indicators=indicators,
        difficulties=keep("difficulties", lambda: gather(lines.difficulties), lines),
        proposals=keep("proposals", lambda: by_addressee(lines.proposals), lines),
        closing=field.closing,
        documents=duties.documents,
        assessments=keep("assessments", lambda: assessments(field.closing), field),
        coverage_then=beside.then,
        recommendations=beside.recommendations,
        inspections=duties.inspections,
        findings=tuple(findings(period, field, groups, counters, indicators)),
    )


def as_of(period: Any, *, now: datetime) -> datetime:
    """Return the moment a summary speaks of: now while the period is open, else when it was complete.

    What came to be known years later does not belong into the summary of a period that is over. The period comes with
    `last_accepted`, the moment when its last report was accepted.
    """
    if period.state == PeriodState.OPEN:
        return now
    complete: datetime = max(period.due_at, period.last_accepted or period.due_at)
    return min(now, complete)


def _plan_ref(period: Period) -> PlanRef:
    """Return the plan as a sentence cites it."""
    plan = period.plan
    return PlanRef(plan.code, plan.symbol, plan.issued_on, plan.resolution, plan.issuer.name)


def _period_ref(period: Period) -> PeriodRef:
    """Return what of a period is printed."""
    return PeriodRef(
        pk=period.pk,
        kind=period.kind,
        year=period.year,
        ordinal=period.ordinal,
        own_title=period.own_title,
        title=str(period),
        depth=period.depth,
        data_from=period.data_from,
        data_to=period.data_to,
        due_at=period.due_at,
        request_symbol=period.request_symbol,
        request_date=period.request_date,
    )
