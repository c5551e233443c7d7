"""The pages of a change of bodies: drawn up, looked at with its diagram, confirmed, settled and undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from reports.models import Expectation
from tasks.choices import ChangeState
from tasks.models import Body, BodyChange, Membership, Succession
from tests.factories import make_body, make_period, make_submission
from tests.pages import signed_in
from tests.people import PASSWORD, Cast, make_cast
from tests.test_handover import split
from tests.test_succession import give

BUDGET = 20
LIST = "/sap-xep-bo-may/"
Check = Callable[[Page], None]
TYPED: dict[str, Any] = {
    "title": "Hợp nhất A và B",
    "kind": "merge",
    "happened_on": "01/07/2025",
    "certainty": "published",
    "new_bodies": "Huyện uỷ chung; HU chung; HU",
    "new_kind": "district",
}


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def client(cast: Cast) -> Client:
    return signed_in(cast.administrator)


def drawn(client: Client, cast: Cast, **fields: Any) -> BodyChange:
    """Send the form that draws a change up."""
    bodies = [cast.district.pk, cast.other_district.pk]
    response = client.post(f"{LIST}lap/", TYPED | {"before": bodies} | fields)
    assert response.status_code == 302, response.content.decode()
    return BodyChange.objects.get()


def test_a_change_is_drawn_up_and_moves_nothing_yet(client: Client, cast: Cast) -> None:
    change = drawn(client, cast)
    html = client.get(f"{LIST}{change.code}/").content.decode()
    assert "Huyện uỷ A" in html
    assert "<svg" in html
    assert "Huyện uỷ chung" in html
    assert not Succession.objects.exists()
    assert Body.objects.get(code="hu-a").valid_to is None


def test_what_is_missing_is_said_and_nothing_typed_is_lost(client: Client, cast: Cast) -> None:
    response = client.post(f"{LIST}lap/", TYPED | {"happened_on": "hôm qua", "new_kind": ""})
    html = response.content.decode()
    assert response.status_code == 422
    assert "Huyện uỷ chung; HU chung; HU" in html
    assert "Chọn loại của cơ quan mới." in html
    assert not BodyChange.objects.exists()


def test_confirming_on_the_page_takes_over_what_was_chosen(client: Client, cast: Cast) -> None:
    change = drawn(client, cast)
    seat = Membership.objects.get(user=cast.preparer)
    client.post(f"{LIST}{change.code}/xac-nhan/", {f"thanh-vien-{seat.pk}": "hu-chung"})
    assert Membership.objects.get(user=cast.preparer, ends_on=None).body.name == "Huyện uỷ chung"
    assert BodyChange.objects.get().confirmed_by == cast.administrator
    assert "có hiệu lực" in client.get(f"{LIST}{change.code}/").content.decode()


def test_what_was_left_open_can_be_settled_later_and_undone_with_the_rest(client: Client, cast: Cast) -> None:
    period = make_period(bodies=[cast.district], data_to=date(2025, 12, 31))
    owed = period.expectations.get()
    make_submission(owed, cast.preparer)
    change = split()
    client.post(f"{LIST}{change.code}/xac-nhan/")
    assert Expectation.objects.get(pk=owed.pk).body == cast.district
    client.post(f"{LIST}{change.code}/chuyen/", {f"bao-cao-{owed.pk}": "xa-2"})
    assert Expectation.objects.get(pk=owed.pk).body.code == "xa-2"
    client.post(f"{LIST}{change.code}/hoan-tac/")
    assert Expectation.objects.get(pk=owed.pk).body == cast.district
    assert BodyChange.objects.get().state == ChangeState.DRAFT


def test_a_closing_report_can_be_asked_for_in_a_period_opened_later(client: Client, cast: Cast) -> None:
    change = split()
    client.post(f"{LIST}{change.code}/xac-nhan/")
    period = make_period(data_from=date(2025, 1, 1), data_to=date(2025, 12, 31))
    assert f"{period.pk}-hu-a" in client.get(f"{LIST}{change.code}/").content.decode()
    client.post(f"{LIST}{change.code}/chuyen/", {"ky": [f"{period.pk}-hu-a"]})
    assert period.expectations.get().is_closing


def test_a_draft_can_be_thrown_away_and_a_confirmed_change_cannot(client: Client, cast: Cast) -> None:
    change = drawn(client, cast)
    client.post(f"{LIST}{change.code}/xac-nhan/")
    client.post(f"{LIST}{change.code}/xoa/")
    assert BodyChange.objects.exists()
    client.post(f"{LIST}{change.code}/hoan-tac/")
    client.post(f"{LIST}{change.code}/xoa/")
    assert not BodyChange.objects.exists()


def test_the_page_says_what_becomes_of_each_assignment(client: Client, cast: Cast) -> None:
    give("IV.1b", cast.district)
    html = client.get(f"{LIST}{split().code}/").content.decode()
    assert "thường xuyên; cơ quan tiếp nhận bắt đầu từ đầu" in html


def test_the_number_of_queries_does_not_grow_with_the_change(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        make_period(bodies=[cast.district], own_title=f"Kỳ {number}", data_to=date(2025, 12, 31))
    change = split()
    for address in (LIST, f"{LIST}lap/", f"{LIST}{change.code}/"):
        with django_assert_max_num_queries(12 if address == LIST else BUDGET):
            client.get(address)
    client.post(f"{LIST}{change.code}/xac-nhan/")
    with django_assert_max_num_queries(BUDGET):
        client.get(f"{LIST}{change.code}/")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", ["page", "narrow_page"])
def test_every_page_can_be_used_by_everyone(
    request: pytest.FixtureRequest, width: str, live_server: LiveServer, axe: Check, fits: Check
) -> None:
    cast = make_cast()
    period = make_period(bodies=[make_body("hu-a"), make_body("hu-b")], data_to=date(2025, 12, 31))
    make_submission(period.expectations.get(body=cast.district), cast.preparer)
    change = split()
    page: Page = request.getfixturevalue(width)
    page.goto(f"{live_server.url}/tai-khoan/dang-nhap/?next={LIST}")
    page.get_by_label("Tên đăng nhập").fill("administrator")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(f"{live_server.url}{LIST}")
    for path in (LIST, f"{LIST}lap/", f"{LIST}{change.code}/"):
        page.goto(live_server.url + path)
        axe(page)
        fits(page)
    page.get_by_role("button", name="Xác nhận sắp xếp").click()
    axe(page)
    fits(page)
