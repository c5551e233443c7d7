"""`manage.py migrate`: Django's own, with the triggers of the audit trail taken away before and made anew after."""

from __future__ import annotations

from typing import Any

from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connections

from plan_tracker.audit.capture import unwatch, watch


class Command(DjangoMigrate):
    """A trigger names the columns of its table, so it follows the table through every migration."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate between taking the triggers away and making them for the columns that stand then."""
        connection = connections[options["database"]]
        unwatch(connection)
        try:
            super().handle(*args, **options)
        finally:
            watch(connection)
