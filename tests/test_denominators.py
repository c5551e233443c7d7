"""The official denominators: 181, 175 and 61 communes, each on its own days, beside what the bodies make."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from targets.choices import OverBodies
from targets.denominators import official_on
from targets.models import Denominator, Indicator
from tasks.models import Plan
from tests.factories import make_indicator, make_plan
from tests.indicator_rows import observe
from tests.pages import page
from tests.people import make_cast
from tests.plandata import plan as plan  # noqa: PLC0414 - a fixture of the tests below

NUMBERS = (
    (date(2024, 11, 30), 181),
    (date(2024, 12, 1), 175),
    (date(2025, 6, 30), 175),
    (date(2025, 7, 1), 61),
    (date(2030, 12, 31), 61),
)


@pytest.mark.parametrize(("day", "number"), NUMBERS)
def test_the_number_of_communes_is_read_at_the_reference_date(day: date, number: int, plan: Plan) -> None:
    for code in ("T4.1", "T4.2"):
        found = official_on(Indicator.objects.get(code=code), day)
        assert found is not None
        assert (found.value, found.source != "") == (Decimal(number), True)


@pytest.mark.django_db
def test_an_indicator_without_a_list_has_none() -> None:
    assert official_on(make_indicator(make_plan()), date(2024, 1, 1)) is None


@pytest.mark.django_db
@pytest.mark.parametrize(("of", "is_told"), [(100, True), (175, False)])
def test_the_page_says_where_the_bodies_make_another_denominator(of: int, is_told: bool) -> None:
    cast, indicator = make_cast(), make_indicator(make_plan(), over_bodies=OverBodies.RATIO)
    Denominator.objects.create(indicator=indicator, value=175, valid_from=date(2024, 12, 1), source="NQ 1246")
    observe(indicator, cast.district, 2024, "40", of=of)
    html = page(cast.viewer, f"/chi-tieu/{indicator.code}/")
    assert "NQ 1246" in html
    assert ("cần kiểm tra lại" in html) == is_told
