"""Nothing typed is lost: the server is killed, the session runs out, the line is cut, the lid is closed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, expect

from plan_tracker.accounts.models import User
from reports.models import Submission
from tests.form_pages import Scene, make_scene, open_period, start
from tests.form_pages import page as address
from tests.people import PASSWORD
from tests.server_process import ServerProcess

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def submission(scene: Scene) -> Submission:
    return start(scene, open_period(scene))


@pytest.fixture
def server(submission: Submission) -> Iterator[ServerProcess]:
    """A server that is a process of its own."""
    process = ServerProcess(str(connection.settings_dict["NAME"]))
    process.start()
    yield process
    process.kill()


@pytest.fixture
def laptop(browser: Browser) -> Iterator[BrowserContext]:
    """A clerk's browser with what it keeps between visits."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN")
    context.set_default_timeout(15_000)
    yield context
    context.close()


def group_page(laptop: BrowserContext, server: ServerProcess, user: User, submission: Submission) -> Page:
    """Sign in and open the first group."""
    page = laptop.new_page()
    path = address("report_group", submission.pk, 1)
    page.goto(f"{server.url}/tai-khoan/dang-nhap/?next={path}")
    sign_in(page, user)
    page.wait_for_url(f"{server.url}{path}")
    return page


def sign_in(page: Page, user: User) -> None:
    page.get_by_label("Tên đăng nhập").fill(user.username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def write(page: Page, text: str) -> None:
    """Type into the first line, key by key."""
    box = page.locator("#line-group-1-text")
    box.press("Control+End")
    box.press_sequentially(text)


def stored(submission: Submission) -> str:
    entry = submission.entries.filter(group__number=1).first()
    return entry.text if entry else ""


def wait_until_saved(page: Page, submission: Submission, text: str) -> None:
    """Wait for what htmx does by itself."""
    for _tenth in range(150):
        if stored(submission) == text:
            break
        page.wait_for_timeout(100)
    assert stored(submission) == text


def test_a_server_that_is_killed_while_somebody_types_loses_nothing(
    laptop: BrowserContext, server: ServerProcess, scene: Scene, submission: Submission
) -> None:
    page = group_page(laptop, server, scene.cast.preparer, submission)
    page.get_by_label("đang triển khai", exact=True).first.check()
    write(page, "Câu thứ nhất.")
    wait_until_saved(page, submission, "Câu thứ nhất.")
    server.kill()
    write(page, " Câu thứ hai.")
    expect(page.locator("#save-state")).to_have_attribute("data-unsaved", re.compile("Đường truyền đang gián đoạn"))
    page.close(run_before_unload=False)
    server.start()
    page = laptop.new_page()
    page.goto(server.url + address("report_group", submission.pk, 1))
    offer = page.locator("[data-offer]")
    expect(offer.locator("ins")).to_have_text(" Câu thứ hai.")
    page.locator("[data-take]").click()
    wait_until_saved(page, submission, "Câu thứ nhất. Câu thứ hai.")
    page.reload()
    expect(page.locator("[data-offer]")).to_be_hidden()


def test_a_session_that_ends_while_somebody_types_loses_nothing(
    laptop: BrowserContext, server: ServerProcess, scene: Scene, submission: Submission
) -> None:
    page = group_page(laptop, server, scene.cast.preparer, submission)
    laptop.clear_cookies(name="sessionid")
    page.get_by_label("đang triển khai", exact=True).first.check()
    write(page, "Nhập khi phiên đã hết.")
    expect(page.locator("#save-state")).to_have_attribute(
        "data-unsaved",
        re.compile("Phiên đăng nhập đã hết"),
    )
    assert stored(submission) == ""
    page.locator(".save-bar").get_by_role("button", name="Lưu", exact=True).click()
    sign_in(page, scene.cast.preparer)
    page.wait_for_url(f"**{address('report_group', submission.pk, 1)}")
    assert stored(submission) == "Nhập khi phiên đã hết."
    expect(page.locator("#line-group-1-text")).to_have_value("Nhập khi phiên đã hết.")
    expect(page.locator("[data-offer]")).to_be_hidden()


def test_a_line_that_is_cut_is_made_up_for_when_it_is_back(
    laptop: BrowserContext, server: ServerProcess, scene: Scene, submission: Submission
) -> None:
    page = group_page(laptop, server, scene.cast.preparer, submission)
    laptop.set_offline(True)
    page.get_by_label("đang triển khai", exact=True).first.check()
    write(page, "Nhập khi mất mạng.")
    page.wait_for_timeout(2500)
    assert stored(submission) == ""
    laptop.set_offline(False)
    wait_until_saved(page, submission, "Nhập khi mất mạng.")


def test_a_copy_is_offered_to_its_own_person_only_and_goes_at_sign_out(
    laptop: BrowserContext, server: ServerProcess, scene: Scene, submission: Submission
) -> None:
    page = group_page(laptop, server, scene.cast.preparer, submission)
    laptop.set_offline(True)
    write(page, "Của riêng người lập.")
    page.wait_for_timeout(600)
    page.close(run_before_unload=False)
    laptop.set_offline(False)
    laptop.clear_cookies()
    page = group_page(laptop, server, scene.cast.sender, submission)
    expect(page.locator("[data-offer]")).to_be_hidden()
    assert "Của riêng người lập." not in page.content()
    laptop.clear_cookies()
    page = group_page(laptop, server, scene.cast.preparer, submission)
    expect(page.locator("[data-offer]")).to_contain_text("Của riêng người lập.")
    page.locator("details.account summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_label("Tên đăng nhập").wait_for()
    assert page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('copy:')).length") == 0


def test_two_people_typing_in_one_line_both_see_both_texts(
    browser: Browser, laptop: BrowserContext, server: ServerProcess, scene: Scene, submission: Submission
) -> None:
    other = browser.new_context(locale="vi-VN")
    first = group_page(laptop, server, scene.cast.preparer, submission)
    second = group_page(other, server, scene.cast.sender, submission)
    expect(second.locator("#also-here")).to_contain_text(str(scene.cast.preparer))
    write(first, "Người thứ nhất viết.")
    wait_until_saved(first, submission, "Người thứ nhất viết.")
    write(second, "Người thứ hai viết.")
    clash = second.locator("#line-group-1-clash")
    expect(clash).to_contain_text("Người thứ nhất viết.")
    expect(second.locator("#line-group-1-text")).to_have_value("Người thứ hai viết.")
    clash.get_by_label("Nội dung của tôi", exact=False).check()
    second.locator(".save-bar").get_by_role("button", name="Lưu", exact=True).click()
    expect(second.locator("#line-group-1-clash")).to_have_count(0)
    assert stored(submission) == "Người thứ hai viết."
    other.close()
