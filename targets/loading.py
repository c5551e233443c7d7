"""A whole file of figures at once: compared with what stands in one query, and written in a few.

The same rules as for a single figure (`targets.recording`): one that stands is withdrawn and kept, never overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from plan_tracker.lib.text import nfc
from targets.figure_rows import FigureRow, Known, RowReader
from targets.figures import LONGEST_REASON, Figure, checked
from targets.models import Definition, Observation
from targets.recording import Outcome, Writer, same

KEY = ("definition_id", "body_id", "covers_from", "covers_to", "measure", "status")
ROWS_A_STATEMENT = 2000


class Standing(NamedTuple):
    """A figure that stands: its key, and what is told of it."""

    definition_id: int
    body_id: int
    covers_from: Any
    covers_to: Any
    measure: str
    status: str
    pk: int
    value: Decimal
    numerator: Decimal | None
    denominator: Decimal | None
    source: str
    published_on: Any
    note: str


@dataclass(frozen=True)
class Judged:
    """One row with its figure: what becomes of it, the value that will stand, and the figure before it."""

    row: FigureRow
    figure: Figure
    outcome: Outcome
    definition: Definition
    value: Decimal
    before: Standing | None


def locked_definitions() -> None:
    """Let nobody else write a figure until the end of the transaction."""
    list(Definition.objects.select_for_update().order_by("pk").values_list("pk", flat=True))


def standing_figures(*, is_demo: bool) -> dict[tuple[Any, ...], Standing]:
    """Return the figures that stand, by their key; one query."""
    rows = Observation.objects.current().filter(is_demo=is_demo).values_list(*Standing._fields)
    return {row[: len(KEY)]: Standing._make(row) for row in rows.iterator(chunk_size=5000)}


def judge(rows: Iterable[FigureRow], known: Known, reader: RowReader) -> Iterator[Judged]:
    """Yield what becomes of each row that can be read; a row that cannot stand says why in its `errors`."""
    standing = standing_figures(is_demo=reader.is_demo)
    seen: dict[tuple[Any, ...], int] = {}
    for row in rows:
        figure = row.figure
        if figure is None:
            continue
        definition = known.definitions[figure.indicator.pk].on(figure.span.covers_to)
        if definition is None:
            reader.wrong(row, "covers_to", _("There was nothing left to measure on that day."))
            continue
        span = figure.span
        key = (definition.pk, figure.body.pk, span.covers_from, span.covers_to, str(span.measure), str(span.status))
        if (first := seen.setdefault(key, row.number)) != row.number:
            reader.wrong(row, "indicator", _("Row %(row)s gives the same figure.") % {"row": first})
            continue
        before = standing.get(key)
        if before is not None and same(before, figure):
            yield Judged(row, figure, Outcome.UNCHANGED, definition, before.value, before)
        elif (value := _value(row, figure, before, known, reader)) is not None:
            yield Judged(row, figure, Outcome.RESTATED if before else Outcome.CREATED, definition, value, before)


def _value(row: FigureRow, figure: Figure, before: Standing | None, known: Known, reader: RowReader) -> Decimal | None:
    """Return the value that will stand; None where the row says why none can."""
    try:
        value = checked(figure, known.provinces[figure.indicator.pk])
    except ValidationError as error:
        for name, sentences in error.message_dict.items():
            for sentence in sentences:
                reader.wrong(row, name, sentence)
        return None
    if before is not None and not row.reason.strip():
        reader.wrong(row, "reason", _("Say why the figure that stands is restated."))
    elif len(row.reason) > LONGEST_REASON:
        reader.wrong(row, "reason", _("At most %(most)s characters.") % {"most": LONGEST_REASON})
    return None if row.errors else value


def write_all(judged: Sequence[Judged], writer: Writer) -> None:
    """Write what is new or restated; the caller holds the transaction and the lock."""
    changed = [one for one in judged if one.outcome != Outcome.UNCHANGED]
    withdrawn = [one.before.pk for one in changed if one.before is not None]
    for start in range(0, len(withdrawn), ROWS_A_STATEMENT):
        rows = Observation.objects.filter(pk__in=withdrawn[start : start + ROWS_A_STATEMENT])
        rows.update(withdrawn_at=writer.at)
    Observation.objects.bulk_create((_observation(one, writer) for one in changed), batch_size=ROWS_A_STATEMENT)


def _observation(judged: Judged, writer: Writer) -> Observation:
    figure, span = judged.figure, judged.figure.span
    return Observation(
        indicator_id=figure.indicator.pk,
        definition_id=judged.definition.pk,
        body_id=figure.body.pk,
        covers_from=span.covers_from,
        covers_to=span.covers_to,
        measure=span.measure,
        status=span.status,
        value=judged.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        source=nfc(figure.source.strip()),
        source_ref=figure.source_ref,
        published_on=figure.published_on,
        recorded_by=writer.user,
        recorded_at=writer.at,
        supersedes_id=judged.before.pk if judged.before else None,
        reason=nfc(judged.row.reason.strip()) if judged.before else "",
        is_demo=figure.is_demo,
        note=nfc(figure.note.strip()),
    )
