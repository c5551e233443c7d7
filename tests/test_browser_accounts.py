"""Accounts in a real browser: a first password by link, the second factor, a locked screen, and the sessions."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from plan_tracker.accounts.choices import LinkPurpose
from plan_tracker.accounts.links import make_link
from plan_tracker.accounts.models import Session, User
from plan_tracker.accounts.second_factor import code_now, has_second_factor
from plan_tracker.accounts.sessions_cached import SessionStore
from tests.people import PASSWORD, make_user

Check = Callable[[Page], None]
NEW = "mot cau khac that dai"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page: Page, server: LiveServer, name: str, password: str = PASSWORD) -> None:
    """Type name and password."""
    page.goto(f"{server.url}/tai-khoan/dang-nhap/?next=/tai-khoan/")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()


def shown(page: Page, *checks: Check) -> None:
    """Let every check look at the page on show."""
    for check in checks:
        check(page)


@pytest.mark.parametrize("width", ["page", "narrow_page"])
def test_a_first_password_by_link(
    request: pytest.FixtureRequest, width: str, live_server: LiveServer, axe: Check, fits: Check
) -> None:
    page: Page = request.getfixturevalue(width)
    user = User.objects.create_user("moi", full_name="Nguyễn Cán Bộ Mới")
    token, _link = make_link(user, LinkPurpose.FIRST, by=None, at=timezone.now())
    page.goto(f"{live_server.url}/tai-khoan/lien-ket/{token}/")
    shown(page, axe, fits)
    page.get_by_label("Mật khẩu mới", exact=True).fill("ngan")
    page.get_by_label("Nhập lại mật khẩu mới").fill("ngan")
    page.get_by_role("button", name="Đặt mật khẩu").click()
    shown(page, axe, fits)
    page.get_by_label("Mật khẩu mới", exact=True).fill(NEW)
    page.get_by_label("Nhập lại mật khẩu mới").fill(NEW)
    page.get_by_role("button", name="Đặt mật khẩu").click()
    page.wait_for_url("**/tai-khoan/dang-nhap/")
    sign_in(page, live_server, "moi", NEW)
    page.wait_for_url("**/tai-khoan/")
    shown(page, axe, fits)


def test_the_second_factor_is_set_up_and_asked(
    page: Page, live_server: LiveServer, settings: Settings, axe: Check, fits: Check
) -> None:
    settings.ADMINISTRATORS_NEED_SECOND_FACTOR = True
    user = make_user("quan_tri", is_staff=True)
    sign_in(page, live_server, "quan_tri")
    page.wait_for_url("**/tai-khoan/xac-thuc/")
    expect(page.locator(".qr svg")).to_be_visible()
    shown(page, axe, fits)
    key = SessionStore(Session.objects.get(user=user).session_key)["second_factor_key"]
    page.get_by_label("Mã xác thực").fill(code_now(key))
    page.get_by_role("button", name="Thiết lập").click()
    expect(page.get_by_role("heading", name="Mã dự phòng")).to_be_visible()
    shown(page, axe, fits)
    code = re.findall(r"[a-z2-7]{4}-[a-z2-7]{4}", page.locator("main").inner_text())[0]
    assert has_second_factor(user)
    page.context.clear_cookies()
    sign_in(page, live_server, "quan_tri")
    page.wait_for_url("**/ma-xac-nhan/")
    shown(page, axe, fits)
    page.get_by_label("Mã xác thực").fill(code)
    page.get_by_role("button", name="Tiếp tục").click()
    page.wait_for_url("**/tai-khoan/")


def test_a_locked_screen_loses_no_text(page: Page, live_server: LiveServer, axe: Check, fits: Check) -> None:
    user = make_user("vanthu")
    sign_in(page, live_server, "vanthu")
    page.wait_for_url("**/tai-khoan/")
    page.goto(f"{live_server.url}/tai-khoan/mat-khau/")
    page.get_by_label("Mật khẩu đang dùng").fill(PASSWORD)
    page.get_by_label("Mật khẩu mới", exact=True).fill(NEW)
    page.get_by_label("Nhập lại mật khẩu mới").fill(NEW)
    session = SessionStore(Session.objects.get(user=user).session_key)
    session["seen"] -= int(timedelta(minutes=20).total_seconds())
    session.save()
    page.get_by_role("button", name="Đổi mật khẩu").click()
    page.wait_for_url("**/mo-khoa/**")
    shown(page, axe, fits)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Mở khoá").click()
    page.wait_for_url(lambda address: "mo-khoa" not in address)
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_sessions_are_seen_and_ended(page: Page, live_server: LiveServer, axe: Check, fits: Check) -> None:
    user = make_user("vanthu")
    sign_in(page, live_server, "vanthu")
    page.wait_for_url("**/tai-khoan/")
    page.context.clear_cookies()
    sign_in(page, live_server, "vanthu")
    page.wait_for_url("**/tai-khoan/")
    expect(page.locator("tbody tr")).to_have_count(2)
    shown(page, axe, fits)
    page.get_by_role("button", name="Kết thúc phiên").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    assert Session.objects.filter(user=user).count() == 1


@pytest.mark.parametrize("width", ["page", "narrow_page"])
def test_the_administrator_s_pages_can_be_used_by_everyone(
    request: pytest.FixtureRequest, width: str, live_server: LiveServer, axe: Check, fits: Check
) -> None:
    page: Page = request.getfixturevalue(width)
    make_user("quan_tri", is_staff=True)
    sign_in(page, live_server, "quan_tri")
    page.wait_for_url("**/tai-khoan/")
    for path in ("/nguoi-dung/", "/nhat-ky/", "/uy-quyen/", "/tai-khoan/xac-thuc/", "/tai-khoan/quen-mat-khau/"):
        page.goto(live_server.url + path)
        shown(page, axe, fits)
