"""Which figures a sheet asks for: one indicator of all bodies, or all indicators of the province, with what stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from targets.board import indicators_of
from targets.choices import Evaluation, Measure, ObservationStatus, OverBodies
from targets.entry import Row, Sheet
from targets.figures import Definitions, Span, usual_measure
from targets.models import Indicator, Observation
from targets.suppliers import NO_SUPPLY, supplies
from tasks.choices import BodyKind
from tasks.models import Body, Plan

# A report's window closes in the middle of the month: its figure stands beside the one of the month's end.
BESIDE = timedelta(days=31)


class YearPart(TextChoices):
    """Up to where in its year a figure goes."""

    YEAR = "nam", _("whole year")
    QUARTER = "quy-1", _("first quarter")
    HALF = "6-thang", _("first half year")
    NINE_MONTHS = "9-thang", _("nine months")

    @property
    def ends(self) -> tuple[int, int]:
        """Return month and day of the last day."""
        return {"nam": (12, 31), "quy-1": (3, 31), "6-thang": (6, 30), "9-thang": (9, 30)}[self.value]


def measures_of(indicator: Indicator) -> list[Measure]:
    """Return the kinds of value that figures of the indicator can be."""
    usual = usual_measure(indicator)
    return [usual] if usual == Measure.LEVEL else [usual, Measure.YEAR_TO_DATE, Measure.MULTI_YEAR_AVERAGE]


def span_of(
    year: int, part: YearPart, measure: Measure, status: ObservationStatus, first_year: int | None = None
) -> Span:
    """Return the days that a figure of a year covers; an average of several years begins in the first of them."""
    whole = measure in {Measure.ANNUAL_RATE, Measure.MULTI_YEAR_AVERAGE}
    last = date(year, *(YearPart.YEAR if whole else part).ends)
    start = first_year if measure == Measure.MULTI_YEAR_AVERAGE and first_year else year
    return Span(date(start, 1, 1), last, measure, status)


def with_definitions(plan: QuerySet[Plan] | None = None) -> QuerySet[Indicator]:
    """Return the indicators of a plan (of the one shown first) that have figures, with what they measure."""
    rows = indicators_of(plan).exclude(evaluation=Evaluation.QUALITATIVE)
    return rows.select_related("target__plan__province").prefetch_related("definitions")


def sheet_of_indicator(indicator: Indicator, span: Span, *, is_demo: bool) -> Sheet:
    """Return the sheet of one indicator: the province, then the bodies that supply it then or have a figure."""
    province = indicator.target.plan.province
    everybody = list(Body.objects.reporting().exclude(pk=province.pk))
    supply = supplies([indicator.pk]).get(indicator.pk, NO_SUPPLY)
    is_official = indicator.over_bodies == OverBodies.OFFICIAL
    # Who supplies the province's own figure has none beside it.
    wanted = set() if is_official else set(supply.expected(everybody, span.covers_to))
    standing = _standing([indicator], span, is_demo=is_demo)
    if not wanted and not is_official:
        alive = [body for body in everybody if body.valid_to is None or body.valid_to >= span.covers_to]
        wanted = {body.pk for body in alive if body.kind in {BodyKind.DISTRICT, BodyKind.COMMUNE}}
    wanted |= {key[1] for key in standing}
    bodies = [province, *(body for body in everybody if body.pk in wanted)]
    return Sheet([_row(indicator, body, span, standing, by_year=False) for body in bodies])


def sheet_of_year(year: int, status: ObservationStatus, *, is_demo: bool, plan: QuerySet[Plan] | None = None) -> Sheet:
    """Return the sheet of a year: the province's figure of every indicator at its end."""
    indicators = list(with_definitions(plan))
    spans = {one.pk: span_of(year, YearPart.YEAR, usual_measure(one), status) for one in indicators}
    whole = span_of(year, YearPart.YEAR, Measure.LEVEL, status)
    standing = _standing(indicators, whole, is_demo=is_demo)
    return Sheet(
        [_row(one, one.target.plan.province, spans[one.pk], standing, by_year=True) for one in indicators],
    )


Standing = dict[tuple[int, int], list[Observation]]


def _standing(indicators: Iterable[Indicator], span: Span, *, is_demo: bool) -> Standing:
    """Return the figures that stand at the span's end, or in the month before it, by indicator and body."""
    near = Q(covers_to__range=(span.covers_to - BESIDE, span.covers_to))
    rows = Observation.objects.current().filter(near, indicator__in=list(indicators), is_demo=is_demo)
    found: Standing = defaultdict(list)
    for row in rows.select_related("body", "recorded_by").order_by("-covers_to", "pk"):
        found[row.indicator_id, row.body_id].append(row)
    return found


def _row(indicator: Indicator, body: Body, span: Span, standing: Standing, *, by_year: bool) -> Row:
    """Return one row, with the figure that it would restate and those that stand beside it."""
    definition = Definitions.of(indicator).on(span.covers_to)
    rows = [row for row in standing.get((indicator.pk, body.pk), ()) if row.measure == span.measure]
    exact = (span.covers_from, span.covers_to, str(span.status), definition.pk if definition else None)
    current = next(
        (row for row in rows if (row.covers_from, row.covers_to, row.status, row.definition_id) == exact), None
    )
    others = sorted(
        (row for row in rows if row is not current), key=lambda row: ObservationStatus(row.status).precedence
    )
    return Row(
        key=indicator.code if by_year else body.code,
        title=f"{indicator.code} {indicator.short_title}" if by_year else body.short_name,
        indicator=indicator,
        body=body,
        span=span,
        current=current,
        others=tuple(others),
        nothing_left=definition is None,
        own_source=by_year,
    )
