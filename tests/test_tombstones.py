"""A secret found later is withdrawn by two administrators: its words are gone everywhere, and everything else stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import IntegrityError, connection, transaction
from django.test import Client
from pytest_django.fixtures import Settings

from plan_tracker.lib.secrecy import marking_error
from reports.models import (
    Attachment,
    Delivery,
    Edition,
    EditionFile,
    Entry,
    Submission,
    TombstoneFile,
)
from reports.tombstone_search import stand_in
from tests.factories import at
from tests.form_pages import page, signed_in
from tests.secrets_found import (
    SECRET,
    Lived,
    confirmed,
    in_files,
    in_raw_bytes,
    in_tables,
    living,
    request,
    second,
    withdrawn,
)
from tests.test_attachments import attach, word_file
from tests.test_workflow_faults import Broken, failing_at

pytestmark = pytest.mark.django_db(transaction=True)
INSTEAD = stand_in(at(21, month=7).date())
# Where the words stand before, whatever the database; SQLite has its full text tables besides.
EVERYWHERE = {
    "audit_entry.new",
    "audit_entry.old",
    "reports_attachment.name",
    "reports_delivery.content",
    "reports_difficulty.text",
    "reports_edition.content",
    "reports_editiondraft.content",
    "reports_editionfile.content",
    "reports_editionsection.text",
    "reports_entry.text",
    "reports_remark.text",
    "reports_sectionsource.text",
    "reports_workbookupload.cells",
    "tasks_progress.text",
}


@pytest.fixture
def lived(settings: Settings, tmp_path: Path) -> Iterator[Lived]:
    """A secret after its whole life, with a folder of its own for files."""
    settings.MEDIA_ROOT = tmp_path
    with living() as made:
        yield made


def test_after_a_whole_life_in_the_portal_the_words_stand_nowhere(lived: Lived) -> None:
    assert set(in_tables()) >= EVERYWHERE
    assert sorted(name.rpartition(".")[2] for name in in_files()) == ["docx", "xlsx"]
    assert in_raw_bytes() in {True, None}
    withdrawn(lived)
    assert list(in_tables()) == [] and list(in_files()) == []
    assert not in_raw_bytes()
    found = signed_in(lived[0].cast.reviewer).get(page("search"), {"q": "Khe Sâu"})
    assert "Khe Sâu" not in found.content.decode().replace('value="Khe Sâu"', "").replace("“Khe Sâu”", "")


def test_in_their_place_stands_a_sentence_that_the_portal_itself_would_take(lived: Lived) -> None:
    _scene, report, edition = lived
    withdrawn(lived)
    assert INSTEAD == "[Nội dung đã được thu hồi theo yêu cầu bảo vệ bí mật nhà nước, ngày 21/7/2024]"
    assert marking_error(INSTEAD) == ""
    entry = Entry.objects.get(submission=report, group__number=1)
    assert (entry.text, entry.written) == (INSTEAD, "")
    other = Entry.objects.get(submission=report, group__number=2)
    assert other.text == "Đã làm group:2."
    edition.refresh_from_db()
    assert INSTEAD in str(edition.content) and edition.sha256


def test_hashes_stay_and_the_pages_say_why_they_no_longer_fit(lived: Lived) -> None:
    scene, report, edition = lived
    before = list(Delivery.objects.values_list("pk", "sha256"))
    issued = list(EditionFile.objects.values_list("name", "size", "sha256"))
    tombstone = withdrawn(lived)
    assert list(Delivery.objects.values_list("pk", "sha256")) == before
    assert list(EditionFile.objects.values_list("name", "size", "sha256")) == issued
    why = f"thu hồi theo quyết định của hai quản trị viên (yêu cầu số {tombstone.pk})"
    client = signed_in(scene.cast.sender)
    for url in (page("delivery_detail", report.pk, 1), page("delivery_receipt", report.pk, 2)):
        assert why in client.get(url).content.decode()
    reader = signed_in(scene.cast.reviewer)
    shown = reader.get(page("edition_life", edition.pk)).content.decode()
    assert why in shown and "không đúng như khi ban hành" not in shown
    assert reader.get(page("edition_file", edition.pk, issued[0][0])).status_code == 404


def test_a_withdrawn_file_keeps_its_row_and_its_hash_and_does_not_come_back(lived: Lived) -> None:
    scene, report, _edition = lived
    row = Attachment.objects.get()
    path, sha256, size = str(row.file.name), row.sha256, row.size
    withdrawn(lived)
    row.refresh_from_db()
    assert (row.name, str(row.file), row.sha256, row.size) == ("[Tệp đã được thu hồi]", "", sha256, size)
    assert not default_storage.exists(path)
    assert signed_in(scene.cast.preparer).get(page("attachment_file", row.pk)).status_code == 404
    assert not TombstoneFile.objects.exclude(path="", deleted_at__isnull=False).exists()
    assert report.signed_copy.scan.name == "" and report.signed_copy.scan_sha256


@pytest.mark.parametrize("share", [0.3, 0.95])
def test_a_fault_in_the_middle_leaves_everything_as_it_was(lived: Lived, share: float) -> None:
    scene, report, edition = lived
    tombstone, other = request(report, scene.cast.administrator), second()
    before, files = everything(), set(in_files())
    with pytest.raises(Broken), failing_at(int(STATEMENTS * share)):
        confirmed(tombstone, other)
    assert everything() == before and set(in_files()) == files
    still_refused(edition)
    confirmed(tombstone, other)
    assert list(in_tables()) == []


# So many statements a withdrawal takes at least; a fault is tried at some of them.
STATEMENTS = 150


def everything() -> list[tuple[str, list[tuple[str, ...]]]]:
    """Return every row of every table."""
    with connection.cursor() as cursor:
        found = []
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")  # noqa: S608 - names of the database
            found.append(
                (
                    table,
                    [
                        tuple(str(bytes(value) if isinstance(value, memoryview) else value) for value in row)
                        for row in cursor.fetchall()
                    ],
                )
            )
    return found


def still_refused(edition: Edition) -> None:
    """Expect that what was issued, the trail and a decided withdrawal refuse every change."""
    attempts = (
        ("UPDATE reports_edition SET content = '{}' WHERE id = %s", edition.pk),
        ("UPDATE reports_editionfile SET size = 1 WHERE edition_id = %s", edition.pk),
        ("UPDATE reports_editiondraft SET sent_to = 'x' WHERE edition_id = %s", edition.pk),
        ("UPDATE audit_entry SET note = 'x' WHERE id > %s", 0),
    )
    for sql, key in attempts:
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [key])


def test_afterwards_everything_refuses_changes_as_before_the_decision_too(lived: Lived) -> None:
    tombstone = withdrawn(lived)
    still_refused(lived[2])
    for sql in (
        "UPDATE reports_tombstone SET reason = 'x' WHERE id = %s",
        "UPDATE reports_tombstoneplace SET sha256 = 'x' WHERE tombstone_id = %s",
        "UPDATE reports_tombstonefile SET deleted_at = NULL WHERE tombstone_id = %s",
        "DELETE FROM audit_redaction WHERE id > %s",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [tombstone.pk if "tombstone" in sql else 0])


def test_a_form_that_waits_in_a_session_goes_with_it_and_the_file_is_not_taken_again(lived: Lived) -> None:
    scene, report, _edition = lived
    client = Client()
    url = page("report_group", report.pk, 1)
    client.force_login(scene.cast.preparer)
    session = client.session
    session["carried_forms"] = {url: {"person": 1, "fields": [["line-group-1-text", [SECRET]]], "at": 1}}
    session["seen_before"] = "vẫn còn"
    session.save()
    with Attachment.objects.get().file.open("rb") as file:
        content = file.read()
    withdrawn(lived)
    assert client.session["carried_forms"] == {} and client.session["seen_before"] == "vẫn còn"
    Submission.objects.filter(pk=report.pk).update(state="draft", accepted_at=None, accepted_by=None)
    answer = attach(signed_in(scene.cast.preparer), report.pk, content, "Tệp.docx")
    assert answer.status_code == 422 and "Tệp này đã được thu hồi" in answer.content.decode()
    assert attach(signed_in(scene.cast.preparer), report.pk, word_file("Khác"), "Khác.docx").status_code == 302


def test_a_file_that_cannot_be_deleted_is_told_and_deleted_later(lived: Lived, monkeypatch: pytest.MonkeyPatch) -> None:
    scene, _report, _edition = lived

    def fails(_self: object, _name: str) -> None:
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr(FileSystemStorage, "delete", fails)
        tombstone = withdrawn(lived)
    assert list(in_files())
    client, detail = signed_in(scene.cast.administrator), page("tombstone_detail", tombstone.pk)
    assert "Còn tệp chưa xoá được" in client.get(detail).content.decode()
    client.post(page("tombstone_delete_files", tombstone.pk))
    assert "Còn tệp chưa xoá được" not in client.get(detail).content.decode() and list(in_files()) == []
