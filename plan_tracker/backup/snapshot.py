"""A view of the database that stands still while others go on writing."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connections, transaction

COPY = "backup_copy"


@contextmanager
def standing_still(using: str) -> Iterator[str]:
    """Yield the name of a connection whose rows are those of one moment; nobody waits for it."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with transaction.atomic(using=using):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield using
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.sqlite3"
        _copy_sqlite(connection, copy)
        connections.databases[COPY] = {**connections.databases[using], "NAME": str(copy)}
        try:
            yield COPY
        finally:
            connections[COPY].close()
            del connections[COPY]
            del connections.databases[COPY]


def _copy_sqlite(connection: Any, copy: Path) -> None:
    """Copy an SQLite database page by page, as its own backup interface does beside writers."""
    source = str(connection.settings_dict["NAME"])
    with closing(sqlite3.connect(source, timeout=20)) as theirs, closing(sqlite3.connect(copy)) as ours:
        theirs.backup(ours)
