"""The audit trail as a table for CSV and XLSX: one row for each field that changed, texts that are never formulas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from plan_tracker.audit.choices import Action
from plan_tracker.audit.models import Entry
from plan_tracker.audit.reading import Change, read
from plan_tracker.lib.dates import screen_day
from plan_tracker.lib.spreadsheets import Cell, Table

# What a cell of a workbook can hold.
MOST_CHARACTERS = 32_000


def trail_table(entries: Iterable[Entry], *, is_long: bool = False) -> Table:
    """Return the entries; one without values has one row. The rows of a long table are made while it is written."""
    headers = [
        _("Entry"),
        _("At"),
        _("User name"),
        _("Name"),
        _("On behalf of"),
        _("Network address"),
        _("Page or command"),
        _("Action"),
        _("Kind of record"),
        _("Number of the record"),
        _("Field"),
        _("Old value"),
        _("New value"),
        _("Note"),
    ]
    actions = {value: str(label) for value, label in Action.choices}
    rows = (row for entry in entries for row in _rows(entry, actions))
    return Table(_("Audit trail"), headers, rows if is_long else list(rows), is_long)


def _rows(entry: Entry, actions: Mapping[str, str]) -> Iterator[list[Cell]]:
    line = read(entry)
    local = timezone.localtime(entry.at)
    head: list[Cell] = [
        entry.pk,
        f"{local:%H:%M:%S} {screen_day(local)}",
        entry.actor,
        entry.actor_name,
        entry.on_behalf_of,
        entry.address,
        entry.source,
        actions.get(entry.action, entry.action),
        line.kind,
        entry.record,
    ]
    for change in line.changes or (Change("", "", ""),):
        yield [
            *head,
            change.label,
            change.old[:MOST_CHARACTERS],
            change.new[:MOST_CHARACTERS],
            entry.note[:MOST_CHARACTERS],
        ]
