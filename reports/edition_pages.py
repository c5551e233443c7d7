"""What the pages of an edition show: the outline with lengths and open points, and sentences with linked figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from django.urls import reverse

from reports.brief_length import fits
from reports.choices import Product
from reports.coverage_values import Source
from reports.edition_values import EditionContent, SectionContent
from reports.finding_words import FindingRow, finding_row
from reports.outline import line_anchor
from reports.page_lengths import pages_of
from reports.summary_page import addresses
from reports.told import Figure, Sentence


@dataclass(frozen=True)
class ShownPart:
    """A piece of a sentence; a figure carries the address of the rows that it counts."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class ShownSource:
    """A report line that a sentence rests on: whose, and where."""

    name: str
    url: str


@dataclass(frozen=True)
class ShownSentence:
    """A sentence as the page prints it."""

    parts: tuple[ShownPart, ...]
    sources: tuple[ShownSource, ...]
    is_listed: bool


@dataclass(frozen=True)
class ShownSection:
    """A section with its place in the outline, its length in pages, and where it is written."""

    content: SectionContent
    headings: tuple[tuple[int, str], ...]
    sentences: tuple[ShownSentence, ...]
    checklist: tuple[FindingRow, ...]
    pages: Decimal
    url: str

    @property
    def name(self) -> str:
        """Return number and title."""
        return f"{self.content.number} {self.content.title}".strip()

    @property
    def anchor(self) -> str:
        """Return the id of the section on the page."""
        return section_anchor(self.content.key)


@dataclass(frozen=True)
class ShownEdition:
    """An edition over its sections, with the length of the whole and what is still open."""

    sections: tuple[ShownSection, ...]
    pages: Decimal
    ready: int
    is_brief: bool = False

    @property
    def to_look_at(self) -> tuple[ShownSection, ...]:
        """Return the sections whose figures or passages have moved under a person's text."""
        return tuple(row for row in self.sections if row.content.changed or row.content.is_behind)

    @property
    def with_gaps(self) -> tuple[ShownSection, ...]:
        """Return the sections in which something is missing."""
        return tuple(row for row in self.sections if row.checklist)

    def typed(self, row: ShownSection, text: str) -> ShownEdition:
        """Return the edition as it is with another text in one section."""
        lines = text.splitlines()
        content = replace(row.content, sentences=tuple(Sentence((line,)) for line in lines if line.strip()))
        own = replace(row, content=content, pages=pages_of(lines, headings=row.headings))
        sections = tuple(own if one is row else one for one in self.sections)
        return replace(self, sections=sections, pages=self.pages - row.pages + own.pages)

    @property
    def is_over_its_page(self) -> bool:
        """Return whether a brief says more than its one page holds."""
        return self.is_brief and not fits(row.content.sentences for row in self.sections)


def section_anchor(key: str) -> str:
    """Return the id that a section has on a page."""
    return "section-" + key.replace(":", "-").replace("_", "-")


def paper_anchor(place: int) -> str:
    """Return the id that a paragraph or heading has where a report is read as it is printed; the first is 1."""
    return f"d{place}"


def shown_edition(content: EditionContent, *, period_pk: int) -> ShownEdition:
    """Return the whole edition; no query."""
    shown = Shower(period_pk)
    above: tuple[str, ...] = ()
    sections = []
    for row in content.sections:
        sections.append(
            ShownSection(
                content=row,
                headings=new_headings(row, above),
                sentences=tuple(shown.sentence(one) for one in row.sentences),
                checklist=tuple(finding_row(one) for one in row.checklist),
                pages=pages_of([str(one) for one in row.sentences], headings=new_headings(row, above)),
                url=reverse("reports:edition_section", args=[content.pk, row.key]),
            )
        )
        above = row.path
    return ShownEdition(
        sections=tuple(sections),
        pages=sum((row.pages for row in sections), Decimal(0)),
        ready=sum(row.content.is_ready for row in sections),
        is_brief=content.kind == Product.BRIEF,
    )


def new_headings(section: SectionContent, above: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    """Return level and numbered words of the headings that a section begins; the one before shares the others."""
    path, places = section.path, section.number.split(".")
    first = next((level for level, title in enumerate(path) if above[level : level + 1] != (title,)), len(path))
    numbers = [places[0], *(".".join(places[1 : level + 1]) for level in range(1, len(places)))]
    return tuple(
        (level, f"{number}. {title}" if number else title)
        for level, (number, title) in enumerate(zip(numbers, path, strict=False), start=1)
        if level > first
    )


class Shower:
    """Gives sentences their addresses: a figure leads to the rows behind it, a passage to the report it stands in."""

    def __init__(self, period_pk: int) -> None:
        self.summary = reverse("reports:summary_detail", args=[period_pk])
        self.read = addresses("reports:report_read")

    def sentence(self, row: Sentence) -> ShownSentence:
        """Return one sentence with its addresses."""
        parts = tuple(
            ShownPart(str(part), f"{self.summary}#{part.rows}" if isinstance(part, Figure) else "")
            for part in row.parts
        )
        return ShownSentence(parts, self.sources(row), row.is_listed)

    def sources(self, row: Sentence) -> tuple[ShownSource, ...]:
        """Return the report lines behind the words of bodies; figures have their own addresses."""
        if row.figures and not row.quotes:
            return ()
        return tuple(ShownSource(one.body.short_name, self.line_url(one)) for one in row.sources)

    def line_url(self, source: Source) -> str:
        """Return the address of a line of a report."""
        return f"{self.read(source.submission_pk)}#{line_anchor(source.line)}"
