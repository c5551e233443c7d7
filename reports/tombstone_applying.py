"""Writes a withdrawal into the rows that held the secret, with all that hangs on them, inside one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import F, Model

from plan_tracker.audit.guard import TABLES as GUARDED
from plan_tracker.lib.text import nfc
from reports.choices_tombstones import FileKind
from reports.deliveries import canonical
from reports.models import (
    Edition,
    EditionFile,
    EditionSection,
    Entry,
    Submission,
    Tombstone,
    TombstoneFile,
    TombstonePlace,
)
from reports.outline import CLOSING_FIELDS
from reports.tombstone_editions import empty_files
from reports.tombstone_exports import take_exports
from reports.tombstone_files import paths_of, take_workbooks
from reports.tombstone_reach import Hit, holding, tables
from reports.tombstone_search import Reach


def keep_others_out() -> None:
    """Let nobody write a text between the search and the end of the transaction; SQLite has one writer anyway.

    Whoever is saving just now is not made to fail: this gives up first, before the server looks for a deadlock.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            names = ", ".join(f'"{name}"' for name in (*(model._meta.db_table for model in tables()), *GUARDED))
            cursor.execute("SET LOCAL lock_timeout = '800ms'")
            cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")
            cursor.execute("SET LOCAL lock_timeout = DEFAULT")
        else:
            # What is overwritten is overwritten on the disk as well, not only given free.
            cursor.execute("PRAGMA secure_delete = ON")


def apply(tombstone: Tombstone, reach: Reach, files: frozenset[str]) -> int:
    """Write every change, note each place with the hash of what stood there, and return how many places there were."""
    paths = paths_of(files)
    places = [place for hit in reach.hits for place in _written(tombstone, hit)]
    places += _emptied_files(tombstone, reach.editions)
    if reach.texts:
        take_workbooks(tombstone, holding(reach.hits, "reports.WorkbookUpload"))
        take_exports(tombstone, (*reach.sought.exact, *reach.sought.parts))
    _note_paths(tombstone, paths)
    TombstonePlace.objects.bulk_create(places)
    _merge_indexes()
    return len(places)


def _written(tombstone: Tombstone, hit: Hit) -> Iterator[TombstonePlace]:
    """Write one row and yield its places."""
    rows = hit.model._base_manager.filter(pk=hit.pk)
    values: dict[str, Any] = {name: new for name, (_old, new) in hit.changes.items()}
    rows.update(**values | _with_it(hit))
    for name, (old, _new) in hit.changes.items():
        yield _place(tombstone, hit.model, hit.pk, hit.column(name), hash_of(old))


def hash_of(value: Any) -> str:
    """Return the SHA-256 of a text in its composed form, or of a JSON value in its one spelling."""
    text = nfc(value) if isinstance(value, str) else canonical(value)
    return hashlib.sha256(text.encode()).hexdigest()


def _place(tombstone: Tombstone, model: type[Model], pk: int, column: str, sha256: str) -> TombstonePlace:
    return TombstonePlace(tombstone=tombstone, table=model._meta.db_table, record=str(pk), column=column, sha256=sha256)


def _with_it(hit: Hit) -> dict[str, Any]:
    """Return what else changes in a row: the form with its fields goes, and whoever has it open is told of a change."""
    if hit.model is Entry:
        return {"written": "", "row_version": F("row_version") + 1}
    if hit.model is EditionSection:
        return {"row_version": F("row_version") + 1}
    changed = set(hit.changes) & set(CLOSING_FIELDS)
    if hit.model is Submission and changed:
        kept = Submission.objects.values_list("closing_written", flat=True).get(pk=hit.pk)
        written = {name: text for name, text in kept.items() if name not in changed}
        return {"closing_written": written, "closing_version": F("closing_version") + 1}
    return {}


def _emptied_files(tombstone: Tombstone, editions: frozenset[int]) -> list[TombstonePlace]:
    """Empty the issued files of every edition that holds the secret, and note each with its hash."""
    places = [_place(tombstone, EditionFile, pk, "content", sha256) for pk, sha256 in empty_files(editions)]
    seals = Edition.objects.filter(pk__in=editions).values_list("pk", "sha256")
    return [*places, *(_place(tombstone, Edition, pk, "files", sha256) for pk, sha256 in seals)]


def _note_paths(tombstone: Tombstone, paths: set[tuple[str, str]]) -> None:
    """Note where the withdrawn files lie; a file may lie in several places."""
    asked = {row.sha256: row for row in tombstone.files.exclude(kind__in=(FileKind.WORKBOOK, FileKind.EXPORT))}
    for sha256, path in sorted(paths):
        row = asked[sha256]
        if row.path:
            TombstoneFile.objects.create(tombstone=tombstone, kind=row.kind, sha256=sha256, size=row.size, path=path)
        else:
            row.path = path
            row.save(update_fields=["path"])


def _merge_indexes() -> None:
    """Let SQLite's full text tables forget at once what was taken out of them."""
    if connection.vendor == "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%%fts5%%'", [])
        for (name,) in cursor.fetchall():
            cursor.execute(f"INSERT INTO {name}({name}) VALUES ('optimize')")  # noqa: S608 - names of the database
