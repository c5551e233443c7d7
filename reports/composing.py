"""Writing in an edition: a section is saved whole or not at all, never over somebody else's words unseen."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from plan_tracker.lib.numbers import row_number
from reports.choices_editions import EditionState
from reports.conflicts import Verdict, digest, judge
from reports.edition_values import SectionContent, TakenPassage
from reports.filling import clean_text, text_error
from reports.models import Edition, EditionSection, SectionSource
from reports.passage_renewal import Fit, fitted
from reports.summary_values import Summary
from reports.taken_passages import line_of, sentences_of
from reports.told import Quote

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User


class EditionMoved(Exception):
    """The edition takes no changes any more; the message is a sentence."""


@dataclass(frozen=True)
class Typed:
    """What a page sends of a section: the text, the digest of what it showed, and in which version that was."""

    text: str
    seen: str
    row_version: int
    error: str = ""

    @property
    def is_untouched(self) -> bool:
        """Return whether the text is the one that the page showed."""
        return digest(self.text) == self.seen


@dataclass(frozen=True)
class Outcome:
    """What came of a save: the version that the page answers for now, or what somebody else saved meanwhile."""

    row_version: int
    row: EditionSection
    theirs: str | None = None

    @property
    def is_clash(self) -> bool:
        """Return whether nothing was saved, because the section says something else by now."""
        return self.theirs is not None


@dataclass(frozen=True)
class Hand:
    """Who writes, and when."""

    actor: User
    at: datetime


def read_typed(raw: str, seen: str, row_version: str) -> Typed:
    """Return what a form says of a section; what is wrong with it stands in `error`."""
    text = clean_text(raw)
    return Typed(text, seen, row_number(row_version) or 0, text_error(text))


def _locked(edition: Edition, key: str) -> EditionSection:
    """Return the row of a section, locked; one is made where the outline has grown. Inside a transaction."""
    found = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    if found.state != EditionState.DRAFT:
        raise EditionMoved(
            _("The report has moved on (%(state)s) and takes no more changes.") % {"state": found.get_state_display()}
        )
    return EditionSection.objects.get_or_create(edition=edition, key=key, defaults={"row_version": 0})[0]


def _stamp(row: EditionSection, hand: Hand) -> None:
    """Store a row that was written in."""
    row.row_version += 1
    row.saved_by, row.saved_at = hand.actor, hand.at
    row.save()


@transaction.atomic
def save_text(edition: Edition, section: SectionContent, typed: Typed, hand: Hand) -> Outcome:
    """Save a person's text; where somebody else has saved another one meanwhile, nothing is written over it.

    A text that is what the page showed saves nothing: the section goes on following the figures.
    """
    row = _locked(edition, section.key)
    now = row.text if row.is_own else section.generated_text
    stored = typed.seen if row.row_version == typed.row_version else digest(now)
    verdict = judge(typed=digest(typed.text), seen=typed.seen, stored=stored)
    if verdict == Verdict.CONFLICT:
        return Outcome(row.row_version, row, now)
    if verdict == Verdict.WRITE:
        if not row.is_own:
            row.based_on = section.generated_text
        row.text, row.is_own = typed.text, True
        _stamp(row, hand)
    # Whoever typed nothing still answers for what the page showed: a later text must meet what came meanwhile.
    return Outcome(typed.row_version if typed.is_untouched else row.row_version, row)


@transaction.atomic
def take(edition: Edition, section: SectionContent, quotes: Iterable[Quote], summary: Summary, hand: Hand) -> int:
    """Take words of bodies into a section; return how many were new.

    Where nothing was taken yet, the passages that the draft proposes by itself are taken first, so that none of them
    goes. In a person's text the new ones stand at the end.
    """
    row = _locked(edition, section.key)
    new = _adopt(row, section, hand)
    has = {line_of(quote): quote.text for quote in new}
    stored = {(one.body_id, one.line, one.part, one.text) for one in row.sources.all()}
    asked = [one for one in quotes if (*line_of(one), one.text) not in stored and has.get(line_of(one)) != one.text]
    for quote in asked:
        _keep_source(row, quote, hand)
    if asked and row.is_own:
        lines = [sentence.line for sentence in sentences_of(asked, summary)]
        row.text = "\n".join(line for line in (row.text, *lines) if line)
    if asked or new:
        _stamp(row, hand)
    return len(asked)


def _adopt(row: EditionSection, section: SectionContent, hand: Hand, *, without: Iterable[Quote] = ()) -> list[Quote]:
    """Take the passages that the draft proposes, so that choosing one more leaves them; a person's text has its own."""
    if row.is_own or row.sources.exists():
        return []
    left = set(without)
    proposed = [quote for sentence in section.generated for quote in sentence.quotes if quote not in left]
    for quote in proposed:
        _keep_source(row, quote, hand)
    return proposed


