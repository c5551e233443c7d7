"""Numbers of rows as nobody sends them by hand: digits that are none, and more digits than Python reads."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from plan_tracker.lib.numbers import row_number
from tests.access_world import World, make_world

pytestmark = pytest.mark.django_db
ODD = ["²", "9" * 5000, "٣", "-1", "1" * 19]


@pytest.fixture
def world() -> World:
    """The people and the rows that the tables of access speak of."""
    return make_world()


def client_of(world: World, role: str) -> Client:
    """Return the browser of one of them."""
    client = Client()
    client.force_login(world.people[role])
    return client


@pytest.mark.parametrize("text", ODD)
def test_an_odd_number_is_none(text: str) -> None:
    assert row_number(text) is None
    assert row_number("0042") == 42


@pytest.mark.parametrize("odd", ODD)
def test_no_page_falls_over_an_odd_number(world: World, odd: str) -> None:
    draft, period, edition = (world.rows[name].pk for name in ("draft", "draft_period", "edition"))
    reviewer, preparer = client_of(world, "reviewer"), client_of(world, "preparer")
    asked: list[tuple[Client, str, dict[str, Any]]] = [
        (reviewer, reverse("reports:period_remind", args=[period]), {"body": odd}),
        (preparer, reverse("reports:notice_list"), {"notice": odd}),
        (preparer, reverse("reports:report_group", args=[draft, 1]), {f"remark-{odd}": "Trả lời", "text": "x"}),
        (reviewer, reverse("targets:figures_by_year", args=[2025]), {"seen-T1.1": odd}),
        (
            reviewer,
            reverse("reports:edition_section", args=[edition, "group:1"]),
            {"row_version": odd},
        ),
    ]
    for client, address, form in asked:
        assert client.post(address, form).status_code < 500
    assert reviewer.get(reverse("targets:figures_by_year", args=[2025]), {"nam": odd}).status_code < 500
