"""One name for the state that the data under watch are in, and which tables were written to since another one."""

from __future__ import annotations

from django.db import connection

from plan_tracker.audit.choices import BY_THE_DATABASE, Action

MOST_CHANGES = 1000
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

_SINCE = 'SELECT id, at, action, "table" FROM audit_entry WHERE id >= %s ORDER BY id LIMIT %s'
# What is told of people, not of rows.
_OF_NO_ROW = frozenset(
    {
        Action.SIGNED_IN,
        Action.SIGN_IN_FAILED,
        Action.SIGNED_OUT,
        Action.UNLOCKED,
        Action.SESSION_ENDED,
        Action.LINK_ASKED,
        Action.EXPORTED,
    }
)


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


def tables_changed_since(version: str) -> frozenset[str] | None:
    """Return the tables written to since a version was named; None where it cannot be told. One query.

    It cannot be told after too many changes, after a quiet load or withdrawal, whose entry does not name its rows, and
    where the entry of the version is not there any more or is another one: the database is a restored one. Ask it
    after a version was given: then whoever drew a lower number has committed, and nobody's change is left out.
    """
    number = version.partition("/")[0]
    if not number.isdecimal():
        return None
    with connection.cursor() as cursor:
        cursor.execute(_SINCE, [int(number), MOST_CHANGES + 1])
        first, *rows = cursor.fetchall() or [(None,) * 4]
    told = [(action, table) for _id, _at, action, table in rows if action not in _OF_NO_ROW]
    if f"{first[0]}/{first[1]}" != version or len(rows) >= MOST_CHANGES:
        return None
    if any(action not in BY_THE_DATABASE or not table for action, table in told):
        return None
    return frozenset(table for _action, table in told)
