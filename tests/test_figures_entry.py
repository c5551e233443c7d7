"""The pages where the province's staff enter figures: who may, what is understood, what is refused and by which box."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from plan_tracker.accounts.models import User
from targets.choices import Evaluation, Measure, ObservationStatus, OverBodies
from targets.models import Indicator, IndicatorReporter, Observation
from tasks.choices import BodyKind, Role
from tests.factories import make_body, make_indicator, make_plan
from tests.indicator_rows import observe
from tests.people import Cast, make_user

pytestmark = pytest.mark.django_db
SHEET = "/chi-tieu/T4.1/nhap/?nam=2023"
YEAR = "/chi-tieu/nhap/2023/"
SOURCE = {"source": "Quyết định số 83/QĐ-UBND", "published_on": "15/01/2024"}


@pytest.fixture(autouse=True)
def communes(cast: Cast) -> Indicator:
    """A share that districts supply."""
    indicator = make_indicator(make_plan(), "T4.1")
    IndicatorReporter.objects.create(code="r", indicator=indicator, body_kind=BodyKind.DISTRICT, channel="area")
    return indicator


@pytest.fixture
def households(cast: Cast) -> Indicator:
    """A whole number of the province."""
    return make_indicator(make_plan(), "T3.3", unit="hộ", decimals=0, over_bodies=OverBodies.SUM)


def signed_in(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


@pytest.mark.parametrize("address", [SHEET, YEAR])
def test_only_the_staff_of_the_province_enters_figures(client: Client, cast: Cast, address: str) -> None:
    assert client.get(address).status_code == 302
    for user in (cast.preparer, cast.sender, cast.leader, cast.viewer):
        signed_in(client, user)
        assert (client.get(address).status_code, client.post(address).status_code) == (403, 403)
    for user in (cast.reviewer, cast.administrator):
        assert signed_in(client, user).get(address).status_code == 200


def test_unknown_codes_and_years_are_not_found(client: Client, cast: Cast) -> None:
    signed_in(client, cast.reviewer)
    make_indicator(make_plan(), "T5.1", evaluation=Evaluation.QUALITATIVE)
    for address in ("/chi-tieu/T9.9/nhap/", "/chi-tieu/T5.1/nhap/", "/chi-tieu/nhap/1900/", "/chi-tieu/T9.9/lich-su/"):
        assert client.get(address).status_code == 404
    assert client.get(f"{YEAR}?nam=2024").headers["Location"].startswith("/chi-tieu/nhap/2024/")
    assert 'name="value-tinh"' not in client.get("/chi-tieu/T4.1/nhap/?nam=x").content.decode()


def test_figures_of_all_bodies_are_saved_at_once(client: Client, cast: Cast) -> None:
    typed = {"numerator-hu-a": "1.240", "denominator-hu-a": "2480", "numerator-hu-b": "3", "denominator-hu-b": "4"}
    answer = signed_in(client, cast.reviewer).post(SHEET, {**SOURCE, "value-tinh": "72,5%", **typed})
    assert answer.status_code == 302
    rows = {row.body.code: row for row in Observation.objects.select_related("body")}
    assert {code: row.value for code, row in rows.items()} == {
        "tinh": Decimal("72.5"),
        "hu-a": Decimal(50),
        "hu-b": Decimal(75),
    }
    assert rows["tinh"].published_on == date(2024, 1, 15)
    assert (rows["hu-a"].covers_from, rows["hu-a"].covers_to) == (date(2023, 1, 1), date(2023, 12, 31))
    assert (rows["hu-a"].status, rows["hu-a"].recorded_by) == (ObservationStatus.OFFICIAL, cast.reviewer)
    assert "3 số liệu" in client.get(SHEET).content.decode()


@pytest.mark.parametrize(
    "text", ["0.123", "1.234", "72.5", "7,25", "12a", "½", "1,2,3", "=1+1", "-5", "150", "1.23.4", "nhiều"]
)
def test_a_number_that_is_not_clear_is_refused_at_its_box_and_nothing_is_lost(
    client: Client, cast: Cast, text: str
) -> None:
    typed = {"value-tinh": text, "numerator-hu-a": "3", "denominator-hu-a": "4"}
    answer = signed_in(client, cast.reviewer).post(SHEET, {**SOURCE, **typed})
    page = answer.content.decode()
    assert (answer.status_code, Observation.objects.count()) == (422, 0)
    assert '<a href="#value-tinh">Tỉnh – ' in page and 'id="value-tinh_error"' in page
    for name, kept in typed.items():
        assert re.search(rf'name="{name}" value="{re.escape(kept)}"', page)
    assert SOURCE["source"] in page


def test_all_boxes_that_are_wrong_are_named_together(client: Client, cast: Cast) -> None:
    typed = {"value-tinh": "0.123", "numerator-hu-a": "5", "denominator-hu-a": "4", "numerator-hu-b": "x"}
    page = signed_in(client, cast.reviewer).post(SHEET, {**SOURCE, **typed}).content.decode()
    assert [f'href="#{name}"' in page for name in ("value-tinh", "numerator-hu-a", "numerator-hu-b")] == [True] * 3


def test_a_missing_source_and_a_wrong_day_are_said_once(client: Client, cast: Cast) -> None:
    typed = {"value-tinh": "5", "numerator-hu-a": "3", "denominator-hu-a": "4"}
    page = signed_in(client, cast.reviewer).post(SHEET, typed).content.decode()
    assert page.count('href="#source"') == 1
    page = client.post(SHEET, {**SOURCE, **typed, "published_on": "31/02/2024"}).content.decode()
    assert page.count('href="#published_on"') == 1
    assert Observation.objects.count() == 0


def test_an_empty_sheet_says_so(client: Client, cast: Cast) -> None:
    assert signed_in(client, cast.reviewer).post(SHEET, SOURCE).status_code == 422


def test_a_restatement_asks_why_and_shows_in_the_history(client: Client, cast: Cast, communes: Indicator) -> None:
    stands = observe(communes, make_plan().province, 2023, "70", covers_from=date(2023, 1, 1))
    signed_in(client, cast.reviewer)
    assert f'name="seen-tinh" value="{stands.pk}"' in client.get(SHEET).content.decode()
    typed = {"value-tinh": "71", "seen-tinh": str(stands.pk)}
    assert 'href="#reason-tinh"' in client.post(SHEET, {**SOURCE, **typed}).content.decode()
    assert client.post(SHEET, {**SOURCE, **typed, "reason-tinh": "Rà soát lại"}).status_code == 302
    page = client.get("/chi-tieu/T4.1/lich-su/").content.decode()
    assert "<del>70,0</del>" in page and "Rà soát lại" in page and "Reviewer" in page


def test_who_comes_second_is_told_and_the_first_figure_stays(client: Client, cast: Cast, communes: Indicator) -> None:
    observe(communes, make_plan().province, 2023, "70", covers_from=date(2023, 1, 1), recorded_by=cast.second_reviewer)
    answer = signed_in(client, cast.reviewer).post(SHEET, {**SOURCE, "value-tinh": "71", "reason-tinh": "x"})
    assert answer.status_code == 422
    assert "Second Reviewer" in answer.content.decode()
    assert Observation.objects.current().get().value == 70


def test_figures_of_other_statuses_stand_beside(client: Client, cast: Cast, communes: Indicator) -> None:
    window = {"covers_from": date(2022, 12, 15), "covers_to": date(2023, 12, 14)}
    observe(communes, cast.district, 2023, "6", of=10, status=ObservationStatus.REPORTED, **window)
    page = signed_in(client, cast.reviewer).get(SHEET).content.decode()
    assert "theo báo cáo: 60,0%" in page


def test_the_province_figures_of_a_year(client: Client, cast: Cast, households: Indicator) -> None:
    typed = {"value-T3.3": "1.240", "source-T3.3": "Niên giám", "value-T4.1": "72,5"}
    assert signed_in(client, cast.reviewer).post(YEAR, {**SOURCE, **typed}).status_code == 302
    rows = {row.indicator.code: row for row in Observation.objects.select_related("indicator")}
    assert (rows["T3.3"].value, rows["T3.3"].source) == (Decimal(1240), "Niên giám")
    assert (rows["T4.1"].source, rows["T4.1"].published_on) == (SOURCE["source"], date(2024, 1, 15))


def test_growth_is_asked_for_a_year_its_part_or_several_years(client: Client, cast: Cast) -> None:
    make_indicator(make_plan(), "T2.1", over_bodies=OverBodies.OFFICIAL, evaluation=Evaluation.AVERAGE_OVER_WINDOW)
    base = "/chi-tieu/T2.1/nhap/?nam=2025&tinh_chat=estimate"
    signed_in(client, cast.reviewer)
    for rest, value in (
        ("&loai=annual_rate", "8"),
        ("&loai=year_to_date&ky=6-thang", "8,4"),
        ("&loai=multi_year_average&tu_nam=2021", "7,1"),
    ):
        assert client.post(base + rest, {**SOURCE, "value-tinh": value, "published_on": ""}).status_code == 302
    spans = set(Observation.objects.values_list("measure", "covers_from", "covers_to"))
    assert spans == {
        (Measure.ANNUAL_RATE.value, date(2025, 1, 1), date(2025, 12, 31)),
        (Measure.YEAR_TO_DATE.value, date(2025, 1, 1), date(2025, 6, 30)),
        (Measure.MULTI_YEAR_AVERAGE.value, date(2021, 1, 1), date(2025, 12, 31)),
    }
    page = client.get(f"{base}&loai=multi_year_average").content.decode()
    assert "errorlist" in page and 'name="value-tinh"' not in page


def test_a_demonstration_account_enters_demonstration_figures_only(client: Client, cast: Cast) -> None:
    demo = make_user("demo", cast.committee, Role.REVIEWER, is_demo=True)
    assert signed_in(client, demo).post(SHEET, {**SOURCE, "value-tinh": "5"}).status_code == 302
    assert Observation.objects.get().is_demo
    assert ">5,0" not in signed_in(client, cast.reviewer).get(SHEET).content.decode()


@pytest.mark.parametrize("address", [SHEET, YEAR, "/chi-tieu/T4.1/lich-su/"])
def test_a_sheet_takes_the_same_queries_however_much_there_is(
    client: Client, cast: Cast, communes: Indicator, address: str
) -> None:
    signed_in(client, cast.reviewer).get(address)
    counts = []
    for size in (1, 5):
        for number in range(size):
            body = make_body(f"hu-{size}-{number}")
            observe(communes, body, 2023, "5", of=10, covers_from=date(2023, 1, 1), recorded_by=cast.reviewer)
            make_indicator(make_plan(), f"T{size}.{number + 2}", over_bodies=OverBodies.OFFICIAL)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_a_district_reads_only_its_own_history(client: Client, cast: Cast, communes: Indicator) -> None:
    observe(communes, cast.district, 2023, "6", of=10, source="Nguồn của A")
    observe(communes, cast.other_district, 2023, "6", of=10, source="Nguồn của B")
    page = signed_in(client, cast.preparer).get("/chi-tieu/T4.1/lich-su/").content.decode()
    assert "Nguồn của A" in page and "Nguồn của B" not in page and "/nhap/" not in page
