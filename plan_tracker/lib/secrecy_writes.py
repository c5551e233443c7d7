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
        for text in _texts(params, many=many):
            if sentence := marking_error(text):
                raise SecrecyError(sentence)
    return execute(sql, params, many, context)


def _texts(params: Any, *, many: bool) -> Iterator[str]:
    for row in params if many else [params]:
        values = row.values() if isinstance(row, dict) else row
        yield from (value for value in values if isinstance(value, str))
