"""An edition freezes what the page shows: text, tables, files and figures, for many sets of data at random."""

from __future__ import annotations

import io
import json
from decimal import Decimal

import openpyxl
import pytest
from django.utils.translation import override
from docx import Document

from reports import anchors, edition_facts
from reports.choices import Product
from reports.choices_editions import EditionState
from reports.documents.docx_file import render_docx
from reports.documents.pdf_file import render_pdf
from reports.documents.report_json import from_data, to_data
from reports.documents.report_value import Layout, Report
from reports.documents.summary_tables import summary_tables
from reports.documents.wording import STATES
from reports.documents.xlsx_file import render_xlsx
from reports.drafting import draft_sections
from reports.edition_moves import Signing
from reports.edition_papers import paper_of, signed
from reports.edition_values import EditionContent, SectionContent
from reports.summary_values import Summary
from tasks.choices import Timeliness, WorkState
from tests.random_summaries import DAY, LETTERHEAD, random_summary
from tests.test_same_figures_everywhere import SETS, Figures, of_docx, of_page, of_pdf, of_value, of_xlsx

SIGNING = Signing("45", DAY, "2020 - 2025", "T/M", "BÍ THƯ", "Người ký A", ("Ban Thường vụ Tỉnh uỷ", "Lưu Văn phòng"))


def content_of(summary: Summary, kind: Product = Product.COMMITTEE) -> EditionContent:
    """Return an edition that nobody has written in."""
    sections = tuple(
        SectionContent(row.key, row.number, row.path, row.sentences, row.sentences)
        for row in draft_sections(summary, kind, issuer=LETTERHEAD.name)
    )
    return EditionContent(1, kind, EditionState.APPROVED, 1, LETTERHEAD.name, summary, sections)


def frozen(report: Report, layout: Layout = Layout.PARTY) -> Report:
    """Return a report as the database gives it back."""
    return from_data(json.loads(json.dumps(to_data(report), ensure_ascii=False)), layout=layout)


def of_facts(data: edition_facts.Data, summary: Summary) -> Figures:
    """Return what the frozen figures say."""
    facts = {fact.key: fact.value for fact in edition_facts.from_data(data)}

    def value(rows: str, measure: str) -> Decimal | None:
        return facts.get((rows, measure))

    def count(rows: str, measure: str) -> int:
        return int(value(rows, measure) or 0)

    groups = [anchors.part(part.line) for part in summary.groups]
    counters = [(anchors.counter(row.code), row.asked) for row in summary.counters]
    duties = [anchors.assignment(row.code) for row in summary.assignments]
    return Figures(
        states=[
            {STATES[state]: count(rows, state) for state in WorkState if (rows, str(state)) in facts} for rows in groups
        ],
        counters=[
            (value(rows, "in_period"), value(rows, "cumulative"), f"{count(rows, 'suppliers')}/{asked}")
            for rows, asked in counters
        ],
        indicators=[value(anchors.indicator(row.code), "latest") for row in summary.indicators],
        done_and_late=[(count(rows, WorkState.DONE), count(rows, Timeliness.OVERDUE)) for rows in duties],
        received=count(anchors.COVERAGE, "received"),
    )


@pytest.mark.parametrize("seed", range(SETS))
def test_what_is_frozen_shows_the_figures_of_the_page(seed: int) -> None:
    summary = random_summary(1000 + seed)
    with override("vi"):
        report = signed(paper_of(content_of(summary), LETTERHEAD, on=DAY), SIGNING, LETTERHEAD, on=DAY)
        kept = frozen(report)
        read_back = {
            "page": of_page(summary),
            "DOCX": of_docx(render_docx(kept)),
            "PDF": of_pdf(render_pdf(kept), summary),
            "XLSX": of_xlsx(render_xlsx(kept, summary_tables(summary))),
            "figures": of_facts(json.loads(json.dumps(edition_facts.to_data(summary))), summary),
        }
    assert kept == report
    expected = of_value(summary)
    for medium, figures in read_back.items():
        assert figures == expected, medium


def test_the_frozen_paper_is_the_same_file_in_either_layout() -> None:
    summary = random_summary(7)
    with override("vi"):
        report = signed(paper_of(content_of(summary), LETTERHEAD, on=DAY), SIGNING, LETTERHEAD, on=DAY)
        assert render_pdf(frozen(report)) == render_pdf(report)
        state = Document(io.BytesIO(render_docx(frozen(report, Layout.STATE))))
    head = [row.text for row in state.tables[0].rows[0].cells[0].paragraphs]
    assert "Số: 45/BC-BDVTU" in head


def test_every_figure_in_a_sentence_is_one_of_those_that_are_frozen() -> None:
    for seed in range(12):
        summary = random_summary(seed)
        facts: dict[str, set[Decimal | None]] = {}
        for fact in edition_facts.facts_of(summary):
            facts.setdefault(fact.rows, set()).add(fact.value)
        told = [
            figure for row in content_of(summary).sections for sentence in row.sentences for figure in sentence.figures
        ]
        assert told
        asked = {anchors.counter(row.code): Decimal(row.asked) for row in summary.counters}
        changes = {
            anchors.indicator(row.code): abs(row.before - row.latest)
            for row in summary.indicators
            if row.before is not None and row.latest is not None
        }
        for figure in told:
            if figure.rows.startswith(("counter-", "indicator-")):
                assert figure.value in facts[figure.rows] | {asked.get(figure.rows), changes.get(figure.rows)}, figure


def test_the_workbook_of_an_edition_says_nothing_that_the_summary_does_not() -> None:
    summary = random_summary(5)
    with override("vi"):
        report = paper_of(content_of(summary), LETTERHEAD, on=DAY)
        book = openpyxl.load_workbook(io.BytesIO(render_xlsx(frozen(report), summary_tables(summary))))
    assert book.sheetnames == [table.sheet for table in summary_tables(summary)]
    assert all(sheet.auto_filter.ref and sheet.page_setup.orientation == "landscape" for sheet in book)
