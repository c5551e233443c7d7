"""The pages of the activity figures as values: all counters by year, and one counter by period and by body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from plan_tracker.lib.dates import screen_day
from plan_tracker.lib.numbers import format_exact, two_digits
from reports.counters import BodySum, CounterBook, CounterRecord, Told, counted
from reports.models import Period
from targets.models import Counter
from tasks.models import Body


@dataclass(frozen=True)
class YearCell:
    """What the bodies did together in a year, and how many of them said so."""

    value: str
    coverage: str


@dataclass(frozen=True)
class CounterRow:
    """One counter, a cell for each year, and the cumulative figure."""

    counter: Counter
    cells: tuple[YearCell | None, ...]
    cumulative: YearCell | None
    has_estimate: bool


@dataclass(frozen=True)
class CounterList:
    """All counters by section; a year that is not over has the day up to which it is told."""

    years: tuple[tuple[int, str], ...]
    sections: tuple[tuple[str, tuple[CounterRow, ...]], ...]


def counter_list(book: CounterBook, language: str) -> CounterList:
    """Return every counter with its years."""
    years = years_of([one for record in book.records for one in record.told])
    sections: dict[str, list[CounterRow]] = {}
    for record in book.records:
        sums = record.sums()
        cells = tuple(_year_cell(record, sums, year, language) for year, _until in years)
        estimate = any(one.has_estimate for one in sums)
        row = CounterRow(record.counter, cells, _cumulative_cell(record, sums, language), estimate)
        sections.setdefault(record.counter.section, []).append(row)
    return CounterList(tuple(years), tuple((name, tuple(rows)) for name, rows in sections.items()))


def years_of(told: Iterable[Told]) -> list[tuple[int, str]]:
    """Return the years that regular reports tell of, each with its last day where that is not the end of the year."""
    ends: dict[int, date] = {}
    for one in told:
        if one.is_regular:
            ends[one.year] = max(one.end, ends.get(one.year, one.end))
    return [(year, "" if end.month == 12 else screen_day(end)) for year, end in sorted(ends.items())]


def _year_cell(record: CounterRecord, sums: list[BodySum], year: int, language: str) -> YearCell | None:
    """Return the sum of a year over the bodies of the owning channel; covered are those that told it to its end."""
    values = [one.years[year] for one in sums if year in one.years]
    if not values:
        return None
    last = max(one.ends[year] for one in sums if year in one.ends)
    number = sum(1 for one in sums if one.ends.get(year) == last)
    return YearCell(_number(sum(values, Decimal(0)), record, language), coverage(number, record, last))


def coverage(number: int, record: CounterRecord, day: date) -> str:
    """Return “09/11”: how many of the bodies that supply the counter have a figure."""
    return f"{two_digits(number)}/{two_digits(max(number, len(record.suppliers_on(day))))}"


def _cumulative_cell(record: CounterRecord, sums: list[BodySum], language: str) -> YearCell | None:
    """Return the cumulative figures of all bodies together; states only of the bodies that still exist."""
    last = max((one.end for one in record.told), default=None)
    if last is None:
        return None
    used = [one for one in sums if one.cumulative is not None]
    if record.counter.is_level:
        used = [one for one in used if one.body.valid_to is None or one.body.valid_to >= last]
    if not used:
        return None
    total = sum((one.cumulative for one in used if one.cumulative is not None), Decimal(0))
    return YearCell(_number(total, record, language), coverage(len(used), record, last))


def _number(value: Decimal | None, record: CounterRecord, language: str) -> str:
    """Return a number of the counter as printed."""
    return "" if value is None else format_exact(value, record.counter.decimals, language)


@dataclass(frozen=True)
class PeriodRow:
    """What the bodies said for one period."""

    period: Period
    value: str
    share: str
    cumulative: str
    coverage: str
    estimates: int
    missing: tuple[Body, ...]
    counted: int
    told: int

    @property
    def is_inside(self) -> bool:
        """Say whether nothing of it goes into a year: a longer window, or none, holds all of it."""
        return not self.counted

    @property
    def is_partly_inside(self) -> bool:
        """Say whether only some bodies' figures go into the year, for want of a longer report of theirs."""
        return 0 < self.counted < self.told


@dataclass(frozen=True)
class BodyRow:
    """What one body did, year by year."""

    body: Body
    cells: tuple[tuple[str, str], ...]
    cumulative: str
    width: str
    has_estimate: bool


