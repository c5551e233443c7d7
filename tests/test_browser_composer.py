"""The composer in a real browser: from accepted reports to a ready text, two editors, keyboard alone, telephone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from reports.choices import Addressee
from reports.models import Difficulty, Edition, Period, Proposal
from tests.browser import DESK, opened
from tests.compositions import GROUP, LONG, accept, make_scene_period, open_draft, section_now, take_words
from tests.people import PASSWORD, Cast

Check = Callable[[Page], None]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OTHER = "Đã thành lập tổ dân vận ở tất cả các thôn, khối phố trong huyện"


@pytest.fixture
def period(cast: Cast) -> Period:
    """Return a period whose last report was just accepted."""
    period = make_scene_period(cast)
    accept(period, cast.district, cast, LONG, strengths="Chỉ đạo sát sao.", coming_work="Sơ kết mô hình.")
    report = accept(period, cast.other_district, cast, OTHER, weaknesses="Còn chậm.", causes="Ít cán bộ.")
    Difficulty.objects.create(submission=report, order=1, text="Thiếu kinh phí")
    Proposal.objects.create(submission=report, order=1, text="Bổ sung kinh phí", addressee=Addressee.CENTRE)
    return period


def sign_in(page: Page, server: LiveServer, name: str, path: str) -> None:
    page.goto(f"{server.url}/tai-khoan/dang-nhap/?next={path}")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(f"{server.url}{path}")


def section_url(edition: Edition, key: str = GROUP) -> str:
    return reverse("reports:edition_section", args=[edition.pk, key])


def tab_to(page: Page, words: str) -> None:
    """Go on with the Tab key until the control with these words has the focus."""
    for _step in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText || document.activeElement.id || ''").strip() == words:
            return
    raise AssertionError(f"The Tab key never comes to {words}")


def press(page: Page, words: str) -> None:
    """Come to a link or a button with the Tab key, press it, and wait for the page that follows."""
    tab_to(page, words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_specialist_makes_the_report_with_the_keyboard_alone(
    page: Page, live_server: LiveServer, axe: Check, cast: Cast, period: Period
) -> None:
    sign_in(page, live_server, "reviewer", reverse("reports:summary_detail", args=[period.pk]))
    for words in ("Báo cáo của kỳ", "Mở dự thảo"):
        press(page, words)
        axe(page)
    edition = Edition.objects.get()
    accept(period, cast.district, cast, f"{LONG}. Việc mới.", version=2)
    page.goto(live_server.url + section_url(edition))
    press(page, "Bỏ đoạn này")
    assert section_now(edition).text == f"- Huyện uỷ B: {OTHER}."
    press(page, "Lấy đoạn này")
    assert f"- Huyện uỷ A: {LONG}. Việc mới." in section_now(edition).text
    tab_to(page, "section-text")
    page.keyboard.press("Control+Home")
    page.keyboard.type("Các cấp uỷ đã vào cuộc.\n")
    expect(page.locator("#save-state")).to_contain_text("Đã lưu lúc", timeout=10_000)
    expect(page.locator("form.is-unsaved")).to_have_count(0)
    section = section_now(edition)
    assert section.text.startswith("Các cấp uỷ đã vào cuộc.\n- Huyện uỷ A")
    assert [row.source.body.name for row in section.taken] == ["Huyện uỷ B", "Huyện uỷ A"]
    press(page, "Đánh dấu đã xong")
    expect(page.get_by_role("button", name="Chưa xong")).to_be_visible()
    assert section_now(edition).is_ready


def test_words_whose_source_changed_are_kept_or_renewed_with_the_keyboard(
    page: Page, live_server: LiveServer, axe: Check, cast: Cast, period: Period
) -> None:
    edition = open_draft(period, cast)
    take_words(edition, period.expectations.get(body=cast.district).submissions.get(), cast)
    accept(period, cast.district, cast, "Đã đính chính số liệu.", version=2)
    sign_in(page, live_server, "reviewer", section_url(edition))
    press(page, "Đã xem, giữ lời văn cũ")
    expect(page.get_by_text("giữ lời văn cũ.")).to_be_visible()
    assert section_now(edition).text == f"- Huyện uỷ A: {LONG}."
    accept(period, cast.district, cast, "Đã đính chính lần nữa.", version=3)
    page.reload()
    axe(page)
    press(page, "Lấy lời văn mới")
    assert section_now(edition).text == "- Huyện uỷ A: Đã đính chính lần nữa."


def test_two_editors_collide_and_neither_text_is_lost(
    browser: Browser, live_server: LiveServer, axe: Check, cast: Cast, period: Period
) -> None:
    edition = open_draft(period, cast)
    path = section_url(edition)
    with opened(browser, DESK) as first, opened(browser, DESK) as second:
        for page, name in ((first, "reviewer"), (second, "second_reviewer")):
            sign_in(page, live_server, name, path)
        first.locator("#section-text").fill("Của người thứ nhất.")
        expect(first.locator("#save-state")).to_contain_text("Đã lưu lúc", timeout=10_000)
        second.locator("#section-text").fill("Của người thứ hai.")
        clash = second.locator("#section-clash")
        expect(clash).to_contain_text("Của người thứ nhất.", timeout=10_000)
        expect(second.locator("#section-text")).to_have_value("Của người thứ hai.")
        expect(second.locator("form.is-unsaved")).to_have_count(1)
        axe(second)
        assert section_now(edition).text == "Của người thứ nhất."
        clash.get_by_label("Nội dung của tôi", exact=False).check()
        second.locator("#section-text").fill("Của người thứ nhất và người thứ hai.")
        second.locator(".save-bar").get_by_role("button", name="Lưu", exact=True).click()
        expect(second.locator("#section-clash")).to_have_count(0)
    assert section_now(edition).text == "Của người thứ nhất và người thứ hai."


@pytest.mark.parametrize("width", ["page", "narrow_page"])
def test_every_page_of_the_composer_can_be_used_by_everyone(
    request: pytest.FixtureRequest,
    width: str,
    live_server: LiveServer,
    axe: Check,
    fits: Check,
    cast: Cast,
    period: Period,
) -> None:
    page: Page = request.getfixturevalue(width)
    edition = open_draft(period, cast)
    report = period.expectations.get(body=cast.district).submissions.get()
    take_words(edition, report, cast)
    accept(period, cast.district, cast, "Đã đính chính số liệu đối thoại.", version=2)
    sign_in(page, live_server, "reviewer", section_url(edition))
    keys = (GROUP, "opening", "direction", "indicators", "weaknesses", "coming_work", "proposals:centre")
    others = [
        reverse("reports:edition_list", args=[period.pk]),
        reverse("reports:edition_detail", args=[edition.pk]),
        reverse("reports:summary_detail", args=[period.pk]),
    ]
    for path in (*(section_url(edition, key) for key in keys), *others):
        page.goto(live_server.url + path)
        axe(page)
        fits(page)


def test_a_figure_leads_with_one_click_to_the_lines_behind_it(
    page: Page, live_server: LiveServer, cast: Cast, period: Period
) -> None:
    sign_in(page, live_server, "leader", reverse("reports:summary_detail", args=[period.pk]))
    state = page.locator("#line-group-1 .counts a").first
    state.click()
    line = page.locator(".note a", has_text="Huyện uỷ A").first
    expect(line).to_be_visible()
    edition = open_draft(period, cast)
    page.goto(live_server.url + reverse("reports:edition_detail", args=[edition.pk]))
    page.locator('.doc a.cite[href$="#who-has-sent-what"]').first.click()
    expect(page.get_by_role("link", name="Huyện uỷ B").first).to_be_visible()
