"""An indicator by body and a body by indicator: bars, map, who is missing; both pages agree to the last digit."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from plan_tracker.accounts.models import User
from targets.aggregation import unrounded
from targets.board import indicators_of, limits, row_of
from targets.body_figures import body_rows, read_known
from targets.by_body import by_body
from targets.choices import ObservationStatus, Verdict
from targets.models import Indicator
from targets.records import Record, read
from targets.tilemap import PLACES
from tasks.choices import Role
from tasks.models import Body, Plan
from tests.indicator_rows import observe
from tests.people import make_user

pytestmark = pytest.mark.django_db
ON, LAST = date(2026, 3, 1), date(2025, 12, 14)
SVG_TEXT = re.compile(r'<g class="tile tone-(\w+)"><title>([^<]*)</title>')


@pytest.fixture
def districts(plan: Plan) -> list[Body]:
    return list(Body.objects.filter(kind="district").order_by("order"))


@pytest.fixture
def reviewer(plan: Plan) -> User:
    return make_user("reviewer", Body.objects.get(code="ban-dan-van"), Role.REVIEWER)


def indicator(code: str) -> Indicator:
    return Indicator.objects.get(code=code)


def report(code: str, body: Body, part: int, whole: int, day: date = LAST) -> None:
    """Add what a district's report says: the stored share is cut to four places."""
    share = (Decimal(part) * 100 / whole).quantize(Decimal("0.0001"))
    observe(
        indicator(code), body, day.year, str(part), on=day, of=whole, value=share, status=ObservationStatus.REPORTED
    )


def record(code: str) -> Record:
    return read(indicators_of(None).filter(code=code), up_to=ON)[0][0]


def test_every_district_of_the_plan_has_a_tile_of_its_own(districts: list[Body]) -> None:
    assert {body.code for body in districts} == set(PLACES)
    assert len(set(PLACES.values())) == 11


def test_bodies_are_sorted_and_the_missing_ones_named(districts: list[Body]) -> None:
    for place, body in enumerate(districts[:9]):
        report("T6.1", body, 20 + place, 30)
    found = by_body(record("T6.1"), ON, "vi", named=None, limits=limits())
    assert found is not None and found.map is not None
    assert [line.parts for line in found.lines][:2] == ["28 / 30", "27 / 30"]
    assert (found.coverage, [body.code for body in found.missing]) == (
        "09/11",
        [body.code for body in districts[9:]],
    )
    assert [(slug, number) for slug, _word, number in found.counts] == [("achieved", 1), ("missed", 8)]
    assert len(found.map.tiles) == 11


def test_the_map_says_with_colour_shape_and_word(client: Client, districts: list[Body], reviewer: User) -> None:
    report("T6.1", districts[0], 30, 30)
    report("T6.1", districts[1], 27, 30)
    client.force_login(reviewer)
    page = client.get("/chi-tieu/T6.1/").content.decode()
    tiles = {words: tone for tone, words in SVG_TEXT.findall(page)}
    assert tiles["Huyện uỷ Tràng Định: 100,0% · đạt"] == "good"
    assert tiles["Huyện uỷ Bình Gia: 90,0% · không đạt"] == "bad"
    assert tiles["Huyện uỷ Đình Lập: chưa có số liệu"] == "none"
    # The same in the table, for whoever does not see the map.
    assert page.count("Huyện uỷ Đình Lập") >= 2


def test_a_body_and_the_province_agree_to_the_last_digit(districts: list[Body]) -> None:
    """One body of three is 33,333… %: the page of the body, the bar and the province say the same."""
    for body in districts[1:]:
        body.valid_to = date(2025, 6, 30)
        body.save()
    report("T6.1", districts[0], 1, 3)
    own = next(row for row in body_rows(read_known(ON), districts[0], ON, "vi") if row.indicator.code == "T6.1")
    found = by_body(record("T6.1"), ON, "vi", named=None, limits=limits())
    assert found is not None
    assert own.value == found.lines[0].value == found.whole == own.whole == row_of(record("T6.1"), ON, "vi").value
    assert record("T6.1").points_of(districts[0].pk)[0].value == Decimal(100) / 3


