"""Who supplies which figure in a period, and what the accepted reports say of the indicators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypeAlias

from django.db.models import F, Q

from reports.choices import SubmissionState
from reports.coverage import Field
from reports.coverage_values import BodyRef, Source
from reports.figure_values import IndicatorValue, ReadingOfBody
from reports.models import Period, Reading
from targets.choices import Channel
from targets.models import Counter, IndicatorReporter
from targets.suppliers import HEIRS, Supply, supplies_of

PERIOD = "submission__expectation__period"
Readings: TypeAlias = Mapping[int, Sequence[ReadingOfBody]]


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


def sum_known(values: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of the figures that are there, None where there is none: nothing is taken as 0."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


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
        return None, None, sum_known(row.value for row in rows)
    # The province's own figure: what one body supplies is that figure; several are never averaged.
    return None, None, rows[0].value if len(rows) == 1 else None
