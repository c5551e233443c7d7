"""Triggers that let rows be added to a log and never changed, in SQLite and PostgreSQL.

A migration that alters one of these tables runs `release` before and `keep` after, as those of `freezing` do.
"""

from __future__ import annotations

from typing import Any

REMINDERS = (
    "reports_reminder",
    "reports_reminderline",
    "reports_remindermail",
    "reports_telephonereminder",
)
MESSAGE = "a log is added to and never changed"


def keep(_apps: Any, schema_editor: Any) -> None:
    """Make the triggers."""
    for table in REMINDERS:
        name, head = f"{table}_kept", f"BEFORE UPDATE ON {table} FOR EACH ROW"
        if schema_editor.connection.vendor == "postgresql":
            body = f"BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'restrict_violation'; END"
            schema_editor.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$")
            schema_editor.execute(f"CREATE TRIGGER {name} {head} EXECUTE FUNCTION {name}()")
        else:
            schema_editor.execute(f"CREATE TRIGGER {name} {head} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END")


def release(_apps: Any, schema_editor: Any) -> None:
    """Remove the triggers, for a migration that alters the tables."""
    for table in REMINDERS:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {table}_kept ON {table}")
            schema_editor.execute(f"DROP FUNCTION {table}_kept()")
        else:
            schema_editor.execute(f"DROP TRIGGER {table}_kept")
