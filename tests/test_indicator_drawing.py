"""What the page of an indicator draws and keeps: breaks, milestones, weaker figures, bands, restated figures."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.test import Client

from plan_tracker.lib.dates import ZONE
from targets.board import indicators_of
from targets.choices import Evaluation, GoalRule, ObservationStatus
from targets.drawing import Chart
from targets.models import Definition, Indicator, Milestone
from targets.pages import build_page
from tests.factories import make_indicator, make_plan
from tests.indicator_rows import aim, observe
from tests.people import Cast

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 1)


@pytest.fixture
def communes(cast: Cast) -> Indicator:
    """About 80 % of communes, from 20 % at the end of 2020."""
    found = make_indicator(make_plan(), "T4.1", over_bodies="provincial_figure")
    aim(found, GoalRule.ABOUT, "80", tolerance=2, baseline_value=20, baseline_on=date(2020, 12, 31))
    return found


def chart(code: str = "T4.1") -> Chart:
    page = build_page(indicators_of(None).get(code=code), ON, "vi", demo=None, bodies=None)
    assert page.chart is not None
    return page.chart


def fill(indicator: Indicator, **years: str) -> None:
    for year, value in years.items():
        observe(indicator, make_plan().province, int(year[1:]), value)


def test_a_break_is_a_gap_with_a_note(communes: Indicator) -> None:
    fill(communes, y2022="30", y2023="35")
    Definition.objects.create(indicator=communes, version=2, valid_from=date(2024, 1, 1), text="Chuẩn mới")
    fill(communes, y2024="22", y2025="25")
    drawn = chart()
    assert [line.points.count(",") for line in drawn.lines if line.kind == "series"] == [2, 2]
    assert [label.text for label in drawn.breaks] == ["thay đổi phương pháp tính"]
    assert "thay đổi phương pháp tính" in drawn.description


def test_milestones_bend_the_planned_path_and_are_marked(communes: Indicator) -> None:
    goal = communes.goals.get()
    for year, value in ((2025, 40), (2028, 70)):
        Milestone.objects.create(goal=goal, body=make_plan().province, year=year, value=value)
    fill(communes, y2025="38")
    drawn = chart()
    assert [mark.title for mark in drawn.milestones] == ["kế hoạch năm 2025: 40,0", "kế hoạch năm 2028: 70,0"]
    path = next(line for line in drawn.lines if line.kind == "goal")
    assert path.points.count(",") == 4


def test_the_tolerance_of_about_is_a_band(communes: Indicator) -> None:
    fill(communes, y2025="38")
    assert len(chart().bands) == 1
    communes.goals.update(tolerance=0)
    assert chart().bands == ()


def test_a_weaker_figure_stands_beside_the_line_and_never_on_it(communes: Indicator) -> None:
    fill(communes, y2024="35", y2025="38")
    observe(communes, make_plan().province, 2025, "45", on=date(2025, 12, 14), status=ObservationStatus.ESTIMATE)
    drawn = chart()
    assert [line.points.count(",") for line in drawn.lines if line.kind == "series"] == [2]
    open_marks = [mark.title for mark in drawn.marks if mark.is_open]
    assert open_marks == ["14/12/2025: 45,0 % (ước thực hiện)"]


def test_the_outlook_has_a_band_and_is_said_in_words(communes: Indicator) -> None:
    fill(communes, y2022="30", y2023="35", y2024="45", y2025="50")
    drawn = chart()
    assert len(drawn.wedges) == 1
    assert [line.kind for line in drawn.lines].count("outlook") == 1
    assert re.search(r"triển vọng \d+,\d, trong khoảng \d+,\d đến \d+,\d", drawn.description)


def test_the_drawing_has_a_title_a_description_and_a_table(client: Client, cast: Cast, communes: Indicator) -> None:
    fill(communes, y2024="35", y2025="38")
    client.force_login(cast.viewer)
    page = client.get("/chi-tieu/T4.1/").content.decode()
    assert 'aria-labelledby="chart-title chart-desc"' in page
    assert "31/12/2024: 35,0% (chính thức)" in page
    assert "Các số liệu trên biểu đồ" in page
    # On a telephone the columns follow each other as written: the reasons first.
    assert page.index("Vì sao?") < page.index('class="chart-frame"') < page.index("Các số liệu trên biểu đồ")


def test_a_restated_figure_keeps_the_old_one_with_who_when_and_why(
    client: Client, cast: Cast, communes: Indicator
) -> None:
    moment = datetime(2026, 2, 1, 9, 30, tzinfo=ZONE)
    old = observe(communes, make_plan().province, 2025, "38", withdrawn_at=moment)
    observe(
        communes,
        make_plan().province,
        2025,
        "36.5",
        supersedes=old,
        recorded_by=cast.reviewer,
        recorded_at=moment,
        reason="Rà soát lại 02 xã.",
    )
    client.force_login(cast.viewer)
    page = client.get("/chi-tieu/T4.1/").content.decode()
    assert "<del>38,0</del>" in page
    assert "thay bằng 36,5 ngày 01/02/2026" in page and "thay cho số 38,0" in page
    assert "nhập: Reviewer, 09:30 01/02/2026" in page
    assert "Lý do: Rà soát lại 02 xã." in page


def test_the_years_of_an_earlier_definition_stay_on_the_page(cast: Cast) -> None:
    poverty = make_indicator(make_plan(), "T3.1", evaluation=Evaluation.ANNUAL_CHANGE, direction="down", decimals=2)
    aim(poverty, GoalRule.BETWEEN, "2", high=Decimal(3), starts_on=date(2023, 1, 1))
    old = poverty.definitions.get()
    old.valid_to = date(2024, 12, 31)
    old.save()
    fill(poverty, y2022="9", y2023="6", y2024="5")
    new = Definition.objects.create(indicator=poverty, version=2, valid_from=date(2025, 1, 1), text="Chuẩn mới")
    aim(
        poverty,
        GoalRule.BETWEEN,
        "2",
        high=Decimal(3),
        starts_on=date(2025, 1, 1),
        definition=new,
        valid_from=date(2025, 1, 1),
    )
    fill(poverty, y2025="12")
    page = build_page(indicators_of(None).get(code="T3.1"), ON, "vi", demo=None, bodies=None)
    assert [(year, str(verdict)) for year, verdict, _value, _reason in page.years] == [
        (2023, "achieved"),
        (2024, "missed"),
        (2025, "no_data"),
    ]


def test_the_board_can_be_narrowed(client: Client, cast: Cast, communes: Indicator) -> None:
    make_indicator(make_plan(), "T2.1", over_bodies="provincial_figure")
    fill(communes, y2025="79")
    client.force_login(cast.viewer)
    page = client.get("/chi-tieu/?danh-gia=achieved").content.decode()
    assert "/chi-tieu/T4.1/" in page and "/chi-tieu/T2.1/" not in page
    page = client.get("/chi-tieu/?muc-tieu=T2").content.decode()
    assert "/chi-tieu/T2.1/" in page and "/chi-tieu/T4.1/" not in page
    page = client.get("/chi-tieu/?muc-tieu=T2&danh-gia=achieved").content.decode()
    assert "Không có chỉ tiêu phù hợp" in page
    assert client.get("/chi-tieu/?muc-tieu=<x>").status_code == 200
