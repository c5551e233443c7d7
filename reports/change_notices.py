"""Who is told when bodies change: those who worked for a body that ended, and those who work for what follows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from plan_tracker.lib.dates import screen_day
from reports.handover_values import Choices, Handover, OpenReport, SeatToMove, chosen
from reports.notices import members_of, tell
from tasks.models import Body, BodyChange

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User

Sentence = Callable[[], str]


def tell_of_change(handover: Handover, choices: Choices, *, actor: User | None, at: datetime) -> None:
    """Tell each person of the bodies that end what becomes of the body and of the own seat, and those that receive."""
    draft = handover.draft
    for seat in handover.seats:
        _leave([seat.membership.user], _of_seat(handover, seat, choices), _page(seat.membership.body), actor, at)
    for body in draft.after:
        before = [pair.before for pair in draft.pairs if pair.after == body.code]
        names = ", ".join(draft.bodies[code].name for code in before)
        stay = {seat.membership.user_id for seat in handover.seats}
        people = [person for person in _people(body, draft.change, at) if person.pk not in stay]
        _leave(people, _of_succession(body, names, draft.change.happened_on), _page(body), actor, at)
    tell_of_reports(handover.reports, choices, draft.change, actor=actor, at=at)


def tell_of_settled(handover: Handover, choices: Choices, *, actor: User | None, at: datetime) -> None:
    """Tell those whose seat, and those to whom a report, went over later, by a choice made afterwards."""
    for seat in handover.seats:
        if chosen(choices.seats.get(seat.membership.pk, ""), seat.receivers) is not None:
            _leave([seat.membership.user], _of_seat(handover, seat, choices), _page(seat.membership.body), actor, at)
    tell_of_reports(handover.reports, choices, handover.draft.change, actor=actor, at=at)


def tell_of_reports(
    reports: Iterable[OpenReport], choices: Choices, change: BodyChange, *, actor: User | None, at: datetime
) -> None:
    """Tell those who take a begun report over that it is theirs to finish."""
    for report in reports:
        receiver = chosen(choices.reports.get(report.expectation.pk, ""), report.receivers)
        if receiver is None or report.submission is None:
            continue
        words = {
            "period": report.expectation.period.title,
            "before": report.expectation.body.name,
            "after": receiver.name,
        }

        def sentence(words: dict[str, str] = words) -> str:
            told = _("The report “%(period)s” of %(before)s has gone over to %(after)s, with its remarks.")
            return told % words

        url = reverse("reports:report_detail", args=[report.submission.pk])
        _leave(_people(receiver, change, at), sentence, url, actor, at)


def tell_of_undoing(change: BodyChange, people: Iterable[User], *, actor: User | None, at: datetime) -> None:
    """Tell the people of the bodies that a change is undone."""

    def sentence() -> str:
        return _("The change “%(change)s” is undone; everything is as it was before.") % {"change": change.title}

    _leave(people, sentence, reverse("reports:home"), actor, at)


def _of_seat(handover: Handover, seat: SeatToMove, choices: Choices) -> Sentence:
    """Return what a person of a body that ends is told."""
    row, day = seat.membership, handover.draft.change.happened_on
    receiver = chosen(choices.seats.get(row.pk, ""), seat.receivers)
    words = {"before": row.body.name, "day": screen_day(day), "role": "", "after": ""}
    followers = ", ".join(body.name for body in seat.receivers)

    def sentence() -> str:
        words["role"] = str(row.get_role_display())
        if receiver is not None:
            words["after"] = receiver.name
            return _("From %(day)s you work for %(after)s as %(role)s; %(before)s has ended.") % words
        if not followers:
            return _("%(before)s has ended, from %(day)s on. You go on to read what it reported.") % words
        words["after"] = followers
        return (
            _(
                "From %(day)s %(before)s is followed by %(after)s. Your role %(role)s has not gone over; "
                "you go on to read what was reported. Ask the administrator where you work from now on."
            )
            % words
        )

    return sentence


def _of_succession(body: Body, before: str, day: date) -> Sentence:
    """Return what the people of a body that receives are told."""
    words = {"after": body.name, "before": before, "day": screen_day(day)}

    def sentence() -> str:
        return (
            _(
                "From %(day)s %(after)s follows %(before)s: what was finished counts as finished, "
                "ongoing work begins afresh, and what was reported can be read under the old name."
            )
            % words
        )

    return sentence


def _people(body: Body, change: BodyChange, at: datetime) -> list[User]:
    """Return who works for a body now, or from the day of the change on where that is still to come."""
    return members_of([body.pk], on=max(timezone.localdate(at), change.happened_on))


def _page(body: Body) -> str:
    return reverse("reports:body_detail", args=[body.code])


def _leave(people: Iterable[User], sentence: Sentence, url: str, actor: User | None, at: datetime) -> None:
    """Leave a message to everybody but the one who acts; what demonstration accounts are told goes with them."""
    others = [person for person in people if person != actor]
    for is_demo in (False, True):
        told = [person for person in others if person.is_demo == is_demo and person.is_active]
        if told:
            tell(told, sentence, url=url, at=at, is_demo=is_demo)
