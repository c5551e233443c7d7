"""A whole file at once: compared with what stands in one query, written in a few, told in one entry of the trail.

The screens and results are the library's; only the way between them is ours. Rows of the file may name rows above
them, which are written first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey, Model
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from import_export.exceptions import FieldError
from import_export.fields import Field
from import_export.results import Error, Result, RowResult

from plan_tracker.audit.recording import one_entry
from plan_tracker.lib.collecting import collecting_later
from plan_tracker.loading.ahead import Ahead, look_ahead, still_right
from plan_tracker.loading.cells import CodeWidget
from plan_tracker.loading.resources import KeyedResource, rows_shown

ROWS_A_STATEMENT = 500


@dataclass
class BulkRow:
    """One row of the file: its number from 1, what was read, what stood before, and what is wrong by column."""

    number: int
    cells: dict[str, Any]
    instance: Any = None
    before: Any = None
    is_changed: bool = False
    errors: dict[str, list[str]] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """Return what becomes of it, in the library's words."""
        if self.before is None:
            return str(RowResult.IMPORT_TYPE_NEW)
        return str(RowResult.IMPORT_TYPE_UPDATE if self.is_changed else RowResult.IMPORT_TYPE_SKIP)

    def wrong(self, name: str, sentences: Iterable[Any]) -> None:
        """Note what is wrong with a column."""
        self.errors.setdefault(name, []).extend(str(sentence) for sentence in sentences)


class BulkResource(KeyedResource):
    """Rows found by natural key, all in one query, and written by `bulk_create(update_conflicts)`."""

    @collecting_later()
    def import_data(self, dataset: Any, dry_run: bool = False, **kwargs: Any) -> Any:
        """Compare the whole file and, unless it is a dry run or a row is wrong, write it; the dry run tries to."""
        result = Result()
        result.dataset, result.given = dataset, list(dataset.headers)
        result.names = self.names(result.given)
        result.diff_headers, result.total_rows = self.get_diff_headers(), len(dataset)
        try:
            self._check_import_id_fields(result.names)
        except FieldError:
            result.append_base_error(Error(self._lacking(result.names)))
            return result
        look = self._look(dataset, kwargs.get("progress"))
        ahead = kwargs.get("ahead") or look_ahead(look)
        with transaction.atomic():
            rows = still_right(ahead, look)
            changed = [row for row in rows if row.is_changed or (row.before is None and row.instance is not None)]
            note = _note(dataset, rows, kwargs.get("file_name"))
            if not any(row.errors for row in rows):
                self._write(changed, note)
            if dry_run or any(row.errors for row in rows):
                transaction.set_rollback(True)
        self._fill(result, rows)
        return result

    def look_ahead(self, dataset: Any, *, progress: Any = None, user: Any = None) -> Ahead[list[BulkRow]] | None:
        """Read the file and compare it with what stands."""
        return look_ahead(self._look(dataset, progress))

    def _look(self, dataset: Any, progress: Any) -> Callable[[], list[BulkRow]]:
        names = self.names(list(dataset.headers))

        def look() -> list[BulkRow]:
            for one in self.get_import_fields():
                if isinstance(one.widget, CodeWidget):
                    # What was found in front of the transaction may be gone, or be a row that was never written.
                    one.widget.found.clear()
            return list(self._read(dataset, names, progress))

        return look

    def _lacking(self, names: Sequence[str]) -> ValueError:
        labels = self.labels()
        keys = [str(self.fields[name].column_name) for name in self.get_import_id_fields()]
        lacking = ", ".join(labels[name] for name in keys if name not in names)
        return ValueError(_("Columns are missing: %(names)s.") % {"names": lacking})

    def _keys(self) -> list[Field]:
        return [self.fields[name] for name in self.get_import_id_fields()]

    def _key_of(self, instance: Model) -> tuple[Any, ...]:
        return tuple(getattr(instance, _attname(self._meta.model, str(key.attribute))) for key in self._keys())

    def _read(self, dataset: Any, names: Sequence[str], progress: Any) -> Iterator[BulkRow]:
        """Yield the rows that are not blank, each with the row that it becomes or with what is wrong."""
        known = {self._key_of(one): one for one in self.get_queryset()}
        seen: dict[tuple[Any, ...], int] = {}
        inner = [one for one in self.get_import_fields() if self._leads_to_itself(one)]
        for number, cells in enumerate(dataset, 1):
            row = BulkRow(number, dict(zip(names, cells, strict=True)))
            if any(cell not in {None, ""} for cell in cells):
                self._read_row(row, known, seen)
                yield row
                for one in inner:
                    _let_be_found(one.widget, row)
            if progress is not None:
                progress(number, len(dataset))

    def _leads_to_itself(self, one: Field) -> bool:
        return isinstance(one.widget, CodeWidget) and one.widget.model is self._meta.model

    def _read_row(self, row: BulkRow, known: dict[tuple[Any, ...], Any], seen: dict[tuple[Any, ...], int]) -> None:
        values: dict[str, Any] = {}
        for one in self.get_import_fields():
            if one.column_name in row.cells:
                try:
                    values[str(one.attribute)] = one.clean(row.cells)
                except ValueError as error:
                    row.wrong(str(one.column_name), [error])
        if row.errors:
            return
        new = self._meta.model(**{str(key.attribute): values[str(key.attribute)] for key in self._keys()})
        key = self._key_of(new)
        if (first := seen.setdefault(key, row.number)) != row.number:
            said = _("Row %(row)s gives the same one.") % {"row": first + 1}
            row.wrong(str(self._keys()[-1].column_name), [said])
            return
        row.before = known.get(key)
        instance = copy(row.before) if row.before is not None else new
        for name, value in values.items():
            setattr(instance, name, _stored(instance, name, value))
        row.instance = instance
        self._check(row)
        row.is_changed = row.before is not None and any(
            getattr(row.before, name) != getattr(instance, name)
            for name in (_attname(self._meta.model, attribute) for attribute in values)
        )

    def _check(self, row: BulkRow) -> None:
        """Ask the fields and the row itself; what a code names was looked up already."""
        keys = [one for one in row.instance._meta.local_concrete_fields if isinstance(one, ForeignKey)]
        columns = {str(one.attribute): str(one.column_name) for one in self.get_import_fields()}
        for one in keys:
            if not one.null and getattr(row.instance, one.attname) is None and not _is_new(row.instance, one):
                row.wrong(columns.get(one.name, one.name), [_("This cell is empty.")])
        try:
            row.instance.clean_fields(exclude=[one.name for one in keys])
            row.instance.clean()
        except ValidationError as error:
            told = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
            for name, sentences in told.items():
                row.wrong(columns.get(name, name), sentences)

    def _write(self, changed: Sequence[BulkRow], note: str) -> None:
        """Write what is new or changed; where the database refuses, find the rows that it means."""
        if not changed:
            return
        try:
            with transaction.atomic(), one_entry(note, table=self._meta.model._meta.db_table):
                self._upsert([_unnumbered(row) for row in changed])
        except IntegrityError:
            for row in changed:
                try:
                    row.instance.validate_constraints()
                except ValidationError as error:
                    row.wrong(NON_FIELD_ERRORS, error.messages)
            if not any(row.errors for row in changed):
                changed[0].wrong(NON_FIELD_ERRORS, [_("The database refuses these rows.")])

    def _upsert(self, waiting: list[Any]) -> None:
        """Write rows whose references are written, until none is left."""
        model = self._meta.model
        key = [str(one.attribute) for one in self._keys()]
        rest = [one.name for one in model._meta.local_concrete_fields if one.name not in key and not one.primary_key]
        while waiting:
            ready = [row for row in waiting if not _waits(row)]
            model._default_manager.bulk_create(
                ready, batch_size=ROWS_A_STATEMENT, update_conflicts=True, unique_fields=key, update_fields=rest
            )
            done = {id(row) for row in ready}
            waiting = [row for row in waiting if id(row) not in done]

    def _fill(self, result: Any, rows: Sequence[BulkRow]) -> None:
        """Put what became of each row in the result that the library's pages show."""
        left = rows_shown()
        for row in rows:
            if row.errors:
                result.append_invalid_row(row.number, row.cells, ValidationError(dict(row.errors)))
                continue
            told = RowResult()
            told.import_type = row.kind
            if told.import_type != RowResult.IMPORT_TYPE_SKIP and left > 0:
                told.diff = [_difference(one, row) for one in self.get_import_fields()]
                left -= 1
            result.append_row_result(told)
            result.increment_row_result_total(told)


