"""The board of indicators and the page of one: what they show, to whom, in how many queries."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from targets.board import Row, build_board, row_of
from targets.choices import Direction, Evaluation, GoalRule, ObservationStatus, OverBodies, Verdict
from targets.models import Definition, Indicator, IndicatorReporter
from targets.records import read
from tasks.choices import BodyKind
from tests.factories import make_body, make_indicator, make_plan
from tests.indicator_rows import aim, observe, opinion
from tests.people import Cast

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 1)
BOARD = "/chi-tieu/"


@pytest.fixture
def communes(cast: Cast) -> Indicator:
    """80 % of communes, reported by the districts, from 20 % at the end of 2020."""
    indicator = make_indicator(make_plan(), "T4.1")
    aim(indicator, GoalRule.AT_LEAST, "80", baseline_value=20, baseline_on=date(2020, 12, 31))
    IndicatorReporter.objects.create(code="r", indicator=indicator, body_kind=BodyKind.DISTRICT, channel="area")
    return indicator


def row(indicator: Indicator, on: date = ON) -> Row:
    """Return the indicator's row of the board."""
    return next(found for found in build_board(on, "vi").rows if found.indicator.pk == indicator.pk)


def sign_in(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


def test_the_districts_make_the_figure_of_the_province(cast: Cast, communes: Indicator) -> None:
    observe(communes, cast.district, 2025, "10", of=10, status=ObservationStatus.REPORTED)
    observe(communes, cast.other_district, 2025, "1", of=90, status=ObservationStatus.REPORTED)
    found = row(communes)
    assert found.finding.value == Decimal(11)
    assert found.coverage == "02/02"
    assert found.verdict == Verdict.OFF_TRACK


def test_a_district_that_did_not_report_is_missing_and_not_nothing(cast: Cast, communes: Indicator) -> None:
    observe(communes, cast.district, 2025, "6", of=10, status=ObservationStatus.REPORTED)
    found = row(communes)
    assert (found.finding.value, found.coverage) == (Decimal(60), "01/02")


def test_what_a_part_reported_never_replaces_the_published_figure(cast: Cast, communes: Indicator) -> None:
    observe(communes, make_plan().province, 2024, "55")
    observe(communes, cast.district, 2025, "9", of=10, status=ObservationStatus.REPORTED)
    assert row(communes).value == "55,0%"


def test_a_district_that_ended_before_the_day_is_not_expected(cast: Cast, communes: Indicator) -> None:
    cast.other_district.valid_to = date(2025, 6, 30)
    cast.other_district.save()
    observe(communes, cast.district, 2025, "6", of=10, status=ObservationStatus.REPORTED)
    assert row(communes).coverage == "01/01"


def test_demonstration_and_real_figures_never_stand_in_one_series(communes: Indicator) -> None:
    province = make_plan().province
    observe(communes, province, 2024, "30", is_demo=True)
    assert row(communes).record.is_demo
    observe(communes, province, 2023, "40")
    found = row(communes)
    assert not found.record.is_demo
    assert found.value == "40,0%"
    real, demo = read([communes], up_to=ON)[0]
    assert demo is not None
    assert ([figure.value for figure in real.figures], [figure.value for figure in demo.figures]) == (
        [Decimal(40)],
        [Decimal(30)],
    )
    assert row_of(demo, ON, "vi").value == "30,0%"


def test_since_when_a_verdict_holds(communes: Indicator) -> None:
    province = make_plan().province
    for year, value in ((2022, "21"), (2023, "85"), (2024, "90")):
        observe(communes, province, year, value, published_on=date(year + 1, 2, 1))
    found = row(communes)
    assert (found.verdict, found.since) == (Verdict.ACHIEVED, date(2024, 2, 1))


def test_a_definition_that_ended_without_object(communes: Indicator) -> None:
    Definition.objects.filter(indicator=communes).update(valid_to=date(2025, 6, 30), ends_without_object=True)
    assert row(communes, date(2025, 6, 30)).verdict == Verdict.NO_DATA
    found = row(communes)
    assert (found.verdict, found.since) == (Verdict.NO_OBJECT, date(2025, 7, 1))


def test_a_new_definition_breaks_the_series(cast: Cast) -> None:
    poverty = make_indicator(
        make_plan(), "T3.1", direction=Direction.DOWN, evaluation=Evaluation.ANNUAL_CHANGE, decimals=2
    )
    aim(poverty, GoalRule.BETWEEN, "2", high=3, starts_on=date(2024, 1, 1))
    province = make_plan().province
    observe(poverty, province, 2024, "3.36")
    observe(poverty, province, 2025, "2.32")
    assert row(poverty).value == "1,04 điểm phần trăm"
    Definition.objects.create(indicator=poverty, version=2, valid_from=date(2026, 1, 1), text="Chuẩn nghèo mới")
    observe(poverty, province, 2026, "9.2")
    found = row(poverty, date(2027, 3, 1))
    assert (found.verdict, found.finding.reason) == (Verdict.NO_DATA, "break")


def test_a_judgement_of_a_person_counts_until_it_expires(cast: Cast, communes: Indicator) -> None:
    opinion(communes, cast.leader, Verdict.AT_RISK, date(2026, 1, 1), expires_on=date(2026, 6, 30))
    assert row(communes).verdict == Verdict.AT_RISK
    assert row(communes, date(2026, 7, 1)).verdict == Verdict.NO_DATA


def fill(cast: Cast, communes: Indicator, districts: int, years: int) -> None:
    """Add so many districts with figures of so many years."""
    for number in range(districts):
        body = make_body(f"hu-{districts}-{number}")
        for year in range(2025 - years, 2025):
            observe(communes, body, year, "5", of=10 + number, status=ObservationStatus.REPORTED)


@pytest.mark.parametrize("address", [BOARD, f"{BOARD}T4.1/"])
def test_a_page_takes_the_same_queries_however_much_there_is(
    client: Client, cast: Cast, communes: Indicator, address: str
) -> None:
    sign_in(client, cast.reviewer).get(address)
    counts = []
    for size in (1, 6):
        fill(cast, communes, districts=size, years=size)
        make_indicator(make_plan(), f"T{size}.9", over_bodies=OverBodies.OFFICIAL)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_a_district_reads_the_province_and_its_own_figures_only(
    client: Client, cast: Cast, communes: Indicator
) -> None:
    observe(communes, cast.district, 2025, "3", of=11, status=ObservationStatus.REPORTED, source="Báo cáo của A")
    observe(communes, cast.other_district, 2025, "5", of=13, status=ObservationStatus.REPORTED, source="Báo cáo của B")
    address = reverse("targets:indicator_detail", args=["T4.1"])
    page = sign_in(client, cast.preparer).get(address).content.decode()
    assert "Báo cáo của A" in page and "Huyện uỷ A" in page
    assert "Báo cáo của B" not in page and "Huyện uỷ B" not in page
    assert "02/02" in page
    page = sign_in(client, cast.viewer).get(address).content.decode()
    assert "Báo cáo của A" in page and "Báo cáo của B" in page


def test_the_page_shows_why_and_the_drawing(client: Client, cast: Cast, communes: Indicator) -> None:
    for year, value in ((2021, "30"), (2022, "35"), (2023, "45"), (2024, "50")):
        observe(communes, make_plan().province, year, value)
    page = sign_in(client, cast.leader).get(f"{BOARD}T4.1/").content.decode()
    assert "Vì sao?" in page
    assert "(50,0 − 20,0)" in page
    assert 'class="outlook-band"' in page and 'class="goal"' in page and 'class="today"' in page
    assert "style=" not in page and "<script>" not in page


def test_the_two_series_are_offered_as_tabs(client: Client, cast: Cast, communes: Indicator) -> None:
    observe(communes, make_plan().province, 2024, "30", is_demo=True)
    observe(communes, make_plan().province, 2023, "41")
    address = f"{BOARD}T4.1/"
    assert "41,0%" in sign_in(client, cast.leader).get(address).content.decode()
    page = client.get(f"{address}?so-lieu=minh-hoa").content.decode()
    assert "30,0%" in page and "41,0%" not in page
    assert client.get(f"{address}?so-lieu=x").status_code == 200


def test_an_unknown_code_is_not_found_and_strangers_sign_in(client: Client, cast: Cast) -> None:
    assert client.get(BOARD).status_code == 302
    assert sign_in(client, cast.viewer).get(f"{BOARD}T9.9/").status_code == 404
    assert client.post(BOARD).status_code == 405


def test_an_empty_board_says_why(client: Client, cast: Cast) -> None:
    make_plan()
    assert "Chưa có chỉ tiêu" in sign_in(client, cast.viewer).get(BOARD).content.decode()


def test_the_word_of_a_figure_out_of_date(client: Client, cast: Cast, communes: Indicator) -> None:
    observe(communes, make_plan().province, timezone.localdate().year - 4, "30")
    assert "số liệu chưa cập nhật" in sign_in(client, cast.viewer).get(BOARD).content.decode()
