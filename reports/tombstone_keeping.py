"""Triggers that keep a decided withdrawal of a secret as it was decided, in SQLite and PostgreSQL.

Where the secret stood is added once and never changed; a file that had to be deleted only becomes deleted. What
belongs to the demonstration goes with it.
"""

from __future__ import annotations

from typing import Any

from plan_tracker.lib.row_refusals import Refusal, make, remove

MESSAGE = "a withdrawal that was decided is never changed"
DECIDED = "(OLD.confirmed_at IS NOT NULL OR OLD.refused_at IS NOT NULL)"
REAL = (
    "EXISTS (SELECT 1 FROM reports_tombstone t JOIN reports_submission s ON s.id = t.submission_id"
    " JOIN reports_expectation e ON e.id = s.expectation_id JOIN reports_period p ON p.id = e.period_id"
    " WHERE t.id = {key} AND NOT p.is_demo)"
)
OF_ITSELF, OF_ITS_REQUEST = REAL.format(key="OLD.id"), REAL.format(key="OLD.tombstone_id")
# (table, event, when it is refused)
REFUSED = (
    ("reports_tombstone", "UPDATE", DECIDED),
    ("reports_tombstone", "DELETE", f"{DECIDED} AND {OF_ITSELF}"),
    ("reports_tombstoneplace", "UPDATE", "1 = 1"),
    ("reports_tombstoneplace", "DELETE", OF_ITS_REQUEST),
    ("reports_tombstonefile", "UPDATE", "OLD.deleted_at IS NOT NULL OR OLD.sha256 <> NEW.sha256"),
    ("reports_tombstonefile", "DELETE", f"OLD.deleted_at IS NOT NULL AND {OF_ITS_REQUEST}"),
)


REFUSALS = tuple(Refusal(table, event, condition, MESSAGE, "decided") for table, event, condition in REFUSED)


def keep(_apps: Any, schema_editor: Any) -> None:
    """Make the triggers."""
    make(REFUSALS, schema_editor)


def release(_apps: Any, schema_editor: Any) -> None:
    """Remove the triggers, for a migration that alters the tables."""
    remove(REFUSALS, schema_editor)
