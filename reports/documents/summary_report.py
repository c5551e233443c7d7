"""The report of a period as a document: as the figures draft it, or as an edition says it after people wrote in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from reports.choices import Product
from reports.documents.letterhead import Letterhead, line_end
from reports.documents.report_value import Layout, Report
from reports.documents.section_blocks import Section, blocks_of
from reports.documents.summary_annexes import annexes_of
from reports.drafting import draft_sections, period_words
from reports.edition_values import EditionContent
from reports.sentences import plan_in_words
from reports.summary_values import Summary


def from_summary(
    summary: Summary, letterhead: Letterhead, *, on: date, layout: Layout = Layout.PARTY, is_internal: bool = False
) -> Report:
    """Return the report as the figures draft it; every figure is one of the summary's.

    The internal copy also says where each passage comes from, and draws the counts.
    """
    sections = draft_sections(summary, Product.COMMITTEE, issuer=letterhead.name)
    return report_of(summary, sections, letterhead, on=on, layout=layout, is_internal=is_internal)


def from_content(
    content: EditionContent,
    letterhead: Letterhead,
    *,
    on: date,
    layout: Layout = Layout.PARTY,
    is_internal: bool = False,
) -> Report:
    """Return the report as the edition says it now."""
    return report_of(content.summary, content.sections, letterhead, on=on, layout=layout, is_internal=is_internal)


def report_of(  # noqa: PLR0913 - what it says, under whose head, on which day and in which form
    summary: Summary,
    sections: Iterable[Section],
    letterhead: Letterhead,
    *,
    on: date,
    layout: Layout = Layout.PARTY,
    is_internal: bool = False,
) -> Report:
    """Return sections and annexes under the head of the body that issues them."""
    plan = plan_in_words(summary.plan.symbol, summary.plan.issued_on, is_demo=summary.is_demo)
    report = Report(
        head=letterhead.head(on=on),
        type_name="BÁO CÁO",
        subject=f"kết quả thực hiện {plan}\ncủa {summary.plan.issuer}\n{period_words(summary)}",
        blocks=blocks_of(sections, summary),
        recipients=(f"{summary.plan.issuer} (báo cáo)", letterhead.files_at),
        line_end=line_end(on),
        signature=letterhead.signature(),
        annexes=annexes_of(summary),
        author=letterhead.name,
        on=on,
        is_demo=summary.is_demo,
        is_internal=is_internal,
        layout=layout,
    )
    return report if is_internal else report.published()
