"""Whether anything under watch has changed since a moment before: one name for the state that the data are in."""

from __future__ import annotations

from django.db import connection

_LAST = "(SELECT 1) AS one LEFT JOIN (SELECT id, at FROM audit_entry ORDER BY id DESC LIMIT 1) AS last ON 1 = 1"
_WRITERS = (
    "SELECT 1 FROM pg_locks WHERE locktype = 'relation' AND mode = 'RowExclusiveLock'"
    " AND relation = 'audit_entry'::regclass"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
# No part of these comes from outside.
_BY_VENDOR = {
    "sqlite": f"SELECT last.id, last.at, 1 FROM {_LAST}",  # noqa: S608
    "postgresql": f"SELECT last.id, last.at, NOT EXISTS ({_WRITERS}) FROM {_LAST}",  # noqa: S608
}


def data_version() -> str | None:
    """Return a name that differs after every change of a covered table; None while it cannot be told. One query.

    Why it is right: the triggers write an entry in the very transaction that changes a row (a quiet load writes one
    for all its rows), and entries are never changed or taken away. So the last entry that is visible names what has
    been committed; its moment is part of the name, because a restored or rolled-back database gives a number again.

    On PostgreSQL a lower number may be committed after a higher one. Who has drawn a number holds the lock of the
    table until the end of the transaction, so while somebody holds it there is no name. The snapshot alone does not
    tell: a transaction begun after the last one that ended lies beyond its end. The lock is looked for after the
    snapshot is taken; whoever committed in between is seen by every statement after this one. Writers of SQLite are
    serial. Inside a transaction there is no name either: it may see what nobody else will ever see.
    """
    if connection.in_atomic_block:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_BY_VENDOR[connection.vendor])
        number, at, is_quiet = cursor.fetchone()
    return f"{number}/{at}" if is_quiet else None
