"""Hostile files at every upload door: refused or harmless, within bounds, and the process that asked lives on."""

from __future__ import annotations

import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override

from plan_tracker.lib.bounded import child
from plan_tracker.lib.bounded.running import BoundedError, TooHeavyError, ask
from plan_tracker.lib.uploads import RefusedFileError, kind_of
from reports.attachments import look_at
from reports.choices import Depth, PeriodKind
from reports.models import WorkbookUpload
from reports.signed_copies import scan_faults
from tests.form_pages import make_scene, open_period, start
from tests.hostile import FAR, hostile_files, packed, pdf, workbook_parts
from tests.workbooks import upload

# What only lies there when nothing opens it: taken as an attachment, for people write such workbooks every day.
HARMLESS = {"far cell", "external link", "dde", "lying count", "string out of range"}
HARMLESS |= {"no such sheet", "deep nesting"}
FILES = dict(hostile_files())
SENTENCES = {
    "bomb by size": "unpack",
    "600 MB cell": "unpack",
    "macros by name": "macros",
    "old workbook": "old Office",
    "encrypted workbook": "password",
    "encrypted members": "password",
    "web page": "web page",
    "open document": "OpenDocument",
    "binary workbook": "xlsb",
    "plain archive": "archive",
    "encrypted pdf": "password",
    "scripted pdf": "script",
    "empty": "empty",
}


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 25


@pytest.mark.parametrize("name", FILES)
def test_an_attachment_that_would_hurt_is_refused_with_a_sentence(name: str) -> None:
    file = SimpleUploadedFile("tai-lieu.xlsx", FILES[name] or b"")
    try:
        look_at(file)
    except RefusedFileError as refusal:
        assert str(refusal).endswith(".")
    else:
        assert name in HARMLESS


@pytest.mark.parametrize(("name", "word"), SENTENCES.items(), ids=SENTENCES)
def test_each_kind_has_a_sentence_of_its_own(name: str, word: str) -> None:
    with override("en"), pytest.raises(RefusedFileError, match=word):
        look_at(SimpleUploadedFile("tai-lieu.xlsx", FILES[name]))


@pytest.mark.django_db
def test_no_workbook_that_would_hurt_reaches_a_preview(client: Client) -> None:
    scene = make_scene()
    submission = start(scene, open_period(scene, Depth.DETAILED, PeriodKind.YEAR))
    client.force_login(scene.cast.preparer)
    me = os.getpid()
    for name, content in FILES.items():
        response = upload(client, submission.pk, content)
        assert response.status_code == 422, name
        assert response.context["form"].errors["file"], name
    assert os.getpid() == me and not WorkbookUpload.objects.exists()


@pytest.mark.parametrize("name", FILES)
def test_no_scan_that_would_hurt_is_kept(name: str) -> None:
    found = list(scan_faults(SimpleUploadedFile("ban-quet.pdf", FILES[name])))
    assert found or name == "truncated pdf"


@pytest.mark.parametrize("task", ["cells", "lines"])
@pytest.mark.parametrize("name", ["billion laughs", "outside entity", "a million merges", "600 MB cell"])
def test_the_child_holds_its_bounds_even_where_nobody_looked_first(name: str, task: str) -> None:
    try:
        told = ask(task, FILES[name], kind="xlsx").told
    except BoundedError:
        return
    assert "root:" not in str(told) and len(str(told)) < 1_000_000


def test_a_cell_at_the_far_end_costs_nothing() -> None:
    told = ask("cells", packed(workbook_parts(FAR))).told
    assert told["sheets"][0]["cells"] == [] and told["sheets"][0]["outside"] == ["XFD1048576"]


def test_the_child_is_stopped_when_it_takes_too_much() -> None:
    assert child.MOST_MEMORY <= 512 * 1024 * 1024 and child.MOST_CPU_SECONDS <= 5
    with pytest.raises(TooHeavyError):
        ask("cells", FILES["600 MB cell"])


@pytest.mark.parametrize(
    ("content", "kind"), [(pdf("Bao cao"), "pdf"), (packed(workbook_parts()), "xlsx")], ids=["pdf", "xlsx"]
)
def test_an_honest_file_is_known_by_its_bytes(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind
    assert look_at(SimpleUploadedFile("ten-khac.jpg", content))[1] == kind