def _keep_source(row: EditionSection, quote: Quote, hand: Hand) -> None:
    """Store where words came from, with the words."""
    SectionSource.objects.create(
        section=row,
        submission_id=quote.source.submission_pk,
        body_id=quote.source.body.pk,
        line=quote.source.line,
        part=quote.part,
        text=quote.text,
        taken_by=hand.actor,
        taken_at=hand.at,
    )


@transaction.atomic
def drop(edition: Edition, section: SectionContent, quotes: Collection[Quote], hand: Hand) -> None:
    """Leave words of bodies out of a section, taken ones and proposed ones; a person's text is left to the person.

    Where none is left, the section becomes a person's: else the draft would propose its own passages again.
    """
    row = _locked(edition, section.key)
    _adopt(row, section, hand, without=quotes)
    gone = {(*line_of(quote), quote.text) for quote in quotes}
    for one in row.sources.all():
        if (one.body_id, one.line, one.part, one.text) in gone:
            one.delete()
    if not row.is_own and not row.sources.exists():
        row.text = "\n".join(sentence.line for sentence in section.generated if not sentence.quotes)
        row.is_own, row.based_on = True, section.generated_text
    _stamp(row, hand)


@transaction.atomic
def renew(edition: Edition, section: SectionContent, passage: TakenPassage, hand: Hand) -> Fit:
    """Take what a body's report says today instead of what was taken, and return how it fits into the text.

    In a person's text the new words replace the old ones where those stand unchanged; else nothing changes at all.
    """
    row = _locked(edition, section.key)
    fit, text = Fit.FOLLOWS, row.text
    if row.is_own:
        fit, text = fitted(row.text, passage, section.taken)
    if fit.is_possible:
        row.text = text
        # The draft may have brought the new words in by itself; a passage is a source once.
        line = {"body": passage.source.body.pk, "line": passage.source.line, "part": passage.part}
        for twin in row.sources.filter(**line, text=passage.now).exclude(pk=passage.pk):
            twin.delete()
        SectionSource.objects.filter(section=row, pk=passage.pk).update(
            text=passage.now,
            submission=passage.source.submission_pk,
            taken_by=hand.actor,
            taken_at=hand.at,
            seen_digest="",
            seen_by=None,
            seen_at=None,
        )
        _stamp(row, hand)
    return fit


@transaction.atomic
def keep(edition: Edition, section: SectionContent, passage: TakenPassage, hand: Hand) -> None:
    """Keep the words as they were taken, until the report says something else once more; who saw it stays."""
    row = _locked(edition, section.key)
    seen = {"seen_digest": digest(passage.now), "seen_by": hand.actor, "seen_at": hand.at}
    SectionSource.objects.filter(section=row, pk=passage.pk).update(**seen)


@transaction.atomic
def give_back(edition: Edition, key: str, hand: Hand) -> None:
    """Let a section follow the figures and the taken passages again; the person's text goes."""
    row = _locked(edition, key)
    row.text, row.based_on, row.is_own, row.is_ready = "", "", False, False
    _stamp(row, hand)


@transaction.atomic
def mark(edition: Edition, section: SectionContent, *, ready: bool) -> None:
    """Mark a section as ready, or as still open; what it rests on at that moment is kept."""
    row = _locked(edition, section.key)
    row.is_ready = ready
    if ready:
        row.based_on = section.generated_text
    row.save(update_fields=["is_ready", "based_on"])


@transaction.atomic
def note_figures(edition: Edition, section: SectionContent) -> None:
    """Keep that a person has seen what the figures say now."""
    row = _locked(edition, section.key)
    row.based_on = section.generated_text
    row.save(update_fields=["based_on"])
