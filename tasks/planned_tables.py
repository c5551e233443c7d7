"""Administration screens of tables whose rows belong to a plan: which plan a file means that does not say so."""

from __future__ import annotations

from django.http import HttpRequest

from plan_tracker.loading.screens import LoadedTable, TriedImport
from tasks.reading import chosen_plan


class PlannedImport(TriedImport):
    """An import under /kh/<code>/ is about that plan, unless its rows name another."""

    def resource_arguments(self, request: HttpRequest) -> dict[str, str]:
        """Return the plan of the address; nothing where it names none and the plan shown first is meant."""
        plan = chosen_plan(request)
        return {"plan": plan.code} if plan else {}


class PlannedTable(PlannedImport, LoadedTable):
    """A loaded table of rows that belong to a plan."""
