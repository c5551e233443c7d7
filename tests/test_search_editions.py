"""Editions are found by the words of what was issued, sent out or written, by those who may read it and nobody else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection

from reports.choices import Product
from reports.documents.report_json import to_data
from reports.documents.report_value import Heading, Paragraph
from reports.models import Edition, EditionSection, Period
from reports.search import sections
from reports.search_values import Hit, Question
from reports.searched import EDITION_INDEXES
from tests.documents import make_report
from tests.editions import issue, make_edition, make_ready, set_issued
from tests.factories import at, make_period
from tests.pages import page, signed_in
from tests.people import Cast, standing

pytestmark = pytest.mark.django_db
BUDGET = 12
BLOCKS = (
    Heading("I.", "KẾT QUẢ VẬN ĐỘNG", 1),
    Paragraph("Đã xoá 12 nhà tạm tại xã Vân Nham."),
    Paragraph("Khối đại đoàn kết", start="Kết quả: "),
)


def paper() -> dict[str, Any]:
    """Return a short report as it is kept."""
    return to_data(replace(make_report(), subject="Dân vận khéo\nnăm 2024", blocks=BLOCKS))


@pytest.fixture
def period(cast: Cast) -> Period:
    return make_period(bodies=[cast.district])


@pytest.fixture
def issued(cast: Cast, period: Period) -> Edition:
    return set_issued(make_edition(period, cast), cast, content=paper())


@pytest.fixture
def draft(cast: Cast, period: Period) -> Edition:
    """A brief that is being written, with a section in a person's words and a draft sent to the district."""
    edition = make_edition(period, cast, kind=Product.BRIEF)
    EditionSection.objects.create(edition=edition, key="group:1", text="Riêng phần này đang viết.", is_own=True)
    sent = edition.drafts.create(number=1, content=paper(), sha256="0" * 64, sent_by=cast.reviewer, sent_at=at())
    sent.addressees.add(cast.district)
    return edition


def found(user: Any, text: str, *, together: bool = True) -> list[Hit]:
    """Return what somebody finds in the editions."""
    told = sections(Question.of(text, together=together), standing(user))
    return [hit for one in told if one.kind.name == "tong-hop" for hit in one.hits]


@pytest.mark.parametrize(
    "asked", ["nha tam", "NHÀ TẠM", "Van Nham", "ket qua van dong", "dai doan ke", "45-BC", "khéo năm"]
)
def test_an_issued_report_is_found_by_its_words_and_its_number(issued: Edition, cast: Cast, asked: str) -> None:
    (hit,) = found(cast.viewer, asked)
    assert hit.url.startswith(f"/tong-hop/bao-cao/{issued.pk}/phat-hanh/")
    assert any(is_hit for _words, is_hit in (*hit.title, *hit.text))


@pytest.mark.parametrize("asked", ["vận động Đã xoá", "Vân Nham khối", "level", "signature", "blocks"])
def test_no_phrase_runs_from_one_paragraph_into_the_next_and_no_key_is_a_word(
    issued: Edition, cast: Cast, asked: str
) -> None:
    assert not found(cast.reviewer, asked)


def test_words_of_several_paragraphs_are_found_when_they_may_stand_apart(issued: Edition, cast: Cast) -> None:
    assert found(cast.reviewer, "Vân Nham đoàn kết", together=False)


def test_a_hit_leads_to_its_paragraph(issued: Edition, cast: Cast) -> None:
    html = page(cast.reviewer, "/tim-kiem/?q=nha+tam")
    address = f"/tong-hop/bao-cao/{issued.pk}/phat-hanh/"
    assert f'href="{address}#d2"' in html and "<mark>nhà tạm</mark>" in html
    assert '<p id="d2">Đã xoá 12 nhà tạm' in page(cast.reviewer, address)


def test_a_body_finds_no_issued_report_and_only_the_drafts_sent_to_it(
    issued: Edition, draft: Edition, cast: Cast
) -> None:
    sent = draft.drafts.get()
    assert [hit.url for hit in found(cast.preparer, "nhà tạm")] == [f"/du-thao/{sent.pk}/#d2"]
    assert not found(cast.other_preparer, "nhà tạm")
    assert "tong-hop" not in page(cast.other_preparer, "/tim-kiem/?q=nha+tam")


@pytest.mark.parametrize(
    ("who", "sees"), [("viewer", False), ("preparer", False), ("reviewer", True), ("leader", True)]
)
def test_what_is_being_written_is_found_by_those_who_draw_it_up(
    draft: Edition, cast: Cast, who: str, sees: bool
) -> None:
    hits = found(getattr(cast, who), "phần này đang viết")
    assert [hit.url for hit in hits] == [f"/tong-hop/bao-cao/{draft.pk}/#section-group-1"] * sees


def test_a_draft_is_not_found_beside_the_issued_text_of_the_same_report(draft: Edition, cast: Cast) -> None:
    assert [hit.url.split("/")[1] for hit in found(cast.reviewer, "nhà tạm")] == ["du-thao"]
    set_issued(draft, cast, content=paper())
    assert [hit.url.split("/")[1] for hit in found(cast.reviewer, "nhà tạm")] == ["tong-hop"]
    assert [hit.url.split("/")[1] for hit in found(cast.preparer, "nhà tạm")] == ["du-thao"]


def test_issuing_through_its_steps_makes_the_text_findable(cast: Cast) -> None:
    edition = make_ready(cast)
    assert not found(cast.viewer, "12 hội nghị")
    issue(edition, cast)
    (hit,) = found(cast.viewer, "45-BC")
    assert str(edition.pk) in hit.url


def test_the_whole_search_stays_within_its_queries(
    issued: Edition, draft: Edition, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(cast.reviewer)
    with django_assert_max_num_queries(BUDGET):
        assert "<mark>nhà tạm</mark>" in client.get("/tim-kiem/?q=nha+tam").content.decode()


def test_an_index_made_later_knows_what_was_issued_before(issued: Edition, cast: Cast) -> None:
    connection.check_constraints()
    for index in EDITION_INDEXES:
        index.install(connection.schema_editor())
    assert found(cast.viewer, "nhà tạm")
