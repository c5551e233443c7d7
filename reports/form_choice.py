"""What sort of report it is: with content, nil, or a separate one under the confidentiality rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from reports.attachments import attached, take_off
from reports.choices import ReportForm
from reports.filling import Stored, lock, mark_saved, stored_lines
from reports.models import Submission
from reports.outline import CLOSING_FIELDS
from reports.register_filling import PLANS_TARGET
from tasks.permissions import Standing

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User


def looks_blank(submission: Submission, stored: Mapping[tuple[str, int], Stored]) -> bool:
    """Return whether nobody has written in the lines and texts of a report; no query.

    What the register put there when the report was begun was written by nobody.
    """
    written = any(not row.content.is_empty for row in stored.values() if row.entry is None or row.entry.saved_by_id)
    return not written and not any(getattr(submission, name) for name in CLOSING_FIELDS)


def is_blank(submission: Submission) -> bool:
    """Return whether nothing at all has been entered in a report."""
    read = submission.readings.exclude(indicator__target__code=PLANS_TARGET)
    rows = (submission.difficulties, submission.proposals, submission.counter_values, read)
    if attached(submission) or any(row.exists() for row in rows):
        return False
    return looks_blank(submission, stored_lines(submission))


@transaction.atomic
def choose_form(  # noqa: PLR0913 - what, whether over what is there, who and when
    submission: Submission, form: str, *, clear: bool, actor: User, standing: Standing, at: datetime
) -> str:
    """Choose the sort of report; what was typed is removed only where that was ticked. Return why not, or nothing."""
    locked = lock(submission, standing)
    if form not in ReportForm.values:
        return _("Choose one of the three.")
    if form != ReportForm.CONTENT:
        if not clear and not is_blank(locked):
            return _("Something has been entered already. Tick that it is to be removed, or keep the report as it is.")
        remove_content(locked)
        for attachment in attached(locked):
            take_off(attachment, actor=actor, standing=standing, at=at)
    Submission.objects.filter(pk=locked.pk).update(form=form)
    mark_saved(locked, actor=actor, at=at)
    return ""


def remove_content(submission: Submission) -> None:
    """Remove everything that a report says."""
    for rows in (submission.difficulties, submission.proposals, submission.counter_values, submission.readings):
        rows.all().delete()
    submission.entries.all().delete()
    Submission.objects.filter(pk=submission.pk).update(**dict.fromkeys(CLOSING_FIELDS, ""), closing_written={})
