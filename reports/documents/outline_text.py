"""The outline of a report on paper: parts I, II …, headings 1., 2.1. …, numbered as they come, none left empty."""

from __future__ import annotations

from collections.abc import Iterable

from reports.documents.report_value import Block, Chart, Heading, paragraphs

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


class OutlineText:
    """Gathers the blocks of a report; a heading is set only when something is written under it."""

    def __init__(self) -> None:
        self.gathered: list[Block] = []
        self.parts = self.points = self.items = 0
        self.waiting: list[tuple[str, int]] = []

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Return what was written so far."""
        return tuple(self.gathered)

    def part(self, title: str) -> None:
        """Begin part I, II …; its title is set in capitals."""
        self.waiting = [(title.upper(), 1)]

    def point(self, title: str) -> None:
        """Begin point 1, 2 … of the part."""
        self.waiting = [entry for entry in self.waiting if entry[1] < 2] + [(title, 2)]

    def item(self, title: str) -> None:
        """Begin item 2.1, 2.2 … of the point."""
        self.waiting = [entry for entry in self.waiting if entry[1] < 3] + [(title, 3)]

    def _set_waiting(self) -> None:
        """Set the headings that now have something under them, with the next numbers."""
        for title, level in self.waiting:
            if level == 1:
                self.parts, self.points, self.items = self.parts + 1, 0, 0
                number = f"{ROMAN[self.parts - 1]}."
            elif level == 2:
                self.points, self.items = self.points + 1, 0
                number = f"{self.points}."
            else:
                self.items += 1
                number = f"{self.points}.{self.items}."
            self.gathered.append(Heading(number, title, level))
        self.waiting = []

    def text(self, text: str, *, start: str = "", sources: Iterable[str] = ()) -> None:
        """Set paragraphs of text, if there is any; `start` stands in bold before the first."""
        if text.strip():
            self._set_waiting()
            self.gathered += paragraphs(text, start=start, sources=tuple(sources))

    def dash(self, text: str, *, sources: Iterable[str] = ()) -> None:
        """Set a paragraph that begins with a hyphen; a longer text goes on below it."""
        if bare := text.strip():
            ended = bare if bare.endswith((".", "!", "?", "…", ":")) else f"{bare.rstrip(';,')}."
            self.text(ended if ended.startswith(("-", "+")) else f"- {ended}", sources=sources)

    def dashes(self, texts: Iterable[str]) -> None:
        """Set each text as a paragraph that begins with a hyphen."""
        for text in texts:
            self.dash(text)

    def chart(self, title: str, bars: Iterable[tuple[str, int]]) -> None:
        """Set a bar under what was written last, if it counts anything."""
        if counted := tuple((label, number) for label, number in bars if number):
            self._set_waiting()
            self.gathered.append(Chart(title, counted))
