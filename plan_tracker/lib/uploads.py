"""What an uploaded file really is, by its bytes and not by its name, and why it is refused."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

import filetype
from django.utils.translation import gettext as _

XLSX, DOCX, PDF, JPG, PNG = "xlsx", "docx", "pdf", "jpg", "png"
CONTENT_TYPES = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    PDF: "application/pdf",
    JPG: "image/jpeg",
    PNG: "image/png",
}
SNIFFED_BYTES = 8192
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# An encrypted workbook or document is an OLE file with a stream of this name.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MOST_MEMBERS = 3000
MOST_UNPACKED = 150 * 1024 * 1024
MOST_RATIO = 150
SMALL = 2 * 1024 * 1024
LONGEST_NAME = 200
NESTED = re.compile(r"\.(?:zip|xlsx|xlsm|docx|docm|pptx|7z|rar|gz|jar)$", re.IGNORECASE)
MACROS = re.compile(r"(?:^|/)(?:vbaProject\.bin|vbaData\.xml|macrosheets/.*|activeX/.*)$", re.IGNORECASE)
PROGRAMS = re.compile(r"\.(?:exe|dll|js|vbs|bat|cmd|ps1|scr|hta|lnk|msi)$", re.IGNORECASE)
REMOTE_TEMPLATE = re.compile(
    rb"attachedTemplate\"[^>]*TargetMode=\"External\"|TargetMode=\"External\"[^>]*attachedTemplate\""
)
PDF_ENCRYPTED = re.compile(rb"/Encrypt\s+\d+\s+\d+\s+R")
PDF_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia)\b")
# What the library raises over archives that were cut off or changed on their way, among it what a codec says.
DAMAGED: tuple[type[Exception], ...] = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(OSError, EOFError, LookupError, RuntimeError, ValueError, ArithmeticError),
)


class RefusedFileError(ValueError):
    """A file that is not taken; the message is a sentence for the person."""


def kind_of(content: bytes) -> str:
    """Return xlsx, docx, pdf, jpg or png, or refuse with what the file is instead."""
    head = content[:SNIFFED_BYTES]
    if not head:
        raise RefusedFileError(_("The file is empty."))
    if head.startswith(OLE):
        raise RefusedFileError(_ole_sentence(content))
    if head.startswith(b"PK"):
        return _archive_kind(content)
    if head.startswith(b"%PDF-"):
        return PDF
    found = filetype.guess(head)
    if found is not None and found.mime in {"image/jpeg", "image/png"}:
        return JPG if found.mime == "image/jpeg" else PNG
    if re.match(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|table|script|svg)", head, re.IGNORECASE):
        raise RefusedFileError(_("This is a web page or an XML file with another name, not an office document."))
    raise RefusedFileError(_("The portal does not know what kind of file this is."))


def _ole_sentence(content: bytes) -> str:
    if ENCRYPTED in content:
        return _("The file is protected with a password, so nobody here could read it: save it without one.")
    return _("This is a file of an old Office (.xls, .doc): open it and save it as .xlsx or .docx.")


def _archive_kind(content: bytes) -> str:
    """Return what an archive is after looking through its table of contents; nothing is unpacked for it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            check_members(members, len(content))
            kind = _office_kind(archive, {member.filename for member in members})
            _check_office(archive, members)
    except DAMAGED as error:
        if isinstance(error, RefusedFileError):
            raise
        raise RefusedFileError(
            _("The file is damaged or was not uploaded whole: save it anew and try again.")
        ) from error
    return kind


def check_members(members: list[zipfile.ZipInfo], packed: int) -> None:
    """Refuse an archive that would unpack to too much, hides behind its names, or is encrypted."""
    unpacked = sum(member.file_size for member in members)
    too_many = len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED
    swollen = any(
        member.file_size > SMALL and member.file_size > MOST_RATIO * member.compress_size for member in members
    )
    if too_many or swollen or (unpacked > SMALL and unpacked > MOST_RATIO * packed):
        raise RefusedFileError(_("The file would unpack to far more than an office document holds; it is not opened."))
    if any(member.flag_bits & 1 for member in members):
        raise RefusedFileError(
            _("The file is protected with a password, so nobody here could read it: save it without one.")
        )
    names = [member.filename for member in members]
    if len(set(names)) != len(names) or any(_is_odd(name) for name in names):
        raise RefusedFileError(_("The inside of the file is not that of an office document; it is not opened."))


