"""What the buttons of the composer do with a section: take, leave out, renew, keep, give back, mark as ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from reports import composing
from reports.composer_pages import choice_from, quotes_standing, sentence_named
from reports.composing import Hand
from reports.edition_content import edition_content
from reports.edition_pages import ShownEdition, ShownSection
from reports.edition_values import EditionContent, PassageState, SectionContent, TakenPassage
from reports.models import Edition
from reports.section_material import Material, material_of, pieces_for
from reports.taken_passages import bare
from reports.told import Quote


@dataclass(frozen=True)
class Desk:
    """A section that a person has opened: the edition as it says now, and who sits there."""

    edition: Edition
    content: EditionContent
    shown: ShownEdition
    row: ShownSection
    hand: Hand

    @property
    def url(self) -> str:
        """Return the address of the section."""
        return self.row.url


def _take(request: HttpRequest, desk: Desk, key: str) -> str:
    """Take some material, or the part of it that is marked on the page."""
    section, summary = desk.row.content, desk.content.summary
    offered = material_of(pieces_for(section.key, summary), quotes_standing(section), choice_from(request.GET))
    found = next((one for one in offered if one.key == key), None)
    if found is None:
        messages.warning(request, _("These words have changed meanwhile; look at them again before taking them."))
        return ""
    quotes = _marked(found, request.POST.get("selected", ""))
    composing.take(desk.edition, section, quotes, summary, desk.hand)
    messages.success(request, _("Taken, with its source."))
    return f"m-{key}"


def _marked(material: Material, selected: str) -> tuple[Quote, ...]:
    """Return the words to take: all of them, or of one body only the part that was marked."""
    words = selected.strip()
    if not words or len(material.pieces) > 1 or bare(words) not in bare(material.text):
        return material.quotes
    return (replace(material.quotes[0], text=words),)


def _drop(request: HttpRequest, desk: Desk, key: str) -> str:
    """Leave a generated passage out."""
    quotes = sentence_named(desk.row.content, key)
    if quotes:
        composing.drop(desk.edition, desk.row.content, quotes, desk.hand)
    return "generated"


def _passage(desk: Desk, key: str) -> Any:
    """Return a taken passage by its key."""
    return next((one for one in desk.row.content.taken if str(one.pk) == key), None)


def _forget(request: HttpRequest, desk: Desk, key: str) -> str:
    """Remove a taken passage and its source."""
    if passage := _passage(desk, key):
        quote = Quote(passage.source, passage.part, passage.text)
        composing.drop(desk.edition, desk.row.content, [quote], desk.hand)
    return "taken"


def _flagged(request: HttpRequest, desk: Desk, key: str) -> TakenPassage | None:
    """Return a passage whose source changed; a person who saw other words than the report says now is told so."""
    found = next((one for one in desk.row.content.taken if one.key == key), None)
    if found is None or found.state == PassageState.SAME:
        messages.warning(request, _("These words have changed meanwhile; look at them again before you decide."))
        return None
    return found


def _renew(request: HttpRequest, desk: Desk, key: str) -> str:
    """Take what the report says today instead of what was taken; the person has seen what this changes."""
    passage, section = _flagged(request, desk, key), desk.row.content
    if passage and passage.now:
        fit = composing.renew(desk.edition, section, passage, desk.hand)
        if fit.is_possible:
            if not section.is_behind:
                composing.note_figures(desk.edition, _again(desk))
            messages.success(request, _("The new words stand in the section, with their source."))
        else:
            messages.warning(request, fit.label)
    return "taken"


def _again(desk: Desk) -> SectionContent:
    """Return the section as it is after a change."""
    content = edition_content(desk.edition, now=desk.hand.at)
    return next(row for row in content.sections if row.key == desk.row.content.key)


def _keep(request: HttpRequest, desk: Desk, key: str) -> str:
    """Keep the words as they were taken, although the report says something else."""
    if passage := _flagged(request, desk, key):
        composing.keep(desk.edition, desk.row.content, passage, desk.hand)
        messages.success(request, _("The words stay; you are told when the report changes again."))
    return "taken"


def _give_back(request: HttpRequest, desk: Desk, _what: str) -> str:
    """Let the section follow the figures again."""
    composing.give_back(desk.edition, desk.row.content.key, desk.hand)
    messages.success(request, _("This section follows the figures and the chosen passages again."))
    return ""


def _mark_ready(request: HttpRequest, desk: Desk, _what: str) -> str:
    """Mark the section as ready."""
    composing.mark(desk.edition, desk.row.content, ready=True)
    messages.success(request, _("Marked as ready."))
    return ""


def _mark_open(request: HttpRequest, desk: Desk, _what: str) -> str:
    """Mark the section as open again."""
    composing.mark(desk.edition, desk.row.content, ready=False)
    return ""


def _note_figures(request: HttpRequest, desk: Desk, _what: str) -> str:
    """Keep that the new figures were seen."""
    composing.note_figures(desk.edition, desk.row.content)
    return ""


ACTIONS: dict[str, Callable[[HttpRequest, Desk, str], str]] = {
    "take": _take,
    "drop": _drop,
    "forget": _forget,
    "renew": _renew,
    "keep": _keep,
    "generated": _give_back,
    "ready": _mark_ready,
    "open": _mark_open,
    "figures": _note_figures,
}
