"""The report form in a real browser: every page accessible at both widths, and all of it without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from reports.choices import Depth, PeriodKind, SubmissionState
from reports.models import Remark, Submission
from tests.factories import at
from tests.form_pages import Scene, earlier_report, make_scene, open_period, start
from tests.form_pages import page as address
from tests.people import PASSWORD

Check = Callable[[Page], None]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def submission(scene: Scene) -> Submission:
    """Return a detailed report that came back with a remark, after one of the year before."""
    earlier_report(scene)
    submission = start(scene, open_period(scene, Depth.DETAILED, PeriodKind.YEAR))
    Submission.objects.filter(pk=submission.pk).update(state=SubmissionState.RETURNED)
    Remark.objects.create(
        expectation=submission.expectation,
        raised_in=submission,
        line="group:1",
        text="Nêu rõ số hội nghị.",
        asked_by=scene.cast.reviewer,
        asked_at=at(),
    )
    return submission


def sign_in(page: Page, server: LiveServer, name: str, path: str) -> None:
    page.goto(f"{server.url}/tai-khoan/dang-nhap/?next={path}")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(f"{server.url}{path}")


@pytest.mark.parametrize("width", ["page", "narrow_page"])
def test_every_page_of_the_form_can_be_used_by_everyone(
    request: pytest.FixtureRequest, width: str, live_server: LiveServer, axe: Check, fits: Check, submission: Submission
) -> None:
    page: Page = request.getfixturevalue(width)
    pk = submission.pk
    sign_in(page, live_server, "sender", address("report_list"))
    names = ("report_assignments", "report_counters", "report_indicators", "report_closing", "report_check")
    more = ("report_detail", "report_send", "report_read", *names)
    addresses = [address("report_group", pk, 1), address("register_list"), address("register_create")]
    for path in (address("report_list"), *(address(name, pk) for name in more), *addresses):
        page.goto(live_server.url + path)
        axe(page)
        fits(page)


def test_the_form_needs_no_script_and_a_clash_loses_nothing(
    browser: Browser, live_server: LiveServer, axe: Check, submission: Submission
) -> None:
    path = address("report_group", submission.pk, 1)
    contexts = [browser.new_context(java_script_enabled=False) for _name in range(2)]
    pages = [context.new_page() for context in contexts]
    for page, name in zip(pages, ("preparer", "sender"), strict=True):
        sign_in(page, live_server, name, path)
    for page, text in zip(pages, ("Của người thứ nhất.", "Của người thứ hai."), strict=True):
        line = page.locator("#line-group-1")
        line.get_by_label("đang triển khai", exact=True).check()
        line.get_by_label("Kết quả thực hiện").fill(text)
        page.locator(".save-bar").get_by_role("button", name="Lưu", exact=True).click()
    first, second = pages
    expect(first.locator("#line-group-1").get_by_label("Kết quả thực hiện")).to_have_value("Của người thứ nhất.")
    clash = second.locator("#line-group-1-clash")
    expect(clash).to_contain_text("Của người thứ nhất.")
    expect(second.locator("#line-group-1").get_by_label("Kết quả thực hiện")).to_have_value("Của người thứ hai.")
    clash.get_by_label("Nội dung của tôi", exact=False).check()
    second.locator(".save-bar").get_by_role("button", name="Lưu", exact=True).click()
    expect(second.locator("#line-group-1-clash")).to_have_count(0)
    assert submission.entries.get(group__number=1).text == "Của người thứ hai."
    for context in contexts:
        context.close()
