"""Which passages of the bodies' reports a draft takes, and how it names who wrote them."""

from __future__ import annotations

from collections.abc import Iterable

from plan_tracker.lib.text import vn_key
from reports.coverage_values import Source
from reports.sentences import BODIES, first_sentences
from reports.summary_values import EntryValue, GatheredNote
from reports.told import Quote, Sentence, Words, counted
from tasks.choices import WorkState

TELLING = (WorkState.WITH_RESULTS, WorkState.DONE, WorkState.IN_PROGRESS, WorkState.DOING, None)
# The parts of a line that can be taken; those of the closing part bear the names of its fields.
TEXT, DIFFICULTY, PROPOSAL = "text", "difficulty", "proposal"


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
    return quoted(entry.source, TEXT, first_sentences(entry.text))


def quoted(source: Source, part: str, text: str) -> Sentence:
    """Return a body's words, whole, under its name."""
    words = f"{source.body.name}: {ended(' '.join(text.split()))}"
    return Sentence((words,), (source,), is_listed=True, quotes=(Quote(source, part, text),))


def raised(note: GatheredNote, rows: str, part: str) -> Sentence:
    """Return a difficulty or proposal with who raises it: one by name, more by their number."""
    text = first_sentences(note.text).rstrip(".;")
    who: Words = (note.sources[0].body.name,)
    if len(note.sources) > 1:
        who = (*counted(len(note.sources), rows, BODIES), " nêu")
    quotes = tuple(Quote(source, part, words) for source, words in note.wordings)
    return Sentence((f"{text} (", *who, ")."), note.sources, is_listed=True, quotes=quotes)


def told_by(note: GatheredNote, rows: str, part: str) -> Sentence:
    """Return a passage of the closing parts: of one body under its name, of several with their number."""
    if len(note.sources) > 1:
        return raised(note, rows, part)
    return quoted(note.sources[0], part, first_sentences(note.text))


def ended(text: str) -> str:
    """Return the text with a mark at its end."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text.rstrip(',;:')}."
