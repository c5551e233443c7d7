"""One period over all bodies as one frozen value: the page and every file render it, and nothing computes again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from reports.choices import ReportForm
from reports.coverage import Field, read_field
from reports.coverage_values import BodyRef
from reports.models import Period
from reports.province_figures import read_indicators
from reports.summary_duties import read_duties
from reports.summary_figures import counter_totals, read_figures
from reports.summary_lines import Lines, by_addressee, gather, group_parts, question_parts, read_lines
from reports.summary_values import (
    ComparedRef,
    CounterTotal,
    Finding,
    IndicatorValue,
    Part,
    PeriodRef,
    PlanRef,
    Summary,
)


def build_summary(period: Period, *, at: datetime) -> Summary:
    """Return the summary of a period as of a moment, in a fixed number of queries.

    Only accepted reports count; of the others the value says where they stand. Give the period with `plan` and
    `plan__issuer` already read.
    """
    on = timezone.localtime(at).date()
    field = read_field(period, at=at)
    lines = read_lines(period, field)
    figures = read_figures(period, field)
    duties = read_duties(period, lines, field, on=on)
    groups = group_parts(period.plan, lines, field)
    counters = counter_totals(figures, field)
    indicators = read_indicators(period, figures, field, on=on)
    return Summary(
        plan=_plan_ref(period),
        period=_period_ref(period),
        compared_with=_compared_ref(lines),
        at=at,
        is_demo=period.is_demo,
        coverage=field.coverage,
        groups=groups,
        questions=question_parts(lines),
        assignments=duties.assignments,
        counters=counters,
        indicators=indicators,
        difficulties=gather(lines.difficulties),
        proposals=by_addressee(lines.proposals),
        closing=field.closing,
        documents=duties.documents,
        findings=tuple(_findings(period, field, groups, counters, indicators)),
    )


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


def _compared_ref(lines: Lines) -> ComparedRef | None:
    """Return the period that the summary is compared with."""
    period = lines.compared
    return (
        ComparedRef(period.pk, period.kind, period.year, period.ordinal, period.own_title, str(period))
        if period
        else None
    )


def _findings(
    period: Period,
    field: Field,
    groups: tuple[Part, ...],
    counters: tuple[CounterTotal, ...],
    indicators: tuple[IndicatorValue, ...],
) -> Iterator[Finding]:
    """Yield what the reader of the figures must know before he trusts them."""
    coverage = field.coverage
    if period.plan.lacks_number_or_date:
        yield Finding("plan_number")
    forms = {ReportForm.NIL: "nil", ReportForm.CONFIDENTIAL: "confidential"}
    about_reports = [
        Finding("not_sent", coverage.missing),
        Finding("not_accepted", coverage.not_yet_accepted),
        *(
            Finding(kind, tuple(row.body for row in coverage.reports if row.form == form))
            for form, kind in forms.items()
        ),
    ]
    yield from (finding for finding in about_reports if finding.bodies)
    yield from _findings_of_groups(groups)
    yield from _findings_of_counters(counters)
    if bare := [f"{row.code} {row.title}" for row in indicators if row.latest is None]:
        yield Finding("indicators_empty", what="; ".join(bare))


def _findings_of_groups(groups: tuple[Part, ...]) -> Iterator[Finding]:
    """Yield the groups that some reports leave out, and the texts taken over unchanged from the last period."""
    for part in groups:
        name = f"{part.code}. {part.title}"
        if part.silent:
            yield Finding("silent_group", part.silent, name)
        if copied := tuple(entry.source.body for entry in part.entries if entry.is_copied):
            yield Finding("copied", copied, name)


def _findings_of_counters(counters: tuple[CounterTotal, ...]) -> Iterator[Finding]:
    """Yield the figures that are incomplete, estimated or missing altogether; those with the same gap together."""
    gaps: dict[tuple[str, tuple[BodyRef, ...]], list[str]] = {}
    for counter in counters:
        estimating = tuple(row.source.body for row in counter.figures if row.is_estimate)
        for kind, bodies in (("counter_gap", counter.missing if counter.suppliers else ()), ("estimates", estimating)):
            if bodies:
                gaps.setdefault((kind, bodies), []).append(counter.title)
    for (kind, bodies), titles in gaps.items():
        yield Finding(kind, bodies, "; ".join(titles))
    if empty := [counter.title for counter in counters if not counter.suppliers]:
        yield Finding("counters_empty", what="; ".join(empty))
