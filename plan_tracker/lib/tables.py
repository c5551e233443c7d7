"""Administration screens of two kinds: tables that somebody loads from files, and ledgers that are only read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from import_export.admin import ExportMixin, ImportExportModelAdmin
from import_export.formats.base_formats import CSV, XLSX
from import_export.resources import ModelResource
from import_export.widgets import DateWidget, DecimalWidget

from plan_tracker.lib.dates import DayError, parse_day
from plan_tracker.lib.numbers import NumberError, parse_decimal

ROWS_A_PAGE = 50
PLACES = 4


class DayWidget(DateWidget):
    """A day in a file: dd/mm/yyyy or yyyy-mm-dd is read, yyyy-mm-dd is written."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date | None:
        """Return the day, or refuse with the sentence that forms show."""
        if not value:
            return None
        if isinstance(value, date):
            return value if type(value) is date else date(value.year, value.month, value.day)
        try:
            return parse_day(str(value))
        except DayError as error:
            raise ValueError(error.sentence) from error

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Write the day so that every program reads it."""
        return value.isoformat() if value else ""


class FigureWidget(DecimalWidget):
    """A figure in a file: text is read as offices write it, 1.234,5; a cell with a number is taken as it is."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Decimal | None:
        """Return the figure, or refuse with the sentence that forms show."""
        if value is None or value == "":
            return None
        if isinstance(value, int | float | Decimal):
            return Decimal(str(value))
        try:
            return parse_decimal(str(value), PLACES)
        except NumberError as error:
            raise ValueError(error.sentence) from error

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Write the figure with a decimal comma, without zeros that say nothing."""
        return "" if value is None else f"{Decimal(value).normalize():f}".replace(".", ",")


class KeyedResource(ModelResource):
    """Rows of a file, found by natural key and left alone where nothing changed."""

    WIDGETS_MAP = {
        **ModelResource.WIDGETS_MAP,
        "DateField": DayWidget,
        "DecimalField": FigureWidget,
    }

    class Meta:
        skip_unchanged = True
        report_skipped = True
        use_transactions = True
        clean_model_instances = True


class LoadedTable(ImportExportModelAdmin):
    """A table that an administrator loads from a file or corrects by hand; the dry run comes first."""

    formats = (CSV, XLSX)
    list_per_page = ROWS_A_PAGE
    show_full_result_count = False
    skip_import_confirm = False


class Ledger(ExportMixin, admin.ModelAdmin):
    """A table that records what happened: it can be read and exported, and nobody writes in it here."""

    formats = (CSV, XLSX)
    list_per_page = ROWS_A_PAGE
    show_full_result_count = False
    actions = None

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is added by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is changed by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is taken away."""
        return False
