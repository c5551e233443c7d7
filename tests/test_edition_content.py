"""An edition as one value: opened from what is accepted, following the figures until a person takes a section over."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.choices import Depth, Product, SubmissionState
from reports.choices_editions import EditionState
from reports.documents.letterhead import letterhead_of
from reports.documents.report_value import Paragraph
from reports.documents.summary_report import from_content
from reports.edition_content import edition_content
from reports.edition_opening import AlreadyOpen, open_edition
from reports.edition_values import EditionContent, PassageState
from reports.models import Edition, EditionSection, Expectation, Period, SectionSource, Submission
from tasks.choices import WorkState
from tasks.models import Body
from tests.editions import set_issued
from tests.factories import at, make_body, make_entry, make_group, make_period, make_plan, make_submission
from tests.people import Cast, make_cast

pytestmark = pytest.mark.django_db
LONG = "Đã tổ chức đối thoại với Nhân dân tại các xã, giải quyết dứt điểm kiến nghị về đất đai"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def period(cast: Cast) -> Period:
    plan = make_plan()
    for number in (1, 2):
        make_group(plan, number)
    return make_period(plan, bodies=[cast.district, cast.other_district], depth=Depth.FULL)


def accepted(period: Period, body: Body, cast: Cast, text: str, version: int = 1) -> Submission:
    owed = Expectation.objects.get(period=period, body=body)
    report = make_submission(owed, cast.reviewer, SubmissionState.ACCEPTED, version=version)
    make_entry(report, text, group=period.plan.groups.get(number=1), state=WorkState.WITH_RESULTS)
    return report


def opened(period: Period, cast: Cast, kind: Product = Product.COMMITTEE) -> Edition:
    given = Period.objects.select_related("plan__issuer").get(pk=period.pk)
    return open_edition(given, kind, actor=cast.reviewer, at=at(20), on=at(20).date())


def content(edition: Edition) -> EditionContent:
    return edition_content(Edition.objects.opened().get(pk=edition.pk), now=at(21))


def text_of(edition: Edition, key: str = "group:1") -> str:
    section = content(edition).section(key)
    assert section is not None
    return section.text


def take(edition: Edition, report: Submission, text: str, cast: Cast, key: str = "group:1") -> SectionSource:
    return SectionSource.objects.create(
        section=edition.sections.get(key=key),
        submission=report,
        body=report.expectation.body,
        line="group:1",
        part="text",
        text=text,
        taken_by=cast.reviewer,
        taken_at=at(20),
    )


def write(edition: Edition, text: str, key: str = "group:1") -> None:
    EditionSection.objects.filter(edition=edition, key=key).update(text=text, is_own=True, based_on="")


def test_opening_makes_a_row_for_every_section(cast: Cast, period: Period) -> None:
    edition = opened(period, cast)
    assert [edition.issuer, edition.version, edition.state] == [cast.committee, 1, EditionState.DRAFT]
    assert [row.key for row in edition.sections.all()] == [row.key for row in content(edition).sections]
    assert "group:2" in {row.key for row in edition.sections.all()}


def test_the_report_to_the_centre_is_the_plan_issuers(cast: Cast, period: Period) -> None:
    assert opened(period, cast, Product.STANDING).issuer == period.plan.issuer


def test_a_second_draft_of_one_product_leads_to_the_first(cast: Cast, period: Period) -> None:
    first = opened(period, cast)
    with pytest.raises(AlreadyOpen) as refusal:
        opened(period, cast)
    assert refusal.value.edition == first
    assert opened(period, cast, Product.BRIEF).version == 1


def test_a_new_edition_stands_against_the_issued_one(cast: Cast, period: Period) -> None:
    first = set_issued(opened(period, cast), cast)
    second = opened(period, cast)
    assert [second.version, second.supersedes] == [2, first]


def test_a_section_nobody_took_over_follows_the_reports(cast: Cast, period: Period) -> None:
    edition = opened(period, cast)
    assert text_of(edition) == ""
    accepted(period, cast.district, cast, "Đã mở 12 hội nghị.")
    assert text_of(edition) == "- Huyện uỷ A: Đã mở 12 hội nghị."


def test_what_was_taken_stands_instead_of_the_proposed_passages(cast: Cast, period: Period) -> None:
    edition = opened(period, cast)
    report = accepted(period, cast.district, cast, f"{LONG}. Việc khác.")
    accepted(period, cast.other_district, cast, "Đã mở 12 hội nghị.")
    take(edition, report, LONG, cast)
    assert text_of(edition) == f"- Huyện uỷ A: {LONG}."


def test_a_persons_text_stays_and_knows_that_the_figures_moved(cast: Cast, period: Period) -> None:
    edition = opened(period, cast)
    write(edition, "Các cấp uỷ đã vào cuộc.")
    section = content(edition).section("group:1")
    assert section is not None
    assert [section.text, section.is_behind] == ["Các cấp uỷ đã vào cuộc.", False]
    accepted(period, cast.district, cast, "Đã mở 12 hội nghị.")
    section = content(edition).section("group:1")
    assert section is not None
    assert [section.text, section.is_behind] == ["Các cấp uỷ đã vào cuộc.", True]


def test_an_edited_text_keeps_its_sources_at_the_lines_that_use_them(cast: Cast, period: Period) -> None:
    edition = opened(period, cast)
    report = accepted(period, cast.district, cast, f"{LONG}.")
    take(edition, report, LONG, cast)
    write(edition, "Các cấp uỷ đã vào cuộc.\n- Ở Huyện uỷ A, đã giải quyết dứt điểm kiến nghị về đất đai.")
    section = content(edition).section("group:1")
    assert section is not None
    assert [len(row.sources) for row in section.sentences] == [0, 1]
    assert [row.is_listed for row in section.sentences] == [False, True]
    write(edition, "Nói khác hẳn.")
    section = content(edition).section("group:1")
    assert section is not None
    assert [len(row.sources) for row in section.sentences] == [1]


def test_a_passage_whose_source_changed_is_flagged(cast: Cast, period: Period) -> None:
    edition = opened(period, cast)
    report = accepted(period, cast.district, cast, f"{LONG}.")
    take(edition, report, LONG, cast)
    assert [row.state for row in content(edition).passages()] == [PassageState.SAME]
    Submission.objects.filter(pk=report.pk).update(state=SubmissionState.SUPERSEDED)
    assert [row.state for row in content(edition).passages()] == [PassageState.GONE]
    accepted(period, cast.district, cast, "Đã đính chính.", version=2)
    (passage,) = content(edition).passages()
    assert [passage.state, passage.now, passage.text] == [PassageState.CHANGED, "Đã đính chính.", LONG]


def test_work_in_a_section_that_is_no_longer_asked_is_not_lost(cast: Cast, period: Period) -> None:
    edition = opened(period, cast)
    EditionSection.objects.create(edition=edition, key="proposals:centre", text="Kiến nghị riêng.", is_own=True)
    assert content(edition).sections[-1].text == "Kiến nghị riêng."


def test_the_document_prints_the_edition(cast: Cast, period: Period) -> None:
    edition = opened(period, cast)
    write(edition, "Các cấp uỷ đã vào cuộc.")
    day = at(21).date()
    report = from_content(content(edition), letterhead_of(cast.committee, on=day), on=day)
    assert "Các cấp uỷ đã vào cuộc." in [block.text for block in report.blocks if isinstance(block, Paragraph)]


def test_the_number_of_queries_does_not_grow_with_bodies_and_passages(cast: Cast) -> None:
    plan = make_plan()
    make_group(plan, 1)

    def queries(number: int) -> int:
        bodies = [make_body(f"hu-{number}-{place}") for place in range(number)]
        period = make_period(plan, bodies=bodies, own_title=f"Kỳ {number}")
        edition = opened(period, cast)
        for body in bodies:
            take(edition, accepted(period, body, cast, f"{LONG} {body.code}"), LONG, cast)
        with CaptureQueriesContext(connection) as captured:
            content(edition)
        return len(captured)

    few, many = queries(2), queries(20)
    assert few == many <= 17
