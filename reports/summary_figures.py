"""What the accepted reports say in figures: counters summed over their owning channel only, readings of indicators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, CharField, DecimalField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from reports.choices import SubmissionState
from reports.comparison import YearSums, in_year, year_sums
from reports.counters import REGULAR, Told
from reports.coverage import Field
from reports.coverage_values import BodyRef, Source
from reports.figure_values import CounterTotal, FigureOfBody, IndicatorValue, ReadingOfBody
from reports.models import CounterValue, Period, Reading
from targets.choices import Channel
from targets.models import Counter, IndicatorReporter

FIGURE = DecimalField(max_digits=18, decimal_places=4)


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
class Figures:
    """The figures of the accepted reports, and the suppliers of each, by primary key of counter and indicator."""

    asked: Mapping[int, tuple[Counter, Sequence[Rule]]]
    indicator_rules: Mapping[int, Sequence[Rule]]
    counters: Mapping[int, Sequence[FigureOfBody]]
    counters_before: Mapping[int, Sequence[tuple[int, Decimal]]]
    readings: Mapping[int, Sequence[ReadingOfBody]]
    year: YearSums


def read_figures(period: Period, field: Field, compared: int | None) -> Figures:
    """Return counter values and readings of a period, what the counters were before, and in the year; two queries."""
    counters: dict[int, list[FigureOfBody]] = defaultdict(list)
    earlier: dict[int, list[tuple[int, Decimal]]] = defaultdict(list)
    readings: dict[int, list[ReadingOfBody]] = defaultdict(list)
    told: list[Told] = []
    for of, body, submission, counter, indicator, code, first, second, third, estimate, *window in _values(
        period, compared
    ):
        if counter is not None:
            told.append(_told(period, counter, body, of, first, *window))
        if of == period.pk and counter is not None:
            source = Source(field.bodies[body], submission, f"counter:{code}")
            counters[counter].append(FigureOfBody(source, first, second, bool(estimate)))
        elif of == period.pk:
            source = Source(field.bodies[body], submission, f"indicator:{code}")
            readings[indicator].append(ReadingOfBody(source, first, second, third))
        elif of == compared and first is not None:
            earlier[counter].append((body, first))
    for figures in counters.values():
        figures.sort(key=lambda row: row.source.body.place)
    for known in readings.values():
        known.sort(key=lambda row: row.source.body.place)
    asked, indicator_rules = _rules(period)
    if strange := counters.keys() - asked.keys():
        # Whoever supplied them is not in the table any more; their figures stand beside, for nobody owns them now.
        asked |= {row.pk: (row, []) for row in Counter.objects.filter(pk__in=strange)}
    return Figures(asked, indicator_rules, counters, earlier, readings, year_sums(told))


def _told(  # noqa: PLR0913, PLR0917 - one row of the database
    period: Period,
    counter: int,
    body: int,
    of: int,
    first: Decimal | None,
    kind: str,
    year: int,
    start: date,
    end: date,
) -> Told:
    """Return a figure as one of the year's windows; a figure of another year or occasion does not count there."""
    counts = kind in REGULAR and year == period.year
    return Told(counter, body, of, counts, year, start, end, first, None, False, period.is_demo)


def _values(period: Period, compared: int | None) -> QuerySet[Any, tuple[Any, ...]]:
    """Return counter values and readings as rows of one shape."""
    of = "submission__expectation__period"
    where = {"of": F(f"{of}_id"), "who": F("submission__expectation__body_id")}
    where |= {"kind": F(f"{of}__kind"), "year": F(f"{of}__year")}
    where |= {"start": F(f"{of}__data_from"), "end": F(f"{of}__data_to")}
    columns = (
        *("of", "who", "submission_id", "c", "i", "code", "first", "second", "third", "estimate"),
        *("kind", "year", "start", "end"),
    )
    none: Any = Cast(Value(None), CounterValue._meta.pk)
    accepted = Q(submission__state=SubmissionState.ACCEPTED)
    wanted = Q(**{f"{of}__in": [period.pk, *([compared] if compared else [])]}) | in_year(period)
    first = CounterValue.objects.filter(accepted & wanted).annotate(
        **where,
        c=F("counter_id"),
        i=none,
        code=Cast("counter__code", CharField()),
        first=F("in_period"),
        second=F("cumulative"),
        third=Cast(Value(None, output_field=FIGURE), FIGURE),
        estimate=F("is_estimate"),
    )
    second = Reading.objects.filter(accepted, **{of: period.pk}).annotate(
        **where,
        c=none,
        i=F("indicator_id"),
        code=Cast("indicator__code", CharField()),
        first=F("value"),
        second=F("numerator"),
        third=F("denominator"),
        estimate=Value(False, output_field=BooleanField()),
    )
    return first.order_by().values_list(*columns).union(second.order_by().values_list(*columns), all=True)


def _rules(period: Period) -> tuple[dict[int, tuple[Counter, list[Rule]]], dict[int, list[Rule]]]:
    """Return who supplies which counter and which indicator in this kind of period; one query."""
    plan = Q(counter__plan=period.plan_id) | Q(indicator__target__plan=period.plan_id)
    rows = IndicatorReporter.objects.filter(plan).select_related("counter").order_by("counter__order", "code")
    kept: dict[int, tuple[IndicatorReporter, set[int]]] = {}
    for one in rows.annotate(member=F("body_group__members")):
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
    return counters, indicators


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


def counter_totals(figures: Figures, field: Field) -> tuple[CounterTotal, ...]:
    """Return every counter that somebody supplies or is asked for, in the order of the form."""
    rows = sorted(figures.asked.values(), key=lambda pair: (pair[0].order, pair[0].code))
    totals = (counter_total(counter, rules, figures, field) for counter, rules in rows)
    return tuple(total for total in totals if total.asked or total.figures or total.figures_beside)


def counter_total(counter: Counter, rules: Sequence[Rule], figures: Figures, field: Field) -> CounterTotal:
    """Sum one counter over the bodies of its owning channel; what other channels report stands beside it."""
    channels = suppliers(rules, field.bodies.values())
    owning = {pk for pk, channel in channels.items() if channel == counter.channel}
    rows = figures.counters.get(counter.pk, ())
    own = tuple(row for row in rows if row.source.body.pk in owning)
    beside = tuple(row for row in rows if row.source.body.pk not in owning)
    given = {row.source.body.pk for row in own if row.in_period is not None or row.cumulative is not None}
    asked = [body for body in field.reporting if body.pk in owning]
    before = {body: value for body, value in figures.counters_before.get(counter.pk, ()) if body in owning}
    year = figures.year.get(counter.pk, {})
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


def with_readings(value: IndicatorValue, pk: int, figures: Figures, field: Field, *, over: str) -> IndicatorValue:
    """Return the indicator with what bodies report: Σ numerators / Σ denominators, or a sum; only the owning channel.

    An indicator's owning channel is the one that comes first among its suppliers: area before branch.
    """
    rules = figures.indicator_rules.get(pk, ())
    channels = suppliers(rules, field.bodies.values())
    owner = next((channel for channel in Channel if channel in {rule.channel for rule in rules}), None)
    owning = {body for body, channel in channels.items() if channel == owner}
    rows = tuple(row for row in figures.readings.get(pk, ()) if row.source.body.pk in owning)
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
