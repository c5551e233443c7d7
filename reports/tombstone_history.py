"""What the audit trail says of the rows that lose a secret: their earlier texts go as a whole.

A line is saved while it is typed, so that the trail holds its text half written, many times over. No search for the
whole words finds these; so of every row in which the secret stood, all the earlier values of that text are withdrawn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from plan_tracker.audit.redacting import Rewrite, Values
from reports.models import Difficulty, Entry, Proposal, Submission
from reports.outline import CLOSING, CLOSING_FIELDS
from reports.tombstone_reach import Hit, Sought
from reports.tombstone_search import Reach

NOTES = frozenset({Difficulty._meta.db_table, Proposal._meta.db_table})
ENTRY, REPORT = Entry._meta.db_table, Submission._meta.db_table


@dataclass
class _Rows:
    """The rows whose earlier texts go: columns by table and record, and lines whose difficulties and proposals go.

    Difficulties and proposals are written anew at every change, so they are known by their line, not by their number.
    """

    columns: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    entries: set[int] = field(default_factory=set)
    closings: set[int] = field(default_factory=set)


def rewrite_for(reach: Reach) -> Rewrite:
    """Return how an entry of the trail reads without the secret."""
    rows, sought = _rows_for(reach), reach.sought

    def rewrite(table: str, record: str, values: Values) -> Values:
        columns = rows.columns.get((table, record), set())
        if table in NOTES and _is_of(values, rows):
            columns = columns | {"text"}
        return {name: _without(sought, table, name in columns, value) for name, value in values.items()}

    return rewrite


def _without(sought: Sought, table: str, is_withdrawn: bool, value: Any) -> Any:
    """Return one value of an entry; of a document that the trail keeps only the length of, the length stays."""
    if is_withdrawn and isinstance(value, str | list | dict):
        return sought.stand_in if value else value
    return sought.without(table, value) if sought.exact else value


def _is_of(values: Values, rows: _Rows) -> bool:
    """Return whether a difficulty or proposal was written at one of the lines."""
    if values.get("entry_id") is not None:
        return values["entry_id"] in rows.entries
    return values.get("submission_id") in rows.closings


def _rows_for(reach: Reach) -> _Rows:
    rows = _Rows()
    if reach.texts:
        _add_line(rows, reach)
    notes: dict[Any, list[int]] = {Difficulty: [], Proposal: []}
    for hit in reach.hits:
        rows.columns[hit.table, str(hit.pk)] |= _columns(hit)
        if hit.model in notes:
            notes[hit.model].append(hit.pk)
    for model, keys in notes.items():
        for entry, submission in model.objects.filter(pk__in=keys).values_list("entry_id", "submission_id"):
            if entry is not None:
                rows.entries.add(entry)
            else:
                rows.closings.add(submission)
    return rows


def _add_line(rows: _Rows, reach: Reach) -> None:
    """Add the line that was asked for, whether or not the words stand there just now."""
    own = reach.rows
    if own.entry is not None:
        rows.columns[ENTRY, str(own.entry.pk)] |= {"text", "written"}
        rows.entries.add(own.entry.pk)
    if own.line == CLOSING:
        rows.columns[REPORT, str(own.submission.pk)] |= {*CLOSING_FIELDS, "closing_written"}
        rows.closings.add(own.submission.pk)
    for figure in own.figures:
        rows.columns[figure._meta.db_table, str(figure.pk)] |= {"note"}


def _columns(hit: Hit) -> set[str]:
    """Return the columns of a row whose earlier values go with the secret."""
    columns = {hit.column(name) for name in hit.changes}
    if hit.model is Entry:
        columns |= {"text", "written"}
    if hit.model is Submission:
        columns |= _written(hit.changes)
    return columns


def _written(changed: Iterable[str]) -> set[str]:
    return {"closing_written"} if set(changed) & set(CLOSING_FIELDS) else set()
