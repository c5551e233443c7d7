"""Rows of a file as rows of a table: found by natural key, told by the names of the columns, saved all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field as ModelField
from django.utils.encoding import force_str
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override
from import_export.fields import Field
from import_export.resources import ModelResource

from plan_tracker.lib.text import vn_key
from plan_tracker.loading.cells import (
    LANGUAGES,
    CodeWidget,
    DayWidget,
    FigureWidget,
    WholeWidget,
    WordWidget,
    YesNoWidget,
)

# How many rows of a file the preview shows; of all others it gives the number.
ROWS_SHOWN = 200


def rows_shown() -> int:
    """Return how many changed rows a preview shows."""
    return ROWS_SHOWN


@dataclass(frozen=True)
class ColumnTold:
    """One column as the template explains it."""

    name: str
    label: str
    note: str
    is_key: bool = False
    is_needed: bool = False
    words: tuple[str, ...] = ()


class KeyedResource(ModelResource):
    """Rows of a file, found by natural key and left alone where nothing changed; one wrong row and nothing is saved.

    A heading is the label of a column in any of our languages, or the technical name of the column.
    """

    WIDGETS_MAP = {
        **ModelResource.WIDGETS_MAP,
        "DateField": DayWidget,
        "DecimalField": FigureWidget,
        "BooleanField": YesNoWidget,
        **dict.fromkeys(
            (
                "IntegerField",
                "PositiveIntegerField",
                "PositiveSmallIntegerField",
                "SmallIntegerField",
                "BigIntegerField",
            ),
            WholeWidget,
        ),
    }

    # Columns that tell where a row belongs, beside those that make its key.
    finders: tuple[str, ...] = ()

    class Meta:
        skip_unchanged = True
        report_skipped = True
        use_transactions = True
        clean_model_instances = True

    @classmethod
    def get_fk_widget(cls, field: Any) -> Any:
        """Let a row without a code be named by its number, and say which number nobody bears."""
        return partial(CodeWidget, model=field.remote_field.model)

    @classmethod
    def field_from_django_field(cls, field_name: str, django_field: Any, readonly: bool) -> Field:
        """Write and read the values of a closed list as words."""
        field = super().field_from_django_field(field_name, django_field, readonly)
        if getattr(django_field, "choices", None):
            field.widget = WordWidget(django_field.flatchoices)
        return field

    def _steps(self, field: Field) -> Iterator[Any]:
        """Yield the fields of the tables on the way to what a column tells; none where it shows something else."""
        table = self._meta.model
        for step in str(field.attribute).split("__"):
            known = {one.name: one for one in table._meta.get_fields() if hasattr(one, "verbose_name")}
            if step not in known:
                return
            yield known[step]
            table = known[step].related_model or table

    def model_field(self, field: Field) -> ModelField[Any, Any] | None:
        """Return the field of the table behind a column, or None where the column shows something else."""
        return next(self._steps(field), None) if "__" not in str(field.attribute) else None

    def _label(self, field: Field) -> str:
        """Return what a column is called; one that tells of a row further on, as the reference to that row is."""
        steps = list(self._steps(field))
        named = next((one for one in reversed(steps) if one.is_relation), steps[0] if steps else None)
        return str(field.column_name) if named is None else capfirst(str(named.verbose_name))

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        """Read what the columns name along with the rows."""
        walks = ([one.name for one in self._steps(field) if one.many_to_one] for field in self.get_export_fields())
        ways = {"__".join(walk) for walk in walks if walk}
        return queryset.select_related(*ways) if ways else queryset

    def labels(self) -> dict[str, str]:
        """Return what each column is called in the active language, by its technical name; no two are called alike."""
        labels: dict[str, str] = {}
        for field in self.get_import_fields():
            name, label = str(field.column_name), self._label(field)
            labels[name] = label if label not in labels.values() else f"{label} ({name})"
        return labels

    def told_columns(self) -> Iterator[ColumnTold]:
        """Yield the columns as the template explains them."""
        labels, keys = self.labels(), {*self.get_import_id_fields(), *self.finders}
        for field in self.get_import_fields():
            name, behind = str(field.column_name), self.model_field(field)
            is_needed = behind is not None and not behind.blank and not behind.has_default()
            note = str(getattr(behind or field, "help_text", "") or "")
            widget = field.widget
            words = tuple(widget.words()) if isinstance(widget, WordWidget) else ()
            if isinstance(widget, YesNoWidget):
                words = (_("yes"), _("no"))
            if isinstance(widget, CodeWidget):
                of = _("Code of: %(what)s.") % {"what": str(widget.model._meta.verbose_name)}
                note = f"{of} {note}".strip()
            yield ColumnTold(name, labels[name], note, self.get_field_name(field) in keys, is_needed, words)

    def names(self, headers: list[str]) -> list[str]:
        """Return the technical name that each heading means, or the heading where it means none of ours."""
        known: dict[str, str] = {}
        for language in reversed(LANGUAGES):
            with override(language):
                known |= {vn_key(label): name for name, label in self.labels().items()}
        known |= {vn_key(label): name for name, label in self.labels().items()}
        technical = set(self.labels())
        return [header if header in technical else known.get(vn_key(header), header) for header in headers]

    def get_export_headers(self, selected_fields: Any = None) -> list[str]:
        """Return the labels of the columns."""
        labels = self.labels()
        fields = self.get_export_fields(selected_fields)
        return [labels.get(str(field.column_name), force_str(field.column_name)) for field in fields if field]

    def get_diff_headers(self) -> list[str]:
        """Return the labels of the columns for the preview."""
        return list(self.labels().values())

    def import_data(self, dataset: Any, *args: Any, **kwargs: Any) -> Any:
        """Save all or nothing, also where something changed between preview and confirmation."""
        given = list(dataset.headers)
        dataset.headers = self.names(given)
        kwargs["progress_total"] = len(dataset)
        kwargs.pop("ahead", None)
        result = super().import_data(dataset, *args, **{**kwargs, "rollback_on_validation_errors": True})
        result.dataset, result.given, result.names = dataset, given, list(dataset.headers)
        return result

    def look_ahead(self, dataset: Any, *, progress: Any = None, user: Any = None) -> Any:
        """Read a file and compare it in front of the transaction that writes; None where rows are saved one by one."""
        return None

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        """Look at every cell first, so that all mistakes of a row are told, each at its cell."""
        errors: dict[str, str] = {}
        for field in self.get_import_fields():
            if field.column_name in row:
                try:
                    field.clean(row)
                except ValueError as error:
                    errors[str(field.column_name)] = str(error)
        if errors:
            raise ValidationError(errors)

    def after_import_row(self, row: Any, row_result: Any, **kwargs: Any) -> None:
        """Tell how far the file is."""
        if (progress := kwargs.get("progress")) is not None:
            progress(kwargs["row_number"], kwargs["progress_total"])
