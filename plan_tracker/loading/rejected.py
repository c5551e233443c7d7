"""The rows of a file that were refused: where and why on the page, and as a file to be corrected and sent again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from plan_tracker.lib import spreadsheets
from plan_tracker.lib.spreadsheets import Cell, Table
from plan_tracker.loading.resources import KeyedResource


def located(result: Any, resource: KeyedResource) -> None:
    """Put label and place of the cell before each sentence of a result that names columns technically."""
    if not hasattr(result, "names"):
        return
    labels = resource.labels()
    places = {name: get_column_letter(place) for place, name in enumerate(result.names, 1)}
    by_attribute = {str(field.attribute): str(field.column_name) for field in resource.get_import_fields()}
    for row in result.invalid_rows:
        told: dict[str, list[str]] = {}
        for key, sentences in row.error_dict.items():
            name = by_attribute.get(key, key)
            place = places.get(name)
            for sentence in sentences:
                cell = _("Cell %(cell)s: %(sentence)s") % {"cell": f"{place}{row.number + 1}", "sentence": sentence}
                told.setdefault(labels.get(name, key), []).append(cell if place else sentence)
        row.error, row.error_dict = ValidationError(told), told


def reasons(result: Any) -> Iterator[tuple[int, str]]:
    """Yield the number of each refused row among the rows of the file, from 1, with everything said against it."""
    for row in result.invalid_rows:
        parts = [
            sentence if label == NON_FIELD_ERRORS else f"{label}: {sentence}"
            for label, sentences in row.error_dict.items()
            for sentence in sentences
        ]
        yield row.number, "; ".join(parts)
    for number, errors in result.row_errors():
        yield number, "; ".join(str(error.error) for error in errors)


def rejected_rows(result: Any) -> bytes | None:
    """Return a workbook of the refused rows as they came, the reason in a last column; None where there are none."""
    against = dict(sorted(reasons(result)))
    if not against or not hasattr(result, "dataset"):
        return None
    rows: list[list[Cell]] = [
        [*(_cell(value) for value in result.dataset[number - 1]), reason] for number, reason in against.items()
    ]
    return spreadsheets.write_xlsx(Table(_("Rejected rows"), [*result.given, _("Why rejected")], rows))


def _cell(value: Any) -> Cell:
    """Return a cell as it came: a moment as its day, a number with a point as the decimal it is."""
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, str | date | Decimal):
        return value
    return Decimal(str(value)) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
