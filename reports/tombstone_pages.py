"""What the pages of a withdrawal say: the line's words while it is open, the facts, and where the secret stood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from plan_tracker.lib.dates import screen_day
from reports.choices_tombstones import Scope
from reports.models import Tombstone, TombstonePlace
from reports.outline import CLOSING, outline_for
from reports.periods import moment_in_words
from reports.tombstone_lines import rows_of, sent_texts


def labels_of(outline: Mapping[str, str], lines: Iterable[str]) -> dict[str, str]:
    """Return the words of every line that can be chosen; one that the form no longer has keeps its code."""
    return {line: line_in_words(line, outline) for line in lines}


def line_in_words(line: str, outline: Mapping[str, str]) -> str:
    """Return what a line is called."""
    if line == CLOSING:
        return _("General assessment and proposals")
    return outline.get(line) or line.partition(":")[2]


def said_at(submission: Any, line: str) -> list[str]:
    """Return every text that stands at a line or stood there in a delivery; for the eyes of administrators."""
    if not line:
        return []
    return list(dict.fromkeys([*rows_of(submission, line).texts, *sent_texts(submission, line)]))


def facts_of(tombstone: Tombstone) -> list[tuple[str, str]]:
    """Return who asked for what, and who decided."""
    facts = [
        (_("Report"), str(tombstone.submission)),
        (_("Line of the report"), line_in_words(tombstone.line, outline_for(tombstone.submission).labels())),
        (_("What is withdrawn"), str(Scope(tombstone.scope).label)),
        (_("Asked by"), f"{tombstone.asked_by}, {moment_in_words(tombstone.asked_at)}"),
        (_("Reason"), tombstone.reason),
    ]
    if tombstone.confirmed_at and tombstone.confirmed_by:
        facts.append((_("Confirmed by"), f"{tombstone.confirmed_by}, {moment_in_words(tombstone.confirmed_at)}"))
    if tombstone.refused_at and tombstone.refused_by:
        facts.append((_("Refused by"), f"{tombstone.refused_by}, {moment_in_words(tombstone.refused_at)}"))
        facts.append((_("Why it is not withdrawn"), tombstone.refusal))
    if tombstone.sha256:
        facts.append((_("SHA-256 of the text"), tombstone.sha256))
    return facts


def places_in_words(tombstone: Tombstone) -> list[tuple[str, int]]:
    """Return in which kinds of rows the secret stood, and in how many places; one query."""
    tables = Counter(tombstone.places.values_list("table", flat=True))
    names = {model._meta.db_table: capfirst(str(model._meta.verbose_name)) for model in apps.get_models()}
    return [(names.get(table, table), number) for table, number in sorted(tables.items())]


def tombstone_at(row: Model) -> Tombstone | None:
    """Return the withdrawal that changed a row, the latest where there were several; one query."""
    places = TombstonePlace.objects.filter(table=row._meta.db_table, record=str(row.pk))
    found = places.select_related("tombstone").order_by("-pk").first()
    return found.tombstone if found else None


def why_not_intact(row: Model) -> str:
    """Return the sentence that explains why a row no longer gives its hash, or nothing where none was withdrawn."""
    tombstone = tombstone_at(row)
    if tombstone is None or tombstone.confirmed_at is None:
        return ""
    day = screen_day(timezone.localtime(tombstone.confirmed_at))
    return _(
        "On %(day)s secret content was withdrawn here by decision of two administrators (request %(number)s). The hash"
        " is that of the content before; so it no longer fits."
    ) % {"day": day, "number": tombstone.pk}
