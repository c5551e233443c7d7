"""The bodies: the list in the official order with its search, and the page of each with what it may show to whom."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from reports.choices import SubmissionState
from tasks.choices import WorkState
from tasks.models import Assignment, Body, BodyContact, BodyName, Inspection, Plan, Task, TaskGroup
from tests.factories import make_period, make_submission
from tests.pages import everything_told, issue, page, signed_in, tell
from tests.people import Cast, make_cast
from tests.plandata import plan as plan  # noqa: PLC0414 - a fixture of the tests below

BUDGET = 12
LIST = "/co-quan/"
CHI_LANG = "/co-quan/hu-chi-lang/"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def test_the_bodies_stand_in_the_official_order_under_their_kinds(plan: Plan, cast: Cast) -> None:
    html = page(cast.viewer, LIST)
    places = [html.index(f"/co-quan/{code}/") for code in ("hu-trang-dinh", "hu-chi-lang", "thanh-uy-lang-son")]
    assert places == sorted(places)
    assert '<option value="district">' in html


@pytest.mark.parametrize("words", ["chi lang", "CHI LĂNG", "lăng chi"])
def test_a_name_is_found_without_diacritics_and_in_any_order(words: str, plan: Plan, cast: Cast) -> None:
    html = signed_in(cast.viewer).get(LIST, {"q": words}).content.decode()
    assert CHI_LANG in html
    assert "/co-quan/hu-binh-gia/" not in html


def test_a_former_name_is_found_too(plan: Plan, cast: Cast) -> None:
    body = Body.objects.get(code="hu-chi-lang")
    BodyName.objects.create(body=body, name="Huyện uỷ Ôn Châu", short_name="Ôn Châu", valid_to=date(1964, 1, 1))
    assert CHI_LANG in signed_in(cast.viewer).get(LIST, {"q": "on chau"}).content.decode()


def test_a_search_without_a_result_says_what_to_do(plan: Plan, cast: Cast) -> None:
    html = signed_in(cast.viewer).get(LIST, {"q": "không có nơi này"}).content.decode()
    assert "Không có địa phương, cơ quan, đơn vị nào có tên như vậy." in html


def test_the_list_can_be_narrowed_to_one_kind(plan: Plan, cast: Cast) -> None:
    html = signed_in(cast.viewer).get(LIST, {"kind": "subordinate"}).content.decode()
    assert "/co-quan/dang-uy-quan-su/" in html
    assert CHI_LANG not in html


def test_a_body_shows_what_it_is_and_how_that_is_known(plan: Plan, cast: Cast) -> None:
    body = Body.objects.get(code="mttq-tinh")
    BodyContact.objects.create(body=body, label="Văn phòng", phone="0205 3812 345")
    html = page(cast.preparer, "/co-quan/mttq-tinh/")
    assert "0205 3812 345" in html
    assert body.source in html
    assert "/co-quan/dang-doan-mttq/" in html


def test_a_body_shows_assignments_progress_register_inspections_and_reports(plan: Plan, cast: Cast) -> None:
    body = Body.objects.get(code="hu-chi-lang")
    tell(body, WorkState.WITH_RESULTS, group=TaskGroup.objects.get(number=1), text="Đã tổ chức 06 hội nghị.")
    tell(body, WorkState.DOING, task=Task.objects.get(code="1.1"), text="Đã quán triệt.")
    issue(body, Assignment.objects.get(code="IV.1a"), title="Kế hoạch của Huyện uỷ")
    Inspection.objects.create(plan=plan, body=body, team="Đoàn số 1", inspected_on=date(2024, 9, 1), findings="Tốt.")
    period = make_period(plan, bodies=[body])
    make_submission(period.expectations.get(), cast.reviewer, SubmissionState.ACCEPTED)
    html = page(cast.reviewer, CHI_LANG)
    for words in ("Đã tổ chức 06 hội nghị.", "Đã quán triệt.", "Kế hoạch của Huyện uỷ", "Đoàn số 1", "status--done"):
        assert words in html
    assert "status--accepted" in html


def test_another_body_reads_the_assignments_but_not_what_was_reported(plan: Plan, cast: Cast) -> None:
    body = Body.objects.get(code="hu-chi-lang")
    tell(body, group=TaskGroup.objects.get(number=1), text="Đã tổ chức 06 hội nghị.")
    issue(body, Assignment.objects.get(code="IV.1a"), title="Kế hoạch của Huyện uỷ")
    html = page(cast.preparer, CHI_LANG)
    assert "hạn trong quý II/2024 (30/6/2024)" in html
    assert "Đã tổ chức 06 hội nghị." not in html
    assert "Kế hoạch của Huyện uỷ" not in html
    assert "status--done" not in html
    # Without the answers nobody can say that something is late.
    assert "quá hạn" not in html


def test_a_viewer_reads_what_was_accepted_and_no_draft(plan: Plan, cast: Cast) -> None:
    body = Body.objects.get(code="hu-chi-lang")
    make_submission(make_period(plan, bodies=[body]).expectations.get(), cast.reviewer, SubmissionState.DRAFT)
    assert "status--draft" in page(cast.reviewer, CHI_LANG)
    html = page(cast.viewer, CHI_LANG)
    assert "status--draft" not in html
    assert "Chưa có báo cáo nào mà đồng chí được đọc." in html


def test_an_empty_body_says_what_will_stand_there(plan: Plan, cast: Cast) -> None:
    html = page(cast.reviewer, CHI_LANG)
    assert "Chưa ghi văn bản nào." in html
    assert "Chưa nhập thông tin liên hệ của cơ quan." in html


def test_a_body_that_does_not_exist_is_not_found(plan: Plan, cast: Cast) -> None:
    assert signed_in(cast.reviewer).get("/co-quan/khong-co/").status_code == 404


@pytest.mark.parametrize("person", ["reviewer", "viewer", "preparer", "administrator"])
def test_the_number_of_queries_does_not_grow_with_the_data(
    person: str, plan: Plan, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    everything_told(list(Body.objects.filter(code__startswith="hu-")))
    client = signed_in(getattr(cast, person))
    client.get(CHI_LANG)
    with django_assert_max_num_queries(BUDGET):
        assert client.get(CHI_LANG).status_code == 200
