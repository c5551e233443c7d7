"""What follows when an edition takes a step: a draft goes out, people are told, text and files are frozen for good."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from plan_tracker.accounts.models import User
from plan_tracker.lib.text import nfc
from reports import edition_facts
from reports.choices_editions import EditionState
from reports.documents.report_json import to_data
from reports.documents.report_value import Report
from reports.edition_files import issued_files
from reports.edition_moves import EditionMove
from reports.edition_papers import content_now, letterhead_for, paper_of, signed, with_all_reports
from reports.edition_seal import digest, digest_of_data, seal
from reports.edition_signing import TYPE_CODE, full_number, number_of, term_of
from reports.models import Edition, EditionDraft, EditionFile, EditionStep, SectionSource
from reports.notices import Sentence, leaders, members_of, reviewers, tell, viewers

LANGUAGE = "vi"


def write_step(edition: Edition, move: EditionMove, step: str, to_state: str) -> None:
    """Keep who took which step."""
    EditionStep.objects.create(
        edition=edition,
        step=step,
        from_state=edition.state,
        to_state=to_state,
        taken_by=move.actor,
        taken_at=move.at,
        on_behalf_of=move.on_behalf_of,
        reason=move.reason.strip(),
    )


def send_out(move: EditionMove) -> None:
    """Keep the whole text as the next numbered draft and tell the bodies that are asked."""
    edition, on = move.edition, _day(move)
    number = edition.drafts.count() + 1
    content = to_data(_draft_paper(move, number, on))
    draft = EditionDraft.objects.create(
        edition=edition,
        number=number,
        content=content,
        sha256=digest_of_data(content),
        sent_to="\n".join(body.name for body in move.data.bodies),
        comments_by=move.data.comments_by,
        sent_by=move.actor,
        sent_at=move.at,
    )
    draft.addressees.set(move.data.bodies)
    asked = members_of([body.pk for body in move.data.bodies], on=on)
    address = reverse("reports:draft_detail", args=[draft.pk])
    _tell(asked, lambda: _told_of_draft(draft), address, move)


def _draft_paper(move: EditionMove, number: int, on: date) -> Report:
    """Return the text as it goes out: “DỰ THẢO LẦN 2” under the number."""
    letterhead = letterhead_for(move.edition, on=on)
    with override(LANGUAGE):
        content = content_now(move.edition, at=move.at)
        return paper_of(content, letterhead, on=on, mark=f"DỰ THẢO LẦN {number}").published()


def _told_of_draft(draft: EditionDraft) -> str:
    words = {"number": draft.number, "title": draft.edition.period.title}
    if draft.comments_by is None:
        return _("Draft %(number)d of the report “%(title)s” was sent to you for comments.") % words
    words["day"] = f"{draft.comments_by:%d/%m/%Y}"
    return _("Draft %(number)d of the report “%(title)s” was sent to you for comments by %(day)s.") % words


def tell_leaders(move: EditionMove) -> None:
    """Tell the leaders that a report waits for them."""
    title = move.edition.period.title
    sentence: Sentence = lambda: _("The report “%(title)s” waits for your decision.") % {"title": title}  # noqa: E731
    _tell(leaders(on=_day(move)), sentence, _address(move.edition), move)


def tell_reviewers(move: EditionMove) -> None:
    """Tell those who composed it what the leader decided."""
    edition = move.edition

    def sentence() -> str:
        words = {"title": edition.period.title, "state": edition.get_state_display()}
        return _("The report “%(title)s” is now: %(state)s.") % words

    _tell(reviewers(on=_day(move)), sentence, _address(move.edition), move)


def stamp_approved(move: EditionMove) -> None:
    """Keep who approved and when."""
    move.edition.approved_by, move.edition.approved_at = move.actor, move.at


def stamp_back(move: EditionMove) -> None:
    """Take an approval back with the report."""
    move.edition.approved_by, move.edition.approved_at = None, None


def freeze(move: EditionMove) -> None:
    """Set number, date and signature; freeze text, figures and files; let go of the edition before it.

    Files come first: once the edition is issued nothing can be added to it.
    """
    edition, signing = move.edition, move.data.signing
    assert signing is not None and signing.signed_on is not None  # noqa: S101 - the rules asked for both
    on = signing.signed_on
    letterhead = letterhead_for(edition, on=on)
    with override(LANGUAGE):
        content = content_now(edition, at=move.at)
        paper = paper_of(content, letterhead, on=on)
        if signing.with_all_reports and paper.annexes:
            paper = with_all_reports(paper, content.summary)
        report = signed(paper, signing, letterhead, on=on).published()
        made = issued_files(edition, report, content.summary)
    number = number_of(signing.number) or 0
    edition.type_code, edition.term, edition.number = TYPE_CODE, term_of(signing.term), number
    edition.symbol, edition.signed_on = full_number(number, letterhead), on
    edition.place = nfc(signing.place) or letterhead.place
    edition.head_superior, edition.head_issuer = report.head.superior, report.head.issuer
    edition.issuer_name, edition.authority = letterhead.name, signing.authority
    edition.in_the_name_of, edition.position = letterhead.habit.in_the_name_of, report.signature.position
    edition.signatory, edition.recipients = report.signature.name, "\n".join(report.recipients)
    edition.content, edition.facts = to_data(report), edition_facts.to_data(content.summary)
    files = [
        EditionFile(
            edition=edition,
            name=file.name,
            content_type=file.content_type,
            content=file.content,
            size=len(file.content),
            sha256=digest(file.content),
            made_at=move.at,
        )
        for file in made
    ]
    EditionFile.objects.bulk_create(files)
    edition.sha256 = seal(edition.content, edition.facts, ((file.name, file.sha256) for file in files))
    edition.issued_by, edition.issued_at = move.actor, move.at
    _supersede_others(move)


def _supersede_others(move: EditionMove) -> None:
    """Let the edition in force go, if there is one: the new one takes its place."""
    edition = move.edition
    same = Edition.objects.issued().filter(period=edition.period_id, kind=edition.kind, issuer=edition.issuer_id)
    for old in same:
        write_step(old, move, "supersede", EditionState.SUPERSEDED)
        Edition.objects.filter(pk=old.pk).update(state=EditionState.SUPERSEDED)
        edition.supersedes = old


def tell_readers(move: EditionMove) -> None:
    """Tell those who read what is issued."""
    words = {"title": move.edition.period.title, "symbol": move.edition.symbol}
    sentence: Sentence = lambda: _("The report “%(title)s” was issued: %(symbol)s.") % words  # noqa: E731
    on = _day(move)
    people = {person.pk: person for person in (*reviewers(on=on), *leaders(on=on), *viewers(on=on))}
    _tell(people.values(), sentence, _address(move.edition), move)


def begin_anew(move: EditionMove) -> Edition:
    """Begin the edition that corrects an issued one, from its sections and their sources."""
    old = move.edition
    same = Edition.objects.filter(period=old.period_id, kind=old.kind, issuer=old.issuer_id)
    new = Edition.objects.create(
        period=old.period,
        kind=old.kind,
        issuer_id=old.issuer_id,
        version=max(same.values_list("version", flat=True)) + 1,
        supersedes=old,
        is_demo=old.is_demo,
        created_by=move.actor,
        created_at=move.at,
    )
    for section in old.sections.prefetch_related("sources"):
        sources = list(section.sources.all())
        section.pk, section.edition, section.is_ready = None, new, False
        section._state.adding = True
        section.save()
        for source in sources:
            source.pk, source.section = None, section
            source._state.adding = True
        SectionSource.objects.bulk_create(sources)
    write_step(new, move, "begin_correction", new.state)
    return new


def _tell(people: Iterable[User], sentence: Sentence, url: str, move: EditionMove) -> None:
    """Leave a message to everybody but the one who took the step."""
    others = [person for person in people if person.pk != move.actor.pk]
    tell(others, sentence, url=url, at=move.at, is_demo=move.edition.is_demo)


def _address(edition: Edition) -> str:
    return reverse("reports:edition_life", args=[edition.pk])


def _day(move: EditionMove) -> date:
    return timezone.localtime(move.at).date()
