"""Figures of the bodies before a change, read under the one that follows, by the rule of each indicator."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from targets.aggregation import BodyFigure
from targets.choices import Measure, ObservationStatus, OverBodies
from targets.inheritance import Hindrance, inherit
from tasks.choices import Role, SuccessionKind
from tests.factories import make_body, make_indicator, make_plan
from tests.indicator_rows import observe
from tests.pages import page
from tests.people import make_cast, make_user
from tests.test_succession import follow

DAY = date(2024, 12, 31)


def figure(body: int, value: str, of: str | None = None, on: date = DAY) -> BodyFigure:
    """Return a figure of a body; `of` makes it a share."""
    parts = (Decimal(value), Decimal(of)) if of else (None, None)
    shown = Decimal(value) * 100 / Decimal(of) if of else Decimal(value)
    return BodyFigure(body, 1, on, on, Measure.LEVEL, ObservationStatus.OFFICIAL, shown, *parts)


def test_a_sum_is_added_up() -> None:
    found = inherit([figure(1, "3"), figure(2, "4")], [1, 2], OverBodies.SUM)
    assert found is not None
    assert (found.value, found.hindrance) == (Decimal(7), None)


def test_a_share_is_sum_over_sum() -> None:
    found = inherit([figure(1, "1", "10"), figure(2, "8", "10")], [1, 2], OverBodies.RATIO)
    assert found is not None
    assert (found.value, found.numerator, found.denominator) == (Decimal(45), Decimal(9), Decimal(20))


def test_a_figure_that_is_nobodys_sum_is_not_added_up() -> None:
    found = inherit([figure(1, "3"), figure(2, "4")], [1, 2], OverBodies.OFFICIAL)
    assert found is not None
    assert (found.value, found.hindrance) == (None, Hindrance.NO_RULE)
    assert inherit([figure(1, "3")], [1], OverBodies.OFFICIAL) is not None


def test_a_missing_body_is_never_taken_as_nothing() -> None:
    found = inherit([figure(1, "3")], [1, 2], OverBodies.SUM)
    assert found is not None
    assert (found.value, found.hindrance) == (None, Hindrance.INCOMPLETE)


def test_a_body_that_was_divided_is_not_comparable_with_a_part_of_it() -> None:
    found = inherit([figure(1, "3")], [1], OverBodies.SUM, divided=[1])
    assert found is not None
    assert (found.value, found.hindrance, len(found.figures)) == (None, Hindrance.DIVIDED, 1)


def test_only_figures_of_one_day_stand_together() -> None:
    found = inherit([figure(1, "3"), figure(2, "4", on=date(2023, 12, 31))], [1, 2], OverBodies.SUM)
    assert found is not None
    assert (found.day, found.hindrance) == (DAY, Hindrance.INCOMPLETE)
    assert inherit([figure(3, "3")], [1, 2], OverBodies.SUM) is None


@pytest.mark.django_db
def test_the_page_of_a_body_shows_what_those_before_it_had() -> None:
    cast, indicator = make_cast(), make_indicator(make_plan())
    merged = make_body("chung", name="Huyện uỷ chung")
    for body, value in ((cast.district, "1"), (cast.other_district, "8")):
        observe(indicator, body, 2024, value, of=10)
        follow(body, merged)
    html = page(cast.viewer, "/chi-tieu/co-quan/chung/")
    assert "45,0" in html
    assert "9 / 20" in html
    clerk = make_user("clerk", merged, Role.PREPARER)
    assert "Huyện uỷ A" in page(clerk, "/chi-tieu/co-quan/hu-a/")
    assert Client().get("/chi-tieu/co-quan/hu-a/").status_code == 302


@pytest.mark.django_db
def test_the_page_says_why_figures_of_a_divided_body_are_not_put_together() -> None:
    cast, indicator = make_cast(), make_indicator(make_plan())
    observe(indicator, cast.district, 2024, "1", of=10)
    follow(cast.district, make_body("xa-1"), make_body("xa-2"), kind=SuccessionKind.SPLIT)
    html = page(cast.viewer, "/chi-tieu/co-quan/xa-1/")
    assert "không so sánh được: cơ quan cũ đã chia cho nhiều cơ quan" in html
