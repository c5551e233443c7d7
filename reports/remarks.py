"""Remarks at the lines of a report: a reviewer asks, the body answers, the reviewer settles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from plan_tracker.lib.secrecy import marking_error
from reports.choices import OPEN_STATES, RemarkState, SubmissionState
from reports.models import Expectation, Remark, RemarkReply, Submission
from reports.moves import MOVED, StepRefused
from reports.permissions import can_enter_on_behalf
from tasks.permissions import Standing

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User

OPEN = (RemarkState.ASKED, RemarkState.ANSWERED)


def asked_remarks(expectation: Expectation) -> int:
    """Return how many remarks wait for the body's answer."""
    return expectation.remarks.filter(state=RemarkState.ASKED).count()


def unseen_remarks(submission: Submission) -> int:
    """Return how many remarks were asked, or asked again, since the report was last sent: the body had no turn yet."""
    rows = submission.expectation.remarks.filter(state=RemarkState.ASKED)
    if submission.submitted_at is not None:
        again = Q(replies__is_asking=True, replies__written_at__gt=submission.submitted_at)
        rows = rows.filter(Q(asked_at__gt=submission.submitted_at) | again).distinct()
    return rows.count()


@transaction.atomic
def ask(  # noqa: PLR0913 - who asks what, where and when
    expectation: Expectation, submission: Submission, line: str, text: str, *, actor: User, at: datetime
) -> Remark:
    """Put a remark at a line of a received report."""
    current = Submission.objects.select_for_update(no_key=True).get(pk=submission.pk)
    if current.state != SubmissionState.RECEIVED:
        raise StepRefused([_("Remarks are put while the report is under review; receive it first.")], MOVED)
    if not text.strip():
        raise StepRefused([_("Write the remark.")])
    if sentence := marking_error(text):
        raise StepRefused([sentence])
    return Remark.objects.create(
        expectation=expectation, raised_in=current, line=line, text=text.strip(), asked_by=actor, asked_at=at
    )


@transaction.atomic
def answer(remark: Remark, text: str, *, actor: User, at: datetime) -> RemarkReply:
    """Answer for the body."""
    current = _open(remark)
    if not text.strip():
        raise StepRefused([_("Write the answer.")])
    if sentence := marking_error(text):
        raise StepRefused([sentence])
    current.state = RemarkState.ANSWERED
    current.save(update_fields=["state"])
    return RemarkReply.objects.create(remark=current, text=text.strip(), written_by=actor, written_at=at)


@transaction.atomic
def ask_again(remark: Remark, text: str, *, actor: User, at: datetime) -> RemarkReply:
    """Ask on in the thread of a remark whose answer did not say enough; the report is under review."""
    rows = Submission.objects.select_for_update(no_key=True).filter(expectation=remark.expectation_id)
    report = rows.filter(state__in=OPEN_STATES).first()
    if report is None or report.state != SubmissionState.RECEIVED:
        raise StepRefused([_("Remarks are put while the report is under review; receive it first.")], MOVED)
    current = _open(remark)
    if not text.strip():
        raise StepRefused([_("Write the remark.")])
    current.state = RemarkState.ASKED
    current.save(update_fields=["state"])
    return RemarkReply.objects.create(
        remark=current, text=text.strip(), is_asking=True, written_by=actor, written_at=at
    )


@transaction.atomic
def settle(remark: Remark, *, actor: User, at: datetime) -> Remark:
    """Close a remark; a second press changes nothing."""
    current = Remark.objects.select_for_update(no_key=True).get(pk=remark.pk)
    if current.state != RemarkState.SETTLED:
        current.state, current.settled_by, current.settled_at = RemarkState.SETTLED, actor, at
        current.save(update_fields=["state", "settled_by", "settled_at"])
    return current


def settle_all(expectation: Expectation, *, actor: User, at: datetime) -> None:
    """Close every remark: the report is accepted as it stands."""
    expectation.remarks.filter(state__in=OPEN).update(state=RemarkState.SETTLED, settled_by=actor, settled_at=at)


def _open(remark: Remark) -> Remark:
    current = Remark.objects.select_for_update(no_key=True).get(pk=remark.pk)
    if current.state == RemarkState.SETTLED:
        raise StepRefused([_("This remark is already settled.")], MOVED)
    return current


@dataclass(frozen=True)
class RemarkView:
    """A remark with its answers, as a page shows it, and what the visitor may do with it."""

    pk: int
    line: str
    text: str
    state: RemarkState
    asked_by: str
    asked_at: datetime
    replies: tuple[tuple[str, str, datetime, bool], ...]
    can_settle: bool
    settled_by: str = ""
    settled_at: datetime | None = None

    @property
    def is_answered(self) -> bool:
        """Return whether the body has answered and the reviewer not yet settled."""
        return self.state == RemarkState.ANSWERED

    @property
    def is_open(self) -> bool:
        """Return whether the remark is not settled."""
        return self.state in OPEN


def remarks_by_line(expectation: Expectation, standing: Standing) -> dict[str, list[RemarkView]]:
    """Return every remark of a report under its line, oldest first, in two queries."""
    settles = can_enter_on_behalf(standing, expectation)
    replies = Prefetch("replies", queryset=RemarkReply.objects.select_related("written_by"))
    lines: dict[str, list[RemarkView]] = {}
    for row in expectation.remarks.select_related("asked_by", "settled_by").prefetch_related(replies):
        view = RemarkView(
            pk=row.pk,
            line=row.line,
            text=row.text,
            state=RemarkState(row.state),
            asked_by=str(row.asked_by),
            asked_at=row.asked_at,
            replies=tuple(
                (reply.text, str(reply.written_by), reply.written_at, reply.is_asking) for reply in row.replies.all()
            ),
            can_settle=settles and row.state in OPEN,
            settled_by=str(row.settled_by or ""),
            settled_at=row.settled_at,
        )
        lines.setdefault(row.line, []).append(view)
    return lines
