"""Puts a backup into an empty portal: everything or nothing, on either database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files import File
from django.core.files.storage import Storage, default_storage
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils.translation import gettext as _

from plan_tracker.backup.archive import ArchiveReader, BackupError
from plan_tracker.backup.saving import applied_migrations
from plan_tracker.backup.tables import LEFT_OUT, MADE_BY_MIGRATIONS, insert, storages, tables
from plan_tracker.backup.triggers import lifted_for_restore


@dataclass(frozen=True)
class Restored:
    """What came back: rows and stored files."""

    rows: int
    files: int


def restore(path: Path, *, using: str = DEFAULT_DB_ALIAS) -> Restored:
    """Check a backup and put it back; raise `BackupError` with a sentence when that cannot be done."""
    reader = ArchiveReader(path)
    try:
        reader.check()
        _check_version(reader, using)
        _check_empty(using)
        with transaction.atomic(using=using):
            count = _restore_rows(reader, connections[using])
            files = _restore_files(reader, using)
    finally:
        reader.close()
    # The numbers of content types may be others now.
    ContentType.objects.clear_cache()
    return Restored(count, files)


def filled_tables(using: str) -> list[str]:
    """Return the tables that hold rows which no migration made."""
    return [
        table._meta.label_lower
        for table in tables()
        if table._meta.label_lower not in MADE_BY_MIGRATIONS and table._base_manager.using(using).exists()
    ]


def _check_empty(using: str) -> None:
    if filled := filled_tables(using):
        sentence = _("This portal is not empty (%(tables)s): a backup is put back into a new database only.")
        raise BackupError(sentence % {"tables": ", ".join(filled[:3])})


def _check_version(reader: ArchiveReader, using: str) -> None:
    ours, theirs = set(applied_migrations(using)), set(reader.manifest["migrations"])
    if ours != theirs:
        names = ", ".join(sorted(ours ^ theirs)[:3])
        sentence = _("The backup was made by another version of the portal (%(names)s): put it back with that version.")
        raise BackupError(sentence % {"names": names})


def _restore_rows(reader: ArchiveReader, connection: Any) -> int:
    known = {table._meta.label_lower: table for table in tables()}
    for name in MADE_BY_MIGRATIONS:
        known[name]._base_manager.using(connection.alias).all()._raw_delete(connection.alias)
    count = 0
    with lifted_for_restore(connection):
        for name, told in reader.manifest["rows"].items():
            if name in LEFT_OUT:
                continue
            with reader.open(f"rows/{name}.jsonl") as lines:
                found = insert(known[name], lines, connection)
            if found != told:
                raise BackupError(_("The backup is damaged: %(name)s was changed.") % {"name": name})
            count += found
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(known.values())):
            cursor.execute(statement)
    return count


def _restore_files(reader: ArchiveReader, using: str) -> int:
    """Store the files under the names that the rows know."""
    kept = _storages_by_name(using)
    names = [name for name in reader.members if name.startswith("files/")]
    for member in names:
        name = member.removeprefix("files/")
        storage = kept.get(name, default_storage)
        if storage.exists(name):
            raise BackupError(_("The file %(name)s is stored already: empty the folder first.") % {"name": name})
    done: list[tuple[Storage, str]] = []
    try:
        for member in names:
            name = member.removeprefix("files/")
            with reader.open(member) as stored:
                storage = kept.get(name, default_storage)
                done.append((storage, storage.save(name, File(stored))))
    except BaseException:
        for storage, name in done:
            storage.delete(name)
        raise
    return len(done)


def _storages_by_name(using: str) -> dict[str, Storage]:
    """Return where each named file belongs."""
    return {
        name: storage
        for table in tables()
        for attname, storage in storages(table)
        for name in table._base_manager.using(using).exclude(**{attname: ""}).values_list(attname, flat=True)
        if name
    }
