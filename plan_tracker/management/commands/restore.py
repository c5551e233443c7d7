"""`manage.py restore FILE`: puts a backup into an empty database, SQLite or PostgreSQL, all of it or nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _

from plan_tracker.backup.archive import BackupError
from plan_tracker.backup.restoring import restore


class Command(BaseCommand):
    """The target has been migrated and holds nothing yet."""

    help = "Puts a backup into an empty database (after `migrate`) and its files into the storage."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the file."""
        parser.add_argument("path", type=Path)

    def handle(self, *_args: Any, path: Path, **_options: Any) -> None:
        """Restore, and say what came back."""
        try:
            restored = restore(path)
        except BackupError as error:
            raise CommandError(str(error)) from error
        told = _("Restored: %(rows)s rows, %(files)s files. Everybody signs in again.")
        self.stdout.write(told % {"rows": restored.rows, "files": restored.files})
