"""What an edition says now, as one frozen value: pages, files and the freezing of an issued one all use it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from reports.choices import Product
from reports.choices_editions import EditionState
from reports.conflicts import digest
from reports.coverage_values import Source
from reports.summary_values import Finding, Summary
from reports.told import Sentence


class PassageState(StrEnum):
    """Whether a taken passage still stands in the report that it came from; of a kept one somebody saw the change."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    KEPT = "kept"


@dataclass(frozen=True)
class Keeping:
    """Who saw that a source had changed and kept the words as they were taken, and when."""

    by: str
    at: datetime


@dataclass(frozen=True)
class TakenPassage:
    """A passage that was taken into a section; `now` is what the body's report says at that line today, or nothing."""

    pk: int
    source: Source
    part: str
    text: str
    state: PassageState
    now: str
    keeping: Keeping | None = None

    @property
    def key(self) -> str:
        """Return what a form names it by; it changes when the report says something else once more."""
        return f"{self.pk}-{digest(self.now)}"


@dataclass(frozen=True)
class Saved:
    """What is stored of a section: by whom and when it was saved, in which version."""

    row_version: int = 0
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class SectionContent:
    """One section of the outline. `path` are the headings above it and its own; the opening has none.

    `generated` is what the figures and the taken passages say now. `sentences` is what is printed: the same, or the
    text of a person, each line with the passages that it rests on. `based_on` is the generated text that a person saw
    last: when the text was taken over, or when the section was marked as ready.
    """

    key: str
    number: str
    path: tuple[str, ...]
    generated: tuple[Sentence, ...]
    sentences: tuple[Sentence, ...]
    taken: tuple[TakenPassage, ...] = ()
    checklist: tuple[Finding, ...] = ()
    is_own: bool = False
    is_ready: bool = False
    based_on: str = ""
    saved: Saved = field(default_factory=Saved)

    @property
    def title(self) -> str:
        """Return the section's own heading."""
        return self.path[-1] if self.path else ""

    @property
    def text(self) -> str:
        """Return what is printed, a paragraph to a line."""
        return "\n".join(row.line for row in self.sentences)

    @property
    def generated_text(self) -> str:
        """Return what would be printed without a person's hand, a paragraph to a line."""
        return "\n".join(row.line for row in self.generated)

    @property
    def is_behind(self) -> bool:
        """Return whether the figures have changed since a person took the text over or marked it as ready."""
        return (self.is_own or self.is_ready) and self.based_on != self.generated_text

    @property
    def changed(self) -> tuple[TakenPassage, ...]:
        """Return the passages whose source says something else now, which nobody has seen yet."""
        return tuple(row for row in self.taken if row.state in {PassageState.CHANGED, PassageState.GONE})

    @property
    def kept(self) -> tuple[TakenPassage, ...]:
        """Return the passages that stay as they were taken, although their source says something else."""
        return tuple(row for row in self.taken if row.state == PassageState.KEPT)


@dataclass(frozen=True)
class EditionContent:
    """Everything that an edition says now, and the summary whose figures it prints."""

    pk: int
    kind: Product
    state: EditionState
    version: int
    issuer: str
    summary: Summary
    sections: tuple[SectionContent, ...]

    def section(self, key: str) -> SectionContent | None:
        """Return one section by its key."""
        return next((row for row in self.sections if row.key == key), None)

    def passages(self) -> Iterator[TakenPassage]:
        """Yield every taken passage in the order of the outline."""
        for row in self.sections:
            yield from row.taken
