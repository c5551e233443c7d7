"""Files of a report: kept, sent with it, handed out to those who may see it, and refused where they do not belong."""

from __future__ import annotations

import io
from typing import Any

import docx
import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from reports import attachments
from reports.choices import Depth, SubmissionState
from reports.deliveries import freeze, sha256_of
from reports.models import Attachment, Delivery, Submission
from tests.factories import at
from tests.form_pages import Scene, make_scene, open_period, page, signed_in, start
from tests.hostile import pdf
from tests.people import standing
from tests.workbooks import DECLARED, file_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def submission(scene: Scene) -> Submission:
    return start(scene, open_period(scene, Depth.FULL))


@pytest.fixture
def client(scene: Scene) -> Client:
    return signed_in(scene.cast.preparer)


def attach(client: Client, pk: int, content: bytes, name: str = "Quyết định số 12.pdf", line: str = "") -> Any:
    data = DECLARED | {"file": file_of(content, name), "line": line}
    return client.post(page("report_attachments", pk), data)


def word_file(*lines: str, header: str = "") -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.sections[0].header.paragraphs[0].text = header
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def excel_file(*cells: str) -> bytes:
    book = openpyxl.Workbook()
    for cell in cells:
        book.worksheets[0].append([cell])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_file_is_kept_under_a_random_name_and_comes_back_under_its_own(
    submission: Submission, client: Client
) -> None:
    assert attach(client, submission.pk, pdf("a"), "C:\\tep\\Quyết định số 12.doc", "group:1").status_code == 302
    found = Attachment.objects.get()
    assert (found.name, found.kind, found.line) == ("Quyết định số 12.pdf", "pdf", "group:1")
    assert "Quy" not in str(found.file.name) and str(found.file.name).startswith("attachments/")
    response = client.get(page("attachment_file", found.pk))
    assert response.getvalue() == pdf("a")
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''Quy%E1%BA%BFt")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Type"] == "application/octet-stream"


def test_the_files_are_part_of_what_is_sent_and_of_its_hash(submission: Submission, client: Client) -> None:
    before = sha256_of(freeze(submission))
    attach(client, submission.pk, pdf("a"), line="group:1")
    told = freeze(submission)["attachments"]
    found = Attachment.objects.get()
    assert told == [{"line": "group:1", "name": found.name, "size": found.size, "sha256": found.sha256}]
    assert sha256_of(freeze(submission)) != before


def test_readers_and_reviewers_see_them(scene: Scene, submission: Submission, client: Client) -> None:
    attach(client, submission.pk, pdf("a"), line="group:1")
    Submission.objects.filter(pk=submission.pk).update(state=SubmissionState.RECEIVED)
    reviewer = signed_in(scene.cast.reviewer)
    for name in ("report_read", "review_detail"):
        assert "Quyết định số 12.pdf" in reviewer.get(page(name, submission.pk)).content.decode()
    address = page("attachment_file", Attachment.objects.get().pk)
    assert reviewer.get(address).getvalue() == pdf("a")
    assert signed_in(scene.cast.other_preparer).get(address).status_code == 404


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (word_file("Độ mật: TỐI MẬT", "Nội dung"), "dòng"),
        (word_file("Nội dung", header="MẬT"), "đầu trang"),
        (excel_file("a", "tuyệt  mật"), "ô"),
        (pdf("M A T"), ""),
    ],
    ids=["line", "header", "cell", "no marking"],
)
def test_a_marking_in_a_readable_file_keeps_it_out(
    submission: Submission, client: Client, content: bytes, name: str
) -> None:
    response = attach(client, submission.pk, content)
    assert response.status_code == (422 if name else 302)
    assert Attachment.objects.exists() is not bool(name)


def test_words_about_secrecy_pass(submission: Submission, client: Client) -> None:
    words = ("Luật Bảo vệ bí mật nhà nước", "quan hệ mật thiết", "BẢO VỆ BÍ MẬT NHÀ NƯỚC", "Mật độ dân cư")
    assert attach(client, submission.pk, word_file(*words)).status_code == 302
    assert Attachment.objects.get().kind == "docx"


def test_the_bounds_are_twenty_megabytes_a_file_and_a_hundred_a_report(
    submission: Submission, client: Client, scene: Scene
) -> None:
    big = pdf("a") + b"\n%" + b"x" * (20 * 1024 * 1024)
    assert "20 MB" in str(attach(client, submission.pk, big).context["form"].errors["file"])
    who = {"uploaded_by": scene.cast.preparer, "uploaded_at": at(), "kind": "pdf", "submission": submission}
    for number in range(5):
        Attachment.objects.create(name="a.pdf", size=20 * 1024 * 1024 - 10, sha256=str(number) * 64, **who)
    assert "100 MB" in str(attach(client, submission.pk, pdf("b")).context["form"].errors["file"])


def test_the_same_file_is_not_attached_twice_and_the_declaration_is_needed(
    submission: Submission, client: Client
) -> None:
    assert attach(client, submission.pk, pdf("a")).status_code == 302
    assert attach(client, submission.pk, pdf("a")).status_code == 422
    data = {"file": file_of(pdf("b"), "b.pdf")}
    assert client.post(page("report_attachments", submission.pk), data).status_code == 422
    assert Attachment.objects.count() == 1


def test_a_file_taken_off_before_sending_is_gone_and_after_it_stays_with_the_delivery(
    scene: Scene,
    submission: Submission,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    attach(client, submission.pk, pdf("a"))
    first = Attachment.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(page("attachment_delete", submission.pk, first.pk))
    assert not Attachment.objects.exists() and not default_storage.exists(str(first.file.name))
    attach(client, submission.pk, pdf("b"))
    content = freeze(submission)
    Delivery.objects.create(
        submission=submission,
        number=1,
        token="t",
        content=content,
        sha256="0" * 64,
        delivered_by=scene.cast.sender,
        delivered_at=at(),
    )
    second = Attachment.objects.get()
    client.post(page("attachment_delete", submission.pk, second.pk))
    second.refresh_from_db()
    assert second.removed_at is not None and default_storage.exists(str(second.file.name))
    assert attachments.attached(submission) == []


def test_a_correction_begins_with_the_files_of_the_accepted_report(scene: Scene, submission: Submission) -> None:
    attach(signed_in(scene.cast.preparer), submission.pk, pdf("a"))
    draft = Submission.objects.create(
        expectation=submission.expectation,
        version=2,
        state=SubmissionState.SUPERSEDED,
        created_by=scene.cast.preparer,
        created_at=at(),
    )
    attachments.copy_to(submission, draft)
    assert draft.attachments.get().sha256 == submission.attachments.get().sha256
    attachments.take_off(
        submission.attachments.get(), actor=scene.cast.preparer, standing=standing(scene.cast.preparer), at=at()
    )
    assert default_storage.exists(str(draft.attachments.get().file.name))


def test_the_page_asks_a_fixed_number_of_questions(
    submission: Submission, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for text in "abc":
        attach(client, submission.pk, pdf(text), line="group:1")
    with django_assert_max_num_queries(12):
        client.get(page("report_attachments", submission.pk))
