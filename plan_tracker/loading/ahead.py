"""Looks at a file in front of the transaction that writes it, so that nobody waits while it is read and judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from plan_tracker.audit.version import data_version, tables_changed_since

Found = TypeVar("Found")


@dataclass(frozen=True)
class Ahead(Generic[Found]):
    """What was found in a file, and the name of the data that it was compared with."""

    version: str
    found: Found


def look_ahead(look: Callable[[], Found]) -> Ahead[Found] | None:
    """Look now; None, without looking, where the data have no name: inside a transaction, or while somebody writes."""
    version = data_version()
    return Ahead(version, look()) if version else None


def still_right(ahead: Ahead[Found] | None, look: Callable[[], Found]) -> Found:
    """Return what was found if nobody has changed anything since, else look again; called under the writer's lock."""
    if ahead is None or tables_changed_since(ahead.version) != frozenset():
        return look()
    return ahead.found
