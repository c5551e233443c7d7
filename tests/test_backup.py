"""A backup holds the whole portal of one moment in one file; it comes back, checked, into an empty portal only."""

from __future__ import annotations

import hashlib
import json
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from plan_tracker.accounts.models import Session
from plan_tracker.audit.models import Entry as AuditEntry
from plan_tracker.backup import tables as backup_tables
from plan_tracker.backup.saving import save
from plan_tracker.backup.tables import line, rows, tables
from reports.models import Entry, Notice, SignedCopy
from reports.search import sections
from reports.search_values import Question
from tests.factories import at, make_entry, make_group, make_period, make_submission
from tests.pages import signed_in
from tests.people import Cast, make_cast, standing

pytestmark = pytest.mark.django_db(transaction=True)
OTHER = "other_portal"
CONTENT = b"%PDF-1.7 scan"


@pytest.fixture(autouse=True)
def second_databases_may_be_used(django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test use databases that no setting names, as a backup and a restore into another database do."""
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", django_db_blocker._real_ensure_connection)


@pytest.fixture
def cast() -> Cast:
    """Fill the portal with a little of everything, a stored file included."""
    cast = make_cast()
    period = make_period(bodies=[cast.district])
    submission = make_submission(period.expectations.get(), cast.preparer)
    make_entry(submission, group=make_group(period.plan, 1, tasks=2), text="Đã xoá 12 nhà tạm.")
    copy = SignedCopy(submission=submission, symbol="12-BC/HU", signed_on=at().date(), signatory="Chánh Văn phòng")
    copy.scan.save("ban-quet.pdf", ContentFile(CONTENT), save=False)
    copy.save()
    Notice.objects.create(user=cast.preparer, text="Đã gửi", created_at=at())
    return cast


@pytest.fixture
def other(tmp_path: Path) -> Iterator[str]:
    """Yield the name of a second portal with tables and nothing in them, on SQLite."""
    template = {**connections.databases["default"], "ENGINE": "django.db.backends.sqlite3"}
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20}
    connections.databases[OTHER] = {**template, "NAME": str(tmp_path / "other.sqlite3"), "OPTIONS": options}
    call_command("migrate", database=OTHER, interactive=False, verbosity=0)
    yield OTHER
    connections[OTHER].close()
    del connections[OTHER]
    del connections.databases[OTHER]


def content(using: str = "default") -> dict[str, str]:
    """Return a hash for every table."""
    return {
        table._meta.label_lower: hashlib.sha256(b"".join(line(row) for row in rows(table, using))).hexdigest()
        for table in tables()
    }


def emptied() -> None:
    """Take every row away, those of the audit trail too, as in a database that was only migrated."""
    call_command("flush", interactive=False, verbosity=0)
    AuditEntry._base_manager.all()._raw_delete("default")


def stored_scan() -> str:
    return str(SignedCopy.objects.get().scan.name)


def test_everything_comes_back_as_it_was(cast: Cast, tmp_path: Path) -> None:
    before, scan = content(), stored_scan()
    call_command("backup", tmp_path / "all.zip", verbosity=0)
    default_storage.delete(scan)
    emptied()
    call_command("restore", tmp_path / "all.zip", verbosity=0)
    assert content() == before
    with default_storage.open(scan) as stored:
        assert stored.read() == CONTENT
    found = sections(Question.of("nha tam", together=True), standing(cast.preparer))
    assert [one.kind.name for one in found] == ["bao-cao"]
    assert Notice.objects.create(user=cast.preparer, text="Sau đó", created_at=at()).pk
    default_storage.delete(scan)


def test_what_the_database_computes_is_no_change_in_the_trail(cast: Cast) -> None:
    AuditEntry._base_manager.all()._raw_delete("default")
    entry = Entry.objects.get()
    entry.text = "Đã xoá 13 nhà tạm."
    entry.save(update_fields=["text"])
    told = AuditEntry.objects.get()
    assert json.loads(told.new) == {"text": "Đã xoá 13 nhà tạm."}


def test_a_portal_moves_from_one_database_to_another(cast: Cast, other: str, tmp_path: Path) -> None:
    from plan_tracker.backup.restoring import restore  # noqa: PLC0415 - beside the aliases it needs

    before, scan = content(), stored_scan()
    save(tmp_path / "there.zip", at=timezone.now())
    default_storage.delete(scan)
    restore(tmp_path / "there.zip", using=other)
    assert content(other) == before
    save(tmp_path / "back.zip", at=timezone.now(), using=other)
    default_storage.delete(scan)
    emptied()
    restore(tmp_path / "back.zip")
    assert content() == before
    default_storage.delete(scan)


def test_a_backup_beside_writers_is_of_one_moment(cast: Cast, other: str, tmp_path: Path) -> None:
    from plan_tracker.backup.restoring import restore  # noqa: PLC0415

    default_storage.delete(stored_scan())
    stop, written = threading.Event(), threading.Event()

    def write() -> None:
        while not stop.is_set():
            with transaction.atomic():
                for _twice in range(2):
                    Notice.objects.create(user=cast.preparer, text="một cặp", created_at=at())
            written.set()
        connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    written.wait(10)
    try:
        saved = save(tmp_path / "all.zip", at=timezone.now())
    finally:
        stop.set()
        writer.join()
    assert saved.missing
    restore(tmp_path / "all.zip", using=other)
    pairs = Notice.objects.using(other).filter(text="một cặp").count()
    assert pairs % 2 == 0 and 0 < pairs <= Notice.objects.filter(text="một cặp").count()


def test_a_portal_that_holds_something_is_not_written_over(cast: Cast, tmp_path: Path) -> None:
    call_command("backup", tmp_path / "all.zip", verbosity=0)
    before = content()
    with pytest.raises(CommandError, match="không trống"):
        call_command("restore", tmp_path / "all.zip", verbosity=0)
    assert content() == before


@pytest.mark.parametrize("harm", ["row", "list", "cut", "not a backup"])
def test_a_damaged_backup_is_refused_before_anything_is_written(cast: Cast, tmp_path: Path, harm: str) -> None:
    whole, harmed = tmp_path / "all.zip", tmp_path / "harmed.zip"
    call_command("backup", whole, verbosity=0)
    before = content()
    if harm == "cut":
        harmed.write_bytes(whole.read_bytes()[:-200])
    elif harm == "not a backup":
        harmed.write_bytes(b"PK nothing")
    else:
        rewrite(whole, harmed, "rows/tasks.body.jsonl" if harm == "row" else "manifest.json")
    with pytest.raises(CommandError, match=r"hỏng|không phải"):
        call_command("restore", harmed, verbosity=0)
    assert content() == before


def rewrite(whole: Path, harmed: Path, member: str) -> None:
    """Copy a backup with one member changed."""
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(harmed, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, text.replace("Huyện".encode(), b"Huyen") + b" " if name == member else text)
        new.comment = old.comment


def test_a_file_that_is_there_is_not_written_over(cast: Cast, tmp_path: Path) -> None:
    kept = tmp_path / "all.zip"
    kept.write_bytes(b"kept")
    with pytest.raises(CommandError, match="đã có"):
        call_command("backup", kept, verbosity=0)
    assert kept.read_bytes() == b"kept" and list(tmp_path.iterdir()) == [kept]


def test_only_its_owner_may_read_a_backup(cast: Cast, tmp_path: Path) -> None:
    call_command("backup", tmp_path / "all.zip", verbosity=0)
    assert (tmp_path / "all.zip").stat().st_mode & 0o777 == 0o600


def test_a_folder_of_backups_keeps_the_newest(cast: Cast, tmp_path: Path) -> None:
    for name in ("plan-tracker-20240101-000000.zip", "plan-tracker-20240102-000000.zip"):
        (tmp_path / name).touch()
    call_command("backup", tmp_path, keep=2, verbosity=0)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert len(names) == 2 and names[0] == "plan-tracker-20240102-000000.zip"


def test_a_backup_of_another_version_is_refused(cast: Cast, tmp_path: Path) -> None:
    call_command("backup", tmp_path / "all.zip", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('tasks', '9999_later', %s)", [at()])
    try:
        with pytest.raises(CommandError, match="phiên bản khác"):
            call_command("restore", tmp_path / "all.zip", verbosity=0)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE name = '9999_later'")


def test_whoever_holds_the_file_can_go_on_in_nobodys_session(cast: Cast, tmp_path: Path) -> None:
    key = str(signed_in(cast.administrator).session.session_key)
    call_command("backup", tmp_path / "all.zip", verbosity=0)
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert not [name for name in archive.namelist() if key.encode() in archive.read(name)]
    default_storage.delete(stored_scan())
    emptied()
    call_command("restore", tmp_path / "all.zip", verbosity=0)
    assert not Session.objects.exists()


def test_the_sessions_in_a_backup_of_before_are_left_where_they_are(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = str(signed_in(cast.administrator).session.session_key)
    with monkeypatch.context() as before:
        before.setattr(backup_tables, "LEFT_OUT", set())
        call_command("backup", tmp_path / "all.zip", verbosity=0)
    default_storage.delete(stored_scan())
    emptied()
    call_command("restore", tmp_path / "all.zip", verbosity=0)
    assert not Session.objects.filter(session_key=key).exists()
