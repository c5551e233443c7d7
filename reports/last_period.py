"""“Lấy nội dung kỳ trước”: the text of the last report taken into a line on request, and marked until it is changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from reports.filling import EMPTY, Stored, as_written, last_entries, lock, mark_saved, stored_lines, write_entry
from reports.models import Submission
from reports.outline import Line
from tasks.permissions import Standing

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User


@transaction.atomic
def copy_last(submission: Submission, line: Line, *, actor: User, standing: Standing, at: datetime) -> bool:
    """Take the last period's text into a line, after what stands there; say whether there was one."""
    locked = lock(submission, standing)
    last = last_entries(locked, [line]).get((line.subject, line.subject_id))
    if last is None or not last.text:
        return False
    now = stored_lines(locked).get((line.subject, line.subject_id), Stored(EMPTY))
    taken = as_written(last)
    text = f"{now.content.text}\n\n{taken}" if now.content.text else taken
    state = now.content.state or (last.state if last.state in line.states else "")
    content = replace(now.content, state=state, text=text)
    entry = write_entry(locked, line, content, now, actor=actor, at=at)
    entry.is_copied = not now.content.text
    entry.save(update_fields=["is_copied"])
    mark_saved(locked, actor=actor, at=at)
    return True
