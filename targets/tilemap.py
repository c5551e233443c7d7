"""The eleven districts as tiles, each roughly where it lies: equal in size, so that no large district shouts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from plan_tracker.looks import Look, look_of

# A way of drawing, not a fact about the bodies: column and row by the code of the committee. A body without a place
# stands in the list only.
PLACES = {
    "hu-trang-dinh": (2, 0),
    "hu-binh-gia": (1, 1),
    "hu-van-lang": (2, 1),
    "hu-bac-son": (0, 2),
    "hu-van-quan": (1, 2),
    "thanh-uy-lang-son": (2, 2),
    "hu-cao-loc": (3, 2),
    "hu-huu-lung": (0, 3),
    "hu-chi-lang": (1, 3),
    "hu-loc-binh": (2, 3),
    "hu-dinh-lap": (3, 3),
}
WIDTH, HEIGHT, GAP = 112, 62, 4
FEWEST = 3


class Shown(Protocol):
    """What a tile says of a body."""

    @property
    def short_name(self) -> str: ...
    @property
    def value(self) -> str: ...
    @property
    def slug(self) -> str: ...
    @property
    def word(self) -> str: ...


@dataclass(frozen=True)
class Tile:
    """One body on the map; every number is the place of something in it."""

    x: int
    y: int
    name: str
    value: str
    slug: str
    title: str

    @property
    def look(self) -> Look:
        """Return the tone and shape of the state."""
        return look_of(self.slug)

    @property
    def middle(self) -> int:
        """Return where words are centred."""
        return self.x + WIDTH // 2

    @property
    def name_y(self) -> int:
        """Return the line of the name."""
        return self.y + 24

    @property
    def value_y(self) -> int:
        """Return the line of the value."""
        return self.y + 46

    @property
    def shape_place(self) -> str:
        """Return where the shape of the state is drawn."""
        return f"translate({self.x + 6} {self.y + 6})"


@dataclass(frozen=True)
class TileMap:
    """The map and how large its paper is."""

    tiles: tuple[Tile, ...]
    width: int = 4 * (WIDTH + GAP) - GAP
    height: int = 4 * (HEIGHT + GAP) - GAP
    tile_width: int = WIDTH
    tile_height: int = HEIGHT


def draw_map(lines: Mapping[str, Shown]) -> TileMap | None:
    """Return the map of the bodies (by code) that have a place on it, or nothing where too few have one."""
    tiles = []
    for code, (column, row) in sorted(PLACES.items(), key=lambda place: (place[1][1], place[1][0])):
        line = lines.get(code)
        if line is None:
            continue
        title = ": ".join(filter(None, (line.short_name, " · ".join(filter(None, (line.value, line.word))))))
        x, y = column * (WIDTH + GAP), row * (HEIGHT + GAP)
        tiles.append(Tile(x, y, place_name(line.short_name), line.value, line.slug, title))
    return TileMap(tuple(tiles)) if len(tiles) >= FEWEST else None


def place_name(committee: str) -> str:
    """Return the name of the place in that of its committee: “Tràng Định” of “Huyện uỷ Tràng Định”."""
    for head in ("Huyện uỷ ", "Thành uỷ "):
        if committee.startswith(head):
            return committee.removeprefix(head) if head[0] == "H" else f"TP {committee.removeprefix(head)}"
    return committee
