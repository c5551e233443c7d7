"""The way of a report: one function takes every step of the table in `steps`; nothing else writes `state`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from plan_tracker.audit.context import acting, in_the_name_of
from reports import conditions, effects
from reports.choices import PeriodKind, SubmissionState
from reports.deliveries import delivery_with_token, request_hash
from reports.models import Expectation, Submission
from reports.moves import MOVED, OTHER_CONTENT, Move, StepData, StepRefused
from reports.permissions import can_enter_on_behalf, can_review, can_start
from reports.register_filling import fill_from_register
from reports.review_prefill import REVIEWS, prefill
from reports.steps import STEPS, TABLE, Step
from reports.taken_steps import last_of, too_late
from tasks.permissions import Standing

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User

__all__ = [
    "STEPS",
    "Step",
    "StepData",
    "StepRefused",
    "available_steps",
    "note_opened",
    "start_submission",
    "take_step",
]

KEPT_FIELDS = (
    "state",
    "is_on_behalf",
    "declared_no_secret",
    "submitted_at",
    "opened_at",
    "received_by",
    "received_at",
    "accepted_by",
    "accepted_at",
)


@transaction.atomic
def take_step(  # noqa: PLR0913 - who takes which step of what, when, why and with what
    submission: Submission,
    step: str,
    *,
    actor: User,
    standing: Standing,
    at: datetime,
    reason: str = "",
    data: StepData | None = None,
    token: str = "",
) -> Submission:
    """Take one step, whole or not at all, and return the report that goes on; PermissionDenied or StepRefused else.

    The rows are locked first, so of two people at once one finds the state that the other has left. The same form
    pressed twice gets the same answer.
    """
    row = STEPS[step]
    report = locked(submission)
    behalf = lender(row, standing, report)
    move = Move(step, report, actor, standing, at, reason, data or StepData(), token, behalf)
    if not row.who(standing, move.submission):
        raise PermissionDenied
    if _was_taken_already(move, row):
        return move.submission
    if move.submission.state not in row.sources:
        raise StepRefused([what_happened(move.submission)], MOVED)
    faults = [fault for gate in row.gates for fault in gate(move.submission, standing)]
    faults = faults or [fault for rule in row.rules for fault in rule(move)]
    if faults:
        raise StepRefused(faults)
    with acting(person=in_the_name_of(actor), on_behalf_of=behalf):
        return _moved(move, row)


def lender(row: Step, standing: Standing, submission: Submission) -> str:
    """Return in whose place the person takes a step, "" where it is a right of the own."""
    if row.who(standing.without_delegations(), submission):
        return ""
    return standing.lender(submission.expectation.body_id)


def _moved(move: Move, row: Step) -> Submission:
    """Write the transition, then the state, then do what follows."""
    report = move.submission
    if row.target is not None:
        row.stamp(move)
        effects.write_transition(report, move, report.state, row.target)
        report.state = row.target
        report.save(update_fields=KEPT_FIELDS)
    return row.effect(move) or report


def locked(submission: Submission) -> Submission:
    """Lock and re-read a report with its expectation: every version of a report moves one at a time."""
    expectation = _locked_expectation(submission.expectation_id)
    report = Submission.objects.select_for_update(no_key=True).filter(pk=submission.pk).first()
    if report is None:
        raise StepRefused([_("This version of the report was discarded.")], MOVED)
    report.expectation = expectation
    return report


def _locked_expectation(pk: int) -> Expectation:
    rows = Expectation.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("period", "body").get(pk=pk)


def _was_taken_already(move: Move, row: Step) -> bool:
    """Return whether this very request was answered before: the same form, or the same person pressing twice."""
    sent = delivery_with_token(move)
    if sent is not None:
        if sent.request_hash != request_hash(move):
            raise StepRefused(
                [_("This form was already used to send something else; open the page again.")], OTHER_CONTENT
            )
        return True
    if row.delivers or row.target is None or move.submission.state in row.sources:
        return False
    last = last_of(move.submission.transitions)
    return last is not None and (last.step, last.taken_by_id) == (move.step, move.actor.pk)


def what_happened(submission: Submission) -> str:
    """Return the sentence for somebody who comes too late: who did what, and when."""
    return too_late(submission, last_of(submission.transitions), {row.name: row.done for row in TABLE})


def available_steps(submission: Submission, standing: Standing, *, at: datetime) -> list[Step]:
    """Return the steps that this person could take now, as far as they do not hang on what will be entered."""
    return [
        row
        for row in TABLE
        if submission.state in row.sources
        and row.who(standing, submission)
        and not any(fault for gate in row.gates for fault in gate(submission, standing))
    ]


@transaction.atomic
def start_submission(expectation: Expectation, *, actor: User, standing: Standing, at: datetime) -> Submission:
    """Begin the report that a body owes, or return the version that is on its way already.

    A reviewer who begins it enters it on the body's behalf.
    """
    owed = _locked_expectation(expectation.pk)
    own = can_start(standing, owed)
    if not own and not can_enter_on_behalf(standing, owed):
        raise PermissionDenied
    existing = owed.submissions.open().first()
    if existing is not None:
        existing.expectation = owed
        return existing
    faults = list(_start_faults(owed, at))
    if faults:
        raise StepRefused(faults)
    last = owed.submissions.aggregate(last=Max("version"))["last"] or 0
    report = Submission.objects.create(
        expectation=owed,
        version=last + 1,
        is_on_behalf=not own,
        created_by=actor,
        created_at=at,
        saved_by=actor,
        saved_at=at,
    )
    is_review = last == 0 and PeriodKind(owed.period.kind) in REVIEWS
    # A review begins with the stored reports, which hold what the register answered.
    if own and not (is_review and prefill(report, actor=actor, at=at)):
        fill_from_register(report)
    move = Move("start", report, actor, standing, at)
    effects.write_transition(report, move, "", report.state)
    return report


def _start_faults(expectation: Expectation, at: datetime) -> Iterator[str]:
    opens_on = expectation.period.opens_on
    yield from conditions.takes_reports(expectation)
    if expectation.exempt_reason:
        yield _("Your body is exempt from this report.")
    if expectation.submissions.accepted().exists():
        yield _("The report is accepted already; open a correction instead.")
    if timezone.localtime(at).date() < opens_on:
        yield _("This period opens on %(day)s.") % {"day": f"{opens_on:%d/%m/%Y}"}


def note_opened(submission: Submission, standing: Standing, *, at: datetime) -> None:
    """Note that a reviewer has seen a sent report; from then on it can no longer be recalled."""
    if (
        submission.opened_at is None
        and submission.state == SubmissionState.SUBMITTED
        and can_review(standing, submission)
    ):
        fresh = Submission.objects.filter(pk=submission.pk, state=SubmissionState.SUBMITTED, opened_at=None)
        fresh.update(opened_at=at)
        submission.opened_at = at
