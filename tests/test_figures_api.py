"""What other systems read by token: the shape that stays, who gets nothing, and what never appears."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from targets.choices import GoalRule, Measure
from targets.models import ApiToken, Indicator
from tests.factories import at, make_body, make_indicator, make_plan
from tests.indicator_rows import aim, observe
from tests.pages import signed_in
from tests.people import Cast

pytestmark = pytest.mark.django_db
BOARD, SERIES = "/chi-tieu/api/v1/bang/", "/chi-tieu/api/v1/so-lieu/T4.1/"
TOKENS = "/quan-tri/targets/apitoken/"


@pytest.fixture
def token(cast: Cast) -> str:
    return ApiToken(name="Kho dữ liệu", created_by=cast.administrator).give(at=at())


@pytest.fixture(autouse=True)
def share(cast: Cast) -> Indicator:
    """A public indicator with one figure of the province and one of a district, and a second one that is not public."""
    share = make_indicator(make_plan(), "T4.1", is_public=True)
    aim(share, GoalRule.AT_LEAST, "80", baseline_value=20, baseline_on=date(2020, 12, 31))
    span = {"covers_from": date(2023, 1, 1), "published_on": date(2024, 1, 15)}
    observe(share, make_plan().province, 2023, "72.5", **span)
    observe(share, cast.district, 2023, "3", of=4, **span)
    observe(share, make_plan().province, 2022, "60", withdrawn_at=at())
    make_indicator(make_plan(), "T4.2")
    return share


def get(address: str, token: str) -> Any:
    """Ask as another system does: without an account."""
    return Client().get(address, headers={"Authorization": f"Bearer {token}"})


def test_the_shape_of_the_board(token: str) -> None:
    answer = get(BOARD, token)
    assert answer.headers["Content-Type"] == "application/json"
    told = answer.json()
    assert (told["version"], told["as_of"]) == (1, timezone.localdate().isoformat())
    assert told["plan"] == {"code": "ke-hoach", "title": "Kế hoạch thử nghiệm"}
    assert told["indicators"] == [
        {
            "code": "T4.1",
            "title": "Chỉ tiêu T4.1",
            "unit": "%",
            "decimals": 1,
            "target": {"code": "T4", "title": "T4"},
            "goal": "đến năm 2030: ít nhất 80%",
            "is_demo": False,
            "latest": {
                "body": {"code": "tinh", "name": "Tỉnh"},
                "covers_from": "2023-01-01",
                "covers_to": "2023-12-31",
                "measure": "level",
                "status": "official",
                "value": "72.5",
                "source": "Nguồn thử",
                "published_on": "2024-01-15",
                "is_demo": False,
            },
        }
    ]


def test_the_shape_of_a_series(token: str) -> None:
    told = get(SERIES, token).json()
    assert list(told) == ["version", "plan", "indicator", "figures"]
    assert told["indicator"]["code"] == "T4.1"
    assert {(row["body"]["code"], row["value"]) for row in told["figures"]} == {("tinh", "72.5"), ("hu-a", "75")}
    assert next(row for row in told["figures"] if row["body"]["code"] == "hu-a") == {
        "body": {"code": "hu-a", "name": "Huyện uỷ A"},
        "covers_from": "2023-01-01",
        "covers_to": "2023-12-31",
        "measure": Measure.LEVEL.value,
        "status": "official",
        "value": "75",
        "numerator": "3",
        "denominator": "4",
        "definition": 1,
        "source": "Nguồn thử",
        "published_on": "2024-01-15",
        "is_demo": False,
    }


def test_without_a_valid_token_there_is_nothing(cast: Cast, token: str) -> None:
    for headers, code in (
        ({}, "no_token"),
        ({"Authorization": "Basic eDp5"}, "wrong_scheme"),
        ({"Authorization": "Bearer "}, "unknown_token"),
        ({"Authorization": f"Bearer {token}x"}, "unknown_token"),
    ):
        for client in (Client(), signed_in(cast.administrator)):
            answer = client.get(BOARD, headers=headers)
            assert (answer.status_code, answer.json()["error"]) == (401, code)
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_revoked_token_gives_nothing_any_more(cast: Cast, token: str) -> None:
    assert get(BOARD, token).status_code == 200
    chosen = {"action": "revoke", "_selected_action": str(ApiToken.objects.get().pk)}
    signed_in(cast.administrator).post(TOKENS, chosen)
    assert ApiToken.objects.valid().count() == 0
    for address in (BOARD, SERIES):
        answer = get(address, token)
        assert (answer.status_code, answer.json()["error"]) == (401, "revoked_token")


def test_only_public_indicators_are_given(token: str, share: Indicator) -> None:
    answer = get("/chi-tieu/api/v1/so-lieu/T4.2/", token)
    assert (answer.status_code, answer.json()["error"]) == (403, "not_public")
    answer = get("/chi-tieu/api/v1/so-lieu/T9.9/", token)
    assert (answer.status_code, answer.json()["error"]) == (404, "unknown_indicator")
    Indicator.objects.update(is_public=False)
    assert get(BOARD, token).json()["indicators"] == []


def test_demonstration_figures_appear_only_where_they_are_asked_for(token: str) -> None:
    shown = make_indicator(make_plan(), "T4.3", is_public=True)
    aim(shown, GoalRule.AT_LEAST, "80", baseline_value=20, baseline_on=date(2020, 12, 31))
    observe(shown, make_plan().province, 2023, "55", is_demo=True)
    address = "/chi-tieu/api/v1/so-lieu/T4.3/"
    assert get(address, token).json()["figures"] == []
    assert get(BOARD, token).json()["indicators"][1]["latest"] is None
    told = get(f"{address}?demo=1", token).json()["figures"]
    assert [(row["value"], row["is_demo"]) for row in told] == [("55", True)]
    told = get(f"{BOARD}?demo=1", token).json()["indicators"]
    assert [(row["is_demo"], row["latest"]["is_demo"]) for row in told] == [(False, False), (True, True)]


def test_a_token_opens_no_page_and_no_page_opens_the_interface(cast: Cast, token: str) -> None:
    assert get("/chi-tieu/", token).status_code == 302
    assert get("/chi-tieu/T4.1/so-lieu.csv", token).status_code == 302
    assert Client().post(BOARD).status_code == 405
    assert get(BOARD, token).cookies == {}


def test_a_token_is_shown_once_and_kept_as_a_hash(cast: Cast) -> None:
    client = signed_in(cast.administrator)
    answer = client.post(f"{TOKENS}add/", {"name": "Cục Thống kê"})
    page = answer.content.decode()
    found = re.search(r"<code>([\w-]{40,})</code>", page)
    assert found is not None
    assert "no-store" in answer.headers["Cache-Control"]
    row = ApiToken.objects.get(name="Cục Thống kê")
    assert (row.created_by, row.start) == (cast.administrator, found[1][:6])
    assert found[1] not in str(row.__dict__) and found[1] not in client.get(TOKENS).content.decode()
    assert get(BOARD, found[1]).status_code == 200
    assert ApiToken.objects.get(pk=row.pk).last_used_on == timezone.localdate()


def test_a_client_has_one_token_at_a_time(cast: Cast, token: str) -> None:
    page = signed_in(cast.administrator).post(f"{TOKENS}add/", {"name": "Kho dữ liệu"}).content.decode()
    assert "đã có mã truy cập" in page
    assert ApiToken.objects.count() == 1


def test_only_the_administrator_gives_tokens(cast: Cast) -> None:
    for user in (cast.reviewer, cast.leader, cast.viewer, cast.preparer):
        assert signed_in(user).get(TOKENS).status_code == 404


def test_the_guide_names_addresses_codes_and_public_indicators(cast: Cast) -> None:
    page = signed_in(cast.viewer).get("/chi-tieu/api/").content.decode()
    assert BOARD in page and "multi_year_average" in page and "T4.1 Chỉ tiêu T4.1" in page and "T4.2" not in page
    assert Client().get("/chi-tieu/api/").status_code == 302


@pytest.mark.parametrize("address", [BOARD, SERIES])
def test_an_answer_takes_the_same_queries_however_much_there_is(token: str, share: Indicator, address: str) -> None:
    get(address, token)
    counts = []
    for size in (1, 5):
        for number in range(size):
            observe(share, make_body(f"hu-{size}-{number}"), 2023, "5", of=10)
            make_indicator(make_plan(), f"T{size}.{number + 4}", is_public=True)
        with CaptureQueriesContext(connection) as queries:
            assert get(address, token).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12
