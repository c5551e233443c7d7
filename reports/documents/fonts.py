"""Which serif type a PDF is set in: the first of a list that is here and has every letter of Vietnamese."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst

FAMILIES = ("Times New Roman", "Liberation Serif", "Tinos")
# It comes with typst itself, so there is always one.
BUILT_IN = "Libertinus Serif"
STYLES = {("normal", 400), ("normal", 700), ("italic", 400)}
VIETNAMESE = frozenset("ăâđêôơưĂÂĐÊÔƠƯ") | {chr(code) for code in range(0x1EA0, 0x1EFA)}
# What the built-in type surely has; it steps in for characters that the chosen one lacks.
BUILT_IN_LETTERS = VIETNAMESE | {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x17F))} | set("–—‘’“”…•≤≥−")
UNKNOWN = "?"


@dataclass(frozen=True)
class Typeface:
    """A family with the folder that holds it, opened for typst, and the characters that can be set."""

    family: str
    folder: str
    fonts: typst.Fonts
    letters: frozenset[str]

    def settable(self, text: str) -> str:
        """Return the text with a question mark for every character that no font has: PDF/A allows no empty boxes."""
        unknown = set(text) - self.letters
        return text.translate({ord(letter): UNKNOWN for letter in unknown}) if unknown else text


@cache
def typeface() -> Typeface:
    """Return the type to set in. Folders are told apart: two versions of one family may be here, one without ơ."""
    for family, folder, regular in _installed():
        letters = letters_of(Path(regular))
        if letters >= VIETNAMESE:
            opened = typst.Fonts(include_system_fonts=False, font_paths=[folder])
            return Typeface(family, folder, opened, letters | BUILT_IN_LETTERS | {"\n"})
    return Typeface(BUILT_IN, "", typst.Fonts(include_system_fonts=False), BUILT_IN_LETTERS | {"\n"})


def _installed() -> Iterator[tuple[str, str, str]]:
    """Yield family, folder and the file of the regular style, in the order in which they are wanted."""
    found: dict[tuple[str, str], dict[tuple[str, int], str]] = {}
    for font in typst.Fonts().fonts():
        if font.family in FAMILIES and font.path:
            place = (font.family, str(Path(font.path).parent))
            found.setdefault(place, {})[font.style, font.weight] = str(font.path)
    for family in FAMILIES:
        for (name, folder), styles in sorted(found.items()):
            if name == family and styles.keys() >= STYLES:
                yield family, folder, styles["normal", 400]


def letters_of(path: Path) -> frozenset[str]:
    """Return the characters of a TrueType or OpenType font, read from its cmap."""
    data = path.read_bytes()
    try:
        if data[:4] == b"ttcf":
            return _letters(data, struct.unpack_from(">I", data, 12)[0])
        return _letters(data, 0)
    except (struct.error, IndexError):
        return frozenset()


def _letters(data: bytes, start: int) -> frozenset[str]:
    """Return the characters of the font whose table of tables begins here."""
    (tables,) = struct.unpack_from(">H", data, start + 4)
    records = (struct.unpack_from(">4sIII", data, start + 12 + 16 * place) for place in range(tables))
    cmap = next((offset for tag, _sum, offset, _length in records if tag == b"cmap"), None)
    if cmap is None:
        return frozenset()
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    letters: set[str] = set()
    for place in range(count):
        _platform, _encoding, offset = struct.unpack_from(">HHI", data, cmap + 4 + 8 * place)
        (form,) = struct.unpack_from(">H", data, cmap + offset)
        ranges = {4: _segments, 12: _groups}.get(form)
        for first, last in ranges(data, cmap + offset) if ranges else ():
            letters.update(chr(code) for code in range(first, min(last, 0x10FFFF) + 1) if not 0xD800 <= code < 0xE000)
    return frozenset(letters)


def _segments(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges of a subtable of format 4."""
    (twice,) = struct.unpack_from(">H", data, at + 6)
    ends = struct.unpack_from(f">{twice // 2}H", data, at + 14)
    starts = struct.unpack_from(f">{twice // 2}H", data, at + 16 + twice)
    yield from ((first, last) for first, last in zip(starts, ends, strict=True) if first != 0xFFFF)


def _groups(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges of a subtable of format 12."""
    (count,) = struct.unpack_from(">I", data, at + 12)
    for place in range(count):
        first, last, _glyph = struct.unpack_from(">III", data, at + 16 + 12 * place)
        yield first, last
