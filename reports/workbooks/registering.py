"""The documents of a workbook as rows of the body's register, tried out and saved by import-export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import tablib
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override
from import_export.fields import Field
from import_export.widgets import CharWidget

from plan_tracker.lib.dates import screen_day
from plan_tracker.lib.text import nfc, vn_key
from plan_tracker.loading.cells import CodesWidget
from plan_tracker.loading.resources import KeyedResource
from reports.models import Submission
from reports.workbooks.cells import Notebook, TableRow
from reports.workbooks.layout import DOCUMENTS
from tasks.choices import DocumentKind
from tasks.models import Assignment, IssuedDocument, Task

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User

COLUMNS = tuple(column.name for column in DOCUMENTS.columns)


@dataclass(frozen=True)
class Register:
    """Whose register it is: primary keys of plan and body."""

    plan: int
    body: int

    @classmethod
    def of(cls, submission: Submission) -> Register:
        """Return the register that a report is filled from."""
        return cls(submission.expectation.period.plan_id, submission.expectation.body_id)


class KindWidget(CharWidget):
    """The type of a document by the word of the drop-down, which is always Vietnamese."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        """Return the type, or refuse a word that is not in the list."""
        with override("vi"):
            known = {vn_key(str(kind.label)): kind.value for kind in DocumentKind}
        if not value:
            raise ValueError(_("Choose the type of the document from the list."))
        if (kind := known.get(vn_key(value))) is None:
            raise ValueError(_("“%(word)s” is no type of document: choose one from the list.") % {"word": value[:60]})
        return str(kind)


class LineWidget(CharWidget):
    """A text of one line, in composed letters."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        """Return the text, or refuse an empty cell."""
        text = " ".join(nfc(str(value or "")).split())
        if not text:
            raise ValueError(_("This cell is empty."))
        return text


class RegisterResource(KeyedResource):
    """Documents of one body in one plan, found by type, symbol and day."""

    kind = Field(attribute="kind", column_name="kind", widget=KindWidget())
    symbol = Field(attribute="symbol", column_name="symbol", widget=LineWidget())
    title = Field(attribute="title", column_name="title", widget=LineWidget())

    class Meta(KeyedResource.Meta):
        model = IssuedDocument
        fields = COLUMNS
        import_id_fields = ("kind", "symbol", "issued_on")

    def __init__(self, register: Register, actor: User) -> None:
        super().__init__()
        self.register, self.actor = register, actor
        for name, model, rows in (
            ("assignments", Assignment, Assignment.objects.filter(plan_id=register.plan)),
            ("tasks", Task, Task.objects.filter(group__plan_id=register.plan)),
        ):
            self.fields[name] = Field(attribute=name, column_name=name, widget=CodesWidget(model, rows))

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        """Look at every cell first, so that all mistakes of a row are told, each at its cell."""
        errors: dict[str, str] = {}
        for field in self.get_import_fields():
            try:
                if field.clean(row) is None:
                    errors[field.column_name] = _("This cell is empty.")
            except ValueError as error:
                errors[field.column_name] = str(error)
        if errors:
            raise ValidationError(errors)

    def get_queryset(self) -> QuerySet[IssuedDocument]:
        """Return the register of this body."""
        return IssuedDocument.objects.filter(body_id=self.register.body)

    def init_instance(self, row: Any = None) -> IssuedDocument:
        """Return a new line of the register, with whose it is and who recorded it."""
        return IssuedDocument(
            plan_id=self.register.plan,
            body_id=self.register.body,
            recorded_by=self.actor,
            is_demo=self.actor.is_demo,
        )


@dataclass(frozen=True)
class DocumentRow:
    """What becomes of one document: new, update or skip."""

    number: int
    title: str
    kind: str


def register_documents(
    rows: Sequence[TableRow], register: Register, actor: User, notebook: Notebook, *, dry_run: bool
) -> list[DocumentRow]:
    """Try out or save the rows; mistakes are noted at their cells, and one mistake saves nothing.

    Rows that stand in the register as they are cost no query.
    """
    told = [(row, _cells(row)) for row in rows]
    known = _known(register)
    found = [DocumentRow(row.number, cells["title"], "skip") for row, cells in told if _key(cells) in known]
    fresh = [(row, cells) for row, cells in told if _key(cells) not in known]
    if not fresh:
        return found
    dataset = tablib.Dataset(headers=COLUMNS)
    for _row, cells in fresh:
        dataset.append([cells[name] for name in COLUMNS])
    resource = RegisterResource(register, actor)
    result = resource.import_data(dataset, dry_run=dry_run, use_transactions=True, rollback_on_validation_errors=True)
    for invalid in result.invalid_rows:
        row = fresh[invalid.number - 1][0]
        for name, sentences in invalid.field_specific_errors.items():
            _wrong(notebook, row, name, sentences)
        for sentence in invalid.non_field_specific_errors:
            _wrong(notebook, row, "symbol", [sentence])
    # Every mistake of the person's was told above; what is left is a fault of ours or of the database.
    for error in [*result.base_errors, *(one for _number, errors in result.row_errors() for one in errors)]:
        raise error.error
    done = [row.import_type for row in result.rows]
    return found + [
        DocumentRow(row.number, f"{cells['symbol']} {cells['title']}", kind)
        for (row, cells), kind in zip(fresh, done, strict=False)
        if kind in {"new", "update", "skip"}
    ]


def _wrong(notebook: Notebook, row: TableRow, name: str, sentences: Sequence[Any]) -> None:
    column = name if name in COLUMNS else "symbol"
    for sentence in sentences:
        notebook.wrong(DOCUMENTS, row.reference(column), str(sentence))


def _cells(row: TableRow) -> dict[str, str]:
    return {name: row.day_text(name) if name == "issued_on" else row.text(name).strip() for name in COLUMNS}


def _key(cells: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(" ".join(nfc(cells[name]).split()) for name in COLUMNS)


def _known(register: Register) -> set[tuple[str, ...]]:
    """Return the register as the workbook writes it; three queries."""
    known = IssuedDocument.objects.filter(body_id=register.body)
    with override("vi"):
        return {
            _key(
                {
                    "kind": str(DocumentKind(row.kind).label),
                    "symbol": row.symbol,
                    "issued_on": screen_day(row.issued_on),
                    "title": row.title,
                    "assignments": ";".join(one.code for one in row.assignments.all()),
                    "tasks": ";".join(one.code for one in row.tasks.all()),
                }
            )
            for row in known.prefetch_related("assignments", "tasks")
        }
