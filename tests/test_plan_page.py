"""The plan read as a document: its text, what stands in the margin, links both ways, weight and cost."""

from __future__ import annotations

import gzip
import re
from datetime import date
from typing import Any

import pytest

from targets.choices import Measure, ObservationStatus
from targets.models import Indicator, Observation
from tasks.choices import WorkState
from tasks.models import Assignment, Body, Passage, Plan, Task, TaskGroup
from tests.factories import make_plan
from tests.pages import everything_told, issue, page, signed_in, tell
from tests.people import Cast, make_cast
from tests.plandata import plan as plan  # noqa: PLC0414 - a fixture of the tests below

ADDRESS = "/ke-hoach/"
BUDGET = 12
KILOBYTES = 40


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def margin_of(html: str, code: str) -> str:
    """Return what stands beside a passage."""
    section = html.split(f'id="doan-{code}"')[1].split("</section>", maxsplit=1)[0]
    return section.partition("<aside")[2]


def test_every_passage_of_the_plan_is_on_the_page_with_an_address(plan: Plan, cast: Cast) -> None:
    html = page(cast.preparer, ADDRESS)
    missing = [code for code in Passage.objects.values_list("code", flat=True) if f'id="doan-{code}"' not in html]
    assert missing == []
    assert "Tổ chức bộ máy theo thời điểm ban hành kế hoạch (2024)" in html


def test_italics_stand_as_the_plan_has_them(plan: Plan, cast: Cast) -> None:
    html = page(cast.preparer, ADDRESS)
    assert "(<em>hoàn thành trong quý II/2024</em>)" in html
    assert "(<em>khi Trung ương chỉ đạo</em>)" in html


def test_the_outline_leads_to_headings_that_are_there(plan: Plan, cast: Cast) -> None:
    html = page(cast.preparer, ADDRESS)
    outline = html.split('<nav class="outline"')[1].split("</nav>")[0]
    anchors = re.findall(r'href="#([^"]+)"', outline)
    assert len(anchors) == 17
    assert all(f'id="{anchor}"' in html for anchor in anchors)
    assert "1. Tuyên truyền, nâng cao nhận thức" in outline


def test_footnotes_are_linked_both_ways(plan: Plan, cast: Cast) -> None:
    html = page(cast.preparer, ADDRESS)
    for number in (1, 2, 3):
        mark, note = f"doan-FN{number}-dau", f"doan-FN{number}"
        assert f'id="{mark}" href="#{note}"' in html
        assert f'id="{note}"' in html
        assert f'href="#{mark}"' in html


def test_each_cited_document_leads_to_the_list_of_them(plan: Plan, cast: Cast) -> None:
    html = page(cast.preparer, ADDRESS)
    codes = set(re.findall(r'class="cite" href="/van-ban-vien-dan/#([^"]+)"', html))
    listed = page(cast.preparer, "/van-ban-vien-dan/")
    assert len(codes) == 42
    assert all(f'id="{code}"' in listed for code in codes)


def test_the_margin_of_a_task_shows_how_many_bodies_stand_where(plan: Plan, cast: Cast) -> None:
    task = Task.objects.select_related("passage").get(code="2.5")
    tell(Body.objects.get(code="hu-chi-lang"), WorkState.IN_DIFFICULTY, task=task)
    margin = margin_of(page(cast.viewer, ADDRESS), task.passage.code)
    assert "/nhiem-vu/2.5/" in margin
    assert "<b>1</b> có khó khăn, vướng mắc" in margin


def test_the_margin_of_a_group_stands_at_its_heading(plan: Plan, cast: Cast) -> None:
    group = TaskGroup.objects.select_related("heading").get(number=3)
    tell(Body.objects.get(code="hu-chi-lang"), WorkState.WITH_RESULTS, group=group)
    margin = margin_of(page(cast.viewer, ADDRESS), group.heading.code)
    assert "/nhom-nhiem-vu/3/" in margin
    assert "<b>1</b> triển khai có kết quả" in margin


def test_the_margin_of_section_four_counts_the_plans_issued(plan: Plan, cast: Cast) -> None:
    item = Assignment.objects.select_related("passage").get(code="IV.1a")
    for body in Body.objects.filter(code__startswith="hu-"):
        if not body.code.endswith(("-a", "-b")):
            issue(body, item, on=date(2024, 6, 20))
    margin = margin_of(page(cast.viewer, ADDRESS), item.passage.code)
    assert "10/25 đã ban hành chương trình, kế hoạch · hạn trong quý II/2024 (30/6/2024)" in margin
    assert "thường xuyên" in margin


def test_the_margin_of_a_target_shows_verdict_and_figure(plan: Plan, cast: Cast) -> None:
    html = page(cast.viewer, ADDRESS)
    margin = html.split("/chi-tieu/T2.1/")[1].split("</p>")[0]
    assert 'class="status' in margin
    assert html.count('href="/chi-tieu/') >= 20


def test_a_demonstration_figure_in_the_margin_is_marked(plan: Plan, cast: Cast) -> None:
    indicator = Indicator.objects.get(code="T4.1")
    Observation.objects.create(
        indicator=indicator,
        definition=indicator.definitions.get(),
        body=plan.province,
        covers_from=date(2023, 1, 1),
        covers_to=date(2023, 12, 31),
        measure=Measure.LEVEL,
        value=50,
        status=ObservationStatus.OFFICIAL,
        source="Minh hoạ",
        is_demo=True,
    )
    margin = margin_of(page(cast.preparer, ADDRESS), "II.2.T4")
    assert "50,0%" in margin
    assert "tag--demo" in margin
    assert "tag--demo" not in margin_of(page(cast.preparer, ADDRESS), "II.2.T2")


def test_only_the_administrator_is_told_that_number_and_date_are_missing(plan: Plan, cast: Cast) -> None:
    warning = 'href="/ke-hoach/so-ngay/"'
    assert warning in page(cast.administrator, ADDRESS)
    assert warning not in page(cast.reviewer, ADDRESS)
    Plan.objects.update(symbol="128-KH/TU", issued_on=date(2024, 4, 5))
    html = page(cast.administrator, ADDRESS)
    assert warning not in html
    assert "Số 128-KH/TU, ngày 05/04/2024" in html


def test_the_whole_plan_weighs_less_than_forty_kilobytes(plan: Plan, cast: Cast) -> None:
    everything_told(list(Body.objects.filter(code__startswith="hu-")))
    assert len(gzip.compress(page(cast.reviewer, ADDRESS).encode())) < KILOBYTES * 1024


def test_the_number_of_queries_does_not_grow_with_the_data(
    plan: Plan, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(cast.reviewer)
    client.get(ADDRESS)
    with django_assert_max_num_queries(BUDGET) as before:
        client.get(ADDRESS)
    everything_told(list(Body.objects.filter(code__startswith="hu-")))
    with django_assert_max_num_queries(len(before)):
        client.get(ADDRESS)


def test_a_plan_without_text_says_so(db: None) -> None:
    make_plan()
    assert "Chưa nạp toàn văn kế hoạch." in page(make_cast().viewer, ADDRESS)