def _attname(model: type[Model], name: str) -> str:
    return str(model._meta.get_field(name).attname)  # type: ignore[union-attr]


def _stored(instance: Model, name: str, value: Any) -> Any:
    """Return a value as its column holds it: an empty cell is an empty text where the column knows no nothing."""
    if value is not None:
        return value
    column: Any = instance._meta.get_field(name)
    return value if column.null or isinstance(column, ForeignKey) else column.get_default()


def _is_new(instance: Any, column: ForeignKey[Any, Any]) -> bool:
    """Return whether a reference leads to a row of the same file, which has no number yet."""
    return column.is_cached(instance) and getattr(instance, column.name) is not None


def _let_be_found(widget: CodeWidget, row: BulkRow) -> None:
    """Let the rows below name this one by its code."""
    if row.instance is not None and row.before is None and not row.errors:
        code = str(getattr(row.instance, widget.field))
        widget.found[code, widget.place(row.cells)] = row.instance


def _unnumbered(row: BulkRow) -> Any:
    """Return the row as it is written: found by its natural key and not by its number."""
    row.instance.pk = None
    return row.instance


def _waits(instance: Any) -> bool:
    """Return whether a reference leads to a row that is not written yet."""
    columns = [one for one in instance._meta.local_concrete_fields if isinstance(one, ForeignKey)]
    return any(_is_new(instance, one) and getattr(instance, one.name).pk is None for one in columns)


def _note(dataset: Any, rows: Sequence[BulkRow], file_name: str | None) -> str:
    """Return what the audit trail says of the file: its name and hash, and what became of its rows."""
    kinds = [row.kind for row in rows if not row.errors]
    told = _("%(file)s, SHA-256 %(hash)s: %(new)s new, %(changed)s changed, %(same)s unchanged")
    return told % {
        "file": file_name or "–",
        "hash": getattr(dataset, "sha256", "–"),
        "new": kinds.count("new"),
        "changed": kinds.count("update"),
        "same": kinds.count("skip"),
    }


def _difference(one: Field, row: BulkRow) -> SafeString:
    """Return a cell of the preview, what changes told from what was."""
    new = one.widget.render(one.get_value(row.instance))
    old = one.widget.render(one.get_value(row.before)) if row.before is not None else new
    return format_html("{}", new) if new == old else format_html("<del>{}</del><ins>{}</ins>", old, new)