def _is_odd(name: str) -> bool:
    """Say whether the name of a member leads out of the archive or hides something."""
    path = PurePosixPath(name.replace("\\", "/"))
    odd_letters = any(ord(letter) < 32 or letter in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068" for letter in name)
    return path.is_absolute() or ".." in path.parts or ":" in name or odd_letters or len(name) > LONGEST_NAME


def _office_kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "mimetype" in names and b"opendocument" in archive.read("mimetype")[:100]:
        raise RefusedFileError(_("This is an OpenDocument file: save it as .xlsx or .docx."))
    if "xl/workbook.bin" in names:
        raise RefusedFileError(_("This is a binary workbook (.xlsb): save it as .xlsx."))
    if "[Content_Types].xml" not in names:
        raise RefusedFileError(_("This is an archive, not an office document: upload the documents in it one by one."))
    types = archive.read("[Content_Types].xml")
    if b"macroEnabled" in types or any(MACROS.search(name) for name in names):
        raise RefusedFileError(
            _("The file holds macros or controls: save it without them (.xlsx, .docx) and try again.")
        )
    if b"spreadsheetml.sheet.main" in types and "xl/workbook.xml" in names:
        return XLSX
    if b"wordprocessingml.document.main" in types and "word/document.xml" in names:
        return DOCX
    raise RefusedFileError(_("This is neither a Word document nor an Excel workbook."))


def _check_office(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Refuse programs, templates fetched from elsewhere, and archives inside that would swell."""
    for member in members:
        if PROGRAMS.search(member.filename):
            raise RefusedFileError(_("The file holds a program; it is not taken."))
        if member.filename.endswith("settings.xml.rels") and REMOTE_TEMPLATE.search(archive.read(member)):
            raise RefusedFileError(
                _("The document would fetch its template from elsewhere: save it as a new document.")
            )
        if NESTED.search(member.filename):
            inner = archive.read(member)
            if not inner.startswith(b"PK"):
                continue
            with zipfile.ZipFile(io.BytesIO(inner)) as nested:
                check_members(nested.infolist(), len(inner))
                names = nested.namelist()
            if any(MACROS.search(name) or NESTED.search(name) or PROGRAMS.search(name) for name in names):
                raise RefusedFileError(_("Inside the file lies an archive that may hide something; it is not taken."))


def pdf_faults(content: bytes, *, must_be_whole: bool = True) -> Iterator[str]:
    """Yield why a PDF is not taken: protected by a password, or doing something when it is opened."""
    if PDF_ENCRYPTED.search(content):
        yield _("The PDF is protected with a password: print it to a new PDF without one.")
    if PDF_ACTIVE.search(content):
        yield _("The PDF holds a script, a program or another file: print it to a new PDF.")
    if must_be_whole and b"%%EOF" not in content[-2048:]:
        yield _("The file is damaged or was not uploaded whole: save it anew and try again.")


def clean_name(name: str, kind: str, *, longest: int = 150) -> str:
    """Return the name under which a file is handed out again: no path, no hidden letters, the true ending."""
    base = PurePosixPath(name.replace("\\", "/")).name
    letters = "".join(letter for letter in base if letter.isprintable() and letter not in '<>:"/|?*')
    stem = " ".join(PurePosixPath(letters).stem.split()).strip(". ")[:longest] or "tep"
    return f"{stem}.{kind}"


def first_of(faults: Iterable[str]) -> None:
    """Refuse with the first of the faults, if there is one."""
    for sentence in faults:
        raise RefusedFileError(sentence)
