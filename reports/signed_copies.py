"""The signed document behind a report: its data or the day by which it follows, and the scan that may be kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import filetype
from django.core.files.base import File
from django.utils.translation import gettext as _

from plan_tracker.lib.secrecy import check_readable
from plan_tracker.lib.uploads import PDF, RefusedFileError, pdf_faults
from reports.choices import ReportForm
from reports.models import SignedCopy, Submission

MAX_SCAN_BYTES = 20 * 1024 * 1024
SCAN_TYPES = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
SNIFFED_BYTES = 8192


@dataclass(frozen=True)
class CopyData:
    """What the office enters about the signed copy; either its number, date and signatory, or when it follows."""

    symbol: str = ""
    signed_on: date | None = None
    signatory: str = ""
    position: str = ""
    authority: str = ""
    scan: File[bytes] | None = None
    follows_by: date | None = None

    @property
    def is_whole(self) -> bool:
        """Return whether number, date and signatory are there."""
        return bool(self.symbol.strip() and self.signed_on and self.signatory.strip())

    @property
    def is_blank(self) -> bool:
        """Return whether nothing was entered at all."""
        return not (self.symbol or self.signed_on or self.signatory or self.scan or self.follows_by)


def copy_of(submission: Submission) -> SignedCopy | None:
    """Return the signed copy that is on record, if there is one."""
    return SignedCopy.objects.filter(submission=submission).first()


def copy_faults(submission: Submission, data: CopyData | None, *, on: date) -> Iterator[str]:
    """Yield what is wrong with the data of the signed copy; `on` is the day on which it is entered."""
    data = data or CopyData()
    if submission.form == ReportForm.CONFIDENTIAL:
        if data.scan:
            yield _("A report under the confidentiality rules takes no file here.")
        return
    if data.is_blank:
        if copy_of(submission) is None:
            yield _("Give number, date and signatory of the signed copy, or the day by which it follows.")
        return
    if not data.is_whole and (data.symbol or data.signed_on or data.signatory or not data.follows_by):
        yield _("The signed copy needs its number, its date and its signatory.")
    if data.signed_on and data.signed_on > on:
        yield _("The signed copy cannot bear a date that is still to come.")
    if not data.is_whole and data.follows_by and data.follows_by < on:
        yield _("The day by which the signed copy follows has passed.")
    if data.scan:
        yield from scan_faults(data.scan)


def scan_faults(scan: File[bytes]) -> Iterator[str]:
    """Yield why a file is no scan that may be kept: too large, or not what its first bytes should say."""
    if scan.size > MAX_SCAN_BYTES:
        yield _("The scan is larger than 20 MB.")
    elif scan_type(scan) not in SCAN_TYPES:
        yield _("The scan must be a PDF, JPG or PNG file.")
    elif scan_type(scan) == "application/pdf":
        yield from _text_faults(scan)


def _text_faults(scan: File[bytes]) -> Iterator[str]:
    """Yield why a PDF is not kept; one that holds text besides pictures is read for markings of secrecy."""
    content = scan.read()
    scan.seek(0)
    yield from pdf_faults(content, must_be_whole=False)
    try:
        check_readable(content, PDF, must_open=False)
    except RefusedFileError as refusal:
        yield str(refusal)


def scan_type(scan: File[bytes]) -> str:
    """Return the type that the first bytes tell; the name is not believed."""
    scan.seek(0)
    kind = filetype.guess(scan.read(SNIFFED_BYTES))
    scan.seek(0)
    return kind.mime if kind else ""


def digest(scan: File[bytes]) -> str:
    """Return the SHA-256 of a file."""
    scan.seek(0)
    sha = hashlib.sha256()
    for chunk in scan.chunks():
        sha.update(chunk)
    scan.seek(0)
    return sha.hexdigest()


def keep_copy(submission: Submission, data: CopyData | None) -> SignedCopy | None:
    """Write the signed copy's data over what was known; without any data the copy on record still stands.

    Another document, or the promise of one, takes the place of the old one whole: its scan goes with it, and stays
    readable in the delivery that sent it.
    """
    copy = copy_of(submission)
    if data is None or data.is_blank:
        return copy
    copy = copy or SignedCopy(submission=submission)
    is_another = data.is_whole and (copy.symbol, copy.signed_on) != (data.symbol.strip(), data.signed_on)
    if is_another or not data.is_whole:
        copy.symbol = copy.signatory = copy.position = copy.authority = ""
        copy.signed_on, copy.scan, copy.scan_name, copy.scan_sha256 = None, "", "", ""
    if data.is_whole:
        copy.symbol, copy.signed_on, copy.signatory = data.symbol.strip(), data.signed_on, data.signatory.strip()
        copy.position, copy.authority = data.position.strip(), data.authority
    copy.follows_by = data.follows_by or copy.follows_by
    if data.scan:
        copy.scan_name, copy.scan_sha256 = (data.scan.name or "")[-200:], digest(data.scan)
        # Kept under a name of our own: the sender's says nothing and may hold anything.
        copy.scan.save(f"{copy.scan_sha256[:24]}.{SCAN_TYPES[scan_type(data.scan)]}", data.scan, save=False)
    copy.save()
    return copy
