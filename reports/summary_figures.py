"""What the accepted reports say in figures: counters summed over their owning channel only, readings of indicators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import Any, TypeAlias

from django.db.models import F, Q

from reports.choices import Depth, SubmissionState
from reports.comparison import in_year, year_sums
from reports.counters import REGULAR, Told
from reports.coverage import Field
from reports.coverage_values import BodyRef, Source
from reports.figure_values import CounterTotal, FigureOfBody, IndicatorValue, ReadingOfBody
from reports.kept_pieces import Keep
from reports.models import CounterValue, Period, Reading
from reports.summary_refs import ComparedRef
from targets.choices import Channel
from targets.models import Counter, IndicatorReporter
from targets.suppliers import HEIRS, Supply, supplies_of

PERIOD = "submission__expectation__period"
Readings: TypeAlias = Mapping[int, Sequence[ReadingOfBody]]
# A figure as the database has it: its period, body and report, what was told, and the window of the period.
Figure: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True)
class Rule:
    """Who supplies a figure, by one line of the table of suppliers."""

    kind: str
    body: int | None
    members: frozenset[int]
    channel: Channel

    def rank_for(self, body: BodyRef) -> int:
        """Return 3 where the body itself is named, 2 where a set of it, 1 where its kind, 0 where nothing fits."""
        if self.body == body.pk:
            return 3
        if body.pk in self.members:
            return 2
        return int(bool(self.kind) and self.kind == body.kind)


@dataclass(frozen=True)
class Rules:
    """Who supplies which counter and which indicator in a kind of period, by primary key."""

    of_counters: Mapping[int, tuple[Counter, Sequence[Rule]]]
    of_indicators: Mapping[int, Sequence[Rule]]
    supplied: Mapping[int, Supply]


def read_readings(period: Period, field: Field) -> Readings:
    """Return the readings of a period by indicator, in the official order of the bodies; one query."""
    found: dict[int, list[ReadingOfBody]] = defaultdict(list)
    accepted = {f"{PERIOD}_id": period.pk, "submission__state": SubmissionState.ACCEPTED}
    rows = Reading.objects.filter(**accepted).order_by()
    columns = ("submission__expectation__body_id", "submission_id", "indicator_id", "indicator__code")
    figures = ("value", "numerator", "denominator")
    for body, submission, indicator, code, value, numerator, denominator in rows.values_list(*columns, *figures):
        source = Source(field.bodies[body], submission, f"indicator:{code}")
        found[indicator].append(ReadingOfBody(source, value, numerator, denominator))
    for known in found.values():
        known.sort(key=lambda row: row.source.body.place)
    return found


def read_figures(period: Period, compared: int | None) -> dict[int, tuple[Figure, ...]]:
    """Return the figures of a period, of the one it is compared with and of its year, by counter; one query."""
    found: dict[int, list[Figure]] = defaultdict(list)
    wanted = Q(**{f"{PERIOD}__in": [period.pk, *([compared] if compared else [])]}) | in_year(period)
    rows = CounterValue.objects.filter(wanted, submission__state=SubmissionState.ACCEPTED).order_by()
    columns = (
        *("counter_id", f"{PERIOD}_id", "submission__expectation__body_id", "submission_id"),
        *("in_period", "cumulative", "is_estimate"),
        *(f"{PERIOD}__{name}" for name in ("kind", "year", "data_from", "data_to")),
    )
    for counter, *row in rows.values_list(*columns):
        found[counter].append(tuple(row))
    return {counter: tuple(figures) for counter, figures in found.items()}


def read_rules(period: Period) -> Rules:
    """Return who supplies which counter and which indicator in this kind of period; one query."""
    plan = Q(counter__plan=period.plan_id) | Q(indicator__target__plan=period.plan_id)
    rows = IndicatorReporter.objects.filter(plan).select_related("counter").order_by("counter__order", "code")
    heirs = {f"heir_{far}": F(name) for far, name in enumerate(HEIRS)}
    kept: dict[int, tuple[IndicatorReporter, set[int]]] = {}
    told: list[tuple[Any, ...]] = []
    for one in rows.annotate(member=F("body_group__members"), **heirs):
        following = (getattr(one, name) for name in heirs)
        told.append((one.indicator_id, one.channel, one.body_kind, one.body_id, one.member, *following))
        if not one.period_kinds or period.kind in one.period_kinds:
            kept.setdefault(one.pk, (one, set()))[1].add(one.member or 0)
    counters: dict[int, tuple[Counter, list[Rule]]] = {}
    indicators: dict[int, list[Rule]] = defaultdict(list)
    for row, members in kept.values():
        rule = Rule(row.body_kind, row.body_id, frozenset(members), Channel(row.channel))
        if row.counter is not None:
            counters.setdefault(row.counter.pk, (row.counter, []))[1].append(rule)
        elif row.indicator_id is not None:
            indicators[row.indicator_id].append(rule)
    return Rules(counters, indicators, supplies_of(told))


def suppliers(rules: Sequence[Rule], bodies: Iterable[BodyRef]) -> dict[int, Channel]:
    """Return the channel through which each asked body supplies a figure; the most exact rule decides."""
    found: dict[int, Channel] = {}
    for body in bodies:
        rule = max(rules, key=lambda row: row.rank_for(body), default=None)
        if rule is not None and rule.rank_for(body):
            found[body.pk] = rule.channel
    return found


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of the figures that are there, None where there is none: nothing is taken as 0."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def counter_totals(
    period: Period, compared: ComparedRef | None, rules: Rules, field: Field, keep: Keep
) -> tuple[CounterTotal, ...]:
    """Return every counter that somebody supplies or is asked for, in the order of the form; one query."""
    figures = keep("figures", lambda: read_figures(period, compared.pk if compared else None), compared)
    asked = dict(rules.of_counters)
    if strange := tuple(sorted(figures.keys() - asked.keys())):
        # Whoever supplied them is not in the table any more; their figures stand beside, for nobody owns them now.
        found = keep("strange", lambda: list(Counter.objects.filter(pk__in=strange)), strange)
        asked |= {row.pk: (row, []) for row in found}
    totals = []
    for counter, own_rules in sorted(asked.values(), key=lambda pair: (pair[0].order, pair[0].code)):
        rows = figures.get(counter.pk, ())
        total = partial(counter_total, counter, own_rules, rows, period, compared, field)
        totals.append(keep(f"counter:{counter.pk}", total, counter, rules, rows, compared, field))
    # A brief report is asked for no figures: nobody owes one, and none is missing.
    owed = period.depth != Depth.BRIEF
    return tuple(total for total in totals if (owed and total.asked) or total.figures or total.figures_beside)


def counter_total(  # noqa: PLR0913, PLR0917 - a counter, its suppliers, its figures, and the two periods they are of
    counter: Counter,
    rules: Sequence[Rule],
    figures: Iterable[Figure],
    period: Period,
    compared: ComparedRef | None,
    field: Field,
) -> CounterTotal:
    """Sum one counter over the bodies of its owning channel; what other channels report stands beside it."""
    channels = suppliers(rules, field.bodies.values())
    owning = {pk for pk, channel in channels.items() if channel == counter.channel}
    told = [_told(period, counter.pk, row) for row in figures]
    now = [_of_body(row, counter.code, field) for row in figures if row[0] == period.pk]
    now.sort(key=lambda row: row.source.body.place)
    own = tuple(row for row in now if row.source.body.pk in owning)
    beside = tuple(row for row in now if row.source.body.pk not in owning)
    given = {row.source.body.pk for row in own if row.in_period is not None or row.cumulative is not None}
    asked = [body for body in field.reporting if body.pk in owning]
    before = _before(told, compared, owning)
    year = year_sums(told).get(counter.pk, {})
    return CounterTotal(
        code=counter.code,
        title=counter.title,
        section=counter.section,
        unit=counter.unit,
        decimals=counter.decimals,
        channel=Channel(counter.channel),
        is_level=counter.is_level,
        in_period=_sum(row.in_period for row in own),
        cumulative=_sum(row.cumulative for row in own),
        beside=_sum(row.in_period for row in beside),
        before=_sum(before.values()),
        figures=own,
        figures_beside=beside,
        suppliers=len(given),
        asked=len({body.pk for body in asked} | given),
        missing=tuple(body for body in asked if body.pk not in given),
        has_estimates=any(row.is_estimate for row in own),
        is_comparable=bool(before) and before.keys() == given,
        # A state is not added up over windows.
        year_to_date=None if counter.is_level else _sum(year[body] for body in year if body in owning),
    )


def _of_body(row: Figure, code: str, field: Field) -> FigureOfBody:
    """Return one body's figure of this period."""
    _period, body, submission, in_period, cumulative, is_estimate, *_window = row
    return FigureOfBody(Source(field.bodies[body], submission, f"counter:{code}"), in_period, cumulative, is_estimate)


