"""Takes a filled-in workbook in: read in a child process, recognised, and kept until it is applied."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _

from plan_tracker.lib.bounded.running import BoundedError, TooHeavyError, ask
from plan_tracker.lib.secrecy import check_readable
from plan_tracker.lib.uploads import XLSX, RefusedFileError, clean_name, kind_of
from reports.models import Submission, WorkbookUpload
from reports.workbooks import layout
from reports.workbooks.cells import Problem
from reports.workbooks.contents import book_key
from reports.workbooks.reading import key_cells

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User

MOST_BYTES = 10 * 1024 * 1024
MOST_SHEETS = 40


def take_in(submission: Submission, file: File[bytes], *, actor: User, at: datetime) -> WorkbookUpload:
    """Keep a workbook for its preview, in place of this person's earlier ones; raise RefusedFileError with why not."""
    if file.size > MOST_BYTES:
        raise RefusedFileError(_("The workbook is larger than 10 MB: the form itself has less than one."))
    content = file.read()
    cells = cells_of(content)
    recognise(cells, submission)
    check_readable(content, XLSX)
    with transaction.atomic():
        before = WorkbookUpload.objects.filter(submission=submission, uploaded_by=actor, applied_at=None)
        forget(list(before))
        upload = WorkbookUpload(
            submission=submission,
            name=clean_name(file.name or "", XLSX),
            sha256=hashlib.sha256(content).hexdigest(),
            cells=cells,
            uploaded_by=actor,
            uploaded_at=at,
        )
        upload.file.save("", ContentFile(content), save=False)
        upload.save()
    return upload


def forget(uploads: list[WorkbookUpload]) -> None:
    """Remove workbooks that were not applied, and their files once the rows are gone for good."""
    for upload in uploads:
        if upload.file:
            transaction.on_commit(partial(upload.file.storage.delete, str(upload.file.name)))
        upload.delete()


def cells_of(content: bytes) -> dict[str, Any]:
    """Return what the child process reads of a workbook, or refuse it with a sentence of its own."""
    if (kind := kind_of(content)) != XLSX:
        raise RefusedFileError(
            _("This is a %(kind)s file, whatever its name says: upload the Excel form (.xlsx).")
            % {"kind": kind.upper()}
        )
    try:
        told = ask("cells", content).told
    except TooHeavyError as error:
        raise RefusedFileError(
            _("The workbook asks for more memory or time than any filled-in form: copy your text into a new form.")
        ) from error
    except BoundedError as error:
        damaged = _("The workbook is damaged, or is none that Excel wrote: copy your text into a new form.")
        raise RefusedFileError(damaged) from error
    if told["sheet_count"] > MOST_SHEETS:
        raise RefusedFileError(_("The workbook has too many sheets: copy your text into a new form."))
    return told


def recognise(told: Mapping[str, Any], submission: Submission) -> None:
    """Refuse a workbook that is no form of ours, or one of another body, period or version."""
    properties = dict(key_cells(told)) | told["properties"]
    version, key = properties.get(layout.PROPERTY_VERSION), properties.get(layout.PROPERTY_KEY)
    if not version or not key:
        raise RefusedFileError(
            _("This workbook is not the form of the portal: download the form and copy your text into it.")
        )
    own = book_key(submission)
    body, _slash, period = str(key).rpartition("/")
    own_body, _slash, own_period = own.rpartition("/")
    names = {"other": "", "own": ""}
    if body != own_body:
        names = {"other": properties.get(layout.PROPERTY_BODY, body), "own": submission.expectation.body.name}
        raise RefusedFileError(_("This is the form of another body (%(other)s); this report is of %(own)s.") % names)
    if period != own_period:
        names = {"other": properties.get(layout.PROPERTY_PERIOD, period), "own": submission.expectation.period.title}
        raise RefusedFileError(
            _("This is the form for another period (%(other)s); this report is for %(own)s.") % names
        )
    if version != layout.VERSION:
        raise RefusedFileError(
            _("This form is of an older version: download the form again and copy your text into it.")
        )


def coloured(upload: WorkbookUpload, problems: tuple[Problem, ...]) -> bytes:
    """Return the same workbook with the problem cells coloured and commented."""
    marks = [[problem.sheet, problem.cell or "A1", problem.sentence] for problem in problems]
    with upload.file.open("rb") as file:
        content = file.read()
    try:
        return ask("coloured", content, marks=marks).payload
    except BoundedError as error:
        raise RefusedFileError(_("The workbook could not be marked; the list on the page names every cell.")) from error
