"""Entries, seals and redactions are added, never changed or taken away: the triggers that refuse it, and their lifting.

`lifted` is for a restore into an empty database and for the test runner, which empties its tables; nothing else
calls it. The one exception to all that, the withdrawal of a secret, goes through `plan_tracker.audit.redacting`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

TABLES = ("audit_entry", "audit_seal", "audit_redaction")
FUNCTION = "audit_refuse"
MESSAGE = "the audit trail is only ever added to"


def guard(connection: Any) -> None:
    """Make the triggers that refuse every change, for the tables that are there: one came with a later migration."""
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        if connection.vendor == "postgresql":
            refusal = f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'"
            body = f"BEGIN {refusal}; END"
            cursor.execute(f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$")
        for table in filter(present.__contains__, TABLES):
            for name, head in _triggers(connection.vendor, table):
                if connection.vendor == "postgresql":
                    cursor.execute(f"CREATE TRIGGER {name} {head} EXECUTE FUNCTION {FUNCTION}()")
                else:
                    cursor.execute(f"CREATE TRIGGER {name} {head} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END")


def unguard(connection: Any) -> None:
    """Take the triggers away; only `lifted` and the migration's way back do it."""
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
        for table in filter(present.__contains__, TABLES):
            for name, _head in _triggers(connection.vendor, table):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def _triggers(vendor: str, table: str) -> Iterator[tuple[str, str]]:
    yield f"{table}_keeps_on_update", f"BEFORE UPDATE ON {table} FOR EACH ROW"
    yield f"{table}_keeps_on_delete", f"BEFORE DELETE ON {table} FOR EACH ROW"
    if vendor == "postgresql":
        yield f"{table}_keeps_on_truncate", f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"


@contextmanager
def lifted(connection: Any) -> Iterator[None]:
    """Let the trail be loaded or emptied inside, by a restore or the test runner; refuse again afterwards."""
    unguard(connection)
    try:
        yield
    finally:
        guard(connection)
