"""Vietnamese text: one normal form, keys to find and to sort by, lists in a sentence, and markings of secrecy."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: rank for rank, letter in enumerate(_LETTERS)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SHAPES = {"\u0306", "\u0302", "\u031b"}
_WORDS = re.compile(r"\d+|[^\W\d_]+")
_LINES = re.compile(r"[\r\n\t\v\f\u0085\u2028\u2029]+")
_MARKINGS = {"mật", "tối mật", "tuyệt mật"}
_MARKING_LINES = {prefix + marking.replace(" ", "") for prefix in ("", "độmật") for marking in _MARKINGS}

Syllable = tuple[tuple[int, ...], int]
SortKey = tuple[Syllable, ...]


def nfc(text: str) -> str:
    """Return the text in the composed form in which everything is stored."""
    return unicodedata.normalize("NFC", text)


class _Bare(dict[int, int | None]):
    """The character under each code, None for a combining one; learnt as texts bring them."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_BARE = _Bare()


def vn_key(text: str) -> str:
    """Return the key under which a text is found: no case, no tones, no accents, đ as d, single spaces."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join(decomposed.translate(_BARE).split())


def _syllable_key(word: str) -> Syllable:
    """Return the letters of one syllable, then its tone, as ranks of the Vietnamese alphabet; numbers come first."""
    if word[0].isdecimal():
        return (-1, int(word[:18])), 0
    letters: list[int] = []
    tones: list[int] = []
    for composed in nfc(word):
        shape, tone = "", 0
        for char in unicodedata.normalize("NFD", composed):
            if char in _TONES:
                tone = _TONES[char]
            elif not unicodedata.combining(char) or char in _SHAPES:
                shape += char
        letter = nfc(shape)
        letters.append(_LETTER_RANK.get(letter, len(_LETTERS) + ord(letter[0])))
        tones.append(tone)
    # A syllable carries one tone: where it is written (uỷ, ủy) says nothing about the order.
    return tuple(letters), max(tones)


def sort_key(text: str) -> SortKey:
    """Return the key that puts texts in Vietnamese dictionary order: syllable by syllable, letters before tones."""
    return tuple(_syllable_key(word) for word in _WORDS.findall(nfc(text).lower()))


def join_vietnamese(items: Sequence[str]) -> str:
    """Return “a, b và c”."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} và {items[-1]}"


def has_secrecy_marking(text: str) -> bool:
    """Say whether a line or cell consists only of a marking of secrecy; words about secrecy inside a sentence pass."""
    for line in _LINES.split(unicodedata.normalize("NFKC", text)):
        # Brackets, colons, spaces between letters and invisible characters do not make a marking another line.
        bare = "".join(char for char in line.lower() if unicodedata.category(char)[0] in "LN")
        if bare in _MARKING_LINES:
            return True
    return False
