"""The database read into plain values: what is known of every indicator, for verdicts, boards and pages.

A fixed number of queries, whatever the number of indicators, bodies and years. Demonstration figures and real ones
come out as two records: they never stand in one series.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from targets import aggregation
from targets.aggregation import BodyFigure, Total
from targets.choices import Evaluation, Measure, ObservationStatus, OverBodies, Verdict
from targets.goals import Case, DefinitionSpec, GoalSpec, Judged, Point
from targets.models import Definition, Goal, Indicator, Judgement, Observation
from targets.structure import Step, Structure, goal_spec, read_structure
from targets.suppliers import NO_SUPPLY, Supply, supplies
from tasks.models import Body, Plan


@dataclass(frozen=True)
class GoalRow:
    """A goal as it is stored, with the milestones of every body."""

    definition: int
    valid_from: date
    spec: GoalSpec
    legal_basis: str
    milestones: tuple[Step, ...]


@dataclass(frozen=True)
class Record:
    """One indicator with its figures, real or for demonstration."""

    indicator: Indicator
    province: int
    is_demo: bool
    definitions: tuple[Definition, ...]
    goals: tuple[GoalRow, ...]
    figures: tuple[BodyFigure, ...]
    sources: dict[int, str] = field(hash=False, compare=False)
    supply: Supply = NO_SUPPLY
    bodies: dict[int, Body] = field(default_factory=dict, hash=False, compare=False)
    judgements: tuple[tuple[int, Judged], ...] = ()

    @cached_property
    def totals(self) -> list[Total]:
        """Return what the bodies make together on each last day, complete or not."""
        over = OverBodies(self.indicator.over_bodies)
        if over == OverBodies.OFFICIAL:
            return []
        own = [figure for figure in self.figures if figure.body != self.province]
        told: dict[date, set[int]] = defaultdict(set)
        for figure in own:
            told[figure.covers_to].add(figure.body)
        seen = list(dict.fromkeys(figure.body for figure in own))
        everybody = self.bodies.values()
        alive = {day: self.supply.speaking(everybody, day, on_it) or seen for day, on_it in told.items()}
        return aggregation.totals(own, alive, over)

    @cached_property
    def _by_body(self) -> dict[int, list[BodyFigure]]:
        """Return the figures of each body: a page asks for the same ones on many days."""
        found: dict[int, list[BodyFigure]] = defaultdict(list)
        for figure in self.figures:
            found[figure.body].append(figure)
        return found

    def points_of(self, body: int) -> tuple[Point, ...]:
        """Return the figures of one body; for the province with the totals that can speak for it."""
        own = [self._point(figure) for figure in self._by_body.get(body, ())]
        if body != self.province:
            return tuple(own)
        whole = [one for one in self.totals if one.is_complete]
        # A part of the bodies speaks for the province only where nothing better does, and never as a sum or for a
        # change: this year's part and last year's may be other bodies.
        changes = self.indicator.evaluation == Evaluation.ANNUAL_CHANGE
        if not whole and not own and self.indicator.over_bodies == OverBodies.RATIO and not changes:
            whole = self.totals
        return (*own, *(one.as_point() for one in whole))

    def _point(self, figure: BodyFigure) -> Point:
        """Return a stored figure as one that can be judged."""
        return Point(
            figure.value,
            figure.covers_to,
            figure.covers_from,
            figure.measure,
            figure.status,
            figure.definition,
            figure.published_on,
            self.sources.get(figure.key, ""),
            figure.key,
        )

    def definition_on(self, day: date) -> Definition | None:
        """Return the version in force on a day: the last one that had begun, else the first."""
        begun = [one for one in self.definitions if one.valid_from <= day]
        return begun[-1] if begun else next(iter(self.definitions), None)

    def goal_on(self, day: date, body: int) -> GoalSpec | None:
        """Return the goal in force on a day, with the milestones of one body."""
        definition = self.definition_on(day)
        row = self._goal_in_force(day, definition)
        if row is None or (body != self.province and self.indicator.over_bodies == OverBodies.SUM):
            # What all bodies make together is no goal of one of them.
            return None
        steps = tuple((date(year, 12, 31), value) for owner, year, value in row.milestones if owner == body)
        spec = replace(row.spec, milestones=steps) if steps else row.spec
        if (definition is not None and row.definition != definition.pk) or body != self.province:
            # What was reached under another definition, or by the whole province, is no baseline for this series.
            spec = replace(spec, baseline_value=None, baseline_date=None)
        return spec

    def _goal_in_force(self, day: date, definition: Definition | None) -> GoalRow | None:
        """Return the goal of the definition, the last one that had begun, else one of another definition."""
        own = [row for row in self.goals if definition is not None and row.definition == definition.pk]
        for rows in (own, list(self.goals)):
            begun = [row for row in rows if row.valid_from <= day]
            if begun or rows:
                return (begun or rows[:1])[-1]
        return None

    def case_on(self, day: date, body: int | None = None) -> Case:
        """Return everything that a verdict on a day needs."""
        body = self.province if body is None else body
        definition = self.definition_on(day)
        ended = None
        if definition is not None and definition.ends_without_object and definition.valid_to is not None:
            ended = definition.valid_to + timedelta(days=1)
        current = [judged for owner, judged in self.judgements if owner == body and judged.holds_on(day)]
        return Case(
            goal=self.goal_on(day, body),
            definition=DefinitionSpec(definition.pk if definition else 0, ended),
            points=self.points_of(body),
            judged=current[-1] if current else None,
            frequency_months=self.indicator.frequency_months,
            lag_days=self.indicator.lag_days,
        )


def read(
    indicators: Iterable[Indicator],
    *,
    up_to: date,
    bodies: Mapping[int, Body] | None = None,
    supplied: Mapping[int, Supply] | None = None,
) -> list[tuple[Record, Record | None]]:
    """Return for each indicator its real record and, where there are such figures, the one for demonstration.

    Whoever has read the bodies and who supplies what already gives them.
    """
    chosen = {indicator.pk: indicator for indicator in indicators}
    structure = Structure(chosen, _definitions(list(chosen)), _goals(list(chosen)))
    return _records(structure, bodies, up_to=up_to, supplied=supplied)


def read_plan(
    plan: Plan, *, up_to: date, bodies: Mapping[int, Body] | None = None
) -> list[tuple[Record, Record | None]]:
    """Return the same for all indicators of a plan; five queries, four where the bodies are known already."""
    return _records(read_structure(plan), bodies, up_to=up_to)


def _records(
    structure: Structure,
    bodies: Mapping[int, Body] | None,
    *,
    up_to: date,
    supplied: Mapping[int, Supply] | None = None,
) -> list[tuple[Record, Record | None]]:
    """Put the records together; three queries and one for the bodies, less what was read before."""
    keys = list(structure.indicators)
    figures, sources = _figures(keys, up_to)
    judgements = _judgements(keys, up_to)
    supplied = supplies(keys) if supplied is None else supplied
    # In the official order, which `Supply.expected` keeps.
    known = dict(bodies) if bodies is not None else {body.pk: body for body in Body.objects.all()}
    found: list[tuple[Record, Record | None]] = []
    for indicator in structure.indicators.values():
        real, demo = (
            Record(
                indicator=indicator,
                province=indicator.target.plan.province_id,
                is_demo=is_demo,
                definitions=tuple(structure.definitions[indicator.pk]),
                goals=tuple(_goal_row(goal, steps, indicator) for goal, steps in structure.goals[indicator.pk]),
                figures=tuple(figures[indicator.pk, is_demo]),
                sources=sources,
                supply=supplied.get(indicator.pk, NO_SUPPLY),
                bodies=known,
                judgements=tuple(judgements[indicator.pk, is_demo]),
            )
            for is_demo in (False, True)
        )
        found.append((real, demo if demo.figures or demo.judgements else None))
    return found


def _goal_row(goal: Goal, steps: Iterable[Step], indicator: Indicator) -> GoalRow:
    return GoalRow(goal.definition_id, goal.valid_from, goal_spec(goal, indicator), goal.legal_basis, tuple(steps))


def _definitions(keys: list[int]) -> dict[int, list[Definition]]:
    """Return the versions of each indicator, the earliest first."""
    found: dict[int, list[Definition]] = defaultdict(list)
    for definition in Definition.objects.filter(indicator__in=keys).order_by("valid_from", "version"):
        found[definition.indicator_id].append(definition)
    return found


def _goals(keys: list[int]) -> dict[int, list[tuple[Goal, list[Step]]]]:
    """Return the goals of each indicator with their milestones, in one query."""
    rows = Goal.objects.filter(indicator__in=keys).order_by("valid_from", "pk", "milestones__year")
    steps: dict[int, list[Step]] = defaultdict(list)
    goals: dict[int, Goal] = {}
    extra = ("milestones__body", "milestones__year", "milestones__value")
    fields = [one.attname for one in Goal._meta.concrete_fields]
    for values in rows.values(*fields, *extra):
        body, year, value = (values.pop(name) for name in extra)
        goal = goals.setdefault(values["id"], Goal(**values))
        if body is not None:
            steps[goal.pk].append((body, year, value))
    found: dict[int, list[tuple[Goal, list[Step]]]] = defaultdict(list)
    for goal in goals.values():
        found[goal.indicator_id].append((goal, steps[goal.pk]))
    return found


def _figures(keys: list[int], up_to: date) -> tuple[dict[tuple[int, bool], list[BodyFigure]], dict[int, str]]:
    """Return the figures that stand, by indicator and by whether they are for demonstration, and their sources."""
    found: dict[tuple[int, bool], list[BodyFigure]] = defaultdict(list)
    sources: dict[int, str] = {}
    measures = {str(one): one for one in Measure}
    statuses = {str(one): one for one in ObservationStatus}
    rows = Observation.objects.current().up_to(up_to).filter(indicator__in=keys).order_by("covers_to", "pk")
    columns = ("indicator", "is_demo", "pk", "source", "measure", "status", "body", "definition", "covers_from")
    numbers = ("covers_to", "value", "numerator", "denominator", "published_on")
    for indicator, is_demo, key, source, measure, status, body, definition, start, *rest in rows.values_list(
        *columns, *numbers
    ):
        end, value, numerator, denominator, published = rest
        kind, firmness = measures[measure], statuses[status]
        exact = aggregation.unrounded(value, numerator, denominator)
        figure = BodyFigure(body, definition, start, end, kind, firmness, exact, numerator, denominator, published, key)
        found[indicator, is_demo].append(figure)
        sources[key] = source
    return found, sources


def _judgements(keys: list[int], up_to: date) -> dict[tuple[int, bool], list[tuple[int, Judged]]]:
    """Return what people said of each indicator until a day, by body."""
    found: dict[tuple[int, bool], list[tuple[int, Judged]]] = defaultdict(list)
    rows = Judgement.objects.filter(indicator__in=keys, as_of__lte=up_to).select_related("judged_by")
    for row in rows.order_by("as_of", "pk"):
        person = row.judged_by.position or row.judged_by.full_name or row.judged_by.username
        judged = Judged(Verdict(row.verdict), row.reason, row.as_of, person, row.expires_on, row.pk)
        found[row.indicator_id, row.is_demo].append((row.body_id, judged))
    return found
