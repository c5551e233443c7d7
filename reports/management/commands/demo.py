"""`manage.py demo`: creates the demonstration accounts and data for a day, prints the accounts, or removes it all."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone, translation

from plan_tracker.accounts.models import User
from reports.demo.cast import PASSWORD, accounts_to_print, codes_to_print
from reports.demo.composing import play_composing
from reports.demo.editions import play_editions
from reports.demo.removal import remove_demonstration
from reports.demo.stage import play
from tasks.models import Plan


class Command(BaseCommand):
    """Deterministic for the same day; every row is marked, and `--remove` takes all of it away again."""

    help = "Creates (or removes) demonstration accounts, periods, reports and registers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the day the demonstration is for, and the two other uses."""
        parser.add_argument("--today", help="the day it is for, as YYYY-MM-DD; the default is today")
        parser.add_argument("--remove", action="store_true", help="remove the demonstration")
        parser.add_argument("--accounts", action="store_true", help="only print the accounts")

    def handle(self, *_: Any, today: str | None, remove: bool, accounts: bool, **__: Any) -> None:
        """Do what was asked, whole or not at all."""
        if remove:
            with transaction.atomic():
                removed = remove_demonstration()
            self.stdout.write(f"Removed: {removed} rows of demonstration data.")
            return
        if not accounts:
            self.create(self.day(today))
        self.print_accounts()

    def day(self, text: str | None) -> date:
        """Return the day that was named, or today."""
        if not text:
            return timezone.localdate()
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            msg = f"--today is “{text}”: write a day such as 2026-11-23."
            raise CommandError(msg) from error

    def create(self, today: date) -> None:
        """Play everything in one transaction, in Vietnamese: notices are kept as sentences."""
        if User.objects.filter(is_demo=True).exists():
            raise CommandError("The demonstration is there already; `demo --remove` takes it away.")
        plan = Plan.objects.first()
        if plan is None:
            raise CommandError("There is no plan yet: run `manage.py load_plan` first.")
        with transaction.atomic(), translation.override("vi"):
            play(plan, today)
            play_editions(plan, today)
            play_composing(plan, today)

    def print_accounts(self) -> None:
        """Print the accounts to try, and the password that all of them share."""
        self.stdout.write(f"Demonstration accounts (password of all: {PASSWORD})")
        for username, words in accounts_to_print():
            self.stdout.write(f"  {username:<22} {words}")
        for username, secret, code in codes_to_print():
            self.stdout.write(f"Second factor of {username}: type this secret into an app for codes: {secret}")
            self.stdout.write(f"  or, within a minute, the code {code} (manage.py demo --accounts prints the next one)")
