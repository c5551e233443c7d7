"""The clerk's path from sign-in to sent, with the keyboard alone on a telephone's width, every page checked by axe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from reports.choices import SubmissionState
from reports.models import Submission
from tasks.choices import Role
from tasks.models import Membership
from tests.form_pages import Scene, make_scene, open_period
from tests.people import PASSWORD, SINCE

Check = Callable[[Page], None]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_STEPS = 200


@pytest.fixture
def scene() -> Scene:
    """A brief period, and a clerk who prepares and sends, as in a small office."""
    scene = make_scene()
    Membership.objects.create(user=scene.cast.preparer, body=scene.cast.district, role=Role.SENDER, starts_on=SINCE)
    open_period(scene)
    return scene


class Keys:
    """Somebody without a mouse; every page that comes is checked."""

    def __init__(self, page: Page, checks: list[Check]) -> None:
        self.page, self.checks = page, checks

    def reach(self, selector: str) -> None:
        """Press Tab until the focus is on what the selector names."""
        for _step in range(MOST_STEPS):
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{selector} cannot be reached on {self.page.url}")

    def type(self, selector: str, text: str) -> None:
        """Reach a field and type into it."""
        self.reach(selector)
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(text)

    def press(self, selector: str) -> None:
        """Reach a button or a link, press Enter, and look at the page that comes."""
        self.reach(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.look()

    def look(self) -> None:
        for check in self.checks:
            check(self.page)


def test_a_brief_report_goes_from_sign_in_to_sent_without_a_mouse(
    narrow_page: Page, live_server: LiveServer, axe: Check, fits: Check, scene: Scene
) -> None:
    page, keys = narrow_page, Keys(narrow_page, [axe, fits])
    page.goto(f"{live_server.url}/tai-khoan/dang-nhap/?next=/bao-cao/")
    keys.look()
    keys.type("[name=username]", scene.cast.preparer.username)
    keys.type("[name=password]", PASSWORD)
    keys.press("main form button")
    keys.press("main .button--primary")
    report = Submission.objects.get()
    keys.press("main a.button--primary")
    for group in (1, 2):
        write_line(keys, f"line-group-{group}", f"Kết quả nhóm {group}.")
        keys.press("button[value=next].button--primary")
    write_line(keys, "line-assignment-IV-1a", "Đã ban hành kế hoạch.", place=2)
    write_line(keys, "line-assignment-IV-1b", "Đã kiểm tra.")
    keys.press("button[value=next].button--primary")
    expect(page.get_by_text("Báo cáo đã đầy đủ.")).to_be_visible()
    keys.press("form[action$='/prepare/'] button")
    keys.press("a.button--primary[href$='/gui/']")
    keys.type("[name=symbol]", "45-BC/HU")
    keys.type("[name=signed_on]", "10/06/2024")
    keys.type("[name=signatory]", "Người ký thử nghiệm")
    keys.reach("[name=no_secret]")
    page.keyboard.press("Space")
    keys.press("main form .button--primary")
    report.refresh_from_db()
    assert report.state == SubmissionState.SUBMITTED
    assert sorted(report.entries.values_list("text", flat=True)) == [
        "Kết quả nhóm 1.",
        "Kết quả nhóm 2.",
        "Đã ban hành kế hoạch.",
        "Đã kiểm tra.",
    ]


def write_line(keys: Keys, anchor: str, text: str, place: int = 1) -> None:
    """Choose a state with the arrow keys and type what was done."""
    keys.reach(f"[name={anchor}-state]")
    keys.page.keyboard.press("Space")
    for _press in range(place):
        keys.page.keyboard.press("ArrowRight")
    keys.type(f"#{anchor}-text", text)
