"""Two people in one report: who else has it open, where and since when."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from reports.models import Visit

if TYPE_CHECKING:
    from reports.form_pages import Opened

# Autosave tells at every change that somebody is there; whoever only reads for longer is not in the way.
LASTS = timedelta(minutes=15)


def note_visit(opened: Opened, place: str) -> None:
    """Remember that this person has the report open at a page; one query."""
    visit = Visit(submission=opened.submission, user=opened.user, place=place[:120], seen_at=opened.at)
    Visit.objects.bulk_create(
        [visit], update_conflicts=True, unique_fields=("submission", "user"), update_fields=("place", "seen_at")
    )


def others_in(opened: Opened) -> list[Visit]:
    """Return who else was here within the last quarter of an hour, the latest first; one query."""
    rows = Visit.objects.filter(submission=opened.submission, seen_at__gte=opened.at - LASTS)
    return list(rows.exclude(user=opened.user).select_related("user").order_by("-seen_at"))
