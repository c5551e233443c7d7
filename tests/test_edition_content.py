"""An edition as one value: opened from what is accepted, following the figures until a person takes a section over."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.choices import Product, SubmissionState
from reports.choices_editions import EditionState
from reports.documents.letterhead import letterhead_of
from reports.documents.report_value import Paragraph
from reports.documents.summary_report import from_content
from reports.edition_opening import AlreadyOpen
from reports.edition_values import PassageState
from reports.models import EditionSection, Period, Submission
from tests.compositions import (
    LONG,
    accept,
    content_now,
    open_draft,
    section_now,
    take_words,
    write_text,
)
from tests.compositions import period as period  # noqa: PLC0414 - a fixture of the tests below
from tests.editions import set_issued
from tests.factories import at, make_body, make_group, make_period, make_plan
from tests.people import Cast

pytestmark = pytest.mark.django_db


def test_opening_makes_a_row_for_every_section(cast: Cast, period: Period) -> None:
    edition = open_draft(period, cast)
    assert [edition.issuer, edition.version, edition.state] == [cast.committee, 1, EditionState.DRAFT]
    assert [row.key for row in edition.sections.all()] == [row.key for row in content_now(edition).sections]
    assert "group:2" in {row.key for row in edition.sections.all()}


def test_the_report_to_the_centre_is_the_plan_issuers(cast: Cast, period: Period) -> None:
    assert open_draft(period, cast, Product.STANDING).issuer == period.plan.issuer


def test_a_second_draft_of_one_product_leads_to_the_first(cast: Cast, period: Period) -> None:
    first = open_draft(period, cast)
    with pytest.raises(AlreadyOpen) as refusal:
        open_draft(period, cast)
    assert refusal.value.edition == first
    assert open_draft(period, cast, Product.BRIEF).version == 1


def test_a_new_edition_stands_against_the_issued_one(cast: Cast, period: Period) -> None:
    first = set_issued(open_draft(period, cast), cast)
    second = open_draft(period, cast)
    assert [second.version, second.supersedes] == [2, first]


def test_a_section_nobody_took_over_follows_the_reports(cast: Cast, period: Period) -> None:
    edition = open_draft(period, cast)
    assert section_now(edition).text == ""
    accept(period, cast.district, cast, "Đã mở 12 hội nghị.")
    assert section_now(edition).text == "- Huyện uỷ A: Đã mở 12 hội nghị."


def test_what_was_taken_stands_instead_of_the_proposed_passages(cast: Cast, period: Period) -> None:
    edition = open_draft(period, cast)
    report = accept(period, cast.district, cast, f"{LONG}. Việc khác.")
    accept(period, cast.other_district, cast, "Đã mở 12 hội nghị.")
    take_words(edition, report, cast)
    assert section_now(edition).text == f"- Huyện uỷ A: {LONG}."


def test_a_persons_text_stays_and_knows_that_the_figures_moved(cast: Cast, period: Period) -> None:
    edition = open_draft(period, cast)
    write_text(edition, "Các cấp uỷ đã vào cuộc.")
    section = section_now(edition)
    assert [section.text, section.is_behind] == ["Các cấp uỷ đã vào cuộc.", False]
    accept(period, cast.district, cast, "Đã mở 12 hội nghị.")
    section = section_now(edition)
    assert [section.text, section.is_behind] == ["Các cấp uỷ đã vào cuộc.", True]


def test_an_edited_text_keeps_its_sources_at_the_lines_that_use_them(cast: Cast, period: Period) -> None:
    edition = open_draft(period, cast)
    report = accept(period, cast.district, cast, f"{LONG}.")
    take_words(edition, report, cast)
    write_text(edition, "Các cấp uỷ đã vào cuộc.\n- Ở Huyện uỷ A, đã giải quyết dứt điểm kiến nghị về đất đai.")
    section = section_now(edition)
    assert [len(row.sources) for row in section.sentences] == [0, 1]
    assert [row.is_listed for row in section.sentences] == [False, True]
    write_text(edition, "Nói khác hẳn.")
    section = section_now(edition)
    assert [len(row.sources) for row in section.sentences] == [1]


def test_a_figure_in_a_rewritten_line_keeps_its_rows_and_one_of_nobody_is_named(cast: Cast, period: Period) -> None:
    edition = open_draft(period, cast)
    accept(period, cast.district, cast)
    drafted = next(row for row in content_now(edition).sections if any(one.figures for one in row.sentences))
    sentence = next(one for one in drafted.sentences if one.figures)
    write_text(edition, f"Nhìn chung, {sentence} Có 77 việc mới.", drafted.key)
    section = section_now(edition, drafted.key)
    (line,) = section.sentences
    assert [(one.value, one.rows) for one in line.figures] == [(one.value, one.rows) for one in sentence.figures]
    (found,) = [row.what for row in section.checklist if row.kind == "figure_unsourced"]
    assert found.endswith("Có 77 việc mới. …”")


def test_a_passage_whose_source_changed_is_flagged(cast: Cast, period: Period) -> None:
    edition = open_draft(period, cast)
    report = accept(period, cast.district, cast, f"{LONG}.")
    take_words(edition, report, cast)
    assert [row.state for row in content_now(edition).passages()] == [PassageState.SAME]
    Submission.objects.filter(pk=report.pk).update(state=SubmissionState.SUPERSEDED)
    assert [row.state for row in content_now(edition).passages()] == [PassageState.GONE]
    accept(period, cast.district, cast, "Đã đính chính.", version=2)
    (passage,) = content_now(edition).passages()
    assert [passage.state, passage.now, passage.text] == [PassageState.CHANGED, "Đã đính chính.", LONG]


def test_work_in_a_section_that_is_no_longer_asked_is_not_lost(cast: Cast, period: Period) -> None:
    edition = open_draft(period, cast)
    EditionSection.objects.create(edition=edition, key="proposals:centre", text="Kiến nghị riêng.", is_own=True)
    left = content_now(edition).sections[-1]
    assert [left.text, left.path] == ["Kiến nghị riêng.", ("Kiến nghị, đề xuất", "Đối với Trung ương")]


def test_the_document_prints_the_edition(cast: Cast, period: Period) -> None:
    edition = open_draft(period, cast)
    write_text(edition, "Các cấp uỷ đã vào cuộc.")
    day = at(21).date()
    report = from_content(content_now(edition), letterhead_of(cast.committee, on=day), on=day)
    assert "Các cấp uỷ đã vào cuộc." in [block.text for block in report.blocks if isinstance(block, Paragraph)]


def test_the_number_of_queries_does_not_grow_with_bodies_and_passages(cast: Cast) -> None:
    plan = make_plan()
    make_group(plan, 1)

    def queries(number: int) -> int:
        bodies = [make_body(f"hu-{number}-{place}") for place in range(number)]
        period = make_period(plan, bodies=bodies, own_title=f"Kỳ {number}")
        edition = open_draft(period, cast)
        for body in bodies:
            take_words(edition, accept(period, body, cast, f"{LONG} {body.code}"), cast)
        with CaptureQueriesContext(connection) as captured:
            content_now(edition)
        return len(captured)

    few, many = queries(2), queries(20)
    assert few == many <= 17
