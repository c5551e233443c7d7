"""The files of a report that may hold a secret: which there are, which say it in words, and their deletion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.storage import Storage, default_storage

from plan_tracker.lib.bounded.running import BoundedError, ask
from plan_tracker.lib.redacting import Piece, spans
from plan_tracker.lib.secrecy import READABLE
from reports.choices_tombstones import FileKind
from reports.models import Attachment, Delivery, SignedCopy, Submission, Tombstone, TombstoneFile, WorkbookUpload
from reports.tombstone_reach import Hit


@dataclass(frozen=True)
class ReportFile:
    """One file of a report, however often it is named."""

    sha256: str
    kind: FileKind
    name: str
    path: str
    type: str = ""
    size: int | None = None
    line: str = ""


def files_of(*submissions: int) -> list[ReportFile]:
    """Return the files that came with any version of these reports, removed ones among them; four queries."""
    owed = Submission.objects.filter(pk__in=submissions).values("expectation")
    same = {"submission__expectation__in": owed}
    found = [
        ReportFile(row.sha256, FileKind.ATTACHMENT, row.name, str(row.file.name), row.kind, row.size, row.line)
        for row in Attachment.objects.filter(**same).exclude(file="").order_by("pk")
    ]
    for copy in SignedCopy.objects.filter(**same).exclude(scan=""):
        found.append(ReportFile(copy.scan_sha256, FileKind.SCAN, copy.scan_name, str(copy.scan.name)))
    for content in Delivery.objects.filter(**same).values_list("content", flat=True):
        sent = content.get("signed_copy") or {}
        if sent.get("scan"):
            found.append(ReportFile(sent["scan_sha256"], FileKind.SCAN, sent["scan_name"], sent["scan"]))
    return list({row.sha256: row for row in reversed(found)}.values())[::-1]


def saying(files: Iterable[ReportFile], pieces: tuple[Piece, ...]) -> list[ReportFile]:
    """Return the files whose readable text holds the secret; pictures and scans cannot be read."""
    return [file for file in files if file.type in READABLE and _says(file, pieces)]


def _says(file: ReportFile, pieces: tuple[Piece, ...]) -> bool:
    try:
        with default_storage.open(file.path, "rb") as opened:
            lines = ask("lines", opened.read(), kind=file.type).told["lines"]
    except (BoundedError, OSError):
        return False
    return bool(spans("\n".join(map(str, lines)), pieces))


def file_hits(files: frozenset[str], file_name: str) -> Iterator[Hit]:
    """Yield the rows that name a withdrawn file; they keep its size and its hash."""
    for row in Attachment.objects.filter(sha256__in=files).exclude(file=""):
        changes: dict[str, tuple[Any, Any]] = {"name": (row.name, file_name), "file": (str(row.file.name), "")}
        yield Hit(Attachment, row.pk, changes, ("submission", row.submission_id))
    for copy in SignedCopy.objects.filter(scan_sha256__in=files).exclude(scan=""):
        changes = {"scan_name": (copy.scan_name, file_name), "scan": (str(copy.scan.name), "")}
        yield Hit(SignedCopy, copy.pk, changes, ("submission", copy.submission_id))


def paths_of(files: frozenset[str]) -> set[tuple[str, str]]:
    """Return hash and path of every stored file with one of these hashes, before the rows forget them."""
    found = {(row.sha256, str(row.file.name)) for row in Attachment.objects.filter(sha256__in=files).exclude(file="")}
    found |= {(row.scan_sha256, str(row.scan.name)) for row in SignedCopy.objects.filter(scan_sha256__in=files)}
    for content in Delivery.objects.values_list("content", flat=True):
        copy = content.get("signed_copy") or {}
        if copy.get("scan_sha256") in files:
            found.add((copy["scan_sha256"], copy.get("scan") or ""))
    return {(sha256, path) for sha256, path in found if path}


def take_workbooks(tombstone: Tombstone, touched: set[int]) -> int:
    """Remove the uploaded workbooks of the report and those with the secret in a cell; return how many."""
    rows = WorkbookUpload.objects.filter(submission=tombstone.submission_id) | WorkbookUpload.objects.filter(
        pk__in=touched
    )
    found = list(rows)
    TombstoneFile.objects.bulk_create(
        TombstoneFile(tombstone=tombstone, kind=FileKind.WORKBOOK, sha256=row.sha256, path=str(row.file.name or ""))
        for row in found
    )
    WorkbookUpload.objects.filter(pk__in=[row.pk for row in found]).delete()
    return len(found)


def delete_files(tombstone_pk: int, *, at: datetime) -> int:
    """Delete the withdrawn files that still lie there, each noted as soon as it is gone; return how many are left."""
    storage: Storage = default_storage
    left = 0
    for row in TombstoneFile.objects.filter(
        tombstone=tombstone_pk, tombstone__confirmed_at__isnull=False, deleted_at=None
    ):
        try:
            if row.path:
                storage.delete(row.path)
        except Exception:
            # Whatever a storage raises: the file is told as not deleted yet.
            left += 1
            continue
        TombstoneFile.objects.filter(pk=row.pk).update(path="", deleted_at=at)
    return left
