"""What the page of reminders shows: who has not sent, whom to call, when somebody was reminded last, and the log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from reports.choices_reminders import MailEvent, Occasion
from reports.expectations import days_late, report_standing
from reports.form_pages import time_left
from reports.models import Expectation, Period, ReminderLine, TelephoneReminder
from reports.reminding import Situation, read_situation
from tasks.models import BodyContact

KEPT = 30


@dataclass(frozen=True)
class Row:
    """One body that has not sent its report."""

    expectation: Expectation
    standing: str
    left: str
    days_late: int
    contacts: Sequence[BodyContact]
    accounts: int
    reminded_on: date | None
    reminded_today: bool
    call: TelephoneReminder | None

    @property
    def is_late(self) -> bool:
        """Return whether the due moment has passed."""
        return self.days_late > 0


@dataclass(frozen=True)
class Logged:
    """One report in one person's digest, and what became of its mail."""

    line: ReminderLine
    mail: MailEvent | None
    error: str

    @property
    def occasion(self) -> Occasion:
        """Return why the report was spoken of."""
        return Occasion(self.line.occasion)


def reminder_rows(period: Period, *, at: datetime) -> list[Row]:
    """Return the bodies that have not sent, in the official order; six queries."""
    on = timezone.localtime(at).date()
    situation = read_situation(on=on)
    mine = [row for row in situation.unsent if row.period_id == period.pk]
    contacts: dict[int, list[BodyContact]] = {}
    for contact in BodyContact.objects.filter(body_id__in=[row.body_id for row in mine]).order_by("label", "pk"):
        contacts.setdefault(contact.body_id, []).append(contact)
    calls: dict[int, TelephoneReminder] = {}
    for call in TelephoneReminder.objects.filter(expectation__in=[row.pk for row in mine]).order_by("-called_at"):
        calls.setdefault(call.expectation_id, call)
    busy = reminded_on(on)
    rows = [_row(row, situation, contacts, calls, busy, at=at) for row in mine]
    return sorted(rows, key=lambda row: (row.expectation.body.order, row.expectation.body.code))


def reminded_on(day: date) -> set[int]:
    """Return who has had a digest on a day."""
    return set(ReminderLine.objects.filter(reminder__sent_on=day).values_list("reminder__user_id", flat=True))


def _row(  # noqa: PLR0913 - one row gathers from that many tables
    expectation: Expectation,
    situation: Situation,
    contacts: dict[int, list[BodyContact]],
    calls: dict[int, TelephoneReminder],
    busy: set[int],
    *,
    at: datetime,
) -> Row:
    people = situation.people_of(expectation)
    days = [situation.last[key] for person in people if (key := (expectation.pk, person.pk)) in situation.last]
    return Row(
        expectation=expectation,
        standing=report_standing(expectation, at=at),
        left=time_left(expectation.due_at, at),
        days_late=days_late(expectation, at=at),
        contacts=contacts.get(expectation.body_id, ()),
        accounts=len(people),
        reminded_on=max(days, default=None),
        reminded_today=bool(people) and all(person.pk in busy for person in people),
        call=calls.get(expectation.pk),
    )


def reminder_log(period: Period) -> list[Logged]:
    """Return the latest lines of the log for a period; two queries."""
    lines: Iterable[ReminderLine] = (
        ReminderLine.objects.filter(expectation__period=period)
        .select_related("reminder__user", "reminder__sent_by", "expectation__body")
        .prefetch_related("reminder__mails")
        .order_by("-reminder__sent_at", "-pk")[:KEPT]
    )
    return [_logged(line) for line in lines]


def _logged(line: ReminderLine) -> Logged:
    events = list(line.reminder.mails.all())
    last = events[-1] if events else None
    return Logged(line, MailEvent(last.event) if last else None, last.error if last else "")
