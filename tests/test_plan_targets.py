"""The plan's own targets as they are loaded, before and after the definitions that ended in 2025."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from targets.choices import Measure, ObservationStatus, Verdict
from targets.explanations import explain
from targets.goals import Reason
from targets.models import Definition, Indicator, Observation
from tasks.models import Body, Plan
from tests.indicator_rows import observe, opinion, row_on
from tests.people import make_user
from tests.plandata import load_plan

pytestmark = pytest.mark.django_db
IN_2024, TODAY = date(2024, 12, 1), date(2026, 11, 23)
SEVEN = [f"T6.{number}" for number in range(1, 8)]


@pytest.fixture
def ended(plan: Plan) -> Plan:
    """The plan with the definitions that ended in 2025."""
    load_plan("--later", "definition_ends_2025")
    return plan


def indicator(code: str) -> Indicator:
    return Indicator.objects.get(code=code)


def put(plan: Plan, code: str, year: int, value: str, **fields: object) -> Observation:
    """Add a figure of the province."""
    return observe(indicator(code), plan.province, year, value, **fields)


def notes(code: str, on: date) -> str:
    """Return what “Vì sao?” notes."""
    return " ".join(explain(row_on(code, on).finding, "vi").notes)


def test_growth_of_7_1_needs_8_9_a_year(ended: Plan) -> None:
    found = row_on("T2.1", TODAY)
    assert (found.finding.value, found.verdict) == (Decimal("7.1"), Verdict.AT_RISK)
    assert "bình quân 8,9%/năm" in notes("T2.1", TODAY)
    assert [point.measure for point in found.finding.used] == [Measure.MULTI_YEAR_AVERAGE]


def test_gdp_per_head_is_half_of_the_way_it_should_have_gone(ended: Plan) -> None:
    finding = row_on("T2.2", TODAY).finding
    assert (finding.value, finding.verdict) == (Decimal("71.1"), Verdict.OFF_TRACK)
    assert finding.ratio is not None and finding.goal is not None
    # “About 150” is reached at 145: (71,1 − 44,2) ÷ half of (145 − 44,2).
    assert finding.ratio.quantize(Decimal("0.001")) == Decimal("0.534")


def test_poverty_fell_by_1_04_points_and_the_estimate_is_not_mixed_in(ended: Plan) -> None:
    found = row_on("T3.1", TODAY)
    assert (found.finding.value, found.verdict, found.finding.year) == (Decimal("1.04"), Verdict.MISSED, 2025)
    assert found.value == "1,04 điểm phần trăm"
    assert [(year.year, year.reason) for year in found.finding.years] == [(2024, Reason.GAP), (2025, None)]


def test_the_poverty_line_of_2027_is_a_break(ended: Plan) -> None:
    poverty = indicator("T3.1")
    old, new = poverty.definitions.order_by("version")
    put(ended, "T3.1", 2026, "1.5", definition=old)
    put(ended, "T3.1", 2027, "9.2", definition=new)
    found = row_on("T3.1", date(2028, 2, 1))
    assert (found.verdict, found.finding.reason) == (Verdict.NOT_DUE, Reason.BEFORE_FIRST_DUE)
    put(ended, "T3.1", 2028, "6.9", definition=new)
    found = row_on("T3.1", date(2029, 2, 1))
    assert (found.finding.value, found.verdict) == (Decimal("2.3"), Verdict.ACHIEVED)
    assert [(year.year, year.reason) for year in found.finding.years] == [(2027, Reason.BREAK), (2028, None)]


def test_below_the_cut_there_is_no_room_left(ended: Plan) -> None:
    put(ended, "T3.1", 2026, "0.4", definition=indicator("T3.1").definitions.get(version=1))
    with_room = row_on("T3.1", date(2026, 12, 31))
    assert not with_room.finding.no_room
    # 2.32 at the end of 2025 still leaves room for a cut of two points; 0.4 at the end of 2026 does not.
    Definition.objects.filter(indicator__code="T3.1", version=1).update(valid_to=None)
    Definition.objects.filter(indicator__code="T3.1", version=2).update(valid_from=date(2029, 1, 1))
    put(ended, "T3.1", 2027, "0.1", definition=indicator("T3.1").definitions.get(version=1))
    found = row_on("T3.1", date(2028, 2, 1))
    assert (found.verdict, found.finding.no_room) == (Verdict.MISSED, True)
    assert "không còn dư địa" in notes("T3.1", date(2028, 2, 1)).lower()


@pytest.mark.parametrize("code", ["T3.2", "T4.3"])
def test_the_districts_are_gone_and_nothing_is_left_to_measure(ended: Plan, code: str) -> None:
    put(ended, code, 2024, "1")
    assert row_on(code, date(2025, 6, 30)).verdict != Verdict.NO_OBJECT
    found = row_on(code, date(2025, 7, 1))
    assert (found.verdict, found.since, found.value[:1]) == (Verdict.NO_OBJECT, date(2025, 7, 1), "1")


def test_before_they_were_gone_the_districts_were_judged(plan: Plan) -> None:
    assert row_on("T3.2", IN_2024).finding.reason == Reason.NO_FIGURE
    put(plan, "T3.2", 2024, "0", on=date(2024, 6, 30))
    assert row_on("T3.2", IN_2024).verdict == Verdict.ACHIEVED
    put(plan, "T4.3", 2024, "3", on=date(2024, 6, 30))
    assert row_on("T4.3", IN_2024).verdict == Verdict.ACHIEVED


def test_eighty_per_cent_of_communes_over_the_districts_of_the_day(plan: Plan) -> None:
    districts = list(Body.objects.filter(kind="district").order_by("order"))
    for place, district in enumerate(districts[:9]):
        observe(
            indicator("T4.1"),
            district,
            2023,
            str(8 + place),
            of=18,
            on=date(2024, 6, 14),
            status=ObservationStatus.REPORTED,
        )
    found = row_on("T4.1", IN_2024)
    assert found.coverage == "09/11"
    # Σ numerators ÷ Σ denominators of the nine that reported.
    assert found.finding.value == Decimal(sum(range(8, 17))) * 100 / (18 * 9)
    assert found.finding.reason == Reason.NO_BASELINE


def test_the_share_of_better_communes_states_its_base(client: Client, plan: Plan) -> None:
    client.force_login(make_user("viewer", Body.objects.get(code="btv-tinh-uy"), "viewer"))  # type: ignore[arg-type]
    page = client.get("/chi-tieu/T4.2/").content.decode()
    assert "Tạm tính trên tổng số xã" in page
    assert "cũng có thể hiểu là trên số xã đã đạt chuẩn nông thôn mới" in page


def test_there_is_no_separate_standard_for_better_communes_any_more(ended: Plan) -> None:
    assert row_on("T4.2", date(2026, 2, 14)).verdict == Verdict.NO_DATA
    assert row_on("T4.2", date(2026, 2, 15)).verdict == Verdict.NO_OBJECT


@pytest.mark.parametrize("code", SEVEN)
def test_90_0_is_not_more_than_90_in_any_of_the_seven_populations(plan: Plan, code: str) -> None:
    put(plan, code, 2024, "90.0")
    put(plan, code, 2025, "90.1")
    years = row_on(code, TODAY).finding.years
    assert [(year.year, year.verdict) for year in years] == [(2024, Verdict.MISSED), (2025, Verdict.ACHIEVED)]


@pytest.mark.parametrize("code", ["T1.1", "T7.1"])
def test_a_hundred_per_cent_in_every_year(plan: Plan, code: str) -> None:
    put(plan, code, 2024, "99.9")
    put(plan, code, 2025, "100")
    years = row_on(code, TODAY).finding.years
    assert [(year.year, year.verdict) for year in years] == [(2024, Verdict.MISSED), (2025, Verdict.ACHIEVED)]


@pytest.mark.parametrize("code", ["T0.1", "T0.2"])
def test_a_place_among_the_first_five(plan: Plan, code: str) -> None:
    put(plan, code, 2025, "6")
    assert row_on(code, TODAY).verdict == Verdict.AT_RISK
    put(plan, code, 2025, "5", on=date(2026, 6, 30))
    assert row_on(code, TODAY).verdict == Verdict.ACHIEVED


def test_party_building_is_judged_by_a_person(plan: Plan) -> None:
    assert row_on("T5.1", TODAY).finding.reason == Reason.NOT_JUDGED
    leader = make_user("leader", Body.objects.get(code="ban-dan-van"), "leader")  # type: ignore[arg-type]
    opinion(indicator("T5.1"), leader, Verdict.ON_TRACK, date(2026, 1, 10), expires_on=date(2026, 12, 31))
    assert row_on("T5.1", TODAY).verdict == Verdict.ON_TRACK
    assert row_on("T5.1", date(2027, 1, 1)).finding.reason == Reason.NOT_JUDGED
