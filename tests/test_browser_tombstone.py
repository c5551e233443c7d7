"""Two administrators withdraw a secret in a real browser, with keys alone, on a desk and on a telephone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from reports.models import Entry, Period, Submission
from tests.form_pages import page as address
from tests.people import PASSWORD
from tests.secrets_found import found, second

Check = Callable[[Page], None]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def goes_with_the_demonstration(transactional_db: None) -> Iterator[None]:
    """Let the withdrawal be taken away after the test, which the database refuses of a real one."""
    yield
    Period.objects.update(is_demo=True)


def sit_down(page: Page, server: LiveServer, name: str, path: str) -> None:
    """Sign in and go somewhere."""
    page.context.clear_cookies()
    page.goto(f"{server.url}/tai-khoan/dang-nhap/?next={path}")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(f"{server.url}{path}")


def press_by_key(page: Page, name: str) -> None:
    """Go to a button or link with the keyboard's focus and press it."""
    page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_from_the_delivery_to_the_words_being_gone(
    narrow_page: Page, live_server: LiveServer, axe: Check, fits: Check
) -> None:
    cast, report = found()
    other = second()
    page = narrow_page

    def look() -> None:
        axe(page)
        fits(page)

    sit_down(page, live_server, cast.administrator.username, address("delivery_detail", report.pk, 1))
    look()
    press_by_key(page, "Thu hồi nội dung mật: Nhóm 1")
    look()
    press_by_key(page, "Tìm và gửi yêu cầu")
    expect(page.get_by_role("alert")).to_contain_text("Lý do")
    look()
    page.get_by_label("Lý do").fill("Theo công văn của Công an tỉnh.")
    press_by_key(page, "Tìm và gửi yêu cầu")
    look()
    detail = page.url.removeprefix(live_server.url)
    sit_down(page, live_server, other.username, detail)
    look()
    press_by_key(page, "Xác nhận: thu hồi ở mọi nơi")
    expect(page.get_by_text("Nội dung này không còn ở bất kỳ nơi nào trong hệ thống.")).to_be_visible()
    look()
    page.goto(f"{live_server.url}{address('tombstone_list')}")
    look()
    assert Entry.objects.get(submission=report, group__number=1).text.startswith("[Nội dung đã được thu hồi")
    assert Submission.objects.get(pk=report.pk).state == "accepted"
