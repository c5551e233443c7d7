"""The journal of a change of bodies: every row that it makes, alters or takes away, so that all of it can be undone."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Model, ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from tasks.models import BodyChange, ChangeEntry

Values = dict[str, Any]


class UndoRefused(Exception):
    """A change cannot be undone; the message is a sentence for the person."""


class Journal:
    """Writes rows for one change and keeps what they were; call it inside a transaction."""

    def __init__(self, change: BodyChange) -> None:
        self.change = change
        self._place = change.entries.count()

    def create(self, row: Model) -> None:
        """Save a new row."""
        row.save()
        self._keep(row, None, {})

    def alter(self, row: Model, **values: Any) -> None:
        """Give a row other values; those that it has already are left out."""
        differing = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not differing:
            return
        before = values_of(row, differing)
        for name, value in differing.items():
            setattr(row, name, value)
        row.save(update_fields=list(differing))
        self._keep(row, before, values_of(row, differing))

    def remove(self, row: Model) -> None:
        """Delete a row that nothing hangs on."""
        key = row.pk
        before = values_of(row, [column.name for column in row._meta.concrete_fields])
        row.delete()
        row.pk = key
        self._keep(row, before, None)

    def _keep(self, row: Model, before: Values | None, after: Values | None) -> None:
        self._place += 1
        ChangeEntry.objects.create(
            change=self.change, order=self._place, table=row._meta.label_lower, row=row.pk, before=before, after=after
        )


def values_of(row: Model, names: Any) -> Values:
    """Return some values of a row as JSON can hold them."""
    found: Values = {}
    for name in names:
        column: Any = row._meta.get_field(name)
        value = column.value_from_object(row)
        found[name] = value if value is None or isinstance(value, bool | int) else column.value_to_string(row)
    return found


@transaction.atomic
def undo(change: BodyChange) -> None:
    """Put every row back as it was before the change, the last one first, and forget the journal.

    Refused where a row was altered since, or where something hangs on a row that the change made.
    """
    for entry in change.entries.order_by("-order"):
        table: Any = apps.get_model(entry.table)
        if entry.after is None:
            table(**_typed(table, entry.before or {})).save(force_insert=True)
            continue
        row = table._base_manager.filter(pk=entry.row).first()
        if row is None:
            raise UndoRefused(_("A row that the change wrote is gone: %(row)s.") % {"row": entry})
        if entry.before is None:
            _delete(row)
        else:
            _put_back(row, entry.before, entry.after)
    change.entries.all().delete()


def _put_back(row: Model, before: Values, after: Values) -> None:
    """Restore the values of a row that nobody has touched since."""
    if values_of(row, after) != after:
        raise UndoRefused(_("“%(row)s” was altered after the change; set it right first.") % {"row": row})
    for name, value in _typed(type(row), before).items():
        setattr(row, name, value)
    row.save(update_fields=[row._meta.get_field(name).name for name in before])


def _typed(table: type[Model], values: Values) -> Values:
    """Return values by column, as the database holds them."""
    found: Values = {}
    for name, value in values.items():
        column: Any = table._meta.get_field(name)
        found[column.attname] = None if value is None else column.to_python(value)
    return found


def _delete(row: Model) -> None:
    try:
        with transaction.atomic():
            row.delete()
    except (ProtectedError, RestrictedError, IntegrityError) as error:
        raise UndoRefused(_("Other records already speak of “%(row)s”.") % {"row": row}) from error