@dataclass(frozen=True)
class CounterPage:
    """One counter by period and by body; `beside` are the bodies whose figures are not added."""

    record: CounterRecord
    years: tuple[tuple[int, str], ...]
    totals: tuple[YearCell | None, ...]
    cumulative: YearCell | None
    periods: tuple[PeriodRow, ...]
    bodies: tuple[BodyRow, ...]
    beside: tuple[BodyRow, ...]


def counter_page(book: CounterBook, record: CounterRecord, language: str) -> CounterPage:
    """Return one counter in full."""
    sums = record.sums()
    years = years_of(record.told)
    return CounterPage(
        record=record,
        years=tuple(years),
        totals=tuple(_year_cell(record, sums, year, language) for year, _until in years),
        cumulative=_cumulative_cell(record, sums, language),
        periods=tuple(_period_rows(book, record, language)),
        bodies=tuple(_body_rows(record, sums, years, language)),
        beside=tuple(_body_rows(record, record.sums(owning=False), years, language)),
    )


def _body_rows(
    record: CounterRecord, sums: list[BodySum], years: list[tuple[int, str]], language: str
) -> Iterator[BodyRow]:
    """Return the bodies in the official order; the bar compares the cumulative figures."""
    most = max((one.cumulative for one in sums if one.cumulative is not None), default=Decimal(0))
    last = {year: max((one.ends[year] for one in sums if year in one.ends), default=None) for year, _until in years}
    for one in sums:
        long = one.cumulative is not None and one.cumulative > 0 and most > 0
        yield BodyRow(
            body=one.body,
            cells=tuple(
                (_number(one.years.get(year), record, language), _short_of(one.ends.get(year), last[year]))
                for year, _until in years
            ),
            cumulative=_number(one.cumulative, record, language),
            width=f"{100 * (one.cumulative or 0) / most:.2f}%" if long else "0",
            has_estimate=one.has_estimate,
        )


def _short_of(end: date | None, last: date | None) -> str:
    """Return up to when a body told of a year, where others told more."""
    return screen_day(end) if end is not None and last is not None and end < last else ""


def _period_rows(book: CounterBook, record: CounterRecord, language: str) -> Iterator[PeriodRow]:
    """Return the periods, the latest first; what lies inside a longer one is told, so that nobody adds it."""
    own = [one for one in record.told if record.is_owning(record.bodies[one.body])]
    counting = _bodies_that_count(own)
    for period in book.periods.values():
        told = [one for one in own if one.period == period.pk and one.in_period is not None]
        if not told:
            continue
        owing = [body for body in record.suppliers_on(period.data_to) if body.pk in book.owed.get(period.pk, ())]
        said = {one.body for one in told}
        missing = tuple(body for body in owing if body.pk not in said)
        cumulative = record.cumulative_on(period)
        yield PeriodRow(
            period=period,
            value=_number(sum((one.in_period or Decimal(0) for one in told), Decimal(0)), record, language),
            share=_share(book, record, told, language),
            cumulative=_number(cumulative, record, language),
            coverage=f"{two_digits(len(told))}/{two_digits(len(told) + len(missing))}",
            estimates=sum(1 for one in told if one.is_estimate),
            missing=missing,
            counted=len(told) if record.counter.is_level else len(said & counting.get(period.pk, set())),
            told=len(told),
        )


def _bodies_that_count(told: list[Told]) -> dict[int, set[int]]:
    """Return for each period the bodies whose figure goes into its year."""
    found: dict[int, set[int]] = {}
    for body in {one.body for one in told}:
        for one in counted(each for each in told if each.body == body):
            found.setdefault(one.period, set()).add(body)
    return found


def _share(book: CounterBook, record: CounterRecord, told: list[Told], language: str) -> str:
    """Return which share of the whole this part is, over the bodies that told both in the same report."""
    whole = next((one for one in book.records if one.counter.pk == record.counter.part_of_id), None)
    if whole is None:
        return ""
    amounts = {(one.body, one.period): one.in_period for one in whole.told if one.in_period}
    top = bottom = Decimal(0)
    for one in told:
        amount = amounts.get((one.body, one.period))
        if amount is not None:
            top, bottom = top + (one.in_period or 0), bottom + amount
    return f"{format_exact(top * 100 / bottom, 0, language)}%" if bottom and top <= bottom else ""
