"""A row of any table, so that every screen of the administration has one to open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Field, ForeignKey, Model

from tasks.models import Body, TaskGroup
from tests.factories import at

DAY = date(2024, 6, 14)
# What the constraints of single tables ask for.
GIVEN: dict[str, Callable[[], dict[str, Any]]] = {
    "tasks.Succession": lambda: {"successor_id": Body.objects.values_list("pk", flat=True).order_by("-pk")[0]},
    "tasks.Progress": lambda: {"group_id": any_row(TaskGroup).pk},
    "reports.Entry": lambda: {"group_id": any_row(TaskGroup).pk},
    "reports.SignedCopy": lambda: {"symbol": "", "follows_by": DAY},
    "tasks.ChangeEntry": lambda: {"after": {"code": "a"}},
}
BY_KIND: dict[str, Any] = {
    "DateField": DAY,
    "DateTimeField": at(),
    "JSONField": {},
    "BooleanField": False,
    "DecimalField": 1,
    "EmailField": "a@example.vn",
}


def any_row(model: type[Model]) -> Model:
    """Return the first row of a table, which is made where there is none."""
    found = model._default_manager.first()
    if found is not None:
        return found
    values = {one.attname: _value(one) for one in model._meta.local_concrete_fields if not one.primary_key}
    row = model(**(values | GIVEN.get(model._meta.label, dict)()))
    model._default_manager.bulk_create([row])
    return model._default_manager.get()


def _value(field: Field[Any, Any]) -> Any:
    """Return something that a column takes; nothing where nothing is needed."""
    if field.null or field.has_default():
        return field.get_default()
    if isinstance(field, ForeignKey):
        return any_row(field.remote_field.model).pk
    if field.choices:
        return field.flatchoices[0][0]
    return BY_KIND.get(field.get_internal_type(), 1 if "Integer" in field.get_internal_type() else "a")
