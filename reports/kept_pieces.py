"""The pieces of a summary, kept from one drawing to the next while nothing that they rest on has been written to."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol, TypeVar, cast

from django.apps import apps
from django.db import connection

T = TypeVar("T")
# Plain values are compared; of anything else only the very same object counts, for two rows of a model are equal
# however differently they read.
_PLAIN = (tuple, str, int, bool)


@dataclass(frozen=True)
class Piece:
    """What was made, from which pieces and plain values, and the tables that were read for it."""

    value: Any
    of: tuple[Any, ...]
    tables: frozenset[str]


class Keep(Protocol):
    """The way in which what makes a summary asks for its pieces: `Pieces.keep`."""

    def __call__(self, name: str, make: Callable[[], T], *of: object) -> T:
        """Return the piece of this name."""


class Pieces:
    """Gives a piece again where it rests on the same, and makes it anew otherwise.

    Without former pieces everything is made. A piece is asked for once in a drawing, and not while another is made:
    which tables it rests on is seen from the queries that it takes.
    """

    def __init__(self, former: Mapping[str, Piece] | None = None, changed: frozenset[str] = frozenset()) -> None:
        self._former = former or {}
        self._changed = changed
        self.made: dict[str, Piece] = {}

    def keep(self, name: str, make: Callable[[], T], *of: object) -> T:
        """Return a piece; `of` names the pieces and plain values that it is made from, beside what it reads itself."""
        piece = self._former.get(name)
        if piece is None or not _same(piece.of, of) or piece.tables & self._changed:
            watch = _Watch()
            with connection.execute_wrapper(watch):
                value = make()
            piece = Piece(value, of, frozenset(watch.tables))
        self.made[name] = piece
        return cast("T", piece.value)


class _Watch:
    """Notes the tables that queries name."""

    def __init__(self) -> None:
        self.tables: set[str] = set()

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.tables |= _tables_of(sql)
        return execute(sql, params, many, context)


def _same(former: tuple[Any, ...], now: tuple[Any, ...]) -> bool:
    """Return whether a piece would be made from the same."""
    return len(former) == len(now) and all(
        one is other or (type(one) is type(other) and type(one) in _PLAIN and one == other)
        for one, other in zip(former, now, strict=True)
    )


@lru_cache(maxsize=256)
def _tables_of(sql: str) -> frozenset[str]:
    """Return the tables of models that a query names."""
    return _tables().intersection(re.findall(r"\w+", sql))


@lru_cache(maxsize=1)
def _tables() -> frozenset[str]:
    """Return the tables of all models, and those that join two of them."""
    return frozenset(model._meta.db_table for model in apps.get_models(include_auto_created=True))
