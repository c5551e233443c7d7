"""Administration screens of two kinds: tables that somebody loads from files, and ledgers that are only read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from import_export.admin import ExportMixin, ImportExportModelAdmin, ImportMixin
from import_export.resources import ModelResource
from import_export.widgets import DateWidget, DecimalWidget

from plan_tracker.lib.dates import DayError, parse_day
from plan_tracker.lib.numbers import NumberError, parse_decimal
from plan_tracker.lib.spreadsheets import SpreadsheetError
from plan_tracker.lib.table_formats import SafeCsv, SafeXlsx

ROWS_A_PAGE = 50
PLACES = 4
# How many rows of a file the preview shows; of all others it gives the number.
ROWS_SHOWN = 200


def rows_shown() -> int:
    """Return how many changed rows a preview shows."""
    return ROWS_SHOWN


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
    """Rows of a file, found by natural key and left alone where nothing changed; one wrong row and nothing is saved."""

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

    def import_data(self, dataset: Any, *args: Any, **kwargs: Any) -> Any:
        """Save all or nothing, also where something changed between preview and confirmation."""
        return super().import_data(dataset, *args, **{**kwargs, "rollback_on_validation_errors": True})


class TriedImport(ImportMixin):
    """An import that is tried out first, says why a file is not read, and saves all or nothing."""

    def add_data_read_fail_error_to_form(self, form: Any, e: Exception) -> None:
        """Say why a file is not read."""
        if isinstance(e, SpreadsheetError):
            form.add_error("import_file", str(e))
        else:
            super().add_data_read_fail_error_to_form(form, e)

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        """Say what was saved, or that nothing was, where something changed since the preview."""
        if result.has_errors() or result.has_validation_errors():
            sentence = _("Something has changed since the preview: nothing was saved. Please try the file again.")
            messages.error(request, sentence)
            return redirect(request.path.replace("/process_import/", "/import/"))
        answer: HttpResponse = super().process_result(result, request)
        return answer


class LoadedTable(TriedImport, ImportExportModelAdmin):
    """A table that an administrator loads from a file or corrects by hand; the dry run comes first."""

    formats = (SafeCsv, SafeXlsx)
    list_per_page = ROWS_A_PAGE
    show_full_result_count = False
    skip_import_confirm = False


class Ledger(ExportMixin, admin.ModelAdmin):
    """A table that records what happened: it can be read and exported, and nobody writes in it here."""

    formats = (SafeCsv, SafeXlsx)
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
