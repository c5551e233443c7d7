"""Estimate, preliminary, official and reported figures of one span beside each other: which one speaks, and how far
the others are from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from plan_tracker.lib.numbers import format_exact
from targets.aggregation import Total
from targets.choices import Measure, ObservationStatus
from targets.goals import Point
from targets.models import Indicator
from targets.records import Record
from targets.wording import with_unit


@dataclass(frozen=True)
class Cell:
    """A figure of one status: its value, what to note beside it, how far it is from the one that speaks."""

    label: str
    value: str
    note: str
    difference: str
    speaks: bool


@dataclass(frozen=True)
class SpanRow:
    """All figures of one span, measure and definition, one cell for each column."""

    when: str
    measure: str
    version: int
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class Comparison:
    """The statuses that occur, the firmest first, and a row for each span, the latest first."""

    statuses: tuple[ObservationStatus, ...]
    rows: tuple[SpanRow, ...]
    several_versions: bool

    @property
    def differs(self) -> bool:
        """Say whether two statuses tell different values of one span."""
        return any(cell is not None and cell.difference for row in self.rows for cell in row.cells)


def compare(record: Record, language: str) -> Comparison | None:
    """Return the province's figures side by side, with what the bodies make together; nothing where there is none."""
    coverage = {one.as_point(): one for one in record.totals}
    points = {*record.points_of(record.province), *coverage}
    spans: dict[tuple[date, str, str, int | str], list[Point]] = {}
    for point in points:
        spans.setdefault(_span(point), []).append(point)
    if not spans:
        return None
    versions = {definition.pk: definition.version for definition in record.definitions}
    statuses = tuple(status for status in ObservationStatus if any(point.status == status for point in points))
    rows = [
        SpanRow(
            when=_when(found[0]),
            measure=str(found[0].measure.label),
            version=versions.get(int(found[0].definition), 0),
            cells=tuple(_cells(found, statuses, coverage, record.indicator, language)),
        )
        for _key, found in sorted(spans.items(), key=lambda item: item[0][0], reverse=True)
    ]
    return Comparison(statuses, tuple(rows), len({row.version for row in rows}) > 1)


def _span(point: Point) -> tuple[date, str, str, int | str]:
    """Return the span as a key: all year-ends of one year together, since a report's year ends on 14 December."""
    end = date(point.covers_to.year, 12, 31) if point.is_year_end else point.covers_to
    first = str(point.covered_years.start) if point.measure == Measure.MULTI_YEAR_AVERAGE else ""
    return end, str(point.measure), first, point.definition


def _when(point: Point) -> str:
    """Return the year, the years or the day."""
    years = point.covered_years
    if point.measure == Measure.MULTI_YEAR_AVERAGE:
        return f"{years.start}–{years.stop - 1}"
    return str(point.covers_to.year) if point.is_year_end else f"{point.covers_to:%d/%m/%Y}"


def _cells(
    points: list[Point],
    statuses: Iterable[ObservationStatus],
    coverage: dict[Point, Total],
    indicator: Indicator,
    language: str,
) -> Iterable[Cell | None]:
    """Return the best figure of each status; the firmest of all speaks."""
    # A part of the bodies never stands before a whole one.
    ranked = sorted(points, key=lambda one: (one in coverage and not coverage[one].is_complete, one.order()))
    speaking = ranked[0]
    for status in statuses:
        point = next((one for one in ranked if one.status == status), None)
        if point is None:
            yield None
            continue
        total = coverage.get(point)
        notes = []
        if point.is_year_end and (point.covers_to.month, point.covers_to.day) != (12, 31):
            notes.append(_("up to %(day)s") % {"day": f"{point.covers_to:%d/%m/%Y}"})
        if total is not None:
            notes.append(_("%(coverage)s bodies") % {"coverage": total.coverage})
        value = with_unit(format_exact(point.value, indicator.decimals, language), indicator.unit)
        gap = "" if point is speaking else difference(point, speaking, indicator, language)
        yield Cell(str(status.label), value, " · ".join(notes), gap, point is speaking)


def difference(point: Point, speaking: Point, indicator: Indicator, language: str) -> str:
    """Return how far a figure is from the one that speaks, with its sign; nothing where they agree."""
    apart = point.value - speaking.value
    if not apart:
        return ""
    unit = _("percentage points") if indicator.unit.startswith("%") else indicator.unit
    sign = "+" if apart > 0 else "−"
    return with_unit(f"{sign}{format_exact(abs(apart), indicator.decimals, language)}", unit)
