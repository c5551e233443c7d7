"""Lifts the triggers of a database while a backup is put back, and only then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# What keeps the search in step has to go on.
KEPT = "found_"


@contextmanager
def lifted_for_restore(connection: Any) -> Iterator[None]:
    """Let rows come back as they were: what refuses or records a change is silent until the end of the block."""
    if connection.vendor == "postgresql":
        with _disabled(connection):
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        triggers = [(name, sql) for name, sql in cursor.fetchall() if not name.startswith(KEPT)]
        for name, _sql in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
    yield
    with connection.cursor() as cursor:
        for _name, sql in triggers:
            cursor.execute(sql)


@contextmanager
def _disabled(connection: Any) -> Iterator[None]:
    """Disable the triggers of PostgreSQL; the foreign keys are checked all the same, at the end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid"
            " WHERE NOT tgisinternal AND c.relnamespace = current_schema()::regnamespace"
        )
        names = sorted(name for (name,) in cursor.fetchall())
        for name in names:
            cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in names:
            cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
