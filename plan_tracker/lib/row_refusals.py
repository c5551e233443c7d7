"""Triggers by which the database itself refuses to change certain rows, in SQLite and PostgreSQL; for migrations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Refusal:
    """One refusal: on which table, before what, when, what the database says, and what its name ends in.

    A trigger that is older than this way of naming says its whole name.
    """

    table: str
    event: str
    condition: str
    message: str
    ending: str = ""
    named: str = ""

    @property
    def name(self) -> str:
        """Return the name of the trigger, the same in both databases."""
        return self.named or f"{self.table}_{self.event.lower()}_{self.ending}"


def make(refusals: Iterable[Refusal], schema_editor: Any) -> None:
    """Make the triggers."""
    for one in refusals:
        head = f"BEFORE {one.event} ON {one.table} FOR EACH ROW"
        if schema_editor.connection.vendor == "postgresql":
            row = "OLD" if one.event == "DELETE" else "NEW"
            refusal = f"RAISE EXCEPTION '{one.message}' USING ERRCODE = 'restrict_violation'"
            body = f"BEGIN IF {one.condition} THEN {refusal}; END IF; RETURN {row}; END"
            schema_editor.execute(f"CREATE FUNCTION {one.name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$")
            schema_editor.execute(f"CREATE TRIGGER {one.name} {head} EXECUTE FUNCTION {one.name}()")
        else:
            body = f"BEGIN SELECT RAISE(ABORT, '{one.message}'); END"
            schema_editor.execute(f"CREATE TRIGGER {one.name} {head} WHEN {one.condition} {body}")


def remove(refusals: Iterable[Refusal], schema_editor: Any) -> None:
    """Remove the triggers, for a migration that alters the tables."""
    for one in refusals:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {one.name} ON {one.table}")
            schema_editor.execute(f"DROP FUNCTION {one.name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER {one.name}")
