"""Sending and review in a real browser: with keys, asked and answered, accepted, corrected, entered from paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from reports.choices import Depth, PeriodKind, ReportForm, SubmissionState
from reports.models import Period, Submission
from tests.browser import DESK, opened
from tests.form_pages import Scene, fill_lines, make_scene, open_period, start
from tests.form_pages import page as address
from tests.people import PASSWORD

Check = Callable[[Page], None]
State = SubmissionState
REMARK, ANSWER = "Đề nghị nêu rõ số hội nghị.", "Đã bổ sung số hội nghị."
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Desk:
    """A browser at which one person after the other sits down; every page is checked with axe and for its width."""

    def __init__(self, page: Page, server: LiveServer, checks: list[Check]) -> None:
        self.page, self.server, self.checks = page, server, checks

    def sit_down(self, name: str, path: str) -> None:
        """Sign in and go somewhere."""
        self.page.context.clear_cookies()
        self.page.goto(f"{self.server.url}/tai-khoan/dang-nhap/?next={path}")
        self.page.get_by_label("Tên đăng nhập").fill(name)
        self.page.get_by_label("Mật khẩu").fill(PASSWORD)
        self.page.get_by_role("button", name="Đăng nhập").click()
        self.page.wait_for_url(f"{self.server.url}{path}")
        self.look()

    def go(self, path: str) -> None:
        """Open a page and look at it."""
        self.page.goto(f"{self.server.url}{path}")
        self.look()

    def press(self, name: str) -> None:
        """Press a button and look at what follows."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).first.click()
        self.look()

    def keys(self, *names: str) -> None:
        """Press keys one after the other."""
        for name in names:
            if name == "Enter":
                with self.page.expect_navigation():
                    self.page.keyboard.press(name)
            else:
                self.page.keyboard.press(name)

    def look(self) -> None:
        """Check the page on show."""
        for check in self.checks:
            check(self.page)


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def period(scene: Scene) -> Period:
    return open_period(scene, Depth.BRIEF, PeriodKind.QUARTER, ordinal=1)


@pytest.fixture
def report(scene: Scene, period: Period) -> Submission:
    """A report that is written."""
    submission = start(scene, period)
    fill_lines(scene, submission)
    return submission


def send(desk: Desk, report: Submission, scan: Path, symbol: str) -> None:
    """The office enters the data of the signed copy and sends; the receipt stands on the next page."""
    desk.sit_down("sender", address("report_send", report.pk))
    page = desk.page
    for name, value in (("symbol", symbol), ("signed_on", "10/06/2024"), ("signatory", "Người ký thử nghiệm")):
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=scan]").set_input_files(scan)
    page.locator("[name=no_secret]").check()
    desk.press("Xác nhận và gửi")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Biên nhận số BN-")


def review_with_keys(desk: Desk, report: Submission, name: str = "reviewer") -> None:
    """A reviewer comes from the queue and receives, without touching the mouse."""
    desk.sit_down(name, address("review_queue"))
    desk.go(address("review_detail", report.pk))
    desk.keys("a", "Enter")
    desk.look()
    report.refresh_from_db()
    assert report.state == State.RECEIVED


def test_a_report_goes_from_hand_to_hand(
    browser: Browser, live_server: LiveServer, axe: Check, fits: Check, report: Submission, tmp_path: Path
) -> None:
    scan = tmp_path / "van-ban.pdf"
    scan.write_bytes(PDF)
    with opened(browser, DESK) as page:
        desk = Desk(page, live_server, [axe, fits])
        send(desk, report, scan, "45-BC/HU")
        review_with_keys(desk, report)
        ask_with_keys(desk, report)
        answer_and_change(desk, report)
        send_again(desk, report)
        accept_what_changed(desk, report)
        take_the_receipt(desk, report)
        correct_by_a_document(desk, report, scan)


def ask_with_keys(desk: Desk, report: Submission) -> None:
    """The second line gets a remark, then the report goes back: j, r, type, Ctrl+Enter, x, Enter."""
    page = desk.page
    expect(page.get_by_role("heading", name="Phím tắt")).to_be_visible()
    desk.keys("j", "j", "k", "r")
    page.keyboard.type(REMARK)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    desk.look()
    remark = report.expectation.remarks.get()
    assert page.evaluate("document.activeElement.id") == f"line-{remark.line.replace(':', '-')}"
    desk.keys("x", "Enter")
    expect(page.get_by_role("status")).to_contain_text("đề nghị bổ sung")
    report.refresh_from_db()
    assert report.state == State.RETURNED


