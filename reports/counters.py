"""Activity figures of accepted reports: what each body did in a year, counted once, and what the bodies make together.

Windows lie inside each other (a quarter in the half year, that in the year): of what overlaps only the longest window
counts. Of the two lines of reporting only the owning one is added up; the other stands beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from reports.choices import PeriodKind, ReportForm
from reports.models import CounterValue, Expectation, Period
from reports.querysets import SubmissionQuerySet
from targets.choices import Channel
from targets.models import Counter, IndicatorReporter
from tasks.models import Body, Plan

# Reviews and reports asked between the periods cover other spans: they are shown, never added to a year.
REGULAR = frozenset(
    {PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.FIRST_HALF, PeriodKind.NINE_MONTHS, PeriodKind.YEAR}
)


@dataclass(frozen=True)
class Told:
    """What one accepted report of a body says of one counter."""

    counter: int
    body: int
    period: int
    is_regular: bool
    year: int
    start: date
    end: date
    in_period: Decimal | None
    cumulative: Decimal | None
    is_estimate: bool
    is_demo: bool

    @property
    def days(self) -> int:
        """Return the length of the window."""
        return (self.end - self.start).days

    def overlaps(self, other: Told) -> bool:
        """Say whether a day lies in both windows."""
        return self.start <= other.end and other.start <= self.end


def counted(told: Iterable[Told]) -> list[Told]:
    """Return one body's reports that count, so that no day is counted twice: the longest windows first."""
    chosen: list[Told] = []
    usable = (one for one in told if one.is_regular and one.in_period is not None)
    for one in sorted(usable, key=lambda one: (-one.days, one.start)):
        if not any(one.overlaps(other) for other in chosen):
            chosen.append(one)
    return sorted(chosen, key=lambda one: one.end)


@dataclass(frozen=True)
class BodySum:
    """What one body did in each year and since the plan began; of a state, how it was last."""

    body: Body
    years: dict[int, Decimal]
    ends: dict[int, date]
    cumulative: Decimal | None
    has_estimate: bool


def sum_of_body(body: Body, told: Sequence[Told], *, is_level: bool) -> BodySum:
    """Return a body's years and its cumulative figure, as it told it last, else as its reports add up."""
    used = _states(told) if is_level else counted(told)
    years: dict[int, Decimal] = defaultdict(Decimal)
    for one in used:
        years[one.year] += one.in_period or 0
    # `used` is in the order of days, so the last one of a year stays.
    ends = {one.year: one.end for one in used}
    last = used[-1].in_period if used else None
    cumulative = last if is_level else cumulative_of(told).value
    return BodySum(body, dict(years), ends, cumulative, any(one.is_estimate for one in used))


@dataclass(frozen=True)
class Cumulative:
    """What one body did since the plan began, and the reports that say so, the last one first; nothing told is None."""

    value: Decimal | None
    of: tuple[Told, ...]


def cumulative_of(told: Iterable[Told]) -> Cumulative:
    """Return what a body told last as its total, and what it did since then where later reports give no total.

    A body that is silent in a period keeps what it had: what was done does not become undone.
    """
    usable = [one for one in told if one.is_regular]
    said = [one for one in usable if one.cumulative is not None]
    final = max(said, key=lambda one: (one.end, one.days), default=None)
    since = counted(one for one in usable if final is None or one.start > final.end)
    of = (*reversed(since), *([final] if final else ()))
    start = final.cumulative if final and final.cumulative is not None else Decimal(0)
    value = sum((one.in_period or Decimal(0) for one in since), start) if of else None
    return Cumulative(value, of)


def as_of(one: Told, period: int) -> Told:
    """Return a report as it stands in the total of a period: the period's own counts, whatever its kind."""
    return replace(one, is_regular=True) if one.period == period and not one.is_regular else one


def _states(told: Sequence[Told]) -> list[Told]:
    """Return the last state of each year: a state is not added up."""
    by_year: dict[int, Told] = {}
    for one in sorted(told, key=lambda one: (one.end, one.days)):
        if one.in_period is not None:
            by_year[one.year] = one
    return [by_year[year] for year in sorted(by_year)]


@dataclass(frozen=True)
class Suppliers:
    """Which bodies supply a counter, and through which channel."""

    kinds: dict[str, str]
    bodies: dict[int, str]

    def channel_of(self, body: Body) -> str:
        """Return the channel through which a body supplies it; nothing for a body that nobody asked."""
        return self.bodies.get(body.pk) or self.kinds.get(body.kind, "")


