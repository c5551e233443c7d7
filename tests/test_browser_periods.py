"""Periods in a real browser: a question opened in minutes, reminders, the calendar and its address, an inspection."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from reports.choices import PeriodKind
from reports.models import Period, Reminder, TelephoneReminder
from tasks.choices import DeadlineKind
from tasks.models import BodyContact, Inspection
from tests.factories import make_assignment, make_group, make_period, make_plan
from tests.people import PASSWORD, Cast, make_cast

Check = Callable[[Page], None]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = pytest.mark.parametrize("width", ["page", "narrow_page"])


@pytest.fixture
def cast() -> Cast:
    """Two districts, a plan with a group, and a dated assignment."""
    plan = make_plan()
    make_group(plan, 1, tasks=1)
    make_assignment(plan, "IV.1a", deadline_kind=DeadlineKind.FIXED, due_on=timezone.localdate())
    return make_cast()


class Desk:
    """A browser with the checks that every page passes."""

    def __init__(self, request: pytest.FixtureRequest, width: str) -> None:
        self.page: Page = request.getfixturevalue(width)
        self.server: LiveServer = request.getfixturevalue("live_server")
        self.checks: list[Check] = [request.getfixturevalue("axe"), request.getfixturevalue("fits")]

    def sign_in(self, name: str, path: str) -> Page:
        """Come in, and go to a page."""
        self.page.goto(f"{self.server.url}/tai-khoan/dang-nhap/?next={path}")
        self.page.get_by_label("Tên đăng nhập").fill(name)
        self.page.get_by_label("Mật khẩu").fill(PASSWORD)
        self.page.get_by_role("button", name="Đăng nhập").click()
        self.page.wait_for_url(f"{self.server.url}{path}")
        self.look()
        return self.page

    def press(self, name: str) -> None:
        """Press a button, and look at what follows."""
        self.page.get_by_role("button", name=name).first.click()
        self.page.wait_for_load_state()
        self.look()

    def go(self, path: str) -> None:
        """Go to a page, and look at it."""
        self.page.goto(f"{self.server.url}{path}")
        self.look()

    def look(self) -> None:
        """Check the page on show."""
        for check in self.checks:
            check(self.page)


@WIDTHS
def test_a_question_between_the_periods_is_opened_with_few_fields(
    request: pytest.FixtureRequest, width: str, cast: Cast
) -> None:
    desk = Desk(request, width)
    page = desk.sign_in("reviewer", "/ky-bao-cao/mo/")
    page.get_by_label("Loại kỳ báo cáo").select_option("ad_hoc")
    desk.press("Đề xuất các nội dung còn lại")
    page.locator("[name=own_title]").fill("Tình hình sau bão số 3")
    page.get_by_label("Huyện uỷ A").check()
    page.locator("[name=questions]").fill("Có bao nhiêu hộ bị thiệt hại?\nĐã hỗ trợ thế nào?")
    desk.press("Mở kỳ báo cáo")
    period = Period.objects.get(kind=PeriodKind.AD_HOC)
    assert [row.body for row in period.expectations.all()] == [cast.district]
    expect(page.get_by_text("Có bao nhiêu hộ bị thiệt hại?")).to_be_visible()
    desk.go(f"/ky-bao-cao/{period.pk}/noi-nhan/")
    page.get_by_label("Huyện uỷ B").check()
    desk.press("Lưu")
    assert period.expectations.count() == 2


def test_the_questions_come_to_the_body_as_its_form(request: pytest.FixtureRequest, cast: Cast) -> None:
    today = timezone.localdate()
    period = make_period(
        kind=PeriodKind.AD_HOC, bodies=[cast.district], due_at=timezone.now() + timedelta(days=3), opens_on=today
    )
    period.questions.create(order=1, text="Có bao nhiêu hộ bị thiệt hại?")
    desk = Desk(request, "page")
    page = desk.sign_in("preparer", "/bao-cao/")
    page.locator("main .button--primary").first.click()
    page.wait_for_load_state()
    desk.look()
    page.get_by_role("link", name="Câu hỏi").first.click()
    page.wait_for_load_state()
    desk.look()
    expect(page.get_by_text("Có bao nhiêu hộ bị thiệt hại?").first).to_be_visible()


@WIDTHS
def test_late_bodies_are_reminded_called_and_seen_in_the_year(
    request: pytest.FixtureRequest, width: str, cast: Cast
) -> None:
    now = timezone.now()
    BodyContact.objects.create(body=cast.district, label="Văn phòng Huyện uỷ A", phone="0205 3000 000")
    window = {"opens_on": (now - timedelta(days=30)).date(), "due_at": now - timedelta(days=3)}
    period = make_period(bodies=[cast.district, cast.other_district], **window)  # type: ignore[arg-type]
    desk = Desk(request, width)
    page = desk.sign_in("reviewer", f"/ky-bao-cao/{period.pk}/nhac/")
    expect(page.get_by_text("0205 3000 000")).to_be_visible()
    desk.press("Nhắc 2 nơi quá hạn")
    expect(page.get_by_text("Đã nhắc 4 người.")).to_be_visible()
    assert Reminder.objects.count() == 4
    page.get_by_role("link", name="ghi cuộc gọi").first.click()
    page.wait_for_load_state()
    desk.look()
    page.get_by_label("Nội dung trao đổi").fill("Sẽ gửi trong ngày.")
    desk.press("Ghi lại")
    assert TelephoneReminder.objects.get().office == "Văn phòng Huyện uỷ A"
    desk.go(f"/ky-bao-cao/nam-{period.year}/")
    expect(page.get_by_text("chưa gửi, quá hạn").first).to_be_visible()


@WIDTHS
def test_the_month_shows_what_falls_due_and_gives_an_address_once(
    request: pytest.FixtureRequest, width: str, cast: Cast
) -> None:
    make_period(bodies=[cast.district], due_at=timezone.now(), own_title="Chuyên đề tháng này")
    desk = Desk(request, width)
    page = desk.sign_in("preparer", "/thoi-han/lich/")
    expect(page.get_by_text("Chuyên đề tháng này").first).to_be_visible()
    desk.press("Cấp địa chỉ")
    expect(page.locator("code")).to_contain_text(".ics")
    desk.press("Huỷ địa chỉ")
    expect(page.locator("code")).to_have_count(0)
    page.get_by_role("link", name="›").click()
    page.wait_for_url("**/thoi-han/lich/?thang=*")
    desk.look()


@WIDTHS
def test_an_inspection_is_written_down_and_read_by_the_inspected_body(
    request: pytest.FixtureRequest, width: str, cast: Cast
) -> None:
    today = timezone.localdate()
    desk = Desk(request, width)
    page = desk.sign_in("reviewer", "/kiem-tra/them/")
    page.get_by_label("Nơi được kiểm tra").select_option(label="Huyện uỷ A")
    page.locator("[name=team]").fill("Đoàn kiểm tra của Ban Dân vận Tỉnh uỷ")
    page.locator("[name=inspected_on]").fill(f"{today:%d/%m/%Y}")
    page.locator("[name=remedy_due_on]").fill(f"{today + timedelta(days=30):%d/%m/%Y}")
    desk.press("Lưu")
    expect(page.get_by_text("Ghi kết quả kiểm tra").first).to_be_visible()
    page.locator("[name=findings]").fill("Một số chi bộ chưa sơ kết.")
    desk.press("Lưu")
    assert Inspection.objects.get().body == cast.district
    page.context.clear_cookies()
    desk.sign_in("sender", f"/co-quan/{cast.district.code}/")
    expect(page.get_by_text("Một số chi bộ chưa sơ kết.")).to_be_visible()
