"""What stands in the way of a step of an edition, in sentences for the person who wants to take it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reports.choices import PeriodState, Product
from reports.choices_editions import Handling
from reports.edition_moves import EditionMove
from reports.edition_papers import content_now, letterhead_for, pages_when_signed, unseen_sections
from reports.edition_signing import block_faults, number_faults, term_of
from reports.models import Edition, EditionComment
from tasks.models import Body
from tasks.permissions import Standing

SECTIONS = {
    "opening": gettext_lazy("Opening"),
    "direction": "I",
    "indicators": "II.1",
    "activity": "II.3",
    "question": "II.4",
    "strengths": "III.1",
    "weaknesses": "III.2",
    "causes": "III.3",
    "lessons": "III.4",
    "coming_work": "IV",
    "proposals": "V",
    "headline": "I",
    "delays": "II",
    "changes": "III",
    "asked": "IV",
}


def period_stands(edition: Edition, standing: Standing) -> Iterator[str]:
    """Refuse every step of a report on a period that was cancelled."""
    if edition.period.state == PeriodState.CANCELLED:
        yield _("This period is cancelled.")


def comments_are_dealt_with(edition: Edition, standing: Standing) -> Iterator[str]:
    """Refuse to hand up a report while a comment on its drafts is without an answer."""
    waiting = EditionComment.objects.filter(draft__edition=edition, handling=Handling.OPEN).count()
    if waiting:
        yield ngettext(
            "%(count)d comment is not dealt with yet: take it up, or explain why not.",
            "%(count)d comments are not dealt with yet: take them up, or explain why not.",
            waiting,
        ) % {"count": waiting}


def sections_are_ready(edition: Edition, standing: Standing) -> Iterator[str]:
    """Name the sections that nobody has marked as ready; one that stays empty is marked too.

    A section that stands only while a report asks for it has no page once none does. While nobody worked on it, it
    holds nothing up; if it says something, `no_section_is_new` finds it.
    """
    passing = Q(key__startswith="proposals:") | Q(key__startswith="question:")
    waiting = edition.sections.filter(is_ready=False).exclude(passing, is_own=False, sources__isnull=True)
    keys = waiting.values_list("key", flat=True)
    names = dict.fromkeys(number_of_section(key) for key in keys)
    if names:
        yield _("These sections are not ready yet: %(names)s.") % {"names": "; ".join(names)}


def number_of_section(key: str) -> str:
    """Return the place of a section in the outline, as its pages number it."""
    kind, _mark, number = key.partition(":")
    if kind == "group":
        return f"II.2.{number}"
    return str(SECTIONS.get(kind, key))


def no_section_is_new(move: EditionMove) -> Iterator[str]:
    """Refuse a text with a section that came up after the others were marked, such as one by a report accepted late."""
    unseen = unseen_sections(content_now(move.edition, at=move.at))
    if unseen:
        yield _("These sections are new and not marked as ready: %(names)s.") % {"names": "; ".join(unseen)}


def brief_has_one_page(move: EditionMove) -> Iterator[str]:
    """Refuse a brief that runs to a second page: what the figures say is cut to fit, a person's words never are."""
    if move.edition.kind != Product.BRIEF:
        return
    pages = pages_when_signed(move.edition, move.data.signing, at=move.at)
    if pages > 1:
        yield _("The brief takes %(pages)d pages; shorten its text or its recipients until it ends on the first.") % {
            "pages": pages
        }


def plan_is_numbered(edition: Edition, standing: Standing) -> Iterator[str]:
    """Refuse to issue a report that would print dots where the plan's own number or date belongs.

    A demonstration prints a number that is marked as one for show, and does not wait for the real one.
    """
    if edition.is_demo:
        return
    plan = edition.period.plan
    if not plan.symbol:
        yield _("The plan's own number is missing; an administrator enters it on the plan's page.")
    if plan.issued_on is None:
        yield _("The plan's own date is missing; an administrator enters it on the plan's page.")


def no_other_is_open(edition: Edition, standing: Standing) -> Iterator[str]:
    """Refuse a second correction beside one that is being written."""
    same = Edition.objects.open().filter(period=edition.period_id, kind=edition.kind, issuer=edition.issuer_id)
    if same.exists():
        yield _("A new edition of this report is already being written.")


def somebody_is_asked(move: EditionMove) -> Iterator[str]:
    """Ask whom the draft goes to, and for a day that is still to come."""
    if not move.data.bodies:
        yield _("Choose at least one body that is asked to comment.")
    day = move.data.comments_by
    if day is not None and day < timezone.localtime(move.at).date():
        yield _("The day by which comments are wanted is past.")


def draft_is_the_next(move: EditionMove) -> Iterator[str]:
    """Refuse a draft that somebody else has sent out meanwhile under this number."""
    number = move.data.draft_number
    if number is not None and number != move.edition.drafts.count() + 1:
        yield _("Draft %(number)d was sent out meanwhile; look at it before you send another.") % {"number": number}


def reason_is_given(move: EditionMove) -> Iterator[str]:
    """Ask for the reason."""
    if not move.reason.strip():
        yield _("Write the reason.")


def signing_is_whole(move: EditionMove) -> Iterator[str]:
    """Ask for number, date, term, block of signature and recipients that fit the issuing body on that day.

    The issuer's row is held, so that of two reports that take one number at once the second finds it taken.
    """
    Body.objects.select_for_update(no_key=True).get(pk=move.edition.issuer_id)
    signing = move.data.signing
    if signing is None or signing.signed_on is None:
        yield _("Write the date of the document.")
        return
    if signing.signed_on > timezone.localtime(move.at).date():
        yield _("The date of the document is still to come.")
    if not term_of(signing.term):
        yield _("Write the committee's term of five years, such as 2020 - 2025.")
    letterhead = letterhead_for(move.edition, on=signing.signed_on)
    yield from number_faults(move.edition, signing, letterhead)
    yield from block_faults(signing, letterhead)
    if not signing.recipients:
        yield _("Write who receives the report, one to a line.")
