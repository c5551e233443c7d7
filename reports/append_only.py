"""Triggers that let rows be added to a log and never changed, in SQLite and PostgreSQL.

A migration that alters one of these tables runs `release` before and `keep` after, as those of `freezing` do.
"""

from __future__ import annotations

from typing import Any

from plan_tracker.lib.row_refusals import Refusal, make, remove

REMINDERS = (
    "reports_reminder",
    "reports_reminderline",
    "reports_remindermail",
    "reports_telephonereminder",
)
MESSAGE = "a log is added to and never changed"


REFUSALS = [Refusal(table, "UPDATE", "1 = 1", MESSAGE, named=f"{table}_kept") for table in REMINDERS]


def keep(_apps: Any, schema_editor: Any) -> None:
    """Make the triggers."""
    make(REFUSALS, schema_editor)


def release(_apps: Any, schema_editor: Any) -> None:
    """Remove the triggers, for a migration that alters the tables."""
    remove(REFUSALS, schema_editor)
