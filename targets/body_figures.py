"""The indicators of one body: its own figures beside what all bodies make together, to the last digit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from plan_tracker.lib.numbers import format_exact
from targets import charts, records
from targets.aggregation import Total
from targets.board import indicators_of, limits, span_text
from targets.by_body import SPOKEN, change_text, level_standing, parts_of
from targets.goals import Finding
from targets.inheritance import BeforeRow, before_rows
from targets.models import Indicator
from targets.records import Record
from targets.verdicts import judge
from targets.wording import goal_words, with_unit
from tasks.models import Body, Plan
from tasks.succession import Lineage


@dataclass(frozen=True)
class BodyRow:
    """One indicator of the body, with every cell ready to print."""

    indicator: Indicator
    is_demo: bool
    value: str
    parts: str
    when: str
    judged_value: str
    goal: str
    slug: str
    word: str
    stale: bool
    spark: tuple[str, ...]
    whole: str
    coverage: str


Known = list[tuple[Record, Record | None]]


def read_known(as_of: date, plan: QuerySet[Plan] | None = None) -> Known:
    """Return the indicators of a plan (of the one shown first) with all their figures, real and for demonstration."""
    return records.read(indicators_of(plan), up_to=as_of)


def rows_before(known: Known, body: Body, lineage: Lineage, language: str) -> list[BeforeRow]:
    """Return what the bodies that this one follows had; real figures where there are any, else the demonstration's."""
    before = lineage.forebears([body.pk])
    if not before:
        return []
    chosen = (
        demo if demo is not None and not any(one.body in before for one in real.figures) else real
        for real, demo in known
    )
    return before_rows(chosen, body, lineage, language)


def body_rows(known: Known, body: Body, as_of: date, language: str) -> list[BodyRow]:
    """Return the indicators that the body supplies, or has figures of."""
    found = []
    for real, demo in known:
        record = demo if demo is not None and not _has(real, body) and _has(demo, body) else real
        if _has(record, body) or body.pk in record.supply.expected([body], as_of):
            found.append(_row(record, body, as_of, language))
    return found


def _has(record: Record, body: Body) -> bool:
    """Say whether the body has a figure in this series."""
    return any(figure.body == body.pk for figure in record.figures)


def _row(record: Record, body: Body, as_of: date, language: str) -> BodyRow:
    """Return one indicator of the body."""
    indicator = record.indicator
    case = record.case_on(as_of, body.pk)
    finding = judge(case, as_of, limits())
    shown = finding.latest
    total = _total_with(record.totals, body)
    figure = next((one for one in record.figures if shown is not None and one.key == shown.key), None)
    slug, word = _standing(finding)
    return BodyRow(
        indicator=indicator,
        is_demo=record.is_demo,
        value=_text(shown.value, indicator, language) if shown else "",
        parts=parts_of(figure, indicator, language) if figure else "",
        when=span_text(shown) if shown else "",
        judged_value=change_text(finding, language),
        goal=goal_words(finding.goal, language) if finding.goal else "",
        slug=slug,
        word=word,
        stale=finding.stale,
        spark=charts.spark(finding, case.points),
        whole=_text(total.value, indicator, language) if total else "",
        coverage=total.coverage if total else "",
    )


def _total_with(totals: Iterable[Total], body: Body) -> Total | None:
    """Return what all bodies make together on the last day on which this one has a figure."""
    own = [one for one in totals if any(figure.body == body.pk for figure in one.figures)]
    return max(own, key=lambda one: one.covers_to, default=None)


def _text(value: Decimal, indicator: Indicator, language: str) -> str:
    """Return a value with its unit, as the page of the indicator prints it."""
    return with_unit(format_exact(value, indicator.decimals, language), indicator.unit)


def _standing(finding: Finding) -> tuple[str, str]:
    """Return the verdict, or whether the level reaches the goal where no verdict can be given."""
    if finding.verdict not in SPOKEN and finding.latest is not None:
        return level_standing(finding, finding.latest.value)
    return str(finding.verdict), str(finding.verdict.label)
