"""Who is acting now: what every entry written in this thread says about person, place and reason.

Triggers write the entries, so that no way of writing escapes them (forms, imports, the administration, bulk updates,
SQL by hand); what they cannot know is handed to the database together with each statement that writes.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import psycopg2
from django.db import connection, transaction

from plan_tracker.audit.statements import writes_under_watch

SETTING = "plan_tracker.who"
HAND_OVER = "SELECT set_config(%s, %s, true)"
NOBODY: tuple[int | None, str, str] = (None, "", "")


@dataclass(frozen=True)
class Acting:
    """What is known about who acts: `person` is asked at each statement, since signing in changes the answer.

    `person` gives number, user name and shown name of the account. `is_quiet` leaves the rows out; whoever sets it
    writes one entry for all of them.
    """

    person: Callable[[], tuple[int | None, str, str]] = lambda: NOBODY
    address: str = ""
    source: str = ""
    request: str = ""
    on_behalf_of: str = ""
    is_quiet: bool = False

    def values(self) -> dict[str, Any]:
        """Return the columns of an entry that speak of who acts."""
        number, name, shown = self.person()
        return {
            "actor_id": number,
            "actor": name[:150],
            "actor_name": shown[:150],
            "on_behalf_of": self.on_behalf_of[:150],
            "address": self.address[:45],
            "source": self.source[:300],
            "request": self.request[:16],
        }

    def as_json(self) -> str:
        """Return the same as the triggers read it."""
        return json.dumps(self.values() | ({"quiet": True} if self.is_quiet else {}), ensure_ascii=False)


_now = threading.local()


def in_the_name_of(user: Any) -> Callable[[], tuple[int | None, str, str]]:
    """Return what `person` is for somebody who acts outside a request, such as in the demonstration."""
    return lambda: (user.pk, user.get_username(), user.get_full_name())


def who_acts() -> Acting:
    """Return who acts in this thread."""
    stack: list[Acting] = getattr(_now, "stack", [])
    return stack[-1] if stack else Acting()


@contextmanager
def acting(**known: Any) -> Iterator[None]:
    """Let every entry written inside say what is `known`: fields of `Acting`, on top of what holds outside."""
    stack: list[Acting] = _now.__dict__.setdefault("stack", [])
    stack.append(replace(who_acts(), **known))
    try:
        if len(stack) > 1:
            yield
        else:
            with connection.execute_wrapper(_tell_the_database):
                yield
    finally:
        stack.pop()
        if not stack:
            _forget()


def _forget() -> None:
    """Let a transaction that goes on after the last `acting` go on without a name."""
    if connection.vendor == "postgresql" and connection.in_atomic_block and connection.connection is not None:
        with suppress(psycopg2.Error), connection.connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, '', true)", [SETTING])


def _tell_the_database(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Hand over who acts with a statement that writes in a table under watch; leave all others alone."""
    if not writes_under_watch(sql):
        return execute(sql, params, many, context)
    told = who_acts().as_json()
    if connection.vendor != "postgresql":
        write = partial(execute, sql, params, many, context)
        return _with_row(told, write) if connection.in_atomic_block else _on_its_own(told, write, context["cursor"])
    if many:
        with connection.cursor() as cursor:
            cursor.execute(HAND_OVER, [SETTING, told])
        return execute(sql, params, many, context)
    # One message with two statements costs no further way to the server and holds until the transaction ends.
    written = sql if params else sql.replace("%", "%%")
    return execute(f"{HAND_OVER}; {written}", [SETTING, told, *(params or ())], many, context)


class _Taken:
    """A cursor whose rows have been read: SQLite ends no transaction while rows of a statement wait to be read."""

    def __init__(self, cursor: Any) -> None:
        self.cursor, self.rows = cursor, iter(cursor.fetchall())

    def fetchone(self) -> Any:
        """Return the next row, None after the last."""
        return next(self.rows, None)

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""
        return list(self.rows)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.cursor, name)


def _on_its_own(told: str, write: Callable[[], Any], cursor: Any) -> Any:
    """Let one statement, with its name, be a transaction of its own; Django reads the key of a new row only later."""
    with transaction.atomic():
        result = _with_row(told, write)
        if cursor.cursor.description is not None:
            cursor.cursor = _Taken(cursor.cursor)
    return result


def _with_row(told: str, write: Callable[[], Any]) -> Any:
    """Hand over in a row that only this transaction sees, empty again before anybody else can write: SQLite's way."""
    raw: sqlite3.Connection = connection.connection
    raw.execute("UPDATE audit_context SET who = ?", (told,))
    try:
        return write()
    finally:
        # Where the statement ended the whole transaction, the row has gone back with it.
        with suppress(sqlite3.Error):
            raw.execute("UPDATE audit_context SET who = '{}' WHERE who <> '{}'")
