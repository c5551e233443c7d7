"""Figures from a file: every row is read and compared at once, and told as new, restated or unchanged.

The dry run is the same code without the writing. A row that is wrong says which cell; one wrong row and nothing is
saved. The whole file is one entry of the audit trail, with its name and hash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from typing import Any

import tablib
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.results import Error, Result, RowResult

from plan_tracker.audit.recording import one_entry
from plan_tracker.lib.collecting import collecting_later
from plan_tracker.lib.dates import screen_day
from plan_tracker.lib.spreadsheets import SpreadsheetError, plain_number
from plan_tracker.loading.ahead import Ahead, look_ahead, still_right
from plan_tracker.loading.cells import DayWidget
from plan_tracker.loading.resources import ColumnTold, KeyedResource, rows_shown
from targets import columns
from targets.choices import Measure, ObservationStatus
from targets.columns import BY_NAME, COLUMNS
from targets.figure_rows import FigureRow, Known, RowReader
from targets.loading import Judged, judge, locked_definitions, write_all
from targets.models import Observation
from targets.recording import Outcome, Writer

TYPES = {
    Outcome.CREATED: RowResult.IMPORT_TYPE_NEW,
    Outcome.RESTATED: RowResult.IMPORT_TYPE_UPDATE,
    Outcome.UNCHANGED: RowResult.IMPORT_TYPE_SKIP,
}
Looked = tuple[list[FigureRow], list[Judged]]
TOLD = ("value", "numerator", "denominator", "source", "published_on", "note")


class ScreenDayWidget(DayWidget):
    """A day as people read it."""

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Write dd/mm/yyyy."""
        return screen_day(value) if value else ""


