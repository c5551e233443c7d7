"""The diagram of a change of bodies: those before on the left, those after on the right, a line for each succession."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from django.utils.translation import gettext as _

from plan_tracker.lib.dates import screen_day
from tasks.choices import Certainty
from tasks.models import Body
from tasks.reorganisation import Draft

WIDTH, BOX, HEIGHT, GAP = 700, 270, 52, 10
LETTERS = 34
SURE = {Certainty.PUBLISHED, Certainty.DIGEST}


@dataclass(frozen=True)
class Box:
    """One body: where its box stands, its name in one or two lines, and until or since when it exists."""

    x: int
    y: int
    lines: tuple[str, ...]
    day: str
    tone: str
    width: int = BOX
    height: int = HEIGHT

    @property
    def middle(self) -> int:
        """Return where words are centred."""
        return self.x + self.width // 2

    @property
    def rows(self) -> list[tuple[int, str, bool]]:
        """Return every line of words with its height, and whether it is the name."""
        names = [(line, True) for line in self.lines]
        words = [*names, (self.day, False)] if self.day else names
        first = self.y + self.height // 2 - 8 * (len(words) - 1) + 4
        return [(first + 16 * place, line, is_name) for place, (line, is_name) in enumerate(words)]


@dataclass(frozen=True)
class Curve:
    """One succession; what is not read in a source is drawn with dashes."""

    path: str
    kind: str


@dataclass(frozen=True)
class Diagram:
    """The whole drawing and how large its paper is."""

    boxes: tuple[Box, ...]
    curves: tuple[Curve, ...]
    height: int
    title: str
    description: str
    has_dashes: bool
    width: int = WIDTH


def draw(draft: Draft) -> Diagram | None:
    """Return the diagram of a change, or nothing where nobody follows anybody."""
    if not draft.pairs:
        return None
    rows = max(len(draft.before), len(draft.after))
    height = rows * (HEIGHT + GAP) - GAP + 2
    ended = _("until %(day)s") % {"day": screen_day(draft.last_day)}
    begun = _("since %(day)s") % {"day": screen_day(draft.change.happened_on)}
    ending = {body.code for body in draft.ending}
    left = _column(draft.before, 1, height, lambda body: (ended, "soft") if body.code in ending else ("", ""))
    right = _column(
        draft.after, WIDTH - BOX - 1, height, lambda body: (begun, "text-good") if _begins(body, draft) else ("", "")
    )
    curves = tuple(
        Curve(_path(left[pair.before], right[pair.after]), "series" if pair.certainty in SURE else "outlook")
        for pair in draft.pairs
    )
    return Diagram(
        boxes=(*left.values(), *right.values()),
        curves=curves,
        height=height,
        title=draft.change.title,
        description="; ".join(
            f"{draft.bodies[pair.before].name} → {draft.bodies[pair.after].name}" for pair in draft.pairs
        ),
        has_dashes=any(curve.kind == "outlook" for curve in curves),
    )


def _begins(body: Body, draft: Draft) -> bool:
    """Return whether a body begins with the change."""
    return body.valid_from == draft.change.happened_on


def _column(bodies: Iterable[Body], x: int, height: int, words: Any) -> Mapping[str, Box]:
    """Return the boxes of one side, spread over the whole height."""
    rows = list(bodies)
    step = height / len(rows)
    boxes = {}
    for place, body in enumerate(rows):
        day, tone = words(body)
        y = round(step * place + (step - HEIGHT) / 2)
        boxes[body.code] = Box(x, y, tuple(wrap(body.name, LETTERS, max_lines=2, placeholder=" …")), day, tone)
    return boxes


def _path(left: Box, right: Box) -> str:
    """Return the curve from the right edge of one box to the left edge of another."""
    x1, y1 = left.x + left.width, left.y + left.height // 2
    x2, y2 = right.x, right.y + right.height // 2
    bend = (x1 + x2) // 2
    return f"M{x1} {y1}C{bend} {y1} {bend} {y2} {x2} {y2}"
