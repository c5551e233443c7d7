"""`manage.py catalogue`: collects the strings, merges the translations, compiles them, or checks that this was done."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from plan_tracker import catalogue


class Command(BaseCommand):
    """Writes plan_tracker/locale/vi; the translations come from there and from plan_tracker/locale/parts."""

    help = "Writes the Vietnamese catalogue and compiles it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let the static checks look without writing."""
        parser.add_argument("--check", action="store_true", help="write nothing; fail when something is missing")

    def handle(self, *_: Any, check: bool, **__: Any) -> None:
        """Write or compare, and name what nobody translated."""
        built = catalogue.built(settings.BASE_DIR)
        missing = catalogue.untranslated(built)
        if check:
            if not catalogue.in_step(built):
                raise CommandError("The catalogue is not in step with the code: run `make catalogue` and commit it.")
        else:
            catalogue.write(built)
        for text in missing:
            self.stderr.write(f"no Vietnamese: {text!r}")
        if missing and check:
            msg = f"{len(missing)} of {len(built)} strings have no Vietnamese."
            raise CommandError(msg)
        self.stdout.write(f"{len(built)} strings, {len(missing)} of them without Vietnamese.")
