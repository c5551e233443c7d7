"""What a step does beside changing the state: moments and persons, deliveries, versions, messages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports import attachments
from reports.choices import SubmissionState
from reports.corrections import new_version
from reports.deliveries import deliver, recall_delivery
from reports.models import Submission, Transition
from reports.moves import Move
from reports.notices import Sentence, leaders, members_of, reviewers, tell
from reports.periods import title_within
from reports.publishing import publish
from reports.remarks import asked_remarks, settle_all
from reports.signed_copies import keep_copy
from reports.workbooks import uploading

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User


def discard(move: Move) -> Submission:
    """Delete the correction; the accepted version goes on, and remembers."""
    stands = move.expectation.submissions.accepted().get()
    write_transition(stands, move, stands.state, stands.state)
    attachments.forget(list(move.submission.attachments.all()))
    uploading.forget(list(move.submission.workbook_uploads.all()))
    move.submission.delete()
    return stands


def correct(move: Move) -> Submission:
    """Begin the next version; the accepted one stands until that is accepted."""
    draft = new_version(move)
    write_transition(draft, move, "", draft.state)
    tell_others = _tell_reviewers if move.expectation.writers & move.standing.own_bodies else _tell_body
    tell_others(move, lambda: _("A correction of the report for the %(period)s of %(body)s has begun."), report=draft)
    return draft


def stamp_sent(move: Move) -> None:
    """Set what a sent report carries; a new delivery has not been opened by anybody."""
    report = move.submission
    report.submitted_at, report.opened_at = move.at, None
    report.declared_no_secret = move.data.declared_no_secret
    report.is_on_behalf = False


def send(move: Move) -> None:
    """Keep the signed copy and the delivery, and tell the reviewers; the committee's own part is accepted at once."""
    keep_copy(move.submission, move.data.copy)
    deliver(move)
    if move.expectation.body.is_summarizer:
        _accept_own_part(move)
        return
    _tell_reviewers(move, lambda: _("%(body)s sent its report for the %(period)s."))


def add_copy(move: Move) -> Submission:
    """Write the signed copy's data; the report stays where it is."""
    keep_copy(move.submission, move.data.copy)
    write_transition(move.submission, move, move.submission.state, move.submission.state)
    return move.submission


def stamp_on_behalf(move: Move) -> None:
    """Set what a report carries that a reviewer entered from paper."""
    stamp_sent(move)
    move.submission.is_on_behalf = True


def enter_on_behalf(move: Move) -> None:
    """Keep the scan and the delivery, which counts from the day of receipt, and tell both sides."""
    send(move)
    _tell_body(move, lambda: _("Your report for the %(period)s was entered from the paper copy."))


def stamp_taken_over(move: Move) -> None:
    """Put the draft into the reviewer's hands."""
    move.submission.is_on_behalf = True


def taken_over(move: Move) -> None:
    """Tell the body that its report is entered from paper; what it had typed stays."""
    _tell_body(move, lambda: _("Your report for the %(period)s is being entered from the paper copy."))


def stamp_handed_back(move: Move) -> None:
    """Put the draft back into the body's hands."""
    move.submission.is_on_behalf = False


def handed_back(move: Move) -> None:
    """Tell the body that it goes on writing."""
    _tell_body(move, lambda: _("Your report for the %(period)s is yours to write again."))


def stamp_recalled(move: Move) -> None:
    """Take back what sending had set."""
    move.submission.submitted_at = None


def recall(move: Move) -> None:
    """Mark the delivery as recalled and tell the reviewers."""
    recall_delivery(move)
    _tell_reviewers(move, lambda: _("%(body)s recalled its report for the %(period)s."))


def stamp_received(move: Move) -> None:
    """Set who received it and when."""
    report = move.submission
    report.received_by, report.received_at = move.actor, move.at
    report.opened_at = report.opened_at or move.at


def received(move: Move) -> None:
    """Tell the body."""
    _tell_body(move, lambda: _("Your report for the %(period)s was received."))


