"""`manage.py backup FILE`: writes everything that the portal holds into one file, while it goes on working."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from plan_tracker.backup.archive import BackupError
from plan_tracker.backup.saving import save


class Command(BaseCommand):
    """Rows and stored files, with the hash of each; only the person who runs it may read the file."""

    help = "Writes database and attachments into one file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the file, or for a folder of backups and how many of them to keep."""
        parser.add_argument("path", type=Path, help="the file to write, or a folder for a name with the moment")
        parser.add_argument("--keep", type=int, default=0, help="in a folder: remove all but so many newest backups")

    def handle(self, *_args: Any, path: Path, keep: int, **_options: Any) -> None:
        """Write the file and say what is in it."""
        now = timezone.now()
        folder = path if path.is_dir() else None
        if folder is not None:
            path = folder / f"plan-tracker-{timezone.localtime(now):%Y%m%d-%H%M%S}.zip"
        try:
            saved = save(path, at=now)
        except BackupError as error:
            raise CommandError(str(error)) from error
        told = _("%(path)s: %(rows)s rows, %(files)s files, SHA-256 of the contents %(digest)s")
        self.stdout.write(told % {"path": path, "rows": saved.rows, "files": saved.files, "digest": saved.digest})
        for name in saved.missing:
            self.stderr.write(_("Named by a row, but not stored: %(name)s") % {"name": name})
        if folder is not None and keep > 0:
            for old in sorted(folder.glob("plan-tracker-*.zip"))[:-keep]:
                old.unlink()
