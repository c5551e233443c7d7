"""Where the words of a report can stand: every text of every table, but for those that are named here with a reason.

The search reads whole tables: it is done twice in the life of a secret, and must miss nothing. A new table is searched
from the day it is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import CharField, Field, JSONField, Model, TextField

from plan_tracker.lib.redacting import Piece, redacted

# Nobody who reports writes in them; the sessions and the trail are gone through by doors of their own.
APART = {
    "accounts": "people and their sessions; forms that wait in a session are taken out by accounts.carrying",
    "audit": "gone through by audit.redacting, which keeps the seals",
    "auth": "rights",
    "axes": "attempts to sign in",
    "contenttypes": "names of tables",
    "otp_static": "recovery codes",
    "otp_totp": "second factors",
    "sessions": "not used: accounts has a table of its own",
}
# The plan itself, the bodies and the indicators: words that a report quotes, and that are no secret.
THE_PLAN = {
    "tasks.Assignment",
    "tasks.AssignmentParty",
    "tasks.Body",
    "tasks.BodyContact",
    "tasks.BodyGroup",
    "tasks.BodyName",
    "tasks.Citation",
    "tasks.LegalDocument",
    "tasks.Passage",
    "tasks.PassagePiece",
    "tasks.Plan",
    "tasks.Succession",
    "tasks.Task",
    "tasks.TaskGroup",
    "tasks.TextCorrection",
    "targets.ApiToken",
    "targets.Counter",
    "targets.Definition",
    "targets.Goal",
    "targets.Indicator",
    "targets.IndicatorReporter",
    "targets.Target",
}
THEMSELVES = {"reports.Tombstone", "reports.TombstoneFile", "reports.TombstonePlace"}
# Where the beginning of a line, or one sentence of it, may have been taken over.
TAKEN_OVER = {
    "reports_edition",
    "reports_editioncomment",
    "reports_editiondraft",
    "reports_editionsection",
    "reports_notice",
    "reports_recommendation",
    "reports_recommendationstep",
    "reports_remark",
    "reports_remarkreply",
    "reports_reminder",
    "reports_sectionsource",
    "django_admin_log",
}
SHORTEST_COLUMN = 40
OWNERS = (
    "section__edition_id",
    "submission_id",
    "edition_id",
    "draft__edition_id",
    "raised_in_id",
    "remark__raised_in_id",
)


@dataclass(frozen=True)
class Sought:
    """What is withdrawn: the whole texts, their parts for where they were taken over, and what stands there instead."""

    exact: tuple[Piece, ...]
    parts: tuple[Piece, ...]
    stand_in: str

    def pieces(self, table: str) -> tuple[Piece, ...]:
        """Return what is sought in a table."""
        return (*self.exact, *self.parts) if table in TAKEN_OVER else self.exact

    def without(self, table: str, value: Any) -> Any:
        """Return a value of a table without the secret."""
        return redacted(value, self.pieces(table), self.stand_in)


@dataclass(frozen=True)
class Hit:
    """One row in which the secret stands: old and new value by the name of the field, and whose row it is."""

    model: type[Model]
    pk: int
    changes: dict[str, tuple[Any, Any]]
    owner: tuple[str, int] | None = None
    row: dict[str, Any] = field(default_factory=dict)

    def column(self, name: str) -> str:
        """Return the column of a field."""
        found = self.model._meta.get_field(name)
        return str(found.column) if isinstance(found, Field) else name

    @property
    def table(self) -> str:
        """Return the table of the row."""
        return self.model._meta.db_table


def tables() -> Iterator[type[Model]]:
    """Yield every table that is searched, in a fixed order."""
    found = (model for model in apps.get_models(include_auto_created=True) if model._meta.managed)
    for model in sorted(found, key=lambda model: model._meta.label):
        apart = model._meta.proxy or model._meta.app_label in APART or model._meta.label in THE_PLAN | THEMSELVES
        if not apart and text_fields(model):
            yield model


def text_fields(model: type[Model]) -> list[Field[Any, Any]]:
    """Return the fields of a table that can hold words of a report."""
    return [found for found in model._meta.local_concrete_fields if _holds_words(found)]


def _holds_words(found: Field[Any, Any]) -> bool:
    if found.primary_key or found.choices or found.unique:
        return False
    if isinstance(found, CharField):
        return (found.max_length or 0) >= SHORTEST_COLUMN
    return isinstance(found, TextField | JSONField)


def search(sought: Sought) -> Iterator[Hit]:
    """Yield every row in which the secret stands; one query a table."""
    for model in tables():
        yield from search_in(model, sought)


def search_in(model: type[Model], sought: Sought) -> Iterator[Hit]:
    """Yield the rows of one table in which the secret stands."""
    fields, table = text_fields(model), model._meta.db_table
    names = [found.name for found in fields]
    owners = [path for path in OWNERS if _leads(model, path)]
    rows = model._base_manager.order_by("pk").values_list("pk", *names, *owners)
    for pk, *values in rows.iterator(chunk_size=500):
        changes = {}
        for found, value in zip(fields, values, strict=False):
            new = sought.without(table, value)
            if new != value:
                changes[found.name] = (value, fitted(found, new))
        if changes:
            yield Hit(model, pk, changes, _owner(model, pk, dict(zip(owners, values[len(fields) :], strict=True))))


def fitted(found: Field[Any, Any], value: Any) -> Any:
    """Return a new value no longer than its column."""
    most = getattr(found, "max_length", None)
    return value[:most] if most and isinstance(value, str) else value


def _leads(model: type[Model], path: str) -> bool:
    """Return whether a table has this way to its report or edition."""
    own: Any = model
    *steps, last = path.split("__")
    for step in steps:
        if step not in {found.name for found in own._meta.local_concrete_fields}:
            return False
        own = own._meta.get_field(step).related_model
    return last in {found.attname for found in own._meta.local_concrete_fields}


def _owner(model: type[Model], pk: int, found: dict[str, int]) -> tuple[str, int] | None:
    """Return the report or the edition that a row belongs to."""
    if model._meta.label in {"reports.Submission", "reports.Edition"}:
        return model._meta.model_name or "", pk
    for path, key in found.items():
        return ("edition" if path.endswith("edition_id") else "submission"), key
    return None


def holding(sought: Sequence[Hit], label: str) -> set[int]:
    """Return the primary keys of the rows of one model among the hits."""
    return {hit.pk for hit in sought if hit.model._meta.label == label}
