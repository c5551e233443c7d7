"""Refuses statements that would write a text with a marking of secrecy, whoever asks for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from plan_tracker.lib.secrecy import marking_error

# What the audit trail is told may stand in front of a statement.
WRITES = re.compile(r"(?:^|;)\s*(?:INSERT|UPDATE|REPLACE)\b", re.IGNORECASE)


class SecrecyError(Exception):
    """A text with a marking of secrecy was about to be written; the message is a sentence for the person."""


def refuse_in_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """Run a statement, unless it writes a text with a marking."""
    if params and WRITES.search(str(sql)):
        for text in _texts(params):
            if sentence := marking_error(text):
                raise SecrecyError(sentence)
    return execute(sql, params, many, context)


def _texts(params: Any) -> Iterator[str]:
    """Yield every text among the values of a statement; PostgreSQL is sent many rows as one list for each column."""
    if isinstance(params, str):
        yield params
    elif isinstance(params, list | tuple | dict):
        for value in params.values() if isinstance(params, dict) else params:
            yield from _texts(value)
