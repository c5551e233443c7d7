"""`manage.py prepare`: brings the database and static files to where the portal can serve; keeps what was entered."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, call_command
from django.db import transaction
from django.utils.timezone import localdate


class Command(BaseCommand):
    """Migrate, load the plan, fill an empty database with demonstration data, collect the static files."""

    help = "Prepares the database and the static files; can be run any number of times."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let an office leave the demonstration data out."""
        parser.add_argument("--without-demo", action="store_true", help="create no demonstration accounts and data")

    def handle(self, *_: Any, without_demo: bool, **__: Any) -> None:
        """Do the steps in their order."""
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_plan", verbosity=0)
        if not settings.DEBUG:
            call_command("collectstatic", interactive=False, verbosity=0)
        self.tell_accounts(demo=not without_demo)

    def tell_accounts(self, *, demo: bool) -> None:
        """Say who can sign in; the demonstration is created once only, while nobody has an account."""
        users = get_user_model()._default_manager
        if users.filter(is_demo=True).exists():
            call_command("demo", accounts=True, stdout=self.stdout)
        elif users.exists():
            return
        elif demo:
            self.stdout.write("Creating demonstration data; this takes half a minute, once only ...")
            self.stdout.flush()
            with transaction.atomic():
                call_command("demo", today=localdate().isoformat(), stdout=self.stdout)
        else:
            self.stdout.write("Nobody has an account yet: .venv/bin/python manage.py createsuperuser makes the first.")
