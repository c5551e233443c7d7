"""What the reader of a summary must know before he trusts its figures: the check-list of the draft."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reports.choices import ReportForm
from reports.coverage import Field
from reports.coverage_values import BodyRef
from reports.figure_values import CounterTotal, IndicatorValue
from reports.models import Period
from reports.summary_values import Finding, Part


def findings(
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
    yield from of_groups(groups)
    yield from of_counters(counters)
    yield from of_indicators(indicators)


def of_groups(groups: Iterable[Part]) -> Iterator[Finding]:
    """Yield the groups that some reports leave out, and the texts taken over unchanged from the last period."""
    for part in groups:
        name = f"{part.code}. {part.title}"
        if part.silent:
            yield Finding("silent_group", part.silent, name)
        if copied := tuple(entry.source.body for entry in part.entries if entry.is_copied):
            yield Finding("copied", copied, name)


def of_counters(counters: Iterable[CounterTotal]) -> Iterator[Finding]:
    """Yield the figures that are incomplete, estimated or missing altogether; those with the same gap together."""
    gaps: dict[tuple[str, tuple[BodyRef, ...]], list[str]] = {}
    empty: list[str] = []
    for counter in counters:
        estimating = tuple(row.source.body for row in counter.figures if row.is_estimate)
        for kind, bodies in (("counter_gap", counter.missing if counter.suppliers else ()), ("estimates", estimating)):
            if bodies:
                gaps.setdefault((kind, bodies), []).append(counter.title)
        if not counter.suppliers:
            empty.append(counter.title)
    for (kind, bodies), titles in gaps.items():
        yield Finding(kind, bodies, "; ".join(titles))
    if empty:
        yield Finding("counters_empty", what="; ".join(empty))


def of_indicators(indicators: Iterable[IndicatorValue]) -> Iterator[Finding]:
    """Yield the indicators of which there is no figure."""
    if bare := [f"{row.code} {row.title}" for row in indicators if row.latest is None]:
        yield Finding("indicators_empty", what="; ".join(bare))
