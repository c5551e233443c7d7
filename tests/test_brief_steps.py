"""A brief on its way: what a person writes is never cut, so one that runs to a second page goes no further."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from reports.choices import Product
from reports.models import Edition
from reports.moves import StepRefused
from tests.documents import OpenedPdf
from tests.editions import issue, make_ready, signing, take
from tests.people import Cast

pytestmark = pytest.mark.django_db
LONG = "\n".join(f"- Việc thứ {number}: {'đã triển khai tới cơ sở, ' * 6}đạt kết quả." for number in range(12))
TWO_PAGES = "Bản tóm tắt dài 2 trang"


@pytest.fixture
def edition(cast: Cast) -> Edition:
    return make_ready(cast, Product.BRIEF)


def test_a_brief_is_issued_on_one_page(cast: Cast, edition: Edition) -> None:
    issued = issue(edition, cast)
    (page,) = OpenedPdf(bytes(issued.files.get(name__endswith=".pdf").content)).texts()
    assert "BÁO CÁO TÓM TẮT" in page
    assert "Người ký A" in page


def test_a_brief_of_two_pages_is_not_handed_up(client: Client, cast: Cast, edition: Edition) -> None:
    edition.sections.filter(key="headline").update(text=LONG, is_own=True)
    with pytest.raises(StepRefused, match=TWO_PAGES):
        take(edition, "hand_up", cast.reviewer)
    client.force_login(cast.reviewer)
    page = client.get(reverse("reports:edition_detail", args=[edition.pk])).content.decode()
    assert "Dài hơn một trang" in page
    assert "8 đến 12" not in page


def test_a_brief_that_its_recipients_push_to_a_second_page_is_not_issued(cast: Cast, edition: Edition) -> None:
    edition.sections.filter(key="headline").update(text="\n".join(LONG.splitlines()[:4]), is_own=True)
    take(edition, "hand_up", cast.reviewer)
    take(edition, "approve", cast.leader)
    many = tuple(f"Cơ quan {number}" for number in range(30))
    with pytest.raises(StepRefused, match=TWO_PAGES):
        take(edition, "issue", cast.reviewer, data=signing(recipients=many))
    assert take(edition, "issue", cast.reviewer, data=signing()).state == "issued"


def test_a_composer_that_saves_by_itself_hears_when_a_brief_gets_too_long(
    client: Client, cast: Cast, edition: Edition
) -> None:
    client.force_login(cast.reviewer)
    url = reverse("reports:edition_section", args=[edition.pk, "headline"])
    for text, told in (("Ngắn.", "Vừa một trang"), (LONG, "Dài hơn một trang")):
        assert told in client.post(url, {"text": text, "do": "auto", "seen": "", "row_version": "0"}).content.decode()


def test_a_brief_is_not_asked_for_an_annex(client: Client, cast: Cast, edition: Edition) -> None:
    take(edition, "hand_up", cast.reviewer)
    take(edition, "approve", cast.leader)
    client.force_login(cast.reviewer)
    assert "with_all_reports" not in client.get(reverse("reports:edition_issue", args=[edition.pk])).content.decode()
