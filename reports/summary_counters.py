"""What the accepted reports say of each counter: summed over its owning channel only, in the period and in all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any, TypeAlias

from django.db.models import CharField, Count, F, Q, Window
from django.db.models.expressions import RowRange
from django.db.models.functions import Cast

from reports.choices import Depth, SubmissionState
from reports.comparison import in_year, year_sums
from reports.counters import REGULAR, Told, as_of, cumulative_of
from reports.coverage import Field
from reports.coverage_values import Source
from reports.figure_values import Carried, CounterTotal, FigureOfBody
from reports.kept_pieces import Keep
from reports.models import CounterValue, Period
from reports.summary_figures import PERIOD, Rule, Rules, sum_known, suppliers
from reports.summary_refs import ComparedRef
from targets.choices import Channel
from targets.models import Counter

# A figure as the database has it: its period, body and report, what was told, and the window of the period.
Figure: TypeAlias = tuple[Any, ...]
COLUMNS = (
    *("counter_id", f"{PERIOD}_id", "submission__expectation__body_id", "submission_id"),
    *("in_period", "cumulative", "is_estimate"),
    *(f"{PERIOD}__kind", f"{PERIOD}__year", "starts", "ends"),
)
# The days of a window come as text, and each is read once: a window stands in every figure of its period.
DAYS = {"starts": Cast(F(f"{PERIOD}__data_from"), CharField()), "ends": Cast(F(f"{PERIOD}__data_to"), CharField())}
day = lru_cache(maxsize=256)(date.fromisoformat)
TOTALS_AFTER = Window(
    Count("cumulative"),
    partition_by=["counter_id", "submission__expectation__body_id"],
    order_by=["-ends", "starts", "-pk"],
    frame=RowRange(None, -1),
)


def read_figures(period: Period, compared: int | None) -> dict[int, tuple[Figure, ...]]:
    """Return the figures of a period, of the one it is compared with and of its year, by counter; one query.

    Of the years before come the last total of each body, and what it told after it without one.
    """
    near = Q(**{f"{PERIOD}__in": [period.pk, *([compared] if compared else [])]}) | in_year(period)
    accepted = CounterValue.objects.filter(submission__state=SubmissionState.ACCEPTED).annotate(**DAYS).order_by()
    last = accepted.filter(_before_this_year(period)).annotate(totals_after=TOTALS_AFTER).filter(totals_after=0)
    rows = accepted.filter(near).values_list(*COLUMNS).union(last.values_list(*COLUMNS), all=True)
    # A figure may be found on both ways: it is kept once, by its report.
    found: dict[int, dict[int, Figure]] = defaultdict(dict)
    for counter, *row in rows:
        found[counter][row[2]] = tuple(row)
    return {counter: tuple(figures.values()) for counter, figures in found.items()}


def _before_this_year(period: Period) -> Q:
    """Return the condition of lines of regular periods of earlier years; of this one too where it is not regular."""
    years = "year__lt" if period.kind in REGULAR else "year__lte"
    wanted = {"plan": period.plan_id, "is_demo": period.is_demo, "kind__in": REGULAR, years: period.year}
    if period.kind not in REGULAR:
        wanted["data_to__lte"] = period.data_to
    return Q(**{f"{PERIOD}__{name}": value for name, value in wanted.items()})


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
    figures: Sequence[Figure],
    period: Period,
    compared: ComparedRef | None,
    field: Field,
) -> CounterTotal:
    """Sum one counter over the bodies of its owning channel; what other channels report stands beside it."""
    channels = suppliers(rules, field.bodies.values())
    owning = {pk for pk, channel in channels.items() if channel == counter.channel}
    told = [_told(counter.pk, row) for row in figures]
    now = [_of_body(row, counter.code, field) for row in figures if row[0] == period.pk]
    now.sort(key=lambda row: row.source.body.place)
    own = tuple(row for row in now if row.source.body.pk in owning)
    beside = tuple(row for row in now if row.source.body.pk not in owning)
    given = {row.source.body.pk for row in own if row.in_period is not None or row.cumulative is not None}
    asked = [body for body in field.reporting if body.pk in owning]
    # A state is not added up over windows.
    total, earlier = (None, []) if counter.is_level else _since_the_start(told, period, owning, given)
    before = _before(told, compared, owning)
    year = year_sums(one for one in told if one.year == period.year).get(counter.pk, {})
    return CounterTotal(
        code=counter.code,
        title=counter.title,
        section=counter.section,
        unit=counter.unit,
        decimals=counter.decimals,
        channel=Channel(counter.channel),
        is_level=counter.is_level,
        in_period=sum_known(row.in_period for row in own),
        cumulative=total,
        beside=sum_known(row.in_period for row in beside),
        before=sum_known(before.values()),
        figures=own,
        figures_beside=beside,
        suppliers=len(given),
        asked=len({body.pk for body in asked} | given),
        missing=tuple(body for body in asked if body.pk not in given),
        has_estimates=any(row.is_estimate for row in own),
        is_comparable=bool(before) and before.keys() == given,
        year_to_date=None if counter.is_level else sum_known(year[body] for body in year if body in owning),
        carried=_carried(earlier, figures, counter.code, field),
    )


def _of_body(row: Figure, code: str, field: Field) -> FigureOfBody:
    """Return one body's figure of this period."""
    _period, body, submission, in_period, cumulative, is_estimate, *_window = row
    return FigureOfBody(Source(field.bodies[body], submission, f"counter:{code}"), in_period, cumulative, is_estimate)


def _told(counter: int, row: Figure) -> Told:
    """Return a figure as what was told of its window; what was asked between the periods adds to no year."""
    of, body, _submission, in_period, cumulative, is_estimate, kind, year, start, end = row
    return Told(
        counter, body, of, kind in REGULAR, year, day(start), day(end), in_period, cumulative, is_estimate, False
    )


def _since_the_start(
    told: Iterable[Told], period: Period, owning: Container[int], given: Container[int]
) -> tuple[Decimal | None, list[tuple[Told, Decimal]]]:
    """Return what the bodies did since the plan began up to the end of the window.

    With it come the last reports of those who gave no figure in this period, each with the total that stands for the
    body. A total that this period itself was given counts, whatever its kind.
    """
    by_body: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        if one.body in owning and one.end <= period.data_to:
            by_body[one.body].append(as_of(one, period.pk))
    found = {body: cumulative_of(rows) for body, rows in by_body.items()}
    earlier = [(last.of[0], last.value) for body, last in found.items() if last.value is not None and body not in given]
    return sum_known(last.value for last in found.values()), earlier


def _carried(
    earlier: Iterable[tuple[Told, Decimal]], figures: Iterable[Figure], code: str, field: Field
) -> tuple[Carried, ...]:
    """Return the totals that stand for silent bodies, with the reports that they come from, in the official order."""
    reports = {(row[0], row[1]): row[2] for row in figures}
    rows = [
        Carried(Source(field.bodies[last.body], reports[last.period, last.body], f"counter:{code}"), value, last.end)
        for last, value in earlier
    ]
    return tuple(sorted(rows, key=lambda row: row.source.body.place))


def _before(told: Iterable[Told], compared: ComparedRef | None, owning: Container[int]) -> dict[int, Decimal]:
    """Return what each body of the owning channel gave in the period that this one is compared with."""
    of = compared.pk if compared else None
    return {
        row.body: row.in_period for row in told if row.period == of and row.in_period is not None and row.body in owning
    }
