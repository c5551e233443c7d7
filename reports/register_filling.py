"""What the register of issued documents already answers in a report: dated assignments, and the target on own plans.

The register is typed once. A new report begins with what follows from it, and every line can take it up later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from plan_tracker.lib.dates import document_day
from reports.documents.wording import DOCUMENTS
from reports.figure_pages import last_readings
from reports.filling import EMPTY, Stored, lock, mark_saved, stored_lines, write_entry
from reports.models import Entry, Reading, Submission
from reports.outline import FormOutline, Line, outline_for
from tasks.choices import DeadlineKind, DocumentKind, WorkState
from tasks.models import IssuedDocument
from tasks.permissions import Standing

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User

# The target that a program or plan is drawn up: the figure of last time stands until somebody adds to it.
PLANS_TARGET = "T1"


def own_documents(submission: Submission) -> Q:
    """Return the condition that a document is one of the body's own, up to the end of the window."""
    expectation = submission.expectation
    period, body = expectation.period, expectation.body_id
    own = Q(body_id=body) | Q(body__reports_through_id=body)
    return own & Q(plan_id=period.plan_id, is_demo=period.is_demo, issued_on__lte=period.data_to)


def sentence_of(documents: Iterable[IssuedDocument]) -> str:
    """Return what was issued, as a report writes it; always in Vietnamese."""
    said = [
        f"{DOCUMENTS[DocumentKind(row.kind)].capitalize()} số {row.symbol}, ngày {document_day(row.issued_on)}"
        f" ({row.title.rstrip('.;')})"
        for row in documents
    ]
    return f"Đã ban hành {'; '.join(said)}." if said else ""


def fill_from_register(submission: Submission) -> None:
    """Begin a new report with what the register answers; inside the transaction that starts it."""
    outline = outline_for(submission)
    documents = _by_assignment(submission, outline)
    Entry.objects.bulk_create(
        Entry(
            submission=submission,
            assignment=assignment,
            state=WorkState.DONE,
            text=sentence_of(documents[assignment.pk]),
        )
        for assignment in outline.assignments
        if assignment.deadline_kind == DeadlineKind.FIXED and documents.get(assignment.pk)
    )
    _carry_plans(submission, outline)


def _by_assignment(submission: Submission, outline: FormOutline) -> dict[int, list[IssuedDocument]]:
    """Return the body's documents for each assignment of the form; two queries."""
    keys = [assignment.pk for assignment in outline.assignments]
    rows = IssuedDocument.objects.filter(own_documents(submission), assignments__in=keys).distinct()
    found: dict[int, list[IssuedDocument]] = {}
    for row in rows.prefetch_related("assignments").order_by("issued_on", "symbol"):
        for assignment in row.assignments.all():
            found.setdefault(assignment.pk, []).append(row)
    return found


def _carry_plans(submission: Submission, outline: FormOutline) -> None:
    """Take over how many committees have their plan, as it was told last."""
    asked = [indicator for indicator in outline.indicators if indicator.target.code == PLANS_TARGET]
    if not asked:
        return
    _title, last = last_readings(submission)
    Reading.objects.bulk_create(
        Reading(
            submission=submission,
            indicator=indicator,
            value=known.value,
            numerator=known.numerator,
            denominator=known.denominator,
        )
        for indicator in asked
        if (known := last.get(indicator.pk)) is not None
    )


@transaction.atomic
def take_documents(  # noqa: PLR0913 - what, into which line, who and when
    submission: Submission,
    line: Line,
    documents: Sequence[IssuedDocument],
    *,
    actor: User,
    standing: Standing,
    at: datetime,
) -> bool:
    """Put the documents on record into a line, after what stands there; say whether there were any."""
    words = sentence_of(documents)
    if not words:
        return False
    locked = lock(submission, standing)
    now = stored_lines(locked).get((line.subject, line.subject_id), Stored(EMPTY))
    state = now.content.state or (WorkState.DONE if WorkState.DONE in line.states else "")
    content = replace(now.content, state=state, text=f"{now.content.text}\n\n{words}".strip())
    write_entry(locked, line, content, now, actor=actor, at=at)
    mark_saved(locked, actor=actor, at=at)
    return True
