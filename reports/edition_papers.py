"""An edition as a paper: the current text with the head, the number and the block of signature that it has by now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import override

from reports.choices import Authority, Product
from reports.documents.letterhead import Letterhead, letterhead_of, line_end
from reports.documents.pdf_file import printed_pages
from reports.documents.report_value import Layout, Report
from reports.documents.summary_annexes import annexes_of
from reports.documents.summary_report import from_content, report_of
from reports.drafting import draft_sections, period_words
from reports.edition_content import edition_content
from reports.edition_moves import Signing
from reports.edition_signing import default_recipients, full_number, number_of
from reports.edition_values import EditionContent
from reports.models import Edition
from reports.summaries import build_summary
from reports.summary_values import Summary
from tasks.models import Body


def letterhead_for(edition: Edition, *, on: date) -> Letterhead:
    """Return how the issuing body heads and signs its papers on a day."""
    issuer = Body.objects.prefetch_related("names").get(pk=edition.issuer_id)
    return letterhead_of(issuer, on=on)


def content_now(edition: Edition, *, at: datetime) -> EditionContent:
    """Return what an edition that is not issued says at a moment; give one of `Edition.objects.opened()` or any."""
    return edition_content(Edition.objects.opened().get(pk=edition.pk), now=at)


def summary_at(edition: Edition, *, at: datetime) -> Summary:
    """Return the figures that an issued edition would rest on today, with the calendar of the moment of its issue."""
    return build_summary(edition.period, at=at)


def paper_of(  # noqa: PLR0913 - one text, dated, marked, in one layout or the other
    content: EditionContent,
    letterhead: Letterhead,
    *,
    on: date,
    mark: str = "",
    layout: Layout = Layout.PARTY,
    is_internal: bool = False,
) -> Report:
    """Return a text as a paper that is not numbered yet; `mark` stands under the number."""
    report = from_content(content, letterhead, on=on, layout=layout, is_internal=is_internal)
    summary = content.summary
    recipients = default_recipients(content.kind, letterhead, summary.plan.issuer, on)
    subject = report.subject
    if content.kind == Product.STANDING:
        # To the Centre the province reports on the resolution, not on its own plan.
        subject = f"kết quả thực hiện {summary.plan.resolution}\n{period_words(summary)}"
    if content.kind == Product.BRIEF:
        report = _as_brief(report)
    return replace(report, subject=subject, head=replace(report.head, mark=mark), recipients=recipients)


def brief_of(summary: Summary, letterhead: Letterhead, *, on: date, layout: Layout = Layout.PARTY) -> Report:
    """Return the brief of a period as its figures draft it, on one page."""
    return _as_brief(report_of(summary, draft_sections(summary, Product.BRIEF), letterhead, on=on, layout=layout))


def _as_brief(report: Report) -> Report:
    """Return a report under the name of a brief, with close lines and without annexes."""
    return replace(report, type_name="BÁO CÁO TÓM TẮT", annexes=(), is_close=True)


def pages_when_signed(edition: Edition, signing: Signing | None, *, at: datetime) -> int:
    """Return on how many pages a short report is set with its block of signature, a usual one where none is given."""
    on = signing.signed_on if signing and signing.signed_on else timezone.localtime(at).date()
    letterhead = letterhead_for(edition, on=on)
    usual = Signing("1", on, "", Authority.DEPUTY, letterhead.habit.position, "…", ())
    with override("vi"):
        paper = paper_of(content_now(edition, at=at), letterhead, on=on)
        return printed_pages(signed(paper, signing or usual, letterhead, on=on))


def with_all_reports(report: Report, summary: Summary) -> Report:
    """Return a report that annexes who has sent what, for those who want the names in it."""
    return replace(report, annexes=annexes_of(summary, with_all_reports=True))


def signed(report: Report, signing: Signing, letterhead: Letterhead, *, on: date) -> Report:
    """Return the paper with its number, its day, its recipients and its block of signature."""
    number = number_of(signing.number)
    placed = replace(letterhead, place=signing.place or letterhead.place)
    return replace(
        report,
        head=placed.head(on=on, number=full_number(number, letterhead) if number else ""),
        recipients=signing.recipients or report.recipients,
        signature=letterhead.signed_by(signing.authority, signing.position, signing.signatory),
        author=letterhead.name,
        on=on,
        line_end=line_end(on),
    )


def unseen_sections(content: EditionContent) -> list[str]:
    """Return the sections that say something and are not marked as ready, such as one that came up late."""
    rows = (row for row in content.sections if row.sentences and not row.is_ready)
    return [f"{row.number} {row.title}".strip() or row.key for row in rows]
