"""Sends the mail of each reminder once: what a mail server refuses stays in the portal and is tried again, and said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from reports.choices import PeriodState
from reports.choices_reminders import MailEvent
from reports.models import Reminder, ReminderLine, ReminderMail
from reports.reminding import digest_sentences

# After this time a mail that could not be sent would only confuse; the next digest says how things stand.
TRIED_FOR = timedelta(days=7)
LONGEST_ERROR = 300
FAULTS = (OSError, SMTPException)


@dataclass
class Sent:
    """What became of the mails of a run; `error` is what the mail server said last."""

    sent: int = 0
    failed: int = 0
    error: str = ""


def mail_is_on() -> bool:
    """Return whether this portal sends mail at all."""
    return bool(settings.EMAIL_URL)


def send_waiting(*, at: datetime) -> Sent:
    """Send every mail that waits, over one connection; a fault is written down and stops nothing else."""
    result = Sent()
    waiting = _waiting(at) if mail_is_on() else []
    if not waiting:
        return result
    connection = get_connection()
    fault = _opened(connection)
    try:
        for reminder in waiting:
            _try(reminder, connection, fault, result, at=at)
    finally:
        if not fault:
            connection.close()
    return result


def _opened(connection: Any) -> str:
    """Open the connection; return what went wrong, or nothing."""
    try:
        connection.open()
    except FAULTS as error:
        return _words(error)
    return ""


def _waiting(at: datetime) -> list[Reminder]:
    """Return the reminders whose mail is still to be sent: each person's latest, of somebody with an address."""
    events = ReminderMail.objects.filter(reminder=OuterRef("pk"))
    newer = Reminder.objects.filter(user=OuterRef("user"), sent_on__gt=OuterRef("sent_on"))
    # Only what has not come since is spoken of.
    owed = ReminderLine.objects.filter(
        expectation__first_delivered_at__isnull=True,
        expectation__exempt_reason="",
        expectation__period__state=PeriodState.OPEN,
    )
    rows = Reminder.objects.filter(sent_at__gt=at - TRIED_FOR, user__is_active=True).exclude(user__email="")
    rows = rows.exclude(Exists(events.filter(event=MailEvent.SENT))).exclude(Exists(newer))
    rows = rows.select_related("user").order_by("pk")
    lines = owed.select_related("expectation__period", "expectation__body").order_by("pk")
    found = rows.prefetch_related(Prefetch("lines", lines, to_attr="owed"), Prefetch("mails", to_attr="events"))
    return [row for row in found if row.owed and not _may_be_out(row.events)]


def _may_be_out(events: Sequence[ReminderMail]) -> bool:
    """Return whether a try began and nobody knows how it ended: it is not repeated, for it may have arrived."""
    return bool(events) and events[-1].event == MailEvent.BEGUN


def _try(reminder: Any, connection: Any, fault: str, result: Sent, *, at: datetime) -> None:
    """Send one mail, unless another process has begun the same try."""
    number = 1 + max((event.number for event in reminder.events), default=0)

    @transaction.atomic
    def note(event: MailEvent, error: str = "") -> None:
        ReminderMail.objects.create(
            reminder=reminder, number=number, event=event, address=reminder.user.email, at=at, error=error
        )

    try:
        note(MailEvent.BEGUN)
    except IntegrityError:
        return
    wrong = fault
    if not wrong:
        try:
            mail_of(reminder, connection, at=at).send()
        except FAULTS as error:
            wrong = _words(error)
    note(MailEvent.FAILED if wrong else MailEvent.SENT, wrong)
    if wrong:
        result.failed, result.error = result.failed + 1, wrong
    else:
        result.sent += 1


def mail_of(reminder: Any, connection: Any, *, at: datetime) -> EmailMessage:
    """Return the mail in the person's language; links lead to the configured address of the portal, or are left out."""
    owed = [line.expectation for line in reminder.owed]
    with override(reminder.user.language):
        subject = ngettext(
            "Plan tracker: %(number)s report to send", "Plan tracker: %(number)s reports to send", len(owed)
        ) % {"number": len(owed)}
        parts = [f"- {sentence}" for sentence in digest_sentences(owed, at=at)]
        if settings.PORTAL_URL:
            parts += ["", _("Write and send: %(url)s") % {"url": settings.PORTAL_URL + reverse("reports:report_list")}]
        if reminder.is_demo:
            parts += ["", _("Demonstration data – not official figures")]
        parts += ["", _("This mail was written by the portal; nobody reads answers to it.")]
    return EmailMessage(subject, "\n".join(parts), to=[reminder.user.email], connection=connection)


def _words(error: Exception) -> str:
    """Return what the mail server or the line said, short enough to keep."""
    return " ".join(str(error).split())[:LONGEST_ERROR] or type(error).__name__
