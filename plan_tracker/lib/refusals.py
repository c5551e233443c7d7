"""Lifts the triggers that refuse a change, for the length of one transaction, and puts back the very same ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# What the triggers that refuse are called: of issued editions, of logs, of the audit trail.
REFUSING = re.compile(r"_(fixed|kept|keeps_on_\w+)$")


@contextmanager
def lifted(connection: Any, *, but: frozenset[str] = frozenset()) -> Iterator[None]:
    """Let rows be changed inside that are otherwise refused, `but` those of these tables; inside a transaction only.

    Where something fails inside, the transaction is rolled back, and the triggers come back with everything else.
    """
    assert connection.in_atomic_block  # noqa: S101 - without one a failure would leave the triggers lifted
    found = [row for row in _triggers(connection) if REFUSING.search(row[1]) and row[0] not in but]
    _settled(connection)
    with connection.cursor() as cursor:
        for table, name, _sql in found:
            if connection.vendor == "postgresql":
                cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER "{name}"')
            else:
                cursor.execute(f'DROP TRIGGER "{name}"')
    yield
    _settled(connection)
    with connection.cursor() as cursor:
        for table, name, sql in found:
            cursor.execute(
                f'ALTER TABLE "{table}" ENABLE TRIGGER "{name}"' if connection.vendor == "postgresql" else sql
            )


def _triggers(connection: Any) -> list[tuple[str, str, str]]:
    """Return table, name and statement of the triggers in force."""
    if connection.vendor == "postgresql":
        sql = (
            "SELECT c.relname, t.tgname, '' FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND c.relnamespace = current_schema()::regnamespace"
            " ORDER BY 1, 2"
        )
    else:
        sql = "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [(str(table), str(name), str(statement)) for table, name, statement in cursor.fetchall()]


def _settled(connection: Any) -> None:
    """Let PostgreSQL check now what it would check at the end: it alters no table that still waits for that."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
