"""Takes exact words out of texts, however blanks, case and marks around them differ, also deep inside JSON; pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from plan_tracker.lib.text import nfc

_TOKEN = re.compile(r"\S+")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|[\r\n]+")
_MARKS = ".,;:!?…\"'“”‘’()[]{}«»<>-–—+•*_"
# An example in a report ends at the latest after so many characters (`reports.sentences`), in whole words.
LEAST_PREFIX = 300
# Shorter sentences are said by everybody; alone they are no secret.
LEAST_WORDS = 6
# A shorter text is said by many who mean nothing secret.
FEWEST_WORDS, FEWEST_CHARACTERS = 4, 20


@dataclass(frozen=True)
class Piece:
    """Words in a row that are sought; with `least` fewer than all, so many from the beginning are enough."""

    words: tuple[str, ...]
    least: int


@dataclass(frozen=True)
class _Token:
    """One word of a text: how it is compared, and where it stands without the marks around it."""

    key: str
    start: int
    end: int


def _tokens(text: str) -> list[_Token]:
    found = []
    for match in _TOKEN.finditer(text):
        raw = match.group()
        left = raw.lstrip(_MARKS)
        bare = left.rstrip(_MARKS)
        if bare:
            start = match.start() + len(raw) - len(left)
            found.append(_Token(nfc(bare).casefold(), start, start + len(bare)))
    return found


def words_in(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared."""
    return tuple(token.key for token in _tokens(text))


def is_known_again(text: str) -> bool:
    """Return whether a text is long enough for its words to be taken for the same words elsewhere."""
    return len(text) >= FEWEST_CHARACTERS and len(words_in(text)) >= FEWEST_WORDS


def whole(text: str) -> Piece:
    """Return the piece that only the whole text satisfies."""
    words = words_in(text)
    return Piece(words, len(words))


def parts(text: str) -> list[Piece]:
    """Return the pieces by which a text is known where only its beginning or single sentences were taken over."""
    words = words_in(text)
    if not words:
        return []
    sentences = [found for found in map(words_in, _SENTENCE_END.split(text)) if found]
    first = 0
    for token in _tokens(text):
        if token.start > LEAST_PREFIX:
            break
        first += 1
    beginning = Piece(words, min(len(words), max(LEAST_WORDS, min(len(sentences[0]), first))))
    return [beginning, *(Piece(one, len(one)) for one in sentences if len(one) >= LEAST_WORDS)]


def spans(text: str, pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """Return where the pieces stand in a text, in order; what touches or overlaps is one."""
    if not text or not pieces:
        return []
    tokens = _tokens(text)
    places: dict[str, list[int]] = {}
    for place, token in enumerate(tokens):
        places.setdefault(token.key, []).append(place)
    found: list[tuple[int, int]] = []
    for piece in pieces:
        for place in places.get(piece.words[0], ()):
            length = 1
            while (
                length < len(piece.words)
                and place + length < len(tokens)
                and tokens[place + length].key == piece.words[length]
            ):
                length += 1
            if length >= piece.least:
                found.append((place, place + length))
    return [(tokens[start].start, tokens[end - 1].end) for start, end in _joined(found)]


def _joined(runs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return runs of tokens in order, with neighbours made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(runs):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def without(text: str, pieces: Sequence[Piece], stand_in: str) -> str:
    """Return the text with the stand-in wherever one of the pieces stood; the same text where none does."""
    found = spans(text, pieces)
    for start, end in reversed(found):
        text = text[:start] + stand_in + text[end:]
    return text


def redacted(value: Any, pieces: Sequence[Piece], stand_in: str) -> Any:
    """Return a JSON value with the stand-in in every text of it, a JSON value inside a text included."""
    if isinstance(value, str):
        inner = nested(value)
        if inner is None:
            return without(value, pieces, stand_in)
        changed = redacted(inner, pieces, stand_in)
        return value if changed == inner else json.dumps(changed, ensure_ascii=False)
    if isinstance(value, list):
        return [redacted(one, pieces, stand_in) for one in value]
    if isinstance(value, dict):
        return {name: redacted(one, pieces, stand_in) for name, one in value.items()}
    return value


def nested(text: str) -> Any:
    """Return the object or list that a text is the JSON of, None where it is a text like others."""
    if text[:1] not in {"{", "["}:
        return None
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict | list) else None
