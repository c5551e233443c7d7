"""The figures of a summary one by one, as an edition freezes them, and which of them would differ today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports import anchors
from reports.figure_values import CounterTotal, IndicatorValue
from reports.summary_values import AssignmentValue, Part, Summary
from tasks.choices import Timeliness, WorkState

Data: TypeAlias = dict[str, Any]
VERSION = 1
MEASURES: dict[str, str | Promise] = {
    "expected": pgettext_lazy("figure", "reports owed"),
    "received": pgettext_lazy("figure", "reports sent"),
    "on_time": pgettext_lazy("figure", "sent on time"),
    "accepted": pgettext_lazy("figure", "reports summed up"),
    "documents": pgettext_lazy("figure", "documents issued"),
    "asked": pgettext_lazy("figure", "bodies asked"),
    "unreported": pgettext_lazy("figure", "without a report"),
    "in_period": pgettext_lazy("figure", "in the period"),
    "cumulative": pgettext_lazy("figure", "cumulative"),
    "suppliers": pgettext_lazy("figure", "bodies with figures"),
    "carried": pgettext_lazy("figure", "bodies with an earlier total"),
    "latest": pgettext_lazy("figure", "latest figure"),
    "before": pgettext_lazy("figure", "the year before"),
    **{str(state): state.label for state in (*WorkState, *Timeliness)},
}
ALL_BODIES = _("All bodies")


@dataclass(frozen=True)
class Fact:
    """One figure: what it counts (`subject`, empty for all bodies), which measure of it, and where its rows stand."""

    rows: str
    subject: str
    measure: str
    value: Decimal | None
    decimals: int = 0
    unit: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Return what tells a figure from every other of its summary."""
        return self.rows, self.measure


@dataclass(frozen=True)
class Difference:
    """A figure as it was issued and as it would be today; a side is nothing where the figure was not there."""

    rows: str
    subject: str
    measure: str
    then: Decimal | None
    now: Decimal | None
    decimals: int
    unit: str

    @property
    def label(self) -> str:
        """Return what the figure says of its subject."""
        return str(MEASURES.get(self.measure, self.measure))


def facts_of(summary: Summary) -> tuple[Fact, ...]:
    """Return every figure that a summary states, in its order."""
    return tuple(_facts(summary))


def _facts(summary: Summary) -> Iterator[Fact]:
    coverage = summary.coverage
    for measure in ("expected", "received", "on_time", "accepted"):
        yield Fact(anchors.COVERAGE, "", measure, Decimal(getattr(coverage, measure)))
    yield Fact(anchors.DOCUMENTS, "", "documents", Decimal(len(summary.documents)))
    for group in (*summary.groups, *summary.questions):
        for part in (group, *group.tasks):
            yield from _of_part(part)
    for row in summary.assignments:
        yield from _of_assignment(row)
    for counter in summary.counters:
        yield from _of_counter(counter)
    for indicator in summary.indicators:
        yield from _of_indicator(indicator)


def _of_part(part: Part) -> Iterator[Fact]:
    for state, number in part.counts:
        yield Fact(anchors.part(part.line), f"{part.code} {part.title}".strip(), str(state), Decimal(number))


def _of_assignment(row: AssignmentValue) -> Iterator[Fact]:
    counts = [("asked", row.asked), *((str(state), number) for state, number in row.counts)]
    for measure, number in (*counts, ("unreported", row.unreported)):
        yield Fact(anchors.assignment(row.code), f"{row.code} {row.title}", measure, Decimal(number))


def _of_counter(row: CounterTotal) -> Iterator[Fact]:
    rows = anchors.counter(row.code)
    for measure, value in (("in_period", row.in_period), ("cumulative", row.cumulative)):
        yield Fact(rows, row.title, measure, value, row.decimals, row.unit)
    yield Fact(rows, row.title, "suppliers", Decimal(row.suppliers))
    if row.carried:
        yield Fact(rows, row.title, "carried", Decimal(len(row.carried)))


def _of_indicator(row: IndicatorValue) -> Iterator[Fact]:
    rows = anchors.indicator(row.code)
    yield Fact(rows, row.title, "latest", row.latest, row.decimals, row.unit)
    if row.before is not None:
        yield Fact(rows, row.title, "before", row.before, row.decimals, row.unit)


def to_data(summary: Summary) -> Data:
    """Return the figures as plain data; numbers as texts."""
    return {
        "version": VERSION,
        "as_of": summary.at.isoformat(),
        "rows": [
            [
                fact.rows,
                fact.subject,
                fact.measure,
                None if fact.value is None else f"{fact.value:f}",
                fact.decimals,
                fact.unit,
            ]
            for fact in facts_of(summary)
        ],
    }


def from_data(data: Data) -> tuple[Fact, ...]:
    """Return the figures that were frozen."""
    return tuple(
        Fact(rows, subject, measure, None if value is None else Decimal(value), decimals, unit)
        for rows, subject, measure, value, decimals, unit in data.get("rows", ())
    )


def as_of(data: Data) -> datetime | None:
    """Return the moment of which the frozen figures speak."""
    return datetime.fromisoformat(data["as_of"]) if data.get("as_of") else None


def differences(then: tuple[Fact, ...], now: tuple[Fact, ...]) -> tuple[Difference, ...]:
    """Return every figure that is not what it was, in the order of today's summary; what is gone comes last.

    A count that is not there is nought: a state that no body is in any more is not printed.
    """
    before = {fact.key: fact for fact in then}
    today = {fact.key: fact for fact in now}
    found = []
    for key, fact in (today | {key: fact for key, fact in before.items() if key not in today}).items():
        old, new = before.get(key), today.get(key)
        was, is_now = _value(old, fact), _value(new, fact)
        if was != is_now:
            found.append(Difference(fact.rows, fact.subject, fact.measure, was, is_now, fact.decimals, fact.unit))
    return tuple(found)


def _value(side: Fact | None, other: Fact) -> Decimal | None:
    """Return the value of one side; where it is missing, nought for a count and nothing for a measured figure."""
    if side is not None:
        return side.value
    return None if other.measure in {"in_period", "cumulative", "latest", "before"} else Decimal(0)
