"""One period from end to end in a real browser: opened, reported, returned, accepted, summed up and downloaded."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from docx import Document
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from reports.choices import SubmissionState
from reports.models import Period, Submission
from targets.models import Observation
from tasks.choices import Role
from tasks.models import Body, Plan, Progress
from tests.browser import DESK, opened
from tests.people import PASSWORD, make_user

Check = Callable[[Page], None]
RESULT = "Trong kỳ tổ chức 06 hội nghị quán triệt với 1.240 lượt người dự."
REMARK = "Đề nghị nêu rõ số hội nghị đã tổ chức ở cấp xã."
MORE = RESULT + " Cấp xã tổ chức 20 hội nghị."

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Visitor:
    """Somebody at a browser; every page that is looked at is checked with axe and for its width."""

    def __init__(self, page: Page, server: LiveServer, checks: list[Check]) -> None:
        self.page = page
        self.server = server
        self.checks = checks

    def sign_in(self, username: str) -> None:
        """Come in by the sign-in page; whoever was there before has gone."""
        self.page.context.clear_cookies()
        self.page.goto(f"{self.server.url}/tai-khoan/dang-nhap/")
        self.page.get_by_label("Tên đăng nhập").fill(username)
        self.page.get_by_label("Mật khẩu").fill(PASSWORD)
        self.press("Đăng nhập")
        self.look()

    def press(self, name: str) -> None:
        """Press the button with these words, and wait for the page that follows."""
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.page.wait_for_load_state()

    def follow(self, name: str) -> None:
        """Follow the link with these words."""
        self.page.get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()
        self.look()

    def look(self) -> None:
        """Check the page on show."""
        for check in self.checks:
            check(self.page)


@pytest.fixture
def visitor(browser: Browser, live_server: LiveServer, axe: Check, fits: Check, people: None) -> Iterator[Visitor]:
    """A browser as wide as a desk."""
    with opened(browser, DESK) as page:
        yield Visitor(page, live_server, [axe, fits])


@pytest.fixture
def people(plan: Plan) -> None:
    """Those who take part, at the plan's own bodies."""
    district = Body.objects.get(code="hu-chi-lang")
    committee = Body.objects.get(is_summarizer=True)
    make_user("nguoi_lap", district, Role.PREPARER)
    make_user("van_phong", district, Role.SENDER)
    make_user("chuyen_vien", committee, Role.REVIEWER)


def test_one_period_from_end_to_end(visitor: Visitor) -> None:
    open_a_period(visitor)
    fill_the_report(visitor)
    send_it(visitor, symbol="125-BC/HU")
    ask_for_more(visitor)
    correct_it(visitor)
    send_it(visitor, symbol="125-BC/HU")
    accept_it(visitor)
    read_the_summary(visitor)


def open_a_period(visitor: Visitor) -> None:
    """1. A reviewer opens last year's first half, due in ten days; 25 bodies owe a report."""
    today = timezone.localdate()
    visitor.sign_in("chuyen_vien")
    page = visitor.page
    page.goto(f"{visitor.server.url}/ky-bao-cao/mo/")
    visitor.look()
    page.get_by_label("Loại kỳ báo cáo").select_option("first_half")
    page.get_by_label("Năm").fill(str(today.year - 1))
    visitor.press("Đề xuất các nội dung còn lại")
    visitor.look()
    page.locator("[name=opens_on]").fill(f"{today:%d/%m/%Y}")
    page.locator("[name=due_on]").fill(f"{today + timedelta(days=10):%d/%m/%Y}")
    page.locator("[name=request_symbol]").fill("12-CV/BDVTU")
    page.locator("[name=request_date]").fill(f"{today:%d/%m/%Y}")
    visitor.press("Mở kỳ báo cáo")
    visitor.look()
    assert Period.objects.get().expectations.count() == 25
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"6 tháng đầu năm {today.year - 1}")


def fill_the_report(visitor: Visitor) -> None:
    """2. The preparer sees what is due first, fills it group by group, downloads the DOCX and hands it up."""
    visitor.sign_in("nguoi_lap")
    page = visitor.page
    page.locator("main .button--primary").first.click()
    page.wait_for_load_state()
    visitor.look()
    report = Submission.objects.get()
    base = f"{visitor.server.url}/bao-cao/{report.pk}/"
    page.goto(f"{base}nhom/1/")
    for number in range(1, 9):
        assert page.url.endswith(f"/nhom/{number}/")
        fill_lines(page)
        visitor.look()
        page.locator("button[name=do][value=next]").click()
        page.wait_for_load_state()
    for part in ("so-lieu", "nhiem-vu-duoc-giao", "danh-gia-chung"):
        page.goto(f"{base}{part}/")
        fill_lines(page)
        visitor.look()
        page.locator("button[name=do][value=save], button[name=do][value=next]").last.click()
        page.wait_for_load_state()
    page.goto(f"{base}kiem-tra/")
    visitor.look()
    assert "BÁO CÁO" in words_of(download(page, page.get_by_role("link", name="Tải")))
    visitor.press("Trình lãnh đạo ký")
    report.refresh_from_db()
    assert report.state == SubmissionState.AWAITING_SIGNATURE