class ObservationResource(KeyedResource):
    """Figures with their sources, found by indicator, body, span, kind of value and status."""

    class Meta(KeyedResource.Meta):
        model = Observation
        fields = tuple(column.name for column in COLUMNS)
        import_order = fields
        export_order = fields
        import_id_fields = ()
        clean_model_instances = False

    indicator = Field(attribute="indicator__code", column_name="indicator")
    indicator_title = Field(attribute="indicator__short_title", column_name="indicator_title")
    unit = Field(attribute="indicator__unit", column_name="unit")
    body = Field(attribute="body__code", column_name="body")
    body_name = Field(attribute="body__short_name", column_name="body_name")
    covers_from = Field(attribute="covers_from", column_name="covers_from", widget=ScreenDayWidget())
    covers_to = Field(attribute="covers_to", column_name="covers_to", widget=ScreenDayWidget())
    published_on = Field(attribute="published_on", column_name="published_on", widget=ScreenDayWidget())
    measure = Field(attribute="get_measure_display", column_name="measure")
    status = Field(attribute="get_status_display", column_name="status")
    plan = Field(attribute="indicator__target__plan__code", column_name="plan")

    def __init__(self, *, plan: str = "", **kwargs: Any) -> None:
        """Take the code of the plan that rows without one are about; "" for the plan shown first."""
        super().__init__(**kwargs)
        self.meant = plan

    def get_queryset(self) -> Any:
        """Return the figures with what their rows tell."""
        return super().get_queryset().select_related("indicator__target__plan", "body")

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Leave out what no longer stands, and what is for demonstration."""
        return queryset.filter(withdrawn_at__isnull=True, is_demo=False).select_related(
            "indicator__target__plan", "body"
        )

    def labels(self) -> dict[str, str]:
        """Return what the columns are called."""
        return {column.name: str(column.label) for column in COLUMNS}

    def told_columns(self) -> Iterator[ColumnTold]:
        """Yield the columns that are read."""
        words = {"measure": Measure.labels, "status": ObservationStatus.labels}
        for column in COLUMNS:
            if not column.is_told:
                known = tuple(str(word) for word in words.get(column.name, ()))
                yield ColumnTold(column.name, str(column.label), "", False, column.is_needed, known)

    def get_user_visible_fields(self) -> list[Field]:
        """Return the columns under the words that the person reads."""
        found = [copy(column) for column in super().get_user_visible_fields()]
        for column in found:
            column.column_name = str(BY_NAME[column.column_name].label)
        return found

    @collecting_later()
    def look_ahead(self, dataset: tablib.Dataset, *, progress: Any = None, user: Any = None) -> Ahead[Looked] | None:
        """Read the file and compare it with what stands; nothing where it is not such a file."""
        try:
            return look_ahead(_look(dataset, user, progress, self.meant))
        except SpreadsheetError:
            return None

    @collecting_later()
    def import_data(self, dataset: tablib.Dataset, dry_run: bool = False, **kwargs: Any) -> Result:
        """Compare the whole file with what stands and, unless it is a dry run or a row is wrong, write it at once."""
        result = Result()
        shown = self.get_user_visible_fields()
        result.diff_headers = [column.column_name for column in shown]
        result.total_rows = len(dataset)
        user, moment = kwargs.get("user"), kwargs.get("at") or timezone.now()
        try:
            look = _look(dataset, user, kwargs.get("progress"), self.meant)
        except SpreadsheetError as error:
            result.append_base_error(Error(error))
            return result
        ahead = kwargs.get("ahead") or look_ahead(look)
        with transaction.atomic():
            locked_definitions()
            rows, judged = still_right(ahead, look)
            if not dry_run and not any(row.errors for row in rows):
                with one_entry(_note(dataset, judged, kwargs.get("file_name")), table=Observation._meta.db_table):
                    write_all(judged, Writer(user, moment))
        _fill(result, rows, judged, dataset)
        result.dataset, result.given = dataset, list(dataset.headers)
        return result


def _look(dataset: tablib.Dataset, user: Any, progress: Any, plan: str) -> Callable[[], Looked]:
    """Return what reads every row and compares it with what stands; SpreadsheetError where columns are missing."""
    names, lines = named_rows(dataset)

    def look() -> Looked:
        known = Known.now(plan)
        reader = RowReader(names, known, is_demo=bool(user and user.is_demo))
        rows = list(_read(reader, lines, progress))
        return rows, list(judge(rows, known, reader))

    return look


def _read(reader: RowReader, lines: list[tuple[int, dict[str, Any]]], progress: Any) -> Iterator[FigureRow]:
    """Yield the rows, and tell how far the file is."""
    for place, (number, cells) in enumerate(lines, 1):
        yield reader.read(number, cells)
        if progress is not None:
            progress(place, len(lines))


def named_rows(dataset: tablib.Dataset) -> tuple[list[str], list[tuple[int, dict[str, Any]]]]:
    """Return the names of the columns, and the rows that are not blank with their numbers in the file."""
    names = [columns.column_of(str(header)) for header in dataset.headers]
    if lacking := columns.missing(names):
        raise SpreadsheetError(_("Columns are missing: %(names)s.") % {"names": ", ".join(lacking)})
    rows = (
        (number, dict(zip(names, row, strict=True)))
        for number, row in enumerate(dataset, 2)
        if any(cell not in {None, ""} for cell in row)
    )
    return names, list(rows)


def _note(dataset: tablib.Dataset, judged: list[Judged], file_name: str | None) -> str:
    """Return what the audit trail says of the file: its name and hash, and what became of its rows."""
    counts = {outcome: sum(one.outcome == outcome for one in judged) for outcome in Outcome}
    told = _("%(file)s, SHA-256 %(hash)s: %(new)s new, %(restated)s restated, %(same)s unchanged")
    return told % {
        "file": file_name or "–",
        "hash": getattr(dataset, "sha256", "–"),
        "new": counts[Outcome.CREATED],
        "restated": counts[Outcome.RESTATED],
        "same": counts[Outcome.UNCHANGED],
    }


def _fill(result: Result, rows: list[FigureRow], judged: list[Judged], dataset: tablib.Dataset) -> None:
    """Put what became of each row in the result that the library's pages show."""
    outcomes = {one.row.number: one for one in judged}
    left = rows_shown()
    for row in rows:
        if row.errors:
            result.append_invalid_row(row.number - 1, row.cells, ValidationError(dict(row.errors)))
            continue
        found = outcomes[row.number]
        told = RowResult()
        told.import_type = TYPES[found.outcome]
        if found.outcome != Outcome.UNCHANGED and left > 0:
            told.diff = list(_cells(found))
            left -= 1
        result.append_row_result(told)
        result.increment_row_result_total(told)


def _cells(judged: Judged) -> Iterator[SafeString]:
    """Yield the cells of a row as the preview shows them, what changes told from what was."""
    figure, span = judged.figure, judged.figure.span
    fixed = {
        "indicator": figure.indicator.code,
        "indicator_title": figure.indicator.short_title,
        "unit": figure.indicator.unit,
        "body": figure.body.code,
        "body_name": figure.body.short_name,
        "covers_from": screen_day(span.covers_from),
        "covers_to": screen_day(span.covers_to),
        "measure": str(Measure(span.measure).label),
        "status": str(ObservationStatus(span.status).label),
        "reason": judged.row.reason if judged.before else "",
        "plan": figure.indicator.target.plan.code,
    }
    for column in COLUMNS:
        if column.name not in TOLD:
            yield format_html("{}", fixed.get(column.name, ""))
            continue
        given = judged.value if column.name == "value" else getattr(figure, column.name)
        before = getattr(judged.before, column.name) if judged.before else None
        new, old = _shown(given), _shown(before)
        # A day or a note that is left out says nothing of the one that stands.
        is_same = judged.before is None or new == old or (not new and column.name in {"published_on", "note"})
        yield format_html("{}", new or old) if is_same else format_html("<del>{}</del><ins>{}</ins>", old, new)


def _shown(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return screen_day(value) if hasattr(value, "year") else plain_number(value)
