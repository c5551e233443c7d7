"""What the composer shows of one section: sentences with what can be done to each, taken passages, and the material."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.conflicts import digest
from reports.edition_pages import Shower, ShownSection, ShownSentence
from reports.edition_values import EditionContent, PassageState, SectionContent, TakenPassage
from reports.outline import CLOSING
from reports.passage_renewal import Fit, fitted
from reports.passages import DIFFICULTY
from reports.section_material import Choice, Material, Offers, material_of, offers_of, pieces_for
from reports.summary_values import Summary
from reports.taken_passages import quoted_now
from reports.told import Quote, Sentence
from reports.wording import marked_changes

MATERIAL_ON_A_PAGE = 40
NAMES = ("co_quan", "tinh_trang", "nhiem_vu")


@dataclass(frozen=True)
class GeneratedRow:
    """One generated sentence; a passage can be left out again, named by `key`."""

    shown: ShownSentence
    key: str


@dataclass(frozen=True)
class TakenRow:
    """A taken passage with where it stands, what has changed there since, and how the new words would fit in."""

    passage: TakenPassage
    url: str
    change: SafeString
    fit: Fit


@dataclass(frozen=True)
class Voice:
    """One body behind some material, with the line of its report."""

    name: str
    url: str


@dataclass(frozen=True)
class MaterialRow:
    """Words that can be taken, with their bodies and what is known of them."""

    material: Material
    voices: tuple[Voice, ...]
    line: str
    follow: Any = None

    @property
    def anchor(self) -> str:
        """Return the id of the row on the page."""
        return f"m-{self.material.key}"


@dataclass(frozen=True)
class SectionPage:
    """Everything that the composer shows of a section beside the outline."""

    row: ShownSection
    generated: tuple[GeneratedRow, ...]
    taken: tuple[TakenRow, ...]
    behind: SafeString | None
    material: Page[MaterialRow]
    offers: Offers
    lines: tuple[tuple[str, str], ...]
    choice: Choice
    seen: str

    @property
    def is_filtered(self) -> bool:
        """Return whether less than everything is shown."""
        return self.choice != Choice()


def sentence_key(sentence: Sentence) -> str:
    """Return what a form names a passage by; it changes with its words."""
    return sha256(str(sentence).encode()).hexdigest()[:16]


def quotes_standing(section: SectionContent) -> list[Quote]:
    """Return the words of bodies that stand in a section: those taken, else those that the draft proposes."""
    if section.is_own or section.taken:
        return quoted_now(section.taken)
    return [quote for sentence in section.generated for quote in sentence.quotes]


def choice_from(data: QueryDict) -> Choice:
    """Return which material the address asks for."""
    return Choice(*(data.get(name, "") for name in NAMES))


def section_page(
    content: EditionContent,
    row: ShownSection,
    data: QueryDict,
    *,
    shower: Shower,
    followed: Mapping[tuple[int, str], Any] | None = None,
) -> SectionPage:
    """Return one section as the composer shows it; no query. `followed` are recommendations by report and proposal."""
    section, summary = row.content, content.summary
    pieces = pieces_for(section.key, summary)
    choice = choice_from(data)
    labels = line_labels(summary)
    found = [
        _material_row(one, labels, shower, followed or {})
        for one in material_of(pieces, quotes_standing(section), choice)
    ]
    offers = offers_of(pieces)
    behind = marked_changes(section.based_on, section.generated_text) if section.is_behind else None
    return SectionPage(
        row=row,
        generated=tuple(_generated_row(one, shower) for one in section.generated),
        taken=tuple(_taken_row(one, section, shower) for one in section.taken),
        behind=behind,
        material=Paginator(found, MATERIAL_ON_A_PAGE).get_page(data.get("page")),
        offers=offers,
        lines=tuple((line, labels.get(line, line)) for line in offers.lines),
        choice=choice,
        seen=digest(section.text),
    )


def _generated_row(sentence: Sentence, shower: Shower) -> GeneratedRow:
    """Return a generated sentence with its links."""
    return GeneratedRow(shower.sentence(sentence), sentence_key(sentence) if sentence.quotes else "")


def _taken_row(passage: TakenPassage, section: SectionContent, shower: Shower) -> TakenRow:
    """Return a taken passage with its link."""
    change, fit = SafeString(), Fit.FOLLOWS
    if passage.now and passage.state != PassageState.SAME:
        fit = fitted(section.text, passage, section.taken)[0] if section.is_own else Fit.FOLLOWS
        change = marked_changes(passage.text, passage.now, beside=not fit.is_possible)
    return TakenRow(passage, shower.line_url(passage.source), change, fit)


def _material_row(
    material: Material, labels: Mapping[str, str], shower: Shower, followed: Mapping[tuple[int, str], Any]
) -> MaterialRow:
    """Return material with its bodies."""
    voices: dict[int, Voice] = {}
    for quote in material.quotes:
        voices.setdefault(quote.source.body.pk, Voice(quote.source.body.name, shower.line_url(quote.source)))
    line = _("Difficulty") if material.pieces[0].quote.part == DIFFICULTY else labels.get(material.line, "")
    follow = next(
        (found for one in material.quotes if (found := followed.get((one.source.submission_pk, one.text)))), None
    )
    ordered = tuple(voices[body.pk] for body in material.bodies)
    return MaterialRow(material, ordered, line, follow)


def line_labels(summary: Summary) -> dict[str, str]:
    """Return what the lines of reports are called, as far as a person can choose by them."""
    found = {CLOSING: ""}
    for part in summary.groups:
        found[part.line] = _("The group as a whole")
        found |= {task.line: f"{task.code} {task.title}" for task in part.tasks}
    found |= {f"assignment:{row.code}": f"{row.code} {row.title}" for row in summary.assignments}
    return found


def sentence_named(section: SectionContent, key: str) -> Sequence[Quote]:
    """Return the words of the generated passage that a form names."""
    return next((one.quotes for one in section.generated if one.quotes and sentence_key(one) == key), ())
