"""Which statements write in a table under watch."""

from __future__ import annotations

import re

from plan_tracker.audit.scope import covered_tables

WRITES = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


def writes_under_watch(sql: str) -> bool:
    """Return whether this statement writes rows that the triggers will tell of."""
    found = WRITES.match(sql)
    return found is not None and found[1] in covered_tables()
