"""Which passages of the bodies' reports a draft takes, and how it names who wrote them."""

from __future__ import annotations

from collections.abc import Iterable

from plan_tracker.lib.text import vn_key
from reports.sentences import BODIES, first_sentences
from reports.summary_values import EntryValue, GatheredNote
from reports.told import Sentence, counted, said
from tasks.choices import WorkState

TELLING = (WorkState.WITH_RESULTS, WorkState.DONE, WorkState.IN_PROGRESS, WorkState.DOING, None)


def examples(entries: Iterable[EntryValue], number: int) -> list[EntryValue]:
    """Return the passages that tell most: work with results first, then in the official order.

    One of each body, and of equal texts only the first.
    """
    telling = [entry for entry in entries if entry.text and entry.state in TELLING]
    ranked = sorted(telling, key=lambda entry: TELLING.index(entry.state) // 2)
    bodies: set[int] = set()
    texts: set[str] = set()
    chosen: list[EntryValue] = []
    for entry in ranked:
        key = vn_key(entry.text)
        if entry.source.body.pk not in bodies and key not in texts:
            chosen.append(entry)
        bodies.add(entry.source.body.pk)
        texts.add(key)
    return sorted(chosen[:number], key=lambda entry: entry.source.body.place)


def passage(entry: EntryValue) -> Sentence:
    """Return “Huyện uỷ A: …” with the first sentences of what the body says."""
    return said(f"{entry.source.body.name}: {ended(first_sentences(entry.text))}", sources=(entry.source,), listed=True)


def raised(note: GatheredNote, rows: str) -> Sentence:
    """Return a difficulty or proposal with who raises it: one by name, more by their number."""
    text = first_sentences(note.text).rstrip(".;")
    if len(note.sources) == 1:
        return said(f"{text} ({note.sources[0].body.name}).", sources=note.sources, listed=True)
    return said(f"{text} (", counted(len(note.sources), rows, BODIES), " nêu).", sources=note.sources, listed=True)


def told_by(note: GatheredNote, rows: str) -> Sentence:
    """Return a passage of the closing parts: of one body under its name, of several with their number."""
    if len(note.sources) > 1:
        return raised(note, rows)
    name = note.sources[0].body.name
    return said(f"{name}: {ended(first_sentences(note.text))}", sources=note.sources, listed=True)


def ended(text: str) -> str:
    """Return the text with a mark at its end."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text.rstrip(',;:')}."