@dataclass(frozen=True)
class CounterRecord:
    """One counter with everything that accepted reports say of it, in one of the two series."""

    counter: Counter
    told: tuple[Told, ...]
    suppliers: Suppliers
    bodies: dict[int, Body]

    def sums(self, *, owning: bool = True) -> list[BodySum]:
        """Return the bodies of the owning channel in the official order, or those of the other one."""
        by_body: dict[int, list[Told]] = defaultdict(list)
        for one in self.told:
            by_body[one.body].append(one)
        chosen = [body for body in self.bodies.values() if body.pk in by_body and self.is_owning(body) == owning]
        return [
            sum_of_body(body, by_body[body.pk], is_level=self.counter.is_level)
            for body in sorted(chosen, key=lambda body: body.order)
        ]

    def cumulative_on(self, period: Period) -> Decimal | None:
        """Return what the bodies of the owning channel did up to the end of a period; who is silent keeps his total."""
        by_body: dict[int, list[Told]] = defaultdict(list)
        for one in self.told:
            if one.end <= period.data_to and self.is_owning(self.bodies[one.body]):
                by_body[one.body].append(as_of(one, period.pk))
        known = [value for told in by_body.values() if (value := cumulative_of(told).value) is not None]
        return sum(known, Decimal(0)) if known and not self.counter.is_level else None

    def is_owning(self, body: Body) -> bool:
        """Say whether the body reports through the channel that is added up."""
        return self.suppliers.channel_of(body) == self.counter.channel

    def suppliers_on(self, day: date) -> list[Body]:
        """Return the bodies of the owning channel that exist on a day and send a report of their own."""
        return [
            body
            for body in self.bodies.values()
            if self.is_owning(body)
            and body.reports_through_id is None
            and (body.valid_from is None or body.valid_from <= day)
            and (body.valid_to is None or day <= body.valid_to)
        ]


@dataclass(frozen=True)
class CounterBook:
    """All counters of a plan in one series, the periods that they come from, and who owed a report for them."""

    records: tuple[CounterRecord, ...]
    periods: dict[int, Period]
    owed: dict[int, frozenset[int]]
    is_demo: bool
    has_other: bool


def read_counters(plan: Plan, submissions: SubmissionQuerySet, *, demo: bool | None = None) -> CounterBook:
    """Return the counters with what the given reports say, in five queries; real figures first where both exist."""
    counters = list(Counter.objects.filter(plan=plan).select_related("part_of").order_by("order"))
    both = _told(plan, submissions)
    kinds = {one.is_demo for one in both}
    is_demo = kinds == {True} if demo is None or demo not in kinds else demo
    told = [one for one in both if one.is_demo == is_demo]
    by_counter: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        by_counter[one.counter].append(one)
    bodies = {body.pk: body for body in Body.objects.order_by("order")}
    suppliers = _suppliers(plan)
    periods = Period.objects.filter(pk__in={one.period for one in told}).order_by("-data_to", "data_from")
    owed: dict[int, set[int]] = defaultdict(set)
    rows = Expectation.objects.owed().filter(period__in={one.period for one in told})
    for period, body in rows.values_list("period_id", "body_id"):
        owed[period].add(body)
    nobody = Suppliers({}, {})
    return CounterBook(
        records=tuple(
            CounterRecord(one, tuple(by_counter[one.pk]), suppliers.get(one.pk, nobody), bodies) for one in counters
        ),
        periods={period.pk: period for period in periods},
        owed={period: frozenset(found) for period, found in owed.items()},
        is_demo=is_demo,
        has_other=len(kinds) > 1,
    )


def _told(plan: Plan, submissions: SubmissionQuerySet) -> list[Told]:
    """Return what the accepted reports with content say."""
    rows = CounterValue.objects.filter(
        submission__in=submissions.accepted().filter(form=ReportForm.CONTENT),
        counter__plan=plan,
    ).exclude(in_period__isnull=True, cumulative__isnull=True)
    period = "submission__expectation__period__"
    columns = ("kind", "year", "data_from", "data_to", "is_demo")
    found = rows.values_list(
        "counter_id",
        "submission__expectation__body_id",
        "submission__expectation__period_id",
        "in_period",
        "cumulative",
        "is_estimate",
        *(period + column for column in columns),
    )
    return [
        Told(counter, body, key, kind in REGULAR, year, start, end, amount, cumulative, is_estimate, is_demo)
        for counter, body, key, amount, cumulative, is_estimate, kind, year, start, end, is_demo in found
    ]


def _suppliers(plan: Plan) -> dict[int, Suppliers]:
    """Return who supplies each counter; a body that both channels name counts with the area."""
    found: dict[int, Suppliers] = {}
    rows = IndicatorReporter.objects.filter(counter__plan=plan).order_by("-channel")
    columns = ("counter", "channel", "body_kind", "body", "body_group__members")
    for counter, channel, kind, body, member in rows.values_list(*columns):
        suppliers = found.setdefault(counter or 0, Suppliers({}, {}))
        if kind:
            suppliers.kinds[kind] = str(Channel(channel))
        elif body or member:
            suppliers.bodies[body or member] = str(Channel(channel))
    return found
