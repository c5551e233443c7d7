"""Passages that were taken into sections: whether their source still says so, and the sentences that they make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from plan_tracker.lib.text import nfc
from reports import anchors
from reports.conflicts import digest
from reports.coverage import CLOSING
from reports.coverage_values import BodyRef, Source
from reports.edition_values import Keeping, PassageState, TakenPassage
from reports.models import SectionSource
from reports.passages import DIFFICULTY, PROPOSAL, TEXT, quoted, raised, told_by
from reports.similarity import jaccard, shingles
from reports.summary_lines import ASSESSED, gather
from reports.summary_values import GatheredNote, Note, Part, Summary
from reports.told import Quote, Sentence

LineKey: TypeAlias = tuple[int, str, str]
SaidNow: TypeAlias = Mapping[LineKey, Sequence[str]]
# Marks at the end of words that make no difference.
ENDS = " .;…"
# Of several notes of a body, one with this share of words in common with an earlier one is the same note, reworded.
SAME_MATTER = 0.25


def said_now(summary: Summary) -> SaidNow:
    """Return what accepted reports say today, by body, line and part of the line."""
    found: dict[LineKey, list[str]] = defaultdict(list)
    for source, part, text in _said(summary):
        found[source.body.pk, source.line, part].append(text)
    return found


def _said(summary: Summary) -> Iterator[tuple[Source, str, str]]:
    """Yield every text of the summary with where it stands."""
    parts: list[Part] = [*summary.groups, *summary.questions]
    for part in (*parts, *(task for group in summary.groups for task in group.tasks)):
        for entry in part.entries:
            yield entry.source, TEXT, entry.text
    for row in summary.assignments:
        for duty in row.bodies:
            if duty.source is not None:
                yield duty.source, TEXT, duty.text
    for closing in summary.closing:
        for field in ASSESSED:
            yield closing.source, field, getattr(closing, field)
    for kind, notes in ((DIFFICULTY, summary.difficulties), (PROPOSAL, _proposals(summary))):
        for note in notes:
            for source, text in note.wordings:
                yield source, kind, text


def line_of(quote: Quote) -> LineKey:
    """Return where words stand: which body, which line, which part of it; the same in every version of a report."""
    return quote.source.body.pk, quote.source.line, quote.part


def _proposals(summary: Summary) -> tuple[GatheredNote, ...]:
    """Return the proposals to everybody."""
    return tuple(note for group in summary.proposals for note in group.notes)


def bare(text: str) -> str:
    """Return a text without what makes no difference: case, blanks, and the marks at its end."""
    return " ".join(nfc(text).casefold().split()).rstrip(ENDS)


def taken_passage(row: SectionSource, body: BodyRef, said: SaidNow) -> TakenPassage:
    """Return a stored source with what its line says today; a part of the line's text may have been taken."""
    texts = [text for text in said.get((row.body_id, row.line, row.part), ()) if text.strip()]
    now = nearest(row.text, texts)
    state, keeping = (PassageState.CHANGED if now else PassageState.GONE), None
    if bare(row.text) in bare(now):
        state = PassageState.SAME
    elif row.seen_at is not None and row.seen_digest == digest(now):
        state, keeping = PassageState.KEPT, Keeping(str(row.seen_by), row.seen_at)
    return TakenPassage(row.pk, Source(body, row.submission_id, row.line), row.part, row.text, state, now, keeping)


def nearest(words: str, texts: Sequence[str]) -> str:
    """Return what a line says today in the place of some words: the text with them, else the one most like them.

    A line has one text, or several difficulties or proposals; of several, one that shares no words is another matter.
    """
    for text in texts:
        if bare(words) in bare(text):
            return text
    if len(texts) < 2:
        return "".join(texts)
    own = shingles(words, 1)
    likeness = [(jaccard(own, shingles(text, 1)), text) for text in texts]
    most, text = max(likeness, key=lambda one: one[0])
    return text if most >= SAME_MATTER else ""


def quoted_now(taken: Iterable[TakenPassage]) -> list[Quote]:
    """Return the words of taken passages as they were taken."""
    return [Quote(row.source, row.part, row.text) for row in taken]


def sentences_of(quotes: Iterable[Quote], summary: Summary) -> tuple[Sentence, ...]:
    """Return words of bodies as they are printed: nearly equal ones once, with the number of bodies that say so.

    What most bodies say comes first, then the official order.
    """
    found: list[Sentence] = []
    by_part: dict[str, list[Quote]] = defaultdict(list)
    for quote in sorted(quotes, key=lambda quote: quote.source.body.place):
        by_part[quote.part].append(quote)
    for part, rows in by_part.items():
        found += [_sentence(note, part, summary) for note in gather(Note(row.source, row.text) for row in rows)]
    return tuple(found)


def _sentence(note: GatheredNote, part: str, summary: Summary) -> Sentence:
    """Return one passage: of one body under its name, a difficulty or proposal with its name after it."""
    where = rows_of(note.wordings[0], part, summary)
    if part in {DIFFICULTY, PROPOSAL}:
        return raised(note, where, part)
    if len(note.sources) == 1:
        return quoted(note.sources[0], part, note.text)
    return told_by(note, where, part)


def rows_of(wording: tuple[Source, str], part: str, summary: Summary) -> str:
    """Return where on the page of the summary a passage stands."""
    source, _text = wording
    if part == DIFFICULTY:
        places = [place for place, note in enumerate(summary.difficulties) if wording in note.wordings]
        return anchors.difficulty(places[0]) if places else anchors.DIFFICULTIES
    if part == PROPOSAL:
        found = [
            anchors.proposal(group.addressee, place)
            for group in summary.proposals
            for place, note in enumerate(group.notes)
            if wording in note.wordings
        ]
        return found[0] if found else anchors.PROPOSALS
    if source.line == CLOSING:
        places = [place for place, note in enumerate(summary.assessment(part)) if wording in note.wordings]
        return anchors.closing(part, places[0] if places else 0)
    return anchors.part(source.line)
