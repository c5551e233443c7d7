"""Reminds of the reports that have not come; meant for a daily timer, and harmless when it runs twice."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date, datetime, time

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from plan_tracker.lib.dates import ZONE
from reports.reminder_mail import mail_is_on, send_waiting
from reports.reminding import remind_by_timer
from tasks.models import Body

MORNING = time(7)


class Command(BaseCommand):
    """`manage.py remind`: 7 days and 1 day before a report is due, on the day after, then every week."""

    help = "Remind of the reports that have not come (portal and mail); for a daily timer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the day to act for."""
        parser.add_argument("--today", help="the day to act for, as 2026-11-23; default: today")

    def handle(self, *, today: str | None, **options: object) -> None:
        """Write the digests, then send the mails; fail where the mail server did, when all else is saved."""
        at = self.moment(today)
        outcome = remind_by_timer(at=at)
        self.stdout.write(f"Reminded: {len(outcome.reminders)}; reminded earlier today: {len(outcome.already)}.")
        for body in Body.objects.filter(pk__in=outcome.nobody):
            self.stdout.write(f"Nobody has an account at {body.name}: telephone or write.")
        mails = send_waiting(at=at)
        if not mail_is_on():
            self.stdout.write("No mail is sent: EMAIL_URL is not set.")
            return
        self.stdout.write(f"Mails sent: {mails.sent}; not sent: {mails.failed}.")
        if mails.failed:
            msg = f"The mail server refused or was not reached ({mails.error}); the next run tries again."
            raise CommandError(msg)

    def moment(self, text: str | None) -> datetime:
        """Return now, or the morning of the day that was named."""
        if not text:
            return timezone.now()
        try:
            return datetime.combine(date.fromisoformat(text), MORNING, tzinfo=ZONE)
        except ValueError as error:
            msg = f"--today is “{text}”: write a day such as 2026-11-23."
            raise CommandError(msg) from error
