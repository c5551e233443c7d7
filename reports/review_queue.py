"""What waits for a reviewer: sent and received reports, returned ones still with their body, copies that are late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from reports.choices import PeriodState, ReportStanding, SubmissionState
from reports.expectations import report_standing
from reports.models import Period, SignedCopy, Submission
from reports.permissions import submissions_visible_to
from tasks.permissions import Standing


@dataclass(frozen=True)
class Waiting:
    """A report in the queue."""

    submission: Submission
    body: str
    period: str
    standing: ReportStanding
    state: SubmissionState
    days: int


@dataclass(frozen=True)
class Queue:
    """The whole queue, the oldest first; `next_due` is the period that is due next."""

    waiting: tuple[Waiting, ...]
    returned: tuple[Waiting, ...]
    late_copies: tuple[SignedCopy, ...]
    next_due: Period | None


def queue_of(standing: Standing, *, at: datetime) -> Queue:
    """Return what a reviewer has to deal with, in three queries."""
    rows = submissions_visible_to(standing).exclude(expectation__period__state=PeriodState.CANCELLED)
    asked = rows.filter(
        state__in=(SubmissionState.SUBMITTED, SubmissionState.RECEIVED, SubmissionState.RETURNED)
    ).select_related("expectation__period", "expectation__body")
    listed = [_waiting(row, at) for row in asked.order_by("submitted_at", "pk")]
    today = timezone.localtime(at).date()
    copies = SignedCopy.objects.filter(
        submission__in=rows.exclude(state=SubmissionState.SUPERSEDED), symbol="", follows_by__lt=today
    )
    return Queue(
        waiting=tuple(row for row in listed if row.state != SubmissionState.RETURNED),
        returned=tuple(row for row in listed if row.state == SubmissionState.RETURNED),
        late_copies=tuple(
            copies.select_related("submission__expectation__period", "submission__expectation__body").order_by(
                "follows_by", "submission__expectation__body__order"
            )
        ),
        next_due=Period.objects.open().filter(due_at__gt=at).order_by("due_at").first(),
    )


@dataclass(frozen=True)
class Place:
    """Where a report stands in the queue, and which one comes next: round to the oldest after the last."""

    number: int
    total: int
    next_pk: int | None
    next_body: str


def place_of(submission: Submission, standing: Standing) -> Place:
    """Return the place of a report among those that wait, and the next one; one query."""
    rows = submissions_visible_to(standing).awaiting_review()
    rows = rows.exclude(expectation__period__state=PeriodState.CANCELLED).order_by("submitted_at", "pk")
    waiting = list(rows.values_list("pk", "submitted_at", "expectation__body__short_name"))
    own = (submission.submitted_at, submission.pk)
    others = [row for row in waiting if row[0] != submission.pk]
    later = [row for row in others if own[0] is not None and row[1] is not None and (row[1], row[0]) > own]
    following = next(iter(later or others), None)
    number = next((place for place, row in enumerate(waiting, start=1) if row[0] == submission.pk), 0)
    return Place(number, len(waiting), following[0] if following else None, following[2] if following else "")


def _waiting(row: Submission, at: datetime) -> Waiting:
    return Waiting(
        submission=row,
        body=row.expectation.body.name,
        period=row.expectation.period.title,
        standing=report_standing(row.expectation, at=at),
        state=SubmissionState(row.state),
        days=(at - row.submitted_at).days if row.submitted_at else 0,
    )
