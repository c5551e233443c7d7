"""The page of one indicator as a value: trajectory, why, every year, figures side by side, by body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter

from django.utils.translation import gettext as _

from targets import charts, records
from targets.board import Row, row_of
from targets.by_body import ByBody, by_body
from targets.choices import Verdict
from targets.comparison import Comparison, compare
from targets.drawing import Chart
from targets.explanations import Explanation, explain, reason_words
from targets.goals import Case, DefinitionSpec, Finding, Judged, YearFinding
from targets.models import Indicator
from targets.records import Record
from targets.verdicts import judge
from targets.wording import amount, unit_of


@dataclass(frozen=True)
class ShownJudgement:
    """What a person said, and whether it counts on the day."""

    judged: Judged
    counts: bool


@dataclass(frozen=True)
class Page:
    """The page of one indicator."""

    row: Row
    explanation: Explanation
    chart: Chart | None
    years: tuple[tuple[int, Verdict, str, str], ...]
    comparison: Comparison | None
    by_body: ByBody | None
    opinions: tuple[ShownJudgement, ...]
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
    return Page(
        row=row,
        explanation=explain(row.finding, language),
        chart=charts.draw(row.finding, case.points, language, indicator.title),
        years=tuple(sorted(year_cells(record, row.finding, language), key=itemgetter(0))),
        comparison=compare(record, language),
        by_body=by_body(record, as_of, language, named=bodies, limits=row.finding.limits),
        opinions=tuple(opinions(record, as_of)),
        other=real if record is shown_demo else shown_demo,
        unit=unit_of(case.goal) if case.goal else indicator.unit,
    )


def year_cells(record: Record, finding: Finding, language: str) -> Iterator[tuple[int, Verdict, str, str]]:
    """Return every closed year with its verdict, its value, and why there is none; earlier definitions go first."""
    shown = {year.year for year in finding.years if year.point is not None}
    for earlier in _under_earlier_definitions(record, finding):
        for year in earlier.years:
            if year.year not in shown:
                shown.add(year.year)
                yield _year_cell(earlier, year, language)
    for year in finding.years:
        if year.year not in shown or year.point is not None:
            yield _year_cell(finding, year, language)


def _under_earlier_definitions(record: Record, finding: Finding) -> Iterator[Finding]:
    """Judge the years of the definitions that came before the one in force, each by its own goal."""
    current = record.definition_on(finding.as_of)
    for definition in record.definitions:
        if current is None or definition.valid_from >= current.valid_from:
            return
        rows = [row for row in record.goals if row.definition == definition.pk]
        if rows and definition.valid_to is not None:
            goal = replace(rows[-1].spec, due=min(rows[-1].spec.due, definition.valid_to))
            case = Case(goal, DefinitionSpec(definition.pk), record.points_of(record.province))
            yield judge(case, finding.as_of, finding.limits)


def _year_cell(finding: Finding, year: YearFinding, language: str) -> tuple[int, Verdict, str, str]:
    """Return one closed year with its verdict, its value, and why there is none."""
    goal, value = finding.goal, ""
    if goal is not None and year.value is not None:
        value = amount(year.value, unit_of(goal), goal.decimals, language)
    reason = _("no room left") if year.no_room else reason_words(year.reason)
    return year.year, year.verdict, value, reason


def opinions(record: Record, as_of: date) -> Iterator[ShownJudgement]:
    """Return what people said of the province's figure, the latest first, also what no longer counts."""
    own = [judged for body, judged in record.judgements if body == record.province]
    current = [judged for judged in own if judged.holds_on(as_of)][-1:]
    for judged in reversed(own):
        yield ShownJudgement(judged, judged in current)
