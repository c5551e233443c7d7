"""Files of a report or of one of its lines: looked at by their bytes, kept under random names, sent with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from plan_tracker.lib.secrecy import check_readable
from plan_tracker.lib.uploads import PDF, RefusedFileError, clean_name, first_of, kind_of, pdf_faults
from reports.choices import ReportForm
from reports.filling import lock, mark_saved
from reports.models import Attachment, Delivery, Submission, TombstoneFile
from reports.models.uploads import MOST_ATTACHED_BYTES
from reports.withdrawn_texts import ReportMoved
from tasks.permissions import Standing

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User

MOST_BYTES_IN_A_REPORT = 100 * 1024 * 1024


def attached(submission: Submission) -> list[Attachment]:
    """Return the files that belong to a report now, those of the whole first; one query."""
    rows = Attachment.objects.filter(submission=submission, removed_at=None).select_related("uploaded_by")
    return list(rows.order_by("line", "uploaded_at", "pk"))


def frozen_files(submission: Submission) -> list[dict[str, Any]]:
    """Return the files as a delivery keeps them: each with its hash."""
    names = ("line", "name", "size", "sha256")
    return [{name: getattr(row, name) for name in names} for row in attached(submission)]


def look_at(file: File[bytes]) -> tuple[bytes, str]:
    """Return bytes and true kind of a file, or refuse it with a sentence of its own."""
    if file.size > MOST_ATTACHED_BYTES:
        raise RefusedFileError(_("The file is larger than 20 MB."))
    content = file.read()
    kind = kind_of(content)
    if kind == PDF:
        first_of(pdf_faults(content))
    check_readable(content, kind)
    return content, kind


def attach(  # noqa: PLR0913 - what to which line of which report, who and when
    submission: Submission, line: str, file: File[bytes], *, actor: User, standing: Standing, at: datetime
) -> Attachment:
    """Keep a file at a line (with no line: at the report); raise RefusedFileError or ReportMoved with a sentence."""
    content, kind = look_at(file)
    sha256 = hashlib.sha256(content).hexdigest()
    if TombstoneFile.objects.filter(sha256=sha256, tombstone__confirmed_at__isnull=False).exists():
        raise RefusedFileError(_("This file was withdrawn to protect state secrets; it is not stored again."))
    with transaction.atomic():
        locked = lock(submission, standing)
        if locked.form != ReportForm.CONTENT:
            raise ReportMoved(_("This sort of report takes no files."))
        rows = Attachment.objects.filter(submission=locked, removed_at=None)
        if rows.filter(line=line, sha256=sha256).exists():
            raise RefusedFileError(_("This file is already attached here."))
        if (rows.aggregate(all=Sum("size"))["all"] or 0) + len(content) > MOST_BYTES_IN_A_REPORT:
            raise RefusedFileError(_("The files of one report may not be larger than 100 MB together."))
        found = Attachment(
            submission=locked,
            line=line,
            name=clean_name(file.name or "", kind),
            kind=kind,
            size=len(content),
            sha256=sha256,
            uploaded_by=actor,
            uploaded_at=at,
        )
        found.file.save("", ContentFile(content), save=False)
        found.save()
        mark_saved(locked, actor=actor, at=at)
    return found


@transaction.atomic
def take_off(attachment: Attachment, *, actor: User, standing: Standing, at: datetime) -> None:
    """Take a file off a report; one that was sent once stays where the delivery can show it."""
    locked = lock(attachment.submission, standing)
    if Delivery.objects.filter(submission__expectation=locked.expectation_id).exists():
        Attachment.objects.filter(pk=attachment.pk, removed_at=None).update(removed_at=at)
    else:
        forget([attachment])
    mark_saved(locked, actor=actor, at=at)


def forget(rows: list[Attachment]) -> None:
    """Delete attachments, and each file that no other row holds once that is certain."""
    for row in rows:
        row.delete()
        if row.file and not Attachment.objects.filter(file=row.file.name).exists():
            transaction.on_commit(partial(row.file.storage.delete, str(row.file.name)))


def copy_to(accepted: Submission, draft: Submission) -> None:
    """Let a correction begin with the files of the report that it corrects; the bytes are kept once."""
    rows = attached(accepted)
    for row in rows:
        row.pk, row.submission = None, draft
    Attachment.objects.bulk_create(rows)


def by_line(rows: list[Attachment], labels: dict[str, str]) -> Iterator[tuple[str, Attachment]]:
    """Yield each file with the words of its line; nothing for the report as a whole."""
    for row in rows:
        yield labels.get(row.line, ""), row