def returned(move: Move) -> None:
    """Tell the body how much is asked."""
    count = asked_remarks(move.expectation)
    _tell_body(
        move,
        lambda: ngettext(
            "Your report for the %(period)s needs more: %(count)s remark.",
            "Your report for the %(period)s needs more: %(count)s remarks.",
            count,
        ),
        count=count,
    )


def stamp_accepted(move: Move) -> None:
    """Set who accepted it and when, and make way: the version accepted before is superseded."""
    move.submission.accepted_by, move.submission.accepted_at = move.actor, move.at
    for before in move.expectation.submissions.accepted().exclude(pk=move.submission.pk):
        write_transition(before, move, before.state, SubmissionState.SUPERSEDED)
        before.state = SubmissionState.SUPERSEDED
        before.save(update_fields=["state"])


def accept(move: Move) -> None:
    """Publish, settle what was asked, and tell the body."""
    before = move.expectation.submissions.filter(state=SubmissionState.SUPERSEDED).order_by("-version").first()
    publish(move, before)
    settle_all(move.expectation, actor=move.actor, at=move.at)
    _tell_body(move, lambda: _("Your report for the %(period)s was accepted for the summary."))
    if before is None:
        _tell_that_all_are_in(move)


def _tell_that_all_are_in(move: Move) -> None:
    """Tell those who compose and those who lead when the last report of a period is accepted: the draft is there."""
    period = move.expectation.period
    owed = period.expectations.owed()
    if owed.exclude(submissions__state=SubmissionState.ACCEPTED).exists():
        return
    on = timezone.localtime(move.at).date()
    people = {person.pk: person for person in (*reviewers(on=on), *leaders(on=on))}

    def words() -> str:
        sentence = _("All reports for the %(period)s are accepted: the draft of the summary report is there.")
        return sentence % {"period": title_within(period)}

    url = reverse("reports:edition_list", args=[period.pk])
    tell(people.values(), words, url=url, at=move.at, is_demo=period.is_demo)


def _accept_own_part(move: Move) -> None:
    """Accept the committee's own part as it was sent: item IV.6 asks for it, nobody reviews it."""
    report = move.submission
    stamp_accepted(move)
    source, report.state = report.state, SubmissionState.ACCEPTED
    Transition.objects.create(
        submission=report,
        step="accept",
        from_state=source,
        to_state=report.state,
        taken_by=move.actor,
        taken_at=move.at,
        on_behalf_of=move.on_behalf_of,
    )
    report.save(update_fields=["state", "accepted_by", "accepted_at"])
    accept(move)


def write_transition(report: Submission, move: Move, source: str, target: str) -> Transition:
    """Write who took which step of a report, when and why."""
    return Transition.objects.create(
        submission=report,
        step=move.step,
        from_state=source,
        to_state=target,
        taken_by=move.actor,
        taken_at=move.at,
        on_behalf_of=move.on_behalf_of,
        reason=move.reason.strip(),
    )


def _tell_body(move: Move, sentence: Sentence, *, report: Submission | None = None, count: int = 0) -> None:
    """Tell those who write and send for the body; the message leads to their report."""
    people = members_of(move.expectation.writers, on=timezone.localtime(move.at).date())
    url = reverse("reports:report_detail", args=[(report or move.submission).pk])
    _tell(move, people, sentence, url=url, count=count)


def _tell_reviewers(move: Move, sentence: Sentence, *, report: Submission | None = None, count: int = 0) -> None:
    """Tell the reviewers; the message leads to the review."""
    url = reverse("reports:review_detail", args=[(report or move.submission).pk])
    _tell(move, reviewers(on=timezone.localtime(move.at).date()), sentence, url=url, count=count)


def _tell(move: Move, people: Iterable[User], sentence: Sentence, *, url: str, count: int) -> None:
    """Tell everybody but the person who took the step, in the words of each."""
    expectation = move.expectation

    def words() -> str:
        body, period = expectation.body.short_name, title_within(expectation.period)
        return sentence() % {"body": body, "period": period, "count": count}

    others = [person for person in people if person.pk != move.actor.pk]
    tell(others, words, url=url, at=move.at, is_demo=expectation.period.is_demo)
