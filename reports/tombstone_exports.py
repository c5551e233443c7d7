"""Files that long jobs keep for a while (tables to download, files to load): those that hold a secret go with it."""

from __future__ import annotations

import hashlib
import html
import io
import re
import zipfile
from collections.abc import Iterator, Sequence

from django.core.files.storage import default_storage

from plan_tracker.jobs.choices import JobState
from plan_tracker.jobs.models import Job
from plan_tracker.lib.redacting import Piece, spans
from reports.choices_tombstones import FileKind
from reports.models import Tombstone, TombstoneFile

_BREAK = re.compile(r"</(?:w:p|w:tc|si|is|c|row)>")
_TAG = re.compile(r"<[^>]+>")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_TEXTS = ("word/", "xl/")


def texts_of(content: bytes) -> Iterator[str]:
    """Yield the texts of a DOCX, an XLSX, or a file of plain text such as CSV or JSON; of others hardly anything."""
    if content[:2] != b"PK":
        text = content.decode("utf-8", "replace")
        yield _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).replace("\\n", "\n")
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            for name in parts.namelist():
                if name.startswith(_TEXTS) and name.endswith(".xml"):
                    text = parts.read(name).decode("utf-8", "replace")
                    yield html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))
    except zipfile.BadZipFile:
        return


def take_exports(tombstone: Tombstone, pieces: Sequence[Piece]) -> int:
    """Take the files of jobs that hold the secret, and let a job at work begin again; return how many files went.

    A job at work has read the texts of before: its worker finds at the end that the job is no longer its own.
    """
    Job.objects.filter(state=JobState.RUNNING).update(state=JobState.WAITING)
    taken = 0
    for job in Job.objects.exclude(made="", given=""):
        for name in ("made", "given"):
            path = str(getattr(job, name).name or "")
            content = _read(path)
            if content is None or not any(spans(text, pieces) for text in texts_of(content)):
                continue
            sha256, size = hashlib.sha256(content).hexdigest(), len(content)
            TombstoneFile.objects.create(tombstone=tombstone, kind=FileKind.EXPORT, sha256=sha256, size=size, path=path)
            Job.objects.filter(pk=job.pk).update(**{name: ""})
            taken += 1
    return taken


def _read(path: str) -> bytes | None:
    if not path:
        return None
    try:
        with default_storage.open(path, "rb") as file:
            return bytes(file.read())
    except OSError:
        return None
