"""`manage.py audit_verify`: computes every seal of the audit trail again and says what was tampered with."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand, CommandError

from plan_tracker.audit.models import Seal
from plan_tracker.audit.sealing import acts, faults

SENTENCES = {
    "digest": "the entries of this day are not those that were sealed",
    "chain": "the seal does not follow from the one before",
    "gap": "the days before it have no seal",
    "redaction": "texts were taken out of the trail on this day, and no entry says by which decision",
}


class Command(BaseCommand):
    """Ends with status 1 where a day is not what it was; names the secrets that two administrators took out."""

    help = "Verifies the seals of the audit trail."

    def handle(self, *_: Any, **__: Any) -> None:
        """Compare, print the last digest and every redaction, and fail with the days that differ."""
        found = [f"{fault.day:%Y-%m-%d}: {SENTENCES[fault.what]}" for fault in faults()]
        if found:
            raise CommandError("\n".join(["The audit trail was tampered with:", *found]))
        for act in acts():
            self.stdout.write(
                f"{act.at:%Y-%m-%d} {act.name}: a secret was taken out of {act.entries} entries; they stand under the"
                " digest that they had before, and the entry of that decision tells of it."
            )
        last = Seal.objects.order_by("-day").first()
        if last is None:
            self.stdout.write("There is no seal yet; audit_seal makes the first.")
            return
        self.stdout.write(f"{Seal.objects.count()} days are as they were sealed; the last digest is {last.digest}.")
