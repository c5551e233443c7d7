"""Writes the whole portal into one file while it goes on working."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core.files.storage import Storage
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.recorder import MigrationRecorder

from plan_tracker.backup.archive import BLOCK, ArchiveWriter
from plan_tracker.backup.snapshot import standing_still
from plan_tracker.backup.tables import Table, line, rows, storages, tables


@dataclass(frozen=True)
class Saved:
    """What a backup holds: rows, stored files, the names of files that were not where a row says, and its hash."""

    rows: int
    files: int
    missing: tuple[str, ...]
    digest: str


def applied_migrations(using: str) -> list[str]:
    """Return the migrations that made the tables what they are."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connections[using]).applied_migrations())


def save(path: Path, *, at: datetime, using: str = DEFAULT_DB_ALIAS) -> Saved:
    """Write a backup of one moment; raise `BackupError` when the file is there already."""
    writer = ArchiveWriter(path)
    try:
        with standing_still(using) as still:
            counts = {table._meta.label_lower: _save_table(writer, table, still) for table in tables()}
            missing = _save_files(writer, still)
            manifest = {
                "made_at": at.isoformat(),
                "database": connections[using].vendor,
                "migrations": applied_migrations(still),
                "rows": counts,
                "missing_files": missing,
            }
        digest = writer.finish(manifest)
    except BaseException:
        writer.give_up()
        raise
    files = sum(name.startswith("files/") for name in writer.members)
    return Saved(sum(counts.values()), files, tuple(missing), digest)


def _save_table(writer: ArchiveWriter, table: Table, using: str) -> int:
    count = 0

    def lines() -> Iterator[bytes]:
        nonlocal count
        for row in rows(table, using):
            count += 1
            yield line(row)

    writer.add(f"rows/{table._meta.label_lower}.jsonl", lines())
    return count


def _save_files(writer: ArchiveWriter, using: str) -> list[str]:
    """Write every stored file that a row names, once; return the names of those that are not there."""
    seen: set[str] = set()
    missing: list[str] = []
    for table in tables():
        for attname, storage in storages(table):
            named = table._base_manager.using(using).exclude(**{attname: ""}).values_list(attname, flat=True)
            for name in sorted(set(filter(None, named)) - seen):
                seen.add(name)
                if storage.exists(name):
                    writer.add(posixpath.join("files", name), _blocks(storage, name))
                else:
                    missing.append(name)
    return missing


def _blocks(storage: Storage, name: str) -> Iterator[bytes]:
    with storage.open(name, "rb") as stored:
        while block := stored.read(BLOCK):
            yield block
