"""Reminds of reports that have not come: one digest a person and day, by the timer or by hand, every one written down.

The database refuses a second digest for the same person on the same day, so two processes may run this at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from reports.choices import PeriodState
from reports.choices_reminders import Occasion
from reports.form_pages import time_left
from reports.models import Expectation, Notice, Reminder, ReminderLine
from reports.periods import moment_in_words, title_within
from reports.querysets import ExpectationQuerySet
from reports.reminder_days import milestone
from tasks.models import Membership
from tasks.permissions import WRITERS

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User


@dataclass(frozen=True)
class Line:
    """One report to remind of, and why today."""

    expectation: Expectation
    occasion: Occasion


@dataclass
class Outcome:
    """What a run did: digests written, who had one already today, and bodies (by key) where nobody has an account."""

    reminders: list[Reminder] = field(default_factory=list)
    already: list[User] = field(default_factory=list)
    nobody: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Situation:
    """What decides today: the reports not sent, who writes for which body, and when each was reminded of which last."""

    unsent: tuple[Expectation, ...]
    people: Mapping[int, tuple[User, ...]]
    last: Mapping[tuple[int, int], date]

    def people_of(self, expectation: Expectation) -> tuple[User, ...]:
        """Return who is reminded of a report; a demonstration period reminds demonstration accounts, and only them."""
        everyone = {person: None for body in expectation.writers for person in self.people.get(body, ())}
        return tuple(person for person in everyone if person.is_demo == expectation.period.is_demo)


def unsent(*, on: date) -> ExpectationQuerySet:
    """Return the reports that open periods ask for and that have not come; the exempt owe nothing."""
    rows = (
        Expectation.objects.owed().without_delivery().filter(period__state=PeriodState.OPEN, period__opens_on__lte=on)
    )
    return rows.select_related("period", "body").order_by("period__due_at", "body__order", "body__code")


def read_situation(*, on: date, demo_only: bool = False) -> Situation:
    """Return what decides on a day; three queries, however many bodies there are."""
    owed = unsent(on=on)
    rows = tuple(owed.filter(period__is_demo=True) if demo_only else owed)
    bodies = {body for row in rows for body in row.writers}
    people: dict[int, dict[int, User]] = {}
    seats = Membership.objects.current(on=on).filter(body_id__in=bodies, role__in=WRITERS, user__is_active=True)
    for seat in seats.select_related("user").order_by("user__username"):
        people.setdefault(seat.body_id, {})[seat.user_id] = seat.user
    lines = ReminderLine.objects.filter(expectation_id__in=[row.pk for row in rows]).order_by()
    last = lines.values_list("expectation_id", "reminder__user_id").annotate(day=Max("reminder__sent_on"))
    return Situation(
        rows, {pk: tuple(found.values()) for pk, found in people.items()}, {(owed, who): day for owed, who, day in last}
    )


def remind_by_timer(*, at: datetime, demo_only: bool = False) -> Outcome:
    """Remind everybody whose turn it is; run twice on a day, it does nothing the second time."""
    situation = read_situation(on=timezone.localtime(at).date(), demo_only=demo_only)
    return _remind(situation, chosen=frozenset(), actor=None, at=at)


def remind_by_hand(chosen: Iterable[Expectation], *, actor: User, at: datetime) -> Outcome:
    """Remind the people of these reports, with whatever else the timer would tell them today."""
    keys = frozenset(row.pk for row in chosen)
    return _remind(read_situation(on=timezone.localtime(at).date()), chosen=keys, actor=actor, at=at)


def _remind(situation: Situation, *, chosen: Collection[int], actor: User | None, at: datetime) -> Outcome:
    on = timezone.localtime(at).date()
    outcome = Outcome()
    digests: dict[User, list[Line]] = {}
    asked: set[int] = set()
    for expectation in situation.unsent:
        people = situation.people_of(expectation)
        by_hand = expectation.pk in chosen
        if not people and (by_hand or (not chosen and _milestone(expectation, on))):
            outcome.nobody.add(expectation.body_id)
        for person in people:
            occasion = Occasion.BY_HAND if by_hand else _due_today(situation, expectation, person, on)
            if occasion:
                digests.setdefault(person, []).append(Line(expectation, occasion))
            if by_hand:
                asked.add(person.pk)
    for person, lines in digests.items():
        if actor is not None and person.pk not in asked:
            continue
        written = write_digest(person, lines, actor=actor, at=at)
        if written is None:
            outcome.already.append(person)
        else:
            outcome.reminders.append(written)
    return outcome


def _milestone(expectation: Expectation, on: date) -> Occasion | None:
    found = milestone(expectation.due_at, on=on, since=expectation.period.opens_on)
    return found.occasion if found else None


def _due_today(situation: Situation, expectation: Expectation, person: User, on: date) -> Occasion | None:
    """Return why the timer would tell this person of this report today; None where it has since the last milestone."""
    found = milestone(expectation.due_at, on=on, since=expectation.period.opens_on)
    if found is None or situation.last.get((expectation.pk, person.pk), date.min) >= found.day:
        return None
    return found.occasion


def write_digest(person: User, lines: list[Line], *, actor: User | None, at: datetime) -> Reminder | None:
    """Write the digest, its lines and the message in the portal; None where the person has one of this day already."""
    is_demo = all(line.expectation.period.is_demo for line in lines)
    with override(person.language):
        text = "\n".join(digest_sentences([line.expectation for line in lines], at=at))
    one = lines[0].expectation.period_id if len(lines) == 1 else None
    url = reverse("reports:period_detail", args=[one]) if one else reverse("reports:report_list")
    try:
        with transaction.atomic():
            reminder = Reminder.objects.create(
                user=person,
                sent_on=timezone.localtime(at).date(),
                sent_at=at,
                text=text,
                sent_by=actor,
                is_demo=is_demo,
            )
            ReminderLine.objects.bulk_create(
                ReminderLine(reminder=reminder, expectation=line.expectation, occasion=line.occasion) for line in lines
            )
            Notice.objects.create(user=person, text=text, url=url, created_at=at, is_demo=is_demo)
    except IntegrityError:
        return None
    return reminder


def digest_sentences(owed: Iterable[Expectation], *, at: datetime) -> list[str]:
    """Return one sentence a report in the active language: body, period, due moment, how long there is or was."""
    return [
        _("%(body)s has not sent its report for the %(period)s: due %(due)s, %(left)s.")
        % {
            "body": row.body.short_name,
            "period": title_within(row.period),
            "due": moment_in_words(row.due_at),
            "left": time_left(row.due_at, at),
        }
        for row in owed
    ]
