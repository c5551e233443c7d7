"""Applies a previewed workbook: every part through the door of the form, all in one transaction or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from reports.checks import cumulative_before
from reports.closing import save_closing
from reports.figures import save_counters, save_readings
from reports.filling import lock, save_lines
from reports.models import Submission, WorkbookUpload
from reports.outline import FormOutline
from reports.workbooks.cells import Notebook
from reports.workbooks.comparing import Comparison, Kind, chosen, compare
from reports.workbooks.registering import Register, register_documents
from tasks.permissions import Standing

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User

MINE, THEIRS = "mine", "theirs"


class NotAppliedError(Exception):
    """Nothing was saved; the message says why, `is_stale` that the preview must be looked at again."""

    def __init__(self, sentence: str, *, is_stale: bool = False) -> None:
        super().__init__(sentence)
        self.is_stale = is_stale


@transaction.atomic
def apply_upload(  # noqa: PLR0913 - which workbook, over what, as previewed and chosen, who and when
    upload: WorkbookUpload,
    submission: Submission,
    outline: FormOutline,
    *,
    basis: str,
    choices: Mapping[str, str],
    actor: User,
    standing: Standing,
    at: datetime,
) -> Comparison:
    """Save what the workbook says, as it was previewed; raise NotAppliedError or ReportMoved, and nothing is saved."""
    locked = lock(submission, standing)
    row = WorkbookUpload.objects.select_for_update().get(pk=upload.pk)
    comparison = compare(row.cells, locked, outline, actor)
    if row.applied_at is not None:
        return comparison
    _refuse(comparison, basis, choices)
    book, who = chosen(comparison.book, comparison, choices), {"actor": actor, "standing": standing, "at": at}
    clashes = (
        save_lines(locked, book.lines, **who),  # type: ignore[arg-type] # one dict for four functions
        save_counters(locked, book.counters, cumulative_before(locked), **who),  # type: ignore[arg-type]
        save_readings(locked, book.readings, **who),  # type: ignore[arg-type]
        save_closing(locked, book.closing, **who) if book.closing else None,  # type: ignore[arg-type]
    )
    notebook = Notebook()
    register_documents(book.documents, Register.of(locked), actor, notebook, dry_run=False)
    if any(clashes) or notebook.problems:
        raise NotAppliedError(_stale(), is_stale=True)
    row.applied_at = at
    row.save(update_fields=["applied_at"])
    return comparison


def _refuse(comparison: Comparison, basis: str, choices: Mapping[str, str]) -> None:
    """Refuse a workbook with mistakes, an old preview, and a conflict in which nobody chose."""
    if comparison.errors:
        raise NotAppliedError(_("The workbook has mistakes; mend them in the file and upload it again."))
    if comparison.basis != basis:
        raise NotAppliedError(_stale(), is_stale=True)
    if any(choices.get(change.key) not in {MINE, THEIRS} for change in comparison.of_kind(Kind.CONFLICT)):
        raise NotAppliedError(_("Choose which text is to stand wherever somebody else changed the same place."))


def _stale() -> str:
    return _("Somebody has changed the report since this preview. It is shown anew below: look at it and apply again.")
