"""`manage.py load_reorganisation`: takes over the reorganisation of 2025 from fixtures/, as often as wanted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from plan_tracker.management.commands.load_plan import FIXTURES, Loader
from reports.handover import confirm
from reports.handover_values import Choices, Handover
from tasks.choices import BodyLevel
from tasks.models import Body, BodyChange
from tasks.reorganisation import ChangeRefused

FOLDER = FIXTURES / "reorganisation_2025"
# What is asked of the new bodies (proposals), and the definitions that ended.
FILES = (FOLDER / "scope.json", FOLDER / "reporters.json")
DEFINITIONS = FIXTURES / "later" / "definition_ends_2025.json"


class Command(BaseCommand):
    """Confirm the changes of fixtures/reorganisation_2025 that are not in force yet, and say what they moved."""

    help = (
        "Loads the reorganisation of 2025: the district level ends on 30/6/2025, 65 commune and ward committees "
        "follow, advisory bodies merge, new provincial committees begin, definitions end. What an administrator "
        "confirmed or corrected stays. Memberships, and open reports that several bodies could finish, "
        "wait for a person's choice."
    )

    def handle(self, *_: Any, verbosity: int, **__: Any) -> None:
        """Do it all or nothing."""
        if not Body.objects.filter(level=BodyLevel.DISTRICT).exists():
            raise CommandError("There are no bodies yet: run manage.py load_plan first.")
        with transaction.atomic():
            lines = list(self.take_over())
        if verbosity:
            self.stdout.write("\n".join(lines))

    def take_over(self) -> Iterator[str]:
        """Yield what happened to each change."""
        now = timezone.now()
        for row in json.loads((FOLDER / "changes.json").read_text(encoding="utf-8")):
            change = self.known(row["fields"])
            if change.is_confirmed:
                yield f"{change.code}: in force already"
                continue
            try:
                yield f"{change.code}: {told(confirm(change, Choices(), actor=None, at=now))}"
            except ChangeRefused as refused:
                raise CommandError(f"{change.code}: {refused}") from refused
        loader = Loader(update=False)
        for path in FILES:
            loader.load_file(path)
        loader.update = True
        loader.load_file(DEFINITIONS)
        for label, tally in loader.tallies.items():
            yield f"{label}: {tally.created} created, {tally.updated} updated, {tally.kept} there before"

    @staticmethod
    def known(fields: dict[str, Any]) -> BodyChange:
        """Return a change as the database has it, made where it is not there; a draft takes over what the file says."""
        values = fields | {"happened_on": date.fromisoformat(fields["happened_on"])}
        change, is_new = BodyChange.objects.get_or_create(
            code=fields["code"], defaults=values | {"created_at": timezone.now()}
        )
        if not is_new and not change.is_confirmed:
            for name, value in values.items():
                setattr(change, name, value)
            change.save()
        return change


def told(handover: Handover) -> str:
    """Return what one change moved, in a line."""
    draft = handover.draft
    inside = sum(report.is_inside and not report.is_begun for report in handover.reports)
    waiting = len(handover.reports) - inside
    return (
        f"{len(draft.ending)} bodies ended, {len(draft.new)} began, {len(draft.pairs)} successions; "
        f"{inside} reports are now owed by those that follow, {waiting} open reports and "
        f"{len(handover.seats)} memberships wait for a choice"
    )
