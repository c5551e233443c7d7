"""Which tables a backup holds, and how their rows are written as lines and read again, whatever the database."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.files.storage import Storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import FileField, JSONField, Model

# Who is signed in just now is neither kept nor restored: whoever holds the file could go on in those sessions.
LEFT_OUT = {"accounts.session", "sessions.session"}
# Made by every migration of an empty database; a restore replaces them.
MADE_BY_MIGRATIONS = {"contenttypes.contenttype", "auth.permission"}
CHUNK = 500
MOST_PARAMETERS = 900

Table = type[Model]


def tables() -> list[Table]:
    """Return every table, those between two others included, in a fixed order."""
    found = (model for model in apps.get_models(include_auto_created=True) if model._meta.managed)
    kept = (model for model in found if not model._meta.proxy and model._meta.label_lower not in LEFT_OUT)
    return sorted(kept, key=lambda model: model._meta.label_lower)


def columns(table: Table) -> list[models.Field[Any, Any]]:
    """Return the fields that a row is stored in; what the database computes is left to it."""
    return [field for field in table._meta.local_concrete_fields if not field.generated]


def file_fields(table: Table) -> list[FileField]:
    """Return the fields that name stored files."""
    return [field for field in table._meta.local_concrete_fields if isinstance(field, FileField)]


def storages(table: Table) -> Iterator[tuple[str, Storage]]:
    """Yield the fields that name stored files, each with where the files are."""
    for field in file_fields(table):
        yield field.attname, field.storage


class _Encoder(DjangoJSONEncoder):
    """Writes every value of a row; moments keep their microseconds."""

    def default(self, o: Any) -> Any:
        if isinstance(o, bytes | memoryview):
            return {"base64": base64.b64encode(bytes(o)).decode()}
        if hasattr(o, "isoformat"):
            return o.isoformat()
        return super().default(o)


def rows(table: Table, using: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a table by primary key."""
    names = [field.attname for field in columns(table)]
    yield from table._base_manager.using(using).order_by("pk").values_list(*names).iterator(chunk_size=CHUNK)


def line(row: tuple[Any, ...]) -> bytes:
    """Return a row as one line."""
    return json.dumps(row, cls=_Encoder, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _value(field: models.Field[Any, Any], value: Any) -> Any:
    """Return what a line says of a field as the model knows it."""
    if value is None or isinstance(field, JSONField):
        return value
    if isinstance(value, dict) and "base64" in value:
        return base64.b64decode(value["base64"])
    return getattr(field, "target_field", field).to_python(value)


def insert(table: Table, lines: Iterable[bytes], connection: Any) -> int:
    """Store the rows as they were, nothing computed anew; return how many."""
    fields = columns(table)
    many = max(1, MOST_PARAMETERS // len(fields))
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(field.column) for field in fields)
    places = f"({', '.join(['%s'] * len(fields))})"
    head = f"INSERT INTO {quoted(table._meta.db_table)} ({names}) VALUES "  # noqa: S608 - names of the models
    count, waiting = 0, iter(lines)
    with connection.cursor() as cursor:
        while chunk := list(islice(waiting, many)):
            parameters: list[Any] = []
            for one in chunk:
                for field, value in zip(fields, json.loads(one), strict=True):
                    parameters.append(field.get_db_prep_save(_value(field, value), connection))
            cursor.execute(head + ", ".join([places] * len(chunk)), parameters)
            count += len(chunk)
    return count
