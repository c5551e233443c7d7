"""What a chart is made of, as text that a template can print, and the scale from days and values to places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

WIDTH, HEIGHT = 720, 300
LEFT, RIGHT, TOP, BOTTOM = 56, 120, 18, 30


@dataclass(frozen=True)
class Label:
    """Words at a place of the chart."""

    x: str
    y: str
    text: str
    anchor: str = "start"


@dataclass(frozen=True)
class Mark:
    """One figure: filled where it is firm, open where it is an estimate or as reported."""

    x: str
    y: str
    is_open: bool
    title: str


@dataclass(frozen=True)
class Line:
    """A line through points, written as SVG wants it."""

    points: str
    kind: str


@dataclass(frozen=True)
class Rect:
    """A band: where the goal is a range."""

    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Chart:
    """Everything that the template draws; every number is already text."""

    width: int
    height: int
    title: str
    rows: tuple[Label, ...]
    columns: tuple[Label, ...]
    bands: tuple[Rect, ...]
    wedges: tuple[str, ...]
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    breaks: tuple[Label, ...]
    today: str
    milestones: tuple[Mark, ...] = ()
    description: str = ""


@dataclass(frozen=True)
class Scale:
    """Days and values as places on the paper."""

    first: date
    last: date
    low: Decimal
    high: Decimal

    def x(self, day: date) -> float:
        """Return the place of a day."""
        span = max((self.last - self.first).days, 1)
        share = min(max((day - self.first).days / span, 0), 1)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(self, value: Decimal) -> float:
        """Return the place of a value."""
        share = float((value - self.low) / (self.high - self.low)) if self.high > self.low else 0.5
        return HEIGHT - BOTTOM - min(max(share, 0), 1) * (HEIGHT - TOP - BOTTOM)

    def at(self, day: date, value: Decimal) -> str:
        """Return both places, as a line wants them."""
        return f"{self.x(day):.1f},{self.y(value):.1f}"


def steps(low: Decimal, high: Decimal, wanted: int = 4) -> list[Decimal]:
    """Return round values from at or below the low end to at or above the high one."""
    span = high - low if high > low else abs(high) or Decimal(1)
    raw = span / wanted
    power = Decimal(1).scaleb(raw.adjusted())
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw)
    start = (low // step) * step
    if start > low:
        start -= step
    values = [start]
    while values[-1] < high:
        values.append(values[-1] + step)
    return values if len(values) > 1 else [start, start + step]
