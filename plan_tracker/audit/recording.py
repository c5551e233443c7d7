"""Entries that no row tells of: a sign-in, a file loaded as a whole, a copy taken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from plan_tracker.audit.choices import Action
from plan_tracker.audit.context import acting, who_acts
from plan_tracker.audit.models import Entry


def record(action: Action, *, table: str = "", row: str = "", note: str = "", **who: Any) -> Entry:
    """Write one entry about something done just now; `who` replaces columns that speak of who acts."""
    values = who_acts().values() | who
    return Entry.objects.create(at=timezone.now(), action=action, table=table, record=row[:80], note=note, **values)


@contextmanager
def one_entry(note: str, *, table: str = "", row: str = "", **known: Any) -> Iterator[None]:
    """Let everything written inside be told in one entry instead of one for each row.

    For a file or a command that brings thousands of rows: the note says which (its name and its SHA-256), and the rows
    can be had again from it. Rows and entry come in one transaction: `data_version` relies on it.
    """
    with transaction.atomic():
        with acting(**known, is_quiet=True):
            yield
        with acting(**known):
            record(Action.LOADED, table=table, row=row, note=note)
