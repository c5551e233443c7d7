"""`manage.py audit_seal`: seals every day of the audit trail that has ended; for a daily timer, as often as wanted."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from plan_tracker.audit.sealing import seal_until


class Command(BaseCommand):
    """Prints each new digest, so that it can be kept where nobody at the database can reach it."""

    help = "Seals the audit trail day by day; every seal includes the one before."

    def handle(self, *_: Any, **__: Any) -> None:
        """Seal and print."""
        made = seal_until(timezone.now())
        for seal in made:
            self.stdout.write(f"{seal.day:%Y-%m-%d} {seal.entries} entries {seal.digest}")
        if not made:
            self.stdout.write("Every day that has ended is sealed already.")
