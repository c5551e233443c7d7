"""Figures from a file: every row is read, checked and tried by the one door, and told as new, restated or unchanged.

The dry run is the same code, rolled back. A row that is wrong says which cell; one wrong row and nothing is saved.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from datetime import date
from decimal import Decimal
from typing import Any

import tablib
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from import_export.fields import Field
from openpyxl.utils import get_column_letter

from plan_tracker.lib.dates import screen_day
from plan_tracker.lib.spreadsheets import SpreadsheetError
from plan_tracker.lib.tables import DayWidget, KeyedResource
from targets import columns
from targets.choices import Measure, ObservationStatus
from targets.columns import BY_NAME, COLUMNS
from targets.entry_sheets import with_definitions
from targets.figures import Definitions, Figure, Span, share
from targets.models import Definition, Indicator, Observation
from targets.recording import Writer, current_figure, record, same
from tasks.models import Body

ROW = "__row"
COUNTS = ("numerator", "denominator")


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

    def get_queryset(self) -> Any:
        """Return the figures with what their rows tell."""
        return super().get_queryset().select_related("indicator", "body")

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Leave out what no longer stands, and what is for demonstration."""
        return queryset.filter(withdrawn_at__isnull=True, is_demo=False).select_related("indicator", "body")

    def get_export_headers(self, *args: Any, **kwargs: Any) -> list[str]:
        """Return what the columns are called."""
        return [str(BY_NAME[name].label) for name in super().get_export_headers(*args, **kwargs)]

    def get_user_visible_fields(self) -> list[Field]:
        """Return the columns under the words that the person reads."""
        found = [copy(column) for column in super().get_user_visible_fields()]
        for column in found:
            column.column_name = str(BY_NAME[column.column_name].label)
        return found

    def before_import(self, dataset: tablib.Dataset, **kwargs: Any) -> None:
        """Name the columns, number the rows, leave out blank ones, and let nobody else write until the end."""
        names = [columns.column_of(str(header)) for header in dataset.headers]
        if lacking := columns.missing(names):
            dataset.wipe()
            raise SpreadsheetError(_("Columns are missing: %(names)s.") % {"names": ", ".join(lacking)})
        self.letters = {name: get_column_letter(place) for place, name in enumerate(names, 1)}
        rows = [[*row, number] for number, row in enumerate(dataset, 2) if any(cell not in {None, ""} for cell in row)]
        dataset.wipe()
        dataset.headers = [*names, ROW]
        for row in rows:
            dataset.append(row)
        list(Definition.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
        self.indicators = {one.code: one for one in with_definitions()}
        self.bodies = {body.code: body for body in Body.objects.all()}
        self.user = kwargs.get("user")
        self.moment = kwargs.get("at") or timezone.now()
        self.seen: dict[tuple[Any, ...], int] = {}

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        """Read the cells of a row into a figure, or say which cells are wrong."""
        self.errors: dict[str, list[str]] = {}
        self.number = int(row[ROW])
        span = Span(
            self._read(row, "covers_from", columns.read_day, needed=True),
            self._read(row, "covers_to", columns.read_day, needed=True),
            self._read(row, "measure", lambda cell: columns.read_member(cell, Measure)),
            self._read(row, "status", lambda cell: columns.read_member(cell, ObservationStatus)),
        )
        indicator = self._read(row, "indicator", lambda cell: self._find(self.indicators, cell))
        body = self._read(row, "body", lambda cell: self._find(self.bodies, cell))
        self.figure = self._figure(row, indicator, body, span)
        self.reason = columns.read_text(row.get("reason"))
        key = (indicator, body, span)
        if not self.errors and (first := self.seen.setdefault(key, self.number)) != self.number:
            self._wrong("indicator", _("Row %(row)s gives the same figure.") % {"row": first})
        if self.errors:
            raise ValidationError(dict(self.errors))

    def _figure(self, row: Any, indicator: Indicator, body: Body, span: Span) -> Figure:
        counts = {name: self._read(row, name, lambda cell: columns.read_number(cell, 0)) for name in COUNTS}
        is_made = None not in counts.values()
        decimals = indicator.decimals if indicator else columns.STORED_PLACES
        return Figure(
            indicator,
            body,
            span,
            value=self._read(row, "value", lambda cell: columns.read_number(cell, decimals, is_made=is_made)),
            source=columns.read_text(row.get("source")),
            published_on=self._read(row, "published_on", columns.read_day),
            note=columns.read_text(row.get("note")),
            is_demo=bool(self.user and self.user.is_demo),
            **counts,
        )

    def _read(self, row: Any, name: str, reader: Callable[[Any], Any], *, needed: bool = False) -> Any:
        """Return what a cell says; note what is wrong with it."""
        try:
            found: date | Decimal | None = reader(row.get(name))
        except ValueError as error:
            self._wrong(name, str(error))
            return None
        if needed and found is None:
            self._wrong(name, _("This cell is empty."))
        return found

    @staticmethod
    def _find(known: dict[str, Any], cell: Any) -> Any:
        code = columns.read_text(cell)
        if code not in known:
            raise ValueError(_("“%(code)s” is not known.") % {"code": code})
        return known[code]

    def _wrong(self, name: str, sentence: str) -> None:
        """Note what is wrong under the column's name, with the place of the cell."""
        label = str(BY_NAME[name].label) if name in BY_NAME else name
        place = self.letters.get(name)
        said = _("Cell %(cell)s: %(sentence)s") % {"cell": f"{place}{self.number}", "sentence": sentence}
        self.errors.setdefault(label, []).append(said if place else sentence)

    def get_or_init_instance(self, instance_loader: Any, row: Any) -> tuple[Observation, bool]:
        """Return the figure that stands, or an empty one."""
        definition = Definitions.of(self.figure.indicator).on(self.figure.span.covers_to)
        standing = current_figure(definition, self.figure) if definition else None
        span = self.figure.span
        new = Observation(
            indicator=self.figure.indicator,
            body=self.figure.body,
            covers_from=span.covers_from,
            covers_to=span.covers_to,
            measure=span.measure,
            status=span.status,
        )
        return (copy(standing), False) if standing else (new, True)

    def import_instance(self, instance: Observation, row: Any, **kwargs: Any) -> None:
        """Put what the row gives in the row that the preview shows."""
        given = self.figure
        value = given.value
        if value is None and given.numerator is not None and given.denominator:
            value = share(given.indicator, given.numerator, given.denominator)
        told = {"value": value, "numerator": given.numerator, "denominator": given.denominator, "source": given.source}
        told |= {name: got for name in ("published_on", "note") if (got := getattr(given, name))}
        if self.reason:
            told["reason"] = self.reason
        for name, one in told.items():
            setattr(instance, name, one)

    def skip_row(self, instance: Observation, original: Observation, row: Any, errors: Any = None) -> bool:
        """Leave alone what stands already."""
        return original.pk is not None and same(original, self.figure)

    def validate_instance(self, instance: Observation, *args: Any, **kwargs: Any) -> None:
        """Leave the checks to the one door."""

    def save_instance(self, instance: Observation, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Record the figure; a restated one keeps the one before."""
        try:
            done = record(self.figure, Writer(self.user, self.moment, self.reason if not is_create else ""))
        except ValidationError as error:
            for name, sentences in error.message_dict.items():
                for sentence in sentences:
                    self._wrong(name, sentence)
            raise ValidationError(dict(self.errors)) from error
        instance.pk = done.observation.pk
