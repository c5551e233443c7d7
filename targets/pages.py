"""The page of one indicator as a value: trajectory, why, every year, by body."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from plan_tracker.lib.numbers import format_decimal
from targets import charts, records
from targets.aggregation import Total
from targets.board import Row, row_of
from targets.choices import Verdict
from targets.drawing import Chart
from targets.explanations import Explanation, explain
from targets.goals import Finding
from targets.models import Indicator
from targets.records import Record
from targets.wording import amount, unit_of, with_unit


@dataclass(frozen=True)
class BodyBar:
    """What one body has, and how long its bar is in a hundred."""

    name: str
    value: str
    width: str
    when: str


@dataclass(frozen=True)
class Page:
    """The page of one indicator."""

    row: Row
    explanation: Explanation
    chart: Chart | None
    years: tuple[tuple[int, Verdict, str, str], ...]
    bars: tuple[BodyBar, ...]
    missing: tuple[str, ...]
    coverage: str
    other: Record | None
    unit: str


def build_page(
    indicator: Indicator, as_of: date, language: str, *, demo: bool | None, bodies: frozenset[int] | None
) -> Page:
    """Return the page of one indicator; `demo` asks for one of the two series, `bodies` limits whose rows are named."""
    real, shown_demo = records.read([indicator], up_to=as_of)[0]
    wants_demo = not (real.figures or real.judgements) if demo is None else demo
    record = shown_demo if shown_demo is not None and wants_demo else real
    row = row_of(record, as_of, language)
    case = record.case_on(as_of)
    bars, total = _bars(record, row.finding, language, bodies)
    return Page(
        row=row,
        explanation=explain(row.finding, language),
        chart=charts.draw(row.finding, case.points, language, indicator.title),
        years=tuple(_year_cells(row.finding, language)),
        bars=bars,
        missing=tuple(record.bodies[key].short_name for key in total.missing) if total and bodies is None else (),
        coverage=total.coverage if total else "",
        other=real if record is shown_demo else shown_demo,
        unit=unit_of(case.goal) if case.goal else indicator.unit,
    )


def _year_cells(finding: Finding, language: str) -> Iterable[tuple[int, Verdict, str, str]]:
    """Return every closed year with its verdict, its value, and why there is none."""
    goal = finding.goal
    for year in finding.years:
        value = ""
        if goal is not None and year.value is not None:
            value = amount(year.value, unit_of(goal), goal.decimals, language)
        reason = (
            ""
            if year.reason is None
            else explain(Finding(year.verdict, goal, finding.as_of, year.verdict, year.reason), language).reason
        )
        if year.no_room:
            reason = _("no room left")
        yield year.year, year.verdict, value, reason


def _bars(
    record: Record, finding: Finding, language: str, bodies: frozenset[int] | None
) -> tuple[tuple[BodyBar, ...], Total | None]:
    """Return the latest figure of each body, the largest first, and the total that they make."""
    if not record.totals:
        return (), None
    total = max(record.totals, key=lambda one: (one.covers_to, len(one.figures)))
    figures = [figure for figure in total.figures if bodies is None or figure.body in bodies]
    values = [figure.value for figure in figures]
    most = max(values, default=Decimal(0))
    indicator = record.indicator
    bars = tuple(
        BodyBar(
            name=record.bodies[figure.body].short_name,
            value=with_unit(format_decimal(figure.value, indicator.decimals, language), indicator.unit),
            width=f"{100 * figure.value / most:.2f}%" if most > 0 and figure.value > 0 else "0",
            when=f"{figure.covers_to:%d/%m/%Y}",
        )
        for figure in sorted(figures, key=lambda figure: (-figure.value, record.bodies[figure.body].order))
    )
    return bars, total
