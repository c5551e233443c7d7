"""What a summary says of counters and indicators: totals and latest figures, with what each body gave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reports.coverage_values import BodyRef, Source
from targets.choices import Channel, Evaluation, ObservationStatus, Verdict


@dataclass(frozen=True)
class FigureOfBody:
    """One body's figure of a counter."""

    source: Source
    in_period: Decimal | None
    cumulative: Decimal | None
    is_estimate: bool


@dataclass(frozen=True)
class Carried:
    """What a body without a total in this period had done by the end of an earlier one, and the report that says so."""

    source: Source
    cumulative: Decimal
    until: date


@dataclass(frozen=True)
class CounterTotal:
    """A counter over the bodies of its owning channel; `beside` is the other channel's sum, never added.

    `cumulative` is what all of them did since the plan began; who gave no figure in this period stands in it with the
    total before, by `carried`. `is_comparable` says that the same bodies gave the figure of the year before;
    `year_to_date` adds up the windows of the year that have ended, no day twice.
    """

    code: str
    title: str
    section: str
    unit: str
    decimals: int
    channel: Channel
    is_level: bool
    in_period: Decimal | None
    cumulative: Decimal | None
    beside: Decimal | None
    before: Decimal | None
    figures: tuple[FigureOfBody, ...]
    figures_beside: tuple[FigureOfBody, ...]
    suppliers: int
    asked: int
    missing: tuple[BodyRef, ...]
    has_estimates: bool
    is_comparable: bool = False
    year_to_date: Decimal | None = None
    carried: tuple[Carried, ...] = ()


@dataclass(frozen=True)
class ReadingOfBody:
    """One body's figure of an indicator."""

    source: Source
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None


@dataclass(frozen=True)
class IndicatorValue:
    """An indicator: the province's latest figure with its source and verdict, and what bodies report beside it."""

    code: str
    title: str
    target: str
    evaluation: Evaluation
    unit: str
    decimals: int
    goal: str
    latest: Decimal | None
    covers_from: date | None
    covers_to: date | None
    status: ObservationStatus | None
    source: str
    verdict: Verdict
    reason: str
    is_stale: bool
    readings: tuple[ReadingOfBody, ...]
    reported: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    asked: int
    missing: tuple[BodyRef, ...]
    # Where a change is judged: by how much the figure moved the right way, in points, since the year before.
    change: Decimal | None = None
    before: Decimal | None = None