def answer_and_change(desk: Desk, report: Submission) -> None:
    """The body reads what is asked, answers in the thread and changes its text."""
    desk.sit_down("preparer", address("report_detail", report.pk))
    page = desk.page
    page.get_by_role("link", name="Trả lời, chỉnh sửa").first.click()
    page.wait_for_load_state()
    desk.look()
    page.locator("textarea[name^='remark-']").first.fill(ANSWER)
    box = page.locator("textarea[name$='-text']").first
    box.fill(box.input_value() + " Cấp xã tổ chức 20 hội nghị.")
    with page.expect_navigation():
        page.locator("button[name=do][value=save]").last.click()


def send_again(desk: Desk, report: Submission) -> None:
    """Nothing of the old document is filled in; the office says that it still stands."""
    desk.sit_down("sender", address("report_send", report.pk))
    page = desk.page
    assert page.locator("[name=symbol]").input_value() == ""
    expect(page.get_by_text("vẫn là văn bản số 45-BC/HU")).to_be_visible()
    page.locator("[name=way][value=same]").check()
    page.locator("[name=no_secret]").check()
    desk.press("Xác nhận và gửi")
    assert report.deliveries.count() == 2


def accept_what_changed(desk: Desk, report: Submission) -> None:
    """The change is marked word by word; accepting takes two keys."""
    review_with_keys(desk, report, "second_reviewer")
    page = desk.page
    expect(page.locator("ins").filter(has_text="Cấp xã tổ chức 20 hội nghị.").first).to_be_visible()
    expect(page.get_by_text(ANSWER).first).to_be_visible()
    desk.keys("a", "Enter")
    report.refresh_from_db()
    assert report.state == State.ACCEPTED


def take_the_receipt(desk: Desk, report: Submission) -> None:
    """The body reads the whole exchange, opens the receipt, downloads it, and reads what was sent."""
    desk.sit_down("sender", address("report_exchange", report.pk))
    page = desk.page
    expect(page.get_by_text(REMARK)).to_be_visible()
    page.get_by_role("link", name="BN-").first.click()
    page.wait_for_load_state()
    desk.look()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải biên nhận (PDF)").click()
    assert waiting.value.path().read_bytes().startswith(b"%PDF-")
    desk.go(address("delivery_detail", report.pk, 1))
    expect(page.get_by_text("Cấp xã tổ chức 20 hội nghị.")).to_have_count(0)


def correct_by_a_document(desk: Desk, report: Submission, scan: Path) -> None:
    """The office corrects the accepted report by a document; it stands until the new version is accepted."""
    desk.go(address("report_detail", report.pk))
    page = desk.page
    page.locator("summary", has_text="Đính chính").first.click()
    page.locator("#correct-symbol").fill("50-CV/HU")
    page.locator("#correct-day").fill("20/06/2024")
    desk.press("Lập bản đính chính")
    correction = report.expectation.submissions.get(version=2)
    send(desk, correction, scan, "51-BC/HU")
    review_with_keys(desk, correction)
    report.refresh_from_db()
    assert report.state == State.ACCEPTED
    desk.keys("a", "Enter")
    expect(desk.page.get_by_role("status")).to_contain_text("đã đưa vào tổng hợp")
    report.refresh_from_db()
    assert report.state == State.SUPERSEDED


def test_a_report_from_paper_is_entered_by_one_and_accepted_by_another(
    narrow_page: Page, live_server: LiveServer, axe: Check, fits: Check, scene: Scene, period: Period, tmp_path: Path
) -> None:
    scan = tmp_path / "ban-giay.pdf"
    scan.write_bytes(PDF)
    desk, page = Desk(narrow_page, live_server, [axe, fits]), narrow_page
    owed = period.expectations.get(body=scene.cast.district)
    desk.sit_down("reviewer", address("behalf_begin", owed.pk))
    desk.press("Bắt đầu nhập thay")
    report = owed.submissions.get()
    Submission.objects.filter(pk=report.pk).update(form=ReportForm.NIL)
    desk.go(address("report_check", report.pk))
    desk.go(address("behalf_send", report.pk))
    for name, value in (("came_on", "12/06/2024"), ("symbol", "45-BC/HU"), ("signed_on", "10/06/2024")):
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=signatory]").fill("Người ký thử nghiệm")
    page.locator("[name=scan]").set_input_files(scan)
    page.locator("[name=no_secret]").check()
    desk.press("Xác nhận và gửi thay")
    review_with_keys(desk, report)
    expect(page.get_by_role("button", name="Đưa vào tổng hợp", exact=True)).to_have_count(0)
    desk.sit_down("second_reviewer", address("review_detail", report.pk))
    desk.press("Đưa vào tổng hợp")
    report.refresh_from_db()
    assert (report.state, report.is_on_behalf) == (State.ACCEPTED, True)
