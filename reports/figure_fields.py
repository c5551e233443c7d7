"""Figures put into a text as fields, so that text and table never disagree: {C04} in the period, {C04+} cumulative.

What somebody writes is kept with its fields (`written`); `text`, which every page and file shows, has the figures of
the same report in their places and is renewed whenever the figures are saved.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from reports.models import Submission
from reports.outline import CLOSING_FIELDS, FormOutline
from reports.sentences import amount

_FIELD = re.compile(r"\{(C\d{1,3}\+?)\}")
NO_FIGURE_YET = "…"
PUT = "put:"


@dataclass(frozen=True)
class Pick:
    """One figure that can be put into a text: the field with its unit, what it is, and how it stands now."""

    field: str
    label: str
    shown: str
    is_cumulative: bool = False


def fields_in(text: str) -> frozenset[str]:
    """Return the names of the fields in a text: C04, C04+."""
    return frozenset(_FIELD.findall(text))


def filled_in(text: str, figures: Mapping[str, str]) -> str:
    """Return the text with the figures in the places of their fields; dots stand for one that is not there yet."""
    return _FIELD.sub(lambda found: figures.get(found[1], NO_FIGURE_YET), text)


def figures_of(submission: Submission) -> dict[str, str]:
    """Return the figures of a report by field, as a sentence writes them (06, 1.240); one query."""
    found: dict[str, str] = {}
    for row in submission.counter_values.select_related("counter"):
        code, decimals = row.counter.code, row.counter.decimals
        if row.in_period is not None:
            found[code] = amount(row.in_period, decimals)
        if row.cumulative is not None:
            found[f"{code}+"] = amount(row.cumulative, decimals)
    return found


def kept_and_shown(raw: str, submission: Submission) -> tuple[str, str]:
    """Return what is kept of a text (nothing, where it has no fields) and how it is shown."""
    return (raw, filled_in(raw, figures_of(submission))) if fields_in(raw) else ("", raw)


def renew(submission: Submission) -> None:
    """Put the figures of a report, as they are now, into its texts; two queries where no text has fields."""
    entries = list(submission.entries.exclude(written=""))
    now = Submission.objects.only("pk", "closing_written").get(pk=submission.pk)
    if not entries and not now.closing_written:
        return
    figures = figures_of(submission)
    for entry in entries:
        entry.text = filled_in(entry.written, figures)
        entry.save(update_fields=["text"])
    closing = {name: filled_in(raw, figures) for name, raw in now.closing_written.items() if name in CLOSING_FIELDS}
    if closing:
        Submission.objects.filter(pk=submission.pk).update(**closing)


def picks(outline: FormOutline, figures: Mapping[str, str]) -> list[Pick]:
    """Return the figures that the form asks for, each in the period and, where there is one, cumulative."""
    found = []
    for counter in outline.counters:
        unit = f" {counter.unit}" if counter.unit else ""
        for code in (counter.code, f"{counter.code}+"):
            shown = figures[code] + unit if code in figures else ""
            if shown or code == counter.code:
                found.append(Pick(f"{{{code}}}{unit}", counter.title, shown, code.endswith("+")))
    return found


def preview(raw: str, figures: Mapping[str, str]) -> str:
    """Return how a text will read; nothing where it has no fields and reads as it stands."""
    return filled_in(raw, figures) if fields_in(raw) else ""


def put_into(text: str, action: str, key: str) -> str:
    """Return the text after a press of “put a figure into the text” in a browser without scripts: at its end."""
    wanted, _bar, words = action.removeprefix(PUT).partition("|")
    return f"{text} {words}".strip() if action.startswith(PUT) and wanted == key else text
