"""The board of all indicators as a value: what the board page, the plan page and the summary show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.db.models import QuerySet

from plan_tracker.lib.numbers import format_exact
from targets import charts, records
from targets.aggregation import Total
from targets.choices import Evaluation, Verdict
from targets.goals import Finding, Limits, Point
from targets.models import Indicator, Target
from targets.records import Record
from targets.verdicts import judge
from targets.wording import amount, goal_words, unit_of, with_unit
from tasks.models import Body, Plan

MOST_STEPS_BACK = 24


@dataclass(frozen=True)
class Row:
    """One indicator on the board, with every cell ready to print."""

    record: Record
    finding: Finding
    value: str
    when: str
    measured: str
    goal: str
    since: date | None
    spark: tuple[str, ...]
    coverage: str

    @property
    def indicator(self) -> Indicator:
        """Return the indicator."""
        return self.record.indicator

    @property
    def verdict(self) -> Verdict:
        """Return the verdict."""
        return self.finding.verdict


@dataclass(frozen=True)
class Board:
    """All indicators of a plan under their targets, and how many stand at each verdict."""

    as_of: date
    targets: tuple[tuple[Target, tuple[Row, ...]], ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return all rows."""
        return tuple(row for _target, rows in self.targets for row in rows)

    def narrowed(self, target: str, verdict: str) -> tuple[tuple[Target, tuple[Row, ...]], ...]:
        """Return the rows of one target or one verdict, where such is asked for."""
        found = [
            (one, tuple(row for row in rows if not verdict or row.verdict == verdict))
            for one, rows in self.targets
            if not target or one.code == target
        ]
        return tuple((one, rows) for one, rows in found if rows)

    @property
    def counts(self) -> list[tuple[Verdict, int]]:
        """Return how many indicators stand at each verdict, in the order of the verdicts."""
        found = [row.verdict for row in self.rows]
        return [(verdict, found.count(verdict)) for verdict in Verdict if verdict in found]

    @property
    def has_demo(self) -> bool:
        """Say whether a row stands on demonstration figures."""
        return any(row.record.is_demo for row in self.rows)


def limits() -> Limits:
    """Return the two shares of the settings, as exact decimals."""
    return Limits(Decimal(settings.VERDICT_ON_TRACK), Decimal(settings.VERDICT_AT_RISK))


def indicators_of(plan: int | QuerySet[Plan] | None) -> QuerySet[Indicator]:
    """Return the indicators of a plan, of the one shown first where none is named, with target and passage."""
    all_of_them = Indicator.objects.select_related("target__plan", "passage").order_by("target__order", "order")
    if plan is None:
        return all_of_them.filter(target__plan__in=Plan.objects.all()[:1])
    if isinstance(plan, QuerySet):
        return all_of_them.filter(target__plan__in=plan)
    return all_of_them.filter(target__plan=plan)


def build_board(
    as_of: date, language: str, *, plan: Plan | None = None, bodies: Mapping[int, Body] | None = None
) -> Board:
    """Return the board of a plan (the one shown first, where none is named) on a day; known `bodies` save a query."""
    chosen = plan or Plan.objects.first()
    grouped: dict[int, tuple[Target, list[Row]]] = {}
    for real, demo in records.read_plan(chosen, up_to=as_of, bodies=bodies) if chosen else []:
        record = demo if demo is not None and not real.figures and not real.judgements else real
        target = record.indicator.target
        grouped.setdefault(target.pk, (target, []))[1].append(row_of(record, as_of, language))
    return Board(as_of, tuple((target, tuple(rows)) for target, rows in grouped.values()))


def row_of(record: Record, as_of: date, language: str) -> Row:
    """Return one row of the board."""
    case = record.case_on(as_of)
    finding = judge(case, as_of, limits())
    shown = finding.latest
    # Where the bodies do not make a figure yet, how many have one is still told.
    total = total_at(record, shown) if shown else max(record.totals, key=lambda one: one.covers_to, default=None)
    return Row(
        record=record,
        finding=finding,
        value=_value_text(record.indicator, finding, language),
        when=span_text(shown) if shown else "",
        measured=str(shown.measure.label) if shown else "",
        goal=goal_words(case.goal, language) if case.goal else "",
        since=since(record, finding),
        spark=charts.spark(finding, [point for point in case.points if point.definition == case.definition.key]),
        coverage=total.coverage if total else "",
    )


def _value_text(indicator: Indicator, finding: Finding, language: str) -> str:
    """Return the value that is judged: a change where a change is judged, else the latest figure."""
    goal = finding.goal
    if goal is not None and finding.value is not None and goal.evaluation == Evaluation.ANNUAL_CHANGE:
        return amount(finding.value, unit_of(goal), indicator.decimals, language)
    if finding.latest is None:
        return ""
    return with_unit(format_exact(finding.latest.value, indicator.decimals, language), indicator.unit)


def span_text(point: Point) -> str:
    """Return the year, years or day of a figure."""
    years = point.covered_years
    if len(years) > 1:
        return f"{years.start}–{years.stop - 1}"
    if point.is_year_end:
        return str(point.covers_to.year)
    return f"{point.covers_to:%d/%m/%Y}"


def total_at(record: Record, point: Point | None) -> Total | None:
    """Return the total of the bodies that a figure is, where it is one."""
    if point is None or point.key:
        return None
    return next((one for one in record.totals if one.as_point() == point), None)


def since(record: Record, finding: Finding) -> date | None:
    """Return the day since which the verdict holds; None where it never was another and nothing began it."""
    start: date | None = None
    for day in _days_of_change(record, finding.as_of)[:MOST_STEPS_BACK]:
        if judge(record.case_on(day), day, finding.limits).verdict != finding.verdict:
            return start
        start = day
    return start if finding.verdict not in {Verdict.NO_DATA, Verdict.NOT_DUE} else None


def _days_of_change(record: Record, as_of: date) -> list[date]:
    """Return the days on which a verdict can have changed, the latest first."""
    days: set[date] = {definition.valid_from for definition in record.definitions}
    days |= {one.valid_to + timedelta(days=1) for one in record.definitions if one.valid_to is not None}
    for point in record.points_of(record.province):
        days.add(max(point.covers_to, point.published_on or point.covers_to))
        days.add(date(point.covers_to.year + 1, 1, 1))
    for row in record.goals:
        days |= {row.valid_from, row.spec.due + timedelta(days=1)}
    for _body, judged in record.judgements:
        days.add(judged.judged_on)
        if judged.expires is not None:
            days.add(judged.expires + timedelta(days=1))
    return sorted((day for day in days if day <= as_of), reverse=True)