def fill_lines(page: Page) -> None:
    """Choose “in progress” (or “being done”), write a result, and put a number into every cell."""
    for radio in page.locator("input[type=radio][value=in_progress], input[type=radio][value=doing]").all():
        radio.check()
    for box in page.locator("textarea[name$='-text']").all():
        box.fill(RESULT)
    for name in ("strengths", "weaknesses", "causes", "coming_work"):
        for box in page.locator(f"textarea[name$='{name}']").all():
            box.fill("Nội dung đánh giá của cấp uỷ.")
    for cell in page.locator("table input.input--number:visible").all():
        cell.fill("1240")


def send_it(visitor: Visitor, *, symbol: str) -> None:
    """The Office enters the data of the signed copy and sends; pressing twice sends once."""
    visitor.sign_in("van_phong")
    page = visitor.page
    report = Submission.objects.get()
    page.goto(f"{visitor.server.url}/bao-cao/{report.pk}/gui/")
    visitor.look()
    page.locator("[name=symbol]").fill(symbol)
    page.locator("[name=signed_on]").fill(f"{timezone.localdate():%d/%m/%Y}")
    page.locator("[name=signatory]").fill("Người ký thử nghiệm")
    page.locator("[name=no_secret]").check()
    visitor.press("Xác nhận và gửi")
    visitor.look()
    report.refresh_from_db()
    assert report.state == SubmissionState.SUBMITTED


def ask_for_more(visitor: Visitor) -> None:
    """3. The reviewer receives it, puts a remark on one line and asks for more."""
    visitor.sign_in("chuyen_vien")
    page = visitor.page
    page.goto(f"{visitor.server.url}/ra-soat/")
    visitor.look()
    visitor.follow("Chi Lăng")
    visitor.press("Tiếp nhận")
    page.locator("details:has(form textarea[name=text]) summary").first.click()
    page.locator("form textarea[name=text]").first.fill(REMARK)
    page.locator("form:has(textarea[name=text]) button").first.click()
    page.wait_for_load_state()
    visitor.look()
    visitor.press("Đề nghị bổ sung")
    assert Submission.objects.get().state == SubmissionState.RETURNED


def correct_it(visitor: Visitor) -> None:
    """The body sees the remark at that line, answers and corrects."""
    visitor.sign_in("nguoi_lap")
    page = visitor.page
    report = Submission.objects.get()
    page.goto(f"{visitor.server.url}/bao-cao/{report.pk}/nhom/1/")
    expect(page.get_by_text(REMARK)).to_be_visible()
    visitor.look()
    page.locator("textarea[name^='remark-']").fill("Đã bổ sung.")
    page.locator("textarea[name$='-text']").first.fill(MORE)
    page.locator("button[name=do][value=save]").last.click()
    page.wait_for_load_state()
    assert report.entries.filter(text=MORE).exists()


def accept_it(visitor: Visitor) -> None:
    """The reviewer accepts; progress and figures are published."""
    visitor.sign_in("chuyen_vien")
    page = visitor.page
    page.goto(f"{visitor.server.url}/ra-soat/")
    visitor.follow("Chi Lăng")
    visitor.press("Tiếp nhận")
    visitor.look()
    visitor.press("Đưa vào tổng hợp")
    visitor.look()
    assert Submission.objects.get().state == SubmissionState.ACCEPTED
    assert Progress.objects.current().filter(group__number=1, text=MORE).exists()
    assert not Observation.objects.filter(source_ref__startswith="submission:").exists()


def read_the_summary(visitor: Visitor) -> None:
    """4, 5. The period page says who has sent what; the summary shows it all and downloads as DOCX."""
    page = visitor.page
    period = Period.objects.get()
    page.goto(f"{visitor.server.url}/ky-bao-cao/{period.pk}/")
    visitor.look()
    expect(page.locator("main")).to_contain_text("Huyện uỷ Chi Lăng")
    page.goto(f"{visitor.server.url}/tong-hop/{period.pk}/")
    visitor.look()
    expect(page.locator("main")).to_contain_text("20 hội nghị")
    words = words_of(download(page, page.locator("#files").get_by_role("link", name="DOCX")))
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in words
    assert "Nơi nhận" in words


def download(page: Page, link: object) -> bytes:
    """Return the bytes behind a link that downloads."""
    with page.expect_download() as waiting:
        link.first.click()  # type: ignore[attr-defined]
    return waiting.value.path().read_bytes()


def words_of(content: bytes) -> str:
    """Return the words of a DOCX file, those of its tables too."""
    document = Document(io.BytesIO(content))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
