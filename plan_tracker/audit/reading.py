"""An entry as people read it: which kind of record, which fields, and their old and new values in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from plan_tracker.audit.models import Entry
from plan_tracker.lib.dates import screen_day

NOTHING = "–"


@dataclass(frozen=True)
class Change:
    """One field of a record, before and after; a value that is not there is a dash."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Line:
    """One entry, ready to be shown."""

    entry: Entry
    kind: str
    changes: tuple[Change, ...]


@lru_cache(maxsize=1)
def _models() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def kind_of(table: str) -> str:
    """Return what a row of this table is called."""
    model = _models().get(table)
    return capfirst(str(model._meta.verbose_name)) if model else table


def kinds(tables: Iterator[str]) -> list[tuple[str, str]]:
    """Return tables with what their rows are called, in the order of the alphabet."""
    return sorted(((table, kind_of(table)) for table in tables), key=lambda pair: pair[1])


def read(entry: Entry) -> Line:
    """Return an entry as a line of the page."""
    return Line(entry, kind_of(entry.table) if entry.table else "", tuple(_changes(entry)))


def _changes(entry: Entry) -> Iterator[Change]:
    old, new = _values(entry.old), _values(entry.new)
    for column in dict.fromkeys((*old, *new)):
        field = _field(entry.table, column)
        # What was empty and stays so tells nothing of a record that comes or goes.
        if (field is not None and field.primary_key) or not (_is_told(old, column) or _is_told(new, column)):
            continue
        label = capfirst(str(field.verbose_name)) if field is not None else column
        yield Change(label, _shown(field, old, column), _shown(field, new, column))


def _is_told(values: dict[str, Any], column: str) -> bool:
    value = values.get(column)
    return value is not None and value != ""


def _values(text: str) -> dict[str, Any]:
    return dict(json.loads(text)) if text else {}


@lru_cache(maxsize=4096)
def _field(table: str, column: str) -> models.Field[Any, Any] | None:
    model = _models().get(table)
    if model is None:
        return None
    name = {field.column: field.name for field in model._meta.local_concrete_fields}.get(column, column)
    try:
        found = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, models.Field) else None


def _shown(field: models.Field[Any, Any] | None, values: dict[str, Any], column: str) -> str:
    """Return one value in words; SQLite knows neither truth nor days, so the field says what a value is."""
    value = values.get(column)
    if value is None or value == "":
        return NOTHING
    if isinstance(field, models.BooleanField):
        return _("yes") if value else _("no")
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DateTimeField):
        return _moment(str(value))
    if isinstance(field, models.DateField):
        return screen_day(date.fromisoformat(str(value)[:10]))
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False)
    return str(value)


def _moment(text: str) -> str:
    moment = datetime.fromisoformat(text)
    local = timezone.localtime(moment if timezone.is_aware(moment) else moment.replace(tzinfo=UTC))
    return f"{local:%H:%M:%S} {screen_day(local)}"
