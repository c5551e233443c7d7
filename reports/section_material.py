"""What bodies report that belongs into a section, ready to be taken: nearly equal words stand together; pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from reports.coverage_values import BodyRef
from reports.passages import DIFFICULTY, PROPOSAL, TEXT
from reports.similarity import near_groups
from reports.summary_values import GatheredNote, Part, Summary
from reports.taken_passages import LineKey, bare, line_of
from reports.told import Quote
from tasks.choices import WorkState

# Which fields of the closing parts a section of part III and IV is made of.
CLOSING_OF = {
    "strengths": ("strengths",),
    "weaknesses": ("weaknesses",),
    "causes": ("causes",),
    "lessons": ("strengths", "causes"),
    "coming_work": ("coming_work",),
}


@dataclass(frozen=True)
class Piece:
    """The words of one body at one line, with the state that it reports there."""

    quote: Quote
    state: WorkState | None = None
    is_copied: bool = False


@dataclass(frozen=True)
class Material:
    """Nearly equal words of one or several bodies: taken together, each with its own source."""

    pieces: tuple[Piece, ...]
    taken: int = 0

    @property
    def key(self) -> str:
        """Return what a form names it by; it changes when the words do."""
        said = "\0".join(
            f"{row.quote.source.submission_pk} {row.quote.source.line} {row.quote.part} {row.quote.text}"
            for row in self.pieces
        )
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Return the words of every body."""
        return tuple(row.quote for row in self.pieces)

    @property
    def text(self) -> str:
        """Return the first wording."""
        return self.pieces[0].quote.text

    @property
    def line(self) -> str:
        """Return the line at which the first wording stands."""
        return self.pieces[0].quote.source.line

    @property
    def bodies(self) -> tuple[BodyRef, ...]:
        """Return who says so, each once, in the official order."""
        found = {row.quote.source.body.pk: row.quote.source.body for row in self.pieces}
        return tuple(sorted(found.values(), key=lambda body: body.place))

    @property
    def other_wordings(self) -> tuple[Quote, ...]:
        """Return the wordings that are not the first one, of whoever wrote them."""
        found = {row.quote.text: row.quote for row in reversed(self.pieces) if row.quote.text != self.text}
        return tuple(reversed(found.values()))

    @property
    def is_taken(self) -> bool:
        """Return whether all of it stands in the section already."""
        return self.taken == len(self.pieces)


@dataclass(frozen=True)
class Choice:
    """What a person wants to see of the material: of one body, in one state, of one line; empty for all."""

    body: str = ""
    state: str = ""
    line: str = ""

    def takes(self, piece: Piece) -> bool:
        """Return whether a piece is wanted."""
        source = piece.quote.source
        return (
            self.body in {"", source.body.code}
            and self.state in {"", str(piece.state or "")}
            and self.line in {"", source.line}
        )


@dataclass(frozen=True)
class Offers:
    """What there is to choose from: bodies, states and lines in the material of a section."""

    bodies: tuple[BodyRef, ...]
    states: tuple[WorkState, ...]
    lines: tuple[str, ...]


def pieces_for(key: str, summary: Summary) -> tuple[Piece, ...]:
    """Return everything that bodies say for a section, each once; sections made from figures alone have nothing."""
    found = dict.fromkeys(_pieces(key, summary))
    return tuple(found)


def _pieces(key: str, summary: Summary) -> Iterator[Piece]:
    kind, _colon, code = key.partition(":")
    if kind == "group":
        for part in summary.groups:
            if part.code == code:
                yield from _entries((part, *part.tasks))
    elif kind == "question":
        yield from _entries(part for part in summary.questions if part.line == key)
    elif kind == "direction":
        for row in summary.assignments:
            for duty in row.bodies:
                if duty.source is not None and duty.text:
                    state = duty.state if isinstance(duty.state, WorkState) else None
                    yield Piece(Quote(duty.source, TEXT, duty.text), state)
    elif kind == "proposals":
        yield from _notes((note for row in summary.proposals if row.addressee == code for note in row.notes), PROPOSAL)
    else:
        for field in CLOSING_OF.get(kind, ()):
            yield from _notes(summary.assessment(field), field)
        if kind == "weaknesses":
            yield from _notes(summary.difficulties, DIFFICULTY)


def _entries(parts: Iterable[Part]) -> Iterator[Piece]:
    for part in parts:
        for entry in part.entries:
            if entry.text:
                yield Piece(Quote(entry.source, TEXT, entry.text), entry.state, entry.is_copied)


def _notes(notes: Iterable[GatheredNote], part: str) -> Iterator[Piece]:
    for note in notes:
        for source, text in note.wordings:
            yield Piece(Quote(source, part, text))


def offers_of(pieces: Sequence[Piece]) -> Offers:
    """Return what the pieces can be chosen by."""
    bodies = {piece.quote.source.body.pk: piece.quote.source.body for piece in pieces}
    return Offers(
        tuple(sorted(bodies.values(), key=lambda body: body.place)),
        tuple(dict.fromkeys(piece.state for piece in pieces if piece.state is not None)),
        tuple(dict.fromkeys(piece.quote.source.line for piece in pieces)),
    )


def material_of(pieces: Sequence[Piece], standing: Iterable[Quote], choice: Choice | None = None) -> list[Material]:
    """Return the pieces that are wanted, nearly equal ones of one kind together, those of most bodies first.

    `standing` are the words that stand in the section already.
    """
    has: dict[LineKey, list[str]] = {}
    for quote in standing:
        has.setdefault(line_of(quote), []).append(bare(quote.text))
    wanted = [piece for piece in pieces if choice is None or choice.takes(piece)]
    by_part: dict[str, list[Piece]] = {}
    for piece in wanted:
        by_part.setdefault(piece.quote.part, []).append(piece)
    found = []
    for rows in by_part.values():
        for places in near_groups([row.quote.text for row in rows]):
            ordered = sorted((rows[place] for place in places), key=lambda row: row.quote.source.body.place)
            group = Material(tuple(ordered))
            taken = sum(_stands(row.quote, has) for row in ordered)
            found.append(replace(group, taken=taken))
    return sorted(found, key=lambda group: -len(group.bodies))


def _stands(quote: Quote, has: Mapping[LineKey, Sequence[str]]) -> bool:
    """Return whether these words, or a part of them, stand in the section."""
    words = bare(quote.text)
    return any(text in words for text in has.get(line_of(quote), ()))
