"""The pages of groups, tasks, assignments, deadlines and cited documents: what they tell, to whom, at what cost."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tasks.choices import WorkState
from tasks.models import Assignment, Body, Plan, Task, TaskGroup
from tests.pages import everything_told, issue, page, signed_in, tell
from tests.people import Cast, make_cast
from tests.plandata import plan as plan  # noqa: PLC0414 - a fixture of the tests below

BUDGET = 12


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def chi_lang(plan: Plan) -> Body:
    return Body.objects.get(code="hu-chi-lang")


PAGES = [
    reverse("tasks:group_list"),
    reverse("tasks:group_detail", args=[2]),
    reverse("tasks:task_detail", args=["2.5"]),
    reverse("tasks:assignment_detail", args=["IV.1a"]),
    reverse("tasks:deadline_list"),
    reverse("tasks:document_list"),
    reverse("tasks:body_list"),
]


def test_the_groups_stand_with_the_number_of_bodies_in_each_state(plan: Plan, cast: Cast, chi_lang: Body) -> None:
    tell(chi_lang, WorkState.IN_DIFFICULTY, group=TaskGroup.objects.get(number=2))
    html = page(cast.reviewer, "/nhom-nhiem-vu/")
    assert html.count('class="row-link"') == 8
    assert "8 nhóm, 43 nhiệm vụ" in html
    assert "1 có khó khăn, vướng mắc" in html


def test_a_group_lists_its_tasks_and_what_the_bodies_said(plan: Plan, cast: Cast, chi_lang: Body) -> None:
    tell(chi_lang, group=TaskGroup.objects.get(number=2), text="Đã xây dựng 12 mô hình.")
    html = page(cast.reviewer, "/nhom-nhiem-vu/2/")
    assert html.count("/nhiem-vu/2.") == 14
    assert "Đã xây dựng 12 mô hình." in html
    assert 'href="/nhom-nhiem-vu/1/"' in html
    assert 'href="/nhom-nhiem-vu/3/"' in html


def test_a_task_stands_in_the_words_of_the_plan_with_what_it_cites(plan: Plan, cast: Cast) -> None:
    html = page(cast.reviewer, "/nhiem-vu/3.1/")
    assert "Lãnh đạo, chỉ đạo thực hiện có hiệu quả công tác xây dựng, chỉnh đốn Đảng" in html
    assert 'href="/van-ban-vien-dan/#' in html
    assert 'id="doan-FN1"' in html
    assert "đề xuất, chờ xác nhận" in html


def test_a_task_says_which_assignments_cover_it(plan: Plan, cast: Cast) -> None:
    link = Task.objects.get(code="1.1").assignment_links.select_related("assignment")[0]
    assert link.assignment.title in page(cast.reviewer, "/nhiem-vu/1.1/")


def test_a_task_without_reports_says_so(plan: Plan, cast: Cast) -> None:
    assert "Chưa có địa phương, cơ quan, đơn vị nào báo cáo nội dung này." in page(cast.reviewer, "/nhiem-vu/1.1/")


def test_a_district_reads_its_own_word_and_only_counts_of_the_others(plan: Plan, cast: Cast, chi_lang: Body) -> None:
    task = Task.objects.get(code="1.1")
    tell(cast.district, task=task, text="Lời của huyện A.")
    tell(cast.other_district, task=task, text="Lời của huyện B.")
    html = page(cast.preparer, "/nhiem-vu/1.1/")
    assert "Lời của huyện A." in html
    assert "Lời của huyện B." not in html
    assert "<b>2</b> đang triển khai" in html
    assert "Lời của huyện B." in page(cast.viewer, "/nhiem-vu/1.1/")


def test_the_source_of_a_word_leads_to_the_report(plan: Plan, cast: Cast, chi_lang: Body) -> None:
    tell(chi_lang, task=Task.objects.get(code="1.1"), source="submission:7")
    assert f'href="{reverse("reports:report_read", args=[7])}"' in page(cast.reviewer, "/nhiem-vu/1.1/")


def test_the_assignment_counts_who_has_issued_a_plan(plan: Plan, cast: Cast, chi_lang: Body) -> None:
    issue(chi_lang, Assignment.objects.get(code="IV.1a"))
    html = page(cast.reviewer, "/nhiem-vu-duoc-giao/IV.1a/")
    assert "hạn trong quý II/2024 (30/6/2024)" in html
    assert "1/25 đã ban hành chương trình, kế hoạch" in html
    assert "12-KH/hu-chi-lang" in html
    assert "các huyện ủy" in html


def test_a_body_outside_reads_the_assignment_but_not_where_others_stand(plan: Plan, cast: Cast, chi_lang: Body) -> None:
    issue(chi_lang, Assignment.objects.get(code="IV.1a"))
    html = page(cast.preparer, "/nhiem-vu-duoc-giao/IV.1a/")
    assert "12-KH/hu-chi-lang" not in html
    assert "không chủ trì nhiệm vụ này" in html


def test_the_deadlines_stand_overdue_first_and_can_be_narrowed(plan: Plan, cast: Cast, chi_lang: Body) -> None:
    issue(chi_lang, Assignment.objects.get(code="IV.1a"))
    html = page(cast.reviewer, "/thoi-han/")
    assert "khi Trung ương chỉ đạo" in html
    assert html.index("status--overdue") < html.index("status--done")
    late = page(cast.reviewer, "/thoi-han/?loc=qua-han")
    assert late.count("status--overdue") == 24
    assert "status--done" not in late


def test_a_choice_that_does_not_exist_shows_everything(plan: Plan, cast: Cast) -> None:
    assert page(cast.reviewer, "/thoi-han/?loc=khong-co").count("status--overdue") == 25


def test_the_cited_documents_lead_back_to_the_places_that_cite_them(plan: Plan, cast: Cast) -> None:
    html = page(cast.viewer, "/van-ban-vien-dan/")
    assert "32 văn bản có số, ký hiệu, 10 văn bản không ghi số" in html
    assert 'href="/ke-hoach/#doan-' in html


@pytest.mark.parametrize("url", PAGES)
def test_a_portal_without_a_plan_answers_404_or_says_that_it_is_empty(url: str, cast: Cast) -> None:
    expected = 200 if url == reverse("tasks:body_list") else 404
    assert signed_in(cast.reviewer).get(url).status_code == expected


@pytest.mark.parametrize("url", ["/nhom-nhiem-vu/99/", "/nhiem-vu/9.99/", "/nhiem-vu-duoc-giao/V.1/"])
def test_what_the_plan_does_not_have_is_not_found(url: str, plan: Plan, cast: Cast) -> None:
    assert signed_in(cast.reviewer).get(url).status_code == 404


@pytest.mark.parametrize("url", PAGES)
def test_the_number_of_queries_does_not_grow_with_the_data(
    url: str, plan: Plan, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    everything_told(list(Body.objects.filter(code__startswith="hu-")))
    client = signed_in(cast.reviewer)
    client.get(url)
    with django_assert_max_num_queries(BUDGET):
        assert client.get(url).status_code == 200


def test_only_an_administrator_enters_the_number_and_the_date(plan: Plan, cast: Cast) -> None:
    for user in (cast.preparer, cast.reviewer, cast.leader, cast.viewer):
        assert signed_in(user).get("/ke-hoach/so-ngay/").status_code == 403
    client = signed_in(cast.administrator)
    answer = client.post("/ke-hoach/so-ngay/", {"symbol": " 128-KH/TU ", "issued_on": "5/4/2024"})
    assert answer.status_code == 302
    plan.refresh_from_db()
    assert (plan.symbol, f"{plan.issued_on:%Y-%m-%d}") == ("128-KH/TU", "2024-04-05")


@pytest.mark.parametrize("day", ["", "31/2/2024", "mai"])
def test_a_day_that_is_none_is_refused_with_a_sentence(day: str, plan: Plan, cast: Cast) -> None:
    answer = signed_in(cast.administrator).post("/ke-hoach/so-ngay/", {"symbol": "128-KH/TU", "issued_on": day})
    assert answer.status_code == 200
    assert "alert--error" in answer.content.decode()
    plan.refresh_from_db()
    assert plan.symbol == ""