def _told(period: Period, counter: int, row: Figure) -> Told:
    """Return a figure as one of the year's windows; a figure of another year or occasion does not count there."""
    of, body, _submission, in_period, _cumulative, _is_estimate, kind, year, start, end = row
    counts = kind in REGULAR and year == period.year
    return Told(counter, body, of, counts, year, start, end, in_period, None, False, period.is_demo)


def _before(told: Iterable[Told], compared: ComparedRef | None, owning: Container[int]) -> dict[int, Decimal]:
    """Return what each body of the owning channel gave in the period that this one is compared with."""
    of = compared.pk if compared else None
    return {
        row.body: row.in_period for row in told if row.period == of and row.in_period is not None and row.body in owning
    }


def with_readings(
    value: IndicatorValue, rules: Sequence[Rule], readings: Iterable[ReadingOfBody], field: Field, *, over: str
) -> IndicatorValue:
    """Return the indicator with what bodies report: Σ numerators / Σ denominators, or a sum; only the owning channel.

    An indicator's owning channel is the one that comes first among its suppliers: area before branch.
    """
    channels = suppliers(rules, field.bodies.values())
    owner = next((channel for channel in Channel if channel in {rule.channel for rule in rules}), None)
    owning = {body for body, channel in channels.items() if channel == owner}
    rows = tuple(row for row in readings if row.source.body.pk in owning)
    given = {row.source.body.pk for row in rows}
    asked = [body for body in field.reporting if body.pk in owning]
    numerator, denominator, reported = _together(rows, over)
    return replace(
        value,
        readings=rows,
        reported=reported,
        numerator=numerator,
        denominator=denominator,
        asked=len({body.pk for body in asked} | given),
        missing=tuple(body for body in asked if body.pk not in given),
    )


def _together(rows: Sequence[ReadingOfBody], over: str) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Return Σ numerators, Σ denominators and the figure of all bodies together; a share is in per cent."""
    whole = [row for row in rows if row.numerator is not None and row.denominator is not None]
    if over == "ratio_of_sums" and whole:
        above = sum((row.numerator for row in whole if row.numerator is not None), Decimal(0))
        below = sum((row.denominator for row in whole if row.denominator is not None), Decimal(0))
        return above, below, above * 100 / below if below else None
    if over == "sum_of_bodies":
        return None, None, _sum(row.value for row in rows)
    # The province's own figure: what one body supplies is that figure; several are never averaged.
    return None, None, rows[0].value if len(rows) == 1 else None
