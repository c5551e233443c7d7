"""What goes over when bodies change: open reports, what is owed, memberships; confirming it, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.db.models import Count, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.change_notices import tell_of_change, tell_of_settled, tell_of_undoing
from reports.choices import OPEN_STATES, PeriodState, RemarkState, SubmissionState
from reports.expectations import reporting_bodies
from reports.handover_values import Choices, Handover, OpenReport, SeatToMove, chosen
from reports.models import Expectation, Period, Submission
from reports.notices import members_of
from tasks.choices import ChangeState
from tasks.journal import Journal, UndoRefused, undo
from tasks.models import Body, BodyChange, Membership
from tasks.reorganisation import ChangeRefused, Draft, carry_out, closes_a_circle, faults_of, read_draft
from tasks.succession import read_lineage

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User


def read_handover(draft: Draft) -> Handover:
    """Return what a change would move; three queries."""
    ending = {body.pk: body for body in draft.ending if body.pk}
    receivers = {pk: tuple(draft.receivers(body.code)) for pk, body in ending.items()}
    seats = Membership.objects.filter(body__in=ending, ends_on=None).select_related("user", "body")
    return Handover(
        draft=draft,
        reports=tuple(_open_reports(draft, receivers)),
        seats=tuple(
            SeatToMove(row, receivers[row.body_id]) for row in seats.order_by("body__order", "user__full_name")
        ),
    )


def _open_reports(draft: Draft, receivers: Mapping[int, tuple[Body, ...]]) -> Iterable[OpenReport]:
    """Yield what the ending bodies still owe or have begun; what was accepted stays as it is."""
    asked = Count("remarks", filter=Q(remarks__state=RemarkState.ASKED))
    versions = Submission.objects.exclude(state=SubmissionState.SUPERSEDED).order_by("-version")
    rows = (
        Expectation.objects.filter(body__in=receivers, held_by=None, is_closing=False)
        .exclude(period__state=PeriodState.CANCELLED)
        .select_related("period", "body")
        .annotate(asked=asked)
        .prefetch_related(Prefetch("submissions", queryset=versions, to_attr="versions"))
        .order_by("-period__data_to", "body__order")
    )
    for row in rows:
        found: list[Submission] = row.versions  # type: ignore[attr-defined]  # the name is given by Prefetch
        if any(one.state == SubmissionState.ACCEPTED for one in found):
            continue
        begun = next((one for one in found if one.state in OPEN_STATES), None)
        if begun is None and (row.period.state == PeriodState.CLOSED or _is_freed(row, draft)):
            continue
        yield OpenReport(
            expectation=row,
            submission=begun,
            remarks=getattr(row, "asked", 0),
            receivers=receivers[row.body_id],
            is_inside=row.period.data_to >= draft.change.happened_on,
        )


def _is_freed(owed: Expectation, draft: Draft) -> bool:
    """Return whether the change freed the body of the report already, which stays because people were reminded."""
    return draft.change.is_confirmed and bool(owed.exempt_reason)


@transaction.atomic
def confirm(change: BodyChange, choices: Choices, *, actor: User | None, at: datetime) -> Handover:
    """Put a change into force: bodies, successions, open reports, what is owed and seats, all or nothing."""
    locked = BodyChange.objects.select_for_update().get(pk=change.pk)
    if locked.state != ChangeState.DRAFT:
        raise ChangeRefused(_("This change has been confirmed already."))
    draft = read_draft(locked)
    faults = faults_of(draft)
    if not faults and closes_a_circle(draft, read_lineage()):
        faults = [_("A body would follow itself by way of others.")]
    if faults:
        raise ChangeRefused(" ".join(faults))
    handover = read_handover(draft)
    journal = Journal(locked)
    carry_out(draft, journal)
    for report in handover.reports:
        _move_report(report, draft, choices, journal)
    for seat in handover.seats:
        _move_seat(seat, draft, choices, journal)
    locked.state, locked.confirmed_by, locked.confirmed_at = ChangeState.CONFIRMED, actor, at
    locked.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    _log(locked, actor, "confirmed")
    tell_of_change(handover, choices, actor=actor, at=at)
    return handover


@transaction.atomic
def settle(change: BodyChange, choices: Choices, *, actor: User | None, at: datetime) -> None:
    """Move what a confirmed change left with the old bodies, where a receiver was chosen; undoing undoes it too."""
    locked = BodyChange.objects.select_for_update().get(pk=change.pk)
    if locked.state != ChangeState.CONFIRMED:
        raise ChangeRefused(_("This change is not confirmed."))
    draft = read_draft(locked)
    handover, journal = read_handover(draft), Journal(locked)
    for report in handover.reports:
        if choices.reports.get(report.expectation.pk) or report.expectation.pk in choices.closing:
            _move_report(report, draft, choices, journal)
    for seat in handover.seats:
        _move_seat(seat, draft, choices, journal)
    _log(locked, actor, "settled")
    tell_of_settled(handover, choices, actor=actor, at=at)


def _move_report(report: OpenReport, draft: Draft, choices: Choices, journal: Journal) -> None:
    """Hand one open report on; the extension and the remarks go with it."""
    owed = report.expectation
    receiver = chosen(choices.reports.get(owed.pk, ""), report.receivers)
    if not report.is_inside or owed.pk in choices.closing:
        # It stays the report of the old body, under its name; who follows finishes it.
        journal.alter(owed, held_by=receiver, is_closing=report.is_inside)
        if report.is_inside:
            _expect_of_followers(report, draft, journal)
        return
    if not report.is_begun:
        _let_go(owed, _("The body has ended; those that follow owe the report."), journal)
        _expect_of_followers(report, draft, journal)
        return
    if receiver is None:
        _expect_of_followers(report, draft, journal)
        return
    reporter = receiver.reports_through or receiver
    rival = Expectation.objects.filter(period=owed.period_id, body=reporter).first()
    if rival is not None and rival.submissions.exists():
        reason = _("Goes into the report of %(body)s.") % {"body": reporter.name}
        journal.alter(owed, exempt_reason=reason[:300])
    elif rival is not None and _is_spoken_of(rival):
        # Reminders name the receiver's own report: it stays, freed, and the receiver finishes the old body's.
        _let_go(rival, _("Goes into the report of %(body)s.") % {"body": owed.body.name}, journal)
        journal.alter(owed, held_by=receiver)
    else:
        if rival is not None:
            journal.remove(rival)
        journal.alter(owed, body=reporter, taken_over_from=owed.body)
    _expect_of_followers(report, draft, journal)


def _is_spoken_of(owed: Expectation) -> bool:
    """Return whether somebody was reminded of the report, in writing or on the telephone: such a row stays."""
    return owed.reminder_lines.exists() or owed.calls.exists()


def _let_go(owed: Expectation, reason: str, journal: Journal) -> None:
    """Owe a report no longer that nobody has begun; where somebody was reminded of it, it stays as exempt."""
    if _is_spoken_of(owed):
        journal.alter(owed, exempt_reason=reason[:300])
    else:
        journal.remove(owed)


def _expect_of_followers(report: OpenReport, draft: Draft, journal: Journal) -> None:
    """Let every body that follows and exists on the last day of the window owe the report."""
    period: Period = report.expectation.period
    known = set(period.expectations.values_list("body_id", flat=True))
    for body in reporting_bodies(report.receivers, on=period.data_to):
        if body.pk not in known:
            owed = report.expectation
            journal.create(
                Expectation(
                    period=period,
                    body=body,
                    extended_to=owed.extended_to,
                    extension_reason=owed.extension_reason,
                )
            )


def _move_seat(seat: SeatToMove, draft: Draft, choices: Choices, journal: Journal) -> None:
    """End a membership on the last day and begin it at the receiver; without a choice it stays."""
    row = seat.membership
    receiver = chosen(choices.seats.get(row.pk, ""), seat.receivers)
    if receiver is None:
        return
    held = Membership.objects.filter(user=row.user_id, body=receiver, role=row.role, ends_on=None).exists()
    if row.starts_on > draft.last_day:
        if not held:
            journal.alter(row, body=receiver)
        return
    journal.alter(row, ends_on=draft.last_day)
    if not held:
        journal.create(Membership(user=row.user, body=receiver, role=row.role, starts_on=draft.change.happened_on))


def what_depends(change: BodyChange) -> list[str]:
    """Return the reports that were written since and rest on the change, as sentences; none: it can be undone."""
    since = change.confirmed_at
    if since is None:
        return []
    bodies = change.successions.values("successor")
    written = Q(created_at__gte=since) | Q(saved_at__gt=since) | Q(submitted_at__gt=since)
    mine = Q(expectation__body__in=bodies) | Q(expectation__held_by__in=bodies)
    after = Q(expectation__period__data_to__gte=change.happened_on) | Q(expectation__held_by__isnull=False)
    rows = Submission.objects.filter(written, mine, after).select_related("expectation__body", "expectation__period")
    found = [
        _("%(body)s has written its report for %(period)s.")
        % {"body": row.expectation.body, "period": row.expectation.period}
        for row in rows.order_by("expectation__body__order")[:5]
    ]
    made = change.entries.filter(table=Body._meta.label_lower, before=None).values("row")
    opened = Period.objects.filter(expectations__body__in=made, created_at__gte=since).distinct()
    found += [_("The period %(period)s asks the new bodies for a report.") % {"period": row} for row in opened[:5]]
    later = BodyChange.objects.filter(
        state=ChangeState.CONFIRMED, successions__predecessor__in=bodies, confirmed_at__gte=since
    )
    found += [
        _("A later change rests on this one: %(change)s.") % {"change": row}
        for row in later.exclude(pk=change.pk).distinct()[:5]
    ]
    return found


@transaction.atomic
def take_back(change: BodyChange, *, actor: User | None, at: datetime) -> None:
    """Undo a confirmed change: every row becomes what it was; refused once a report depends on it."""
    locked = BodyChange.objects.select_for_update().get(pk=change.pk)
    if locked.state != ChangeState.CONFIRMED:
        raise UndoRefused(_("This change is not confirmed."))
    depending = what_depends(locked)
    if depending:
        raise UndoRefused(" ".join(depending))
    draft = read_draft(locked)
    people = members_of(
        [body.pk for body in (*draft.before, *draft.after) if body.pk],
        on=max(timezone.localdate(at), locked.happened_on),
    )
    undo(locked)
    locked.state, locked.confirmed_by, locked.confirmed_at = ChangeState.DRAFT, None, None
    locked.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    _log(locked, actor, f"undone {at.isoformat()}")
    tell_of_undoing(locked, people, actor=actor, at=at)


def _log(change: BodyChange, actor: User | None, message: str) -> None:
    """Keep who did what, where the administration shows it; a command has no person."""
    if actor is not None:
        LogEntry.objects.log_actions(
            user_id=actor.pk, queryset=[change], action_flag=CHANGE, change_message=message, single_object=True
        )
