"""Triggers that keep issued editions as they are, in SQLite and PostgreSQL, whichever way a change comes.

A migration that alters one of these tables runs `release` before and `fix` after: SQLite makes tables anew, and loses
or trips over their triggers. The one change that is let through is that a newer edition supersedes an issued one;
editions of the demonstration may be removed whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plan_tracker.lib.row_refusals import Refusal, make, remove

EDITION = "reports_edition"
FIXED = "('issued', 'superseded')"
MESSAGE = "an issued edition is never changed"
# How the edition of a row is found; {row} is OLD or NEW.
SECTION = "(SELECT s.edition_id FROM reports_editionsection s WHERE s.id = {row}.section_id)"
DRAFT = "(SELECT d.edition_id FROM reports_editiondraft d WHERE d.id = {row}.draft_id)"
PARTS = {
    "reports_editionsection": "{row}.edition_id",
    "reports_sectionsource": SECTION,
    "reports_editionfile": "{row}.edition_id",
    "reports_editiondraft": "{row}.edition_id",
    "reports_editioncomment": DRAFT,
    "reports_editionstep": "{row}.edition_id",
}
# Whom a draft went to came with a later migration.
ADDRESSEES = {
    "reports_editiondraft_addressees": (
        "(SELECT d.edition_id FROM reports_editiondraft d WHERE d.id = {row}.editiondraft_id)"
    )
}
# What happened later is added to the history of an issued edition; what was sent out is never reworded.
GROWING = {"reports_editionstep"}
NEVER_UPDATED = {"reports_editiondraft", "reports_editionstep", *ADDRESSEES}


def _refusal(table: str, event: str, condition: str) -> Refusal:
    return Refusal(table, event, condition, MESSAGE, "fixed")


def triggers(columns: list[str], *, differs: str) -> Iterator[Refusal]:
    """Yield every refusal; `differs` is what compares two values that may be null in this database."""
    changed = " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in columns if column != "state")
    superseding = "OLD.state = 'issued' AND NEW.state = 'superseded'"
    same_state = "OLD.state = NEW.state"
    yield _refusal(EDITION, "UPDATE", f"OLD.state IN {FIXED} AND ({changed} OR NOT ({superseding} OR {same_state}))")
    yield _refusal(EDITION, "DELETE", f"OLD.state IN {FIXED} AND NOT OLD.is_demo")
    yield from part_triggers(PARTS)


def part_triggers(parts: dict[str, str]) -> Iterator[Refusal]:
    """Yield the refusals of tables that belong to an edition; each says how the edition of a row is found."""
    for table, path in parts.items():
        old, new = path.format(row="OLD"), path.format(row="NEW")
        found = f"EXISTS (SELECT 1 FROM {EDITION} e WHERE e.state IN {FIXED} AND e.id IN"  # noqa: S608
        if table not in GROWING:
            yield _refusal(table, "INSERT", f"{found} ({new}))")
        update = "1 = 1" if table in NEVER_UPDATED else f"{found} ({old}, {new}))"
        yield _refusal(table, "UPDATE", update)
        yield _refusal(table, "DELETE", f"{found} ({old}) AND NOT e.is_demo)")


def _all(apps: Any, schema_editor: Any) -> Iterator[Refusal]:
    """Yield the refusals for the columns that the table has at this migration."""
    fields = apps.get_model("reports", "Edition")._meta.local_concrete_fields
    postgresql = schema_editor.connection.vendor == "postgresql"
    yield from triggers([field.column for field in fields], differs="IS DISTINCT FROM" if postgresql else "IS NOT")


def fix(apps: Any, schema_editor: Any) -> None:
    """Make the triggers."""
    make(_all(apps, schema_editor), schema_editor)


def release(apps: Any, schema_editor: Any) -> None:
    """Remove the triggers, for a migration that alters the tables."""
    remove(_all(apps, schema_editor), schema_editor)


def fix_addressees(apps: Any, schema_editor: Any) -> None:
    """Make the triggers of the bodies that drafts went to."""
    make(part_triggers(ADDRESSEES), schema_editor)


def release_addressees(apps: Any, schema_editor: Any) -> None:
    """Remove the triggers of the bodies that drafts went to."""
    remove(part_triggers(ADDRESSEES), schema_editor)
