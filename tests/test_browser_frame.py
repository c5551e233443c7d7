"""The frame in a real browser: no fault of accessibility, no sideways scrolling, and the few comforts of the script."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from plan_tracker.accounts.models import User

Check = Callable[[Page], None]
PASSWORD = "mot cau ngan de nho"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def _administrator() -> None:
    """An administrator with a password."""
    User.objects.create_superuser("quantri", password=PASSWORD, full_name="Quản trị")


def sign_in(page: Page, server: LiveServer, path: str) -> None:
    """Type name and password, and go on to a page."""
    page.goto(f"{server.url}/tai-khoan/dang-nhap/?next={path}")
    page.get_by_label("Tên đăng nhập").fill("quantri")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(f"{server.url}{path}")


@pytest.mark.parametrize("width", ["page", "narrow_page"])
def test_sign_in_and_every_component_can_be_used_by_everyone(
    request: pytest.FixtureRequest, width: str, live_server: LiveServer, axe: Check, fits: Check, _administrator: None
) -> None:
    page: Page = request.getfixturevalue(width)
    page.goto(f"{live_server.url}/tai-khoan/dang-nhap/")
    axe(page)
    fits(page)
    sign_in(page, live_server, "/giao-dien/")
    axe(page)
    fits(page)
    page.locator(".save-bar button").click()
    expect(page.locator("[data-focus]")).to_be_focused()
    axe(page)
    for path in ("/tai-khoan/mat-khau/", "/khong-co-trang-nay/", "/quan-tri/"):
        page.goto(live_server.url + path)
        axe(page)
        fits(page)


def test_what_is_typed_and_not_saved_is_noticed(page: Page, live_server: LiveServer, _administrator: None) -> None:
    sign_in(page, live_server, "/giao-dien/")
    hint = page.locator("form.is-unsaved")
    expect(hint).to_have_count(0)
    page.get_by_label("Kết quả thực hiện").fill("Tổ chức 06 hội nghị")
    expect(hint).to_have_count(1)


def test_a_whole_row_opens_its_link(page: Page, live_server: LiveServer, _administrator: None) -> None:
    sign_in(page, live_server, "/giao-dien/")
    page.locator("tr.is-link td").last.click()
    page.wait_for_url("**/giao-dien/#tables")


@pytest.fixture
def plain_telephone(browser: Browser) -> Iterator[Page]:
    """A telephone whose browser runs no script."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_menu_language_and_sign_out_need_no_script(
    plain_telephone: Page, live_server: LiveServer, _administrator: None
) -> None:
    page = plain_telephone
    sign_in(page, live_server, "/giao-dien/")
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_hidden()
    page.locator("details.menu summary").click()
    page.locator("details.account summary").click()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Style guide")).to_be_visible()
    page.locator("details.menu summary").click()
    page.locator("details.account summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