def test_the_parts_on_the_pages_of_the_bodies_make_the_figure_of_the_province(districts: list[Body]) -> None:
    for place, body in enumerate(districts):
        report("T4.1", body, 3 + place, 7 + 3 * place)
    top = bottom = 0
    for body in districts:
        own = next(row for row in body_rows(read_known(ON), body, ON, "vi") if row.indicator.code == "T4.1")
        one, other = own.parts.split(" / ")
        top, bottom = top + int(one), bottom + int(other)
        assert own.coverage == "11/11"
    assert row_of(record("T4.1"), ON, "vi").finding.value == Decimal(top) * 100 / bottom


def test_90_00001_of_a_hundred_is_more_than_90(districts: list[Body]) -> None:
    """The stored share is cut to 90,0000; the parts say that it is more."""
    report("T6.2", districts[0], 900001, 1000000)
    assert record("T6.2").points_of(districts[0].pk)[0].value > 90
    found = by_body(record("T6.2"), ON, "vi", named=None, limits=limits())
    assert found is not None and found.lines[0].slug == "achieved"


def test_a_published_figure_stays_as_it_was_rounded() -> None:
    assert unrounded(Decimal("2.32"), Decimal(4643), Decimal(199765)) == Decimal("2.32")
    assert unrounded(Decimal("33.3333"), Decimal(1), Decimal(3)) == Decimal(100) / 3
    assert unrounded(Decimal(5), Decimal(1), None) == Decimal(5)


def test_what_all_bodies_make_together_is_no_goal_of_one(districts: list[Body]) -> None:
    for body in districts:
        observe(indicator("T3.3"), body, 2025, "2", on=LAST, status=ObservationStatus.REPORTED)
    found = by_body(record("T3.3"), ON, "vi", named=None, limits=limits())
    assert found is not None
    assert (found.whole, {line.slug for line in found.lines}) == ("22 xã", {""})
    own = next(row for row in body_rows(read_known(ON), districts[0], ON, "vi") if row.indicator.code == "T3.3")
    assert (own.slug, own.goal) == ("", "")


def test_a_change_is_not_computed_between_two_different_sets_of_bodies(districts: list[Body]) -> None:
    for body in districts[:9]:
        report("T3.1", body, 12, 100, date(2024, 12, 14))
    for body in districts[1:]:
        report("T3.1", body, 6, 100)
    Indicator.objects.get(code="T3.1").observations.filter(body__kind="province").delete()
    found = row_of(record("T3.1"), ON, "vi")
    assert (found.verdict, found.coverage) == (Verdict.NO_DATA, "10/11")


@pytest.mark.parametrize("role", [Role.PREPARER, Role.SENDER])
def test_a_district_reads_its_own_page_and_no_other(client: Client, districts: list[Body], role: Role) -> None:
    report("T6.1", districts[0], 28, 30)
    client.force_login(make_user("clerk", districts[0], role))
    page = client.get(f"/chi-tieu/co-quan/{districts[0].code}/")
    assert "93,33%" in page.content.decode()
    assert client.get(f"/chi-tieu/co-quan/{districts[1].code}/").status_code == 404
    own = client.get("/chi-tieu/T6.1/").content.decode()
    assert 'class="tile' not in own and "Bình Gia" not in own


def test_the_pages_take_the_same_queries_however_many_figures(
    client: Client, districts: list[Body], reviewer: User
) -> None:
    client.force_login(reviewer)
    addresses = ("/chi-tieu/", "/chi-tieu/T6.1/", f"/chi-tieu/co-quan/{districts[0].code}/")
    counts: list[list[int]] = []
    for bodies in (districts[:1], districts[1:]):
        for body in bodies:
            report("T6.1", body, 28, 30, timezone.localdate().replace(month=1, day=1))
        found = []
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            found.append(len(queries))
        counts.append(found)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 12
