"""An indicator by body: the latest figure of each, where it stands against the goal, who is missing, and the map."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from plan_tracker.lib.numbers import format_exact
from targets.aggregation import BodyFigure, Total
from targets.choices import Evaluation, GoalRule, OverBodies, Verdict
from targets.goals import Finding, Limits
from targets.models import Indicator
from targets.records import Record
from targets.tilemap import TileMap, draw_map
from targets.verdicts import judge
from targets.wording import amount, unit_of, with_unit
from tasks.models import Body

SPOKEN = frozenset({Verdict.ACHIEVED, Verdict.ON_TRACK, Verdict.AT_RISK, Verdict.OFF_TRACK, Verdict.MISSED})


@dataclass(frozen=True)
class BodyLine:
    """What one body has: value, the parts it is made of, the length of its bar in a hundred, and how it stands."""

    body: Body
    value: str
    parts: str
    width: str
    when: str
    slug: str = ""
    word: str = ""
    change: str = ""

    @property
    def short_name(self) -> str:
        """Return the name of the body."""
        return self.body.short_name


@dataclass(frozen=True)
class ByBody:
    """All bodies of the latest span, the largest value first, and what they make together."""

    lines: tuple[BodyLine, ...]
    missing: tuple[Body, ...]
    coverage: str
    whole: str
    when: str
    map: TileMap | None

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """Return how many bodies stand where: slug, word and number; those without a figure last."""
        found: dict[tuple[str, str], int] = {}
        for line in self.lines:
            if line.slug:
                found[line.slug, line.word] = found.get((line.slug, line.word), 0) + 1
        order = [str(verdict) for verdict in Verdict]
        ranked = sorted(found.items(), key=lambda item: order.index(item[0][0]) if item[0][0] in order else len(order))
        return [(slug, word, number) for (slug, word), number in ranked]


def by_body(
    record: Record, as_of: date, language: str, *, named: frozenset[int] | None, limits: Limits
) -> ByBody | None:
    """Return the bodies of the latest span; `named` limits whose figures are shown, and then nobody else is named."""
    total = latest_total(record)
    if total is None:
        return None
    figures = [figure for figure in total.figures if named is None or figure.body in named]
    figures.sort(key=lambda figure: (-figure.value, record.bodies[figure.body].order))
    most = max((figure.value for figure in figures), default=Decimal(0))
    lines = tuple(_line(record, figure, most, as_of, language, limits) for figure in figures)
    missing = tuple(record.bodies[key] for key in total.missing) if named is None else ()
    indicator = record.indicator
    return ByBody(
        lines=lines,
        missing=missing,
        coverage=total.coverage,
        whole=with_unit(format_exact(total.value, indicator.decimals, language), indicator.unit),
        when=f"{total.covers_to:%d/%m/%Y}",
        map=draw_map({line.body.code: line for line in (*lines, *map(_no_figure, missing))}) if named is None else None,
    )


def latest_total(record: Record) -> Total | None:
    """Return what the bodies make together on the latest day that any of them has a figure for."""
    return max(record.totals, key=lambda one: (one.covers_to, len(one.figures)), default=None)


def _no_figure(body: Body) -> BodyLine:
    """Return the line of a body that has no figure: on the map only."""
    return BodyLine(body, "", "", "0", "", str(Verdict.NO_DATA), str(Verdict.NO_DATA.label))


def _line(  # noqa: PLR0913, PLR0917 - one line of a table
    record: Record, figure: BodyFigure, most: Decimal, as_of: date, language: str, limits: Limits
) -> BodyLine:
    """Return the line of one body."""
    indicator = record.indicator
    finding = _finding(record, figure, as_of, limits)
    slug, word = _standing(finding, figure) if finding else ("", "")
    return BodyLine(
        body=record.bodies[figure.body],
        value=with_unit(format_exact(figure.value, indicator.decimals, language), indicator.unit),
        parts=parts_of(figure, indicator, language),
        width=f"{100 * figure.value / most:.2f}%" if most > 0 and figure.value > 0 else "0",
        when=f"{figure.covers_to:%d/%m/%Y}",
        slug=slug,
        word=word,
        change=change_text(finding, language) if finding else "",
    )


def change_text(finding: Finding, language: str) -> str:
    """Return the change that is judged, where a change is."""
    goal = finding.goal
    if goal is None or finding.value is None or goal.evaluation != Evaluation.ANNUAL_CHANGE:
        return ""
    return amount(finding.value, unit_of(goal), goal.decimals, language)


def parts_of(figure: BodyFigure, indicator: Indicator, language: str) -> str:
    """Return “4.643 / 199.765” where the figure is a share of something."""
    if figure.numerator is None or figure.denominator is None:
        return ""
    return " / ".join(format_exact(part, 0, language) for part in (figure.numerator, figure.denominator))


def _finding(record: Record, figure: BodyFigure, as_of: date, limits: Limits) -> Finding | None:
    """Judge one body by itself; nothing where only the sum of all has a goal."""
    if record.indicator.over_bodies == OverBodies.SUM:
        return None
    return judge(record.case_on(as_of, figure.body), as_of, limits)


def _standing(finding: Finding, figure: BodyFigure) -> tuple[str, str]:
    """Return how a body stands: its verdict where there is one, else whether its level reaches the goal."""
    used = finding.latest
    if finding.verdict in SPOKEN and used is not None and used.covers_to == figure.covers_to:
        return str(finding.verdict), str(finding.verdict.label)
    return level_standing(finding, figure.value)


def level_standing(finding: Finding, value: Decimal) -> tuple[str, str]:
    """Return whether a level reaches the goal of its last day, where nothing more can be said."""
    goal = finding.goal
    if goal is None or goal.evaluation != Evaluation.END_STATE or goal.rule == GoalRule.RANK_AT_MOST:
        return "", ""
    if goal.nearer_end is None:
        return "", ""
    if goal.is_met_by(value):
        return str(Verdict.ACHIEVED), str(Verdict.ACHIEVED.label)
    return "doing", _("goal not reached yet")
