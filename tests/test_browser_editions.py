"""A report from its draft to its reader in a real browser: sent out, commented on, approved, issued and downloaded."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import timezone
from docx import Document
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from reports.choices import Depth, SubmissionState
from reports.choices_editions import EditionState, Handling
from reports.models import Edition, EditionComment, Period
from tasks.choices import BodyKind, Role, WorkState
from tasks.models import Body, Plan
from tests.browser import DESK, TELEPHONE, opened
from tests.factories import at, make_entry, make_period, make_submission
from tests.people import make_user
from tests.test_browser_journey import Check, Visitor, download

COMMENT = "Đề nghị nêu rõ số hội nghị đã tổ chức ở cấp xã."
ANSWER = "Đã bổ sung theo biểu số liệu."

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def period(plan: Plan) -> Period:
    """A period of last year with one accepted report, of a plan that has its number."""
    Plan.objects.filter(pk=plan.pk).update(symbol="00-KH/TU", issued_on=date(2024, 4, 5))
    plan.refresh_from_db()
    district = Body.objects.get(code="hu-chi-lang")
    committee = Body.objects.get(is_summarizer=True)
    writer = make_user("nguoi_lap", district, Role.PREPARER)
    make_user("chuyen_vien", committee, Role.REVIEWER)
    make_user("lanh_dao", committee, Role.LEADER)
    make_user("nguoi_xem", Body.objects.get(kind=BodyKind.STANDING_COMMITTEE), Role.VIEWER)
    # What is for show may be taken away again, which the end of the test does.
    period = make_period(plan, bodies=[district], depth=Depth.FULL, is_demo=True)
    report = make_submission(period.expectations.get(), writer, SubmissionState.ACCEPTED, moment=at(17))
    for group in plan.groups.all():
        make_entry(report, f"Đã mở 12 hội nghị về nhóm {group.number}.", group=group, state=WorkState.WITH_RESULTS)
    return period


@pytest.fixture(params=[DESK, TELEPHONE], ids=["desk", "telephone"])
def visitor(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer, axe: Check, fits: Check, period: Period
) -> Iterator[Visitor]:
    """A browser as wide as a desk, and one as narrow as a telephone."""
    with opened(browser, request.param) as page:
        yield Visitor(page, live_server, [axe, fits])


def at_page(visitor: Visitor, path: str) -> Page:
    """Go to a page and look at it."""
    visitor.page.goto(f"{visitor.server.url}{path}")
    visitor.look()
    return visitor.page


def test_a_report_from_its_draft_to_its_reader(visitor: Visitor, period: Period) -> None:
    edition = send_a_draft_out(visitor, period)
    comment_on_it(visitor, edition)
    deal_with_it(visitor, edition)
    approve_it(visitor, edition)
    issue_it(visitor, edition)
    read_it(visitor, edition)


def send_a_draft_out(visitor: Visitor, period: Period) -> Edition:
    """The reviewer opens the committee's report and sends its first draft to the bodies of the period."""
    visitor.sign_in("chuyen_vien")
    page = at_page(visitor, f"/tong-hop/{period.pk}/bao-cao/")
    page.locator("button[name=kind][value=committee_report]").click()
    page.wait_for_load_state()
    edition = Edition.objects.get()
    edition.sections.update(is_ready=True)
    at_page(visitor, f"/tong-hop/bao-cao/{edition.pk}/phat-hanh/")
    visitor.follow("Gửi dự thảo lấy ý kiến")
    page.get_by_label("Tất cả địa phương, cơ quan trong danh sách").check()
    visitor.press("Gửi dự thảo")
    visitor.look()
    assert edition.drafts.get().addressees.filter(code="hu-chi-lang").exists()
    return edition


def comment_on_it(visitor: Visitor, edition: Edition) -> None:
    """The body is told, reads the draft and comments on a part of it."""
    visitor.sign_in("nguoi_lap")
    at_page(visitor, "/thong-bao/")
    visitor.follow("Dự thảo lần 1")
    page = visitor.page
    expect(page.locator("main")).to_contain_text("Đã mở 12 hội nghị về nhóm 3.")
    page.get_by_label("Góp ý vào mục").select_option("II")
    page.locator("#comment textarea[name=text]").fill(COMMENT)
    visitor.press("Gửi ý kiến")
    visitor.look()
    expect(page.locator("#comments")).to_contain_text(COMMENT)
    assert EditionComment.objects.get().place == "II"


def deal_with_it(visitor: Visitor, edition: Edition) -> None:
    """The reviewer takes the comment up and hands the report to the leader, which was not possible before."""
    visitor.sign_in("chuyen_vien")
    page = at_page(visitor, f"/tong-hop/bao-cao/{edition.pk}/phat-hanh/")
    expect(page.locator("#steps")).to_contain_text("1 ý kiến góp ý chưa được tiếp thu")
    at_page(visitor, f"/tong-hop/bao-cao/{edition.pk}/gop-y/")
    page.get_by_label("tiếp thu", exact=True).first.check()
    page.locator("textarea[name$='-text']").fill(ANSWER)
    page.get_by_role("button", name="Lưu").first.click()
    page.wait_for_load_state()
    visitor.look()
    assert EditionComment.objects.get().handling == Handling.TAKEN
    assert ANSWER in words_of_tables(download(page, page.get_by_role("link", name="Tải bảng")))
    at_page(visitor, f"/tong-hop/bao-cao/{edition.pk}/phat-hanh/")
    visitor.press("Trình lãnh đạo duyệt")
    visitor.look()


def approve_it(visitor: Visitor, edition: Edition) -> None:
    """The leader sends it back once, with a reason, and approves it the second time."""
    visitor.sign_in("lanh_dao")
    page = at_page(visitor, f"/tong-hop/bao-cao/{edition.pk}/phat-hanh/")
    page.get_by_text("Chuyển lại để sửa, có nêu lý do").first.click()
    page.get_by_label("Lý do").first.fill("Rà lại số liệu nhóm 3.")
    visitor.press("Chuyển lại để sửa, có nêu lý do")
    visitor.look()
    visitor.sign_in("chuyen_vien")
    at_page(visitor, f"/tong-hop/bao-cao/{edition.pk}/phat-hanh/")
    expect(page.locator("main")).to_contain_text("Rà lại số liệu nhóm 3.")
    visitor.press("Trình lãnh đạo duyệt")
    visitor.sign_in("lanh_dao")
    at_page(visitor, f"/tong-hop/bao-cao/{edition.pk}/phat-hanh/")
    visitor.press("Duyệt báo cáo")
    visitor.look()
    edition.refresh_from_db()
    assert edition.state == EditionState.APPROVED


def issue_it(visitor: Visitor, edition: Edition) -> None:
    """The reviewer copies number, date and signature; a ban does not sign T/M, and the form says so."""
    visitor.sign_in("chuyen_vien")
    page = at_page(visitor, f"/tong-hop/bao-cao/{edition.pk}/phat-hanh/so-ngay/")
    page.get_by_label("Số, ký hiệu").fill("45")
    page.get_by_label("Ngày ban hành văn bản").fill(f"{timezone.localdate():%d/%m/%Y}")
    page.get_by_label("Thẩm quyền ký").select_option("T/M")
    page.get_by_label("Chức vụ").fill("PHÓ TRƯỞNG BAN")
    page.get_by_label("Người ký").fill("Người ký thử nghiệm")
    visitor.press("Phát hành")
    visitor.look()
    expect(page.locator("main")).to_contain_text("không ký T/M")
    expect(page.get_by_label("Người ký")).to_have_value("Người ký thử nghiệm")
    page.get_by_label("Thẩm quyền ký").select_option("K/T")
    visitor.press("Phát hành")
    visitor.look()
    edition.refresh_from_db()
    assert (edition.state, edition.symbol) == (EditionState.ISSUED, "45-BC/BDVTU")


def read_it(visitor: Visitor, edition: Edition) -> None:
    """The viewer is told, reads the issued text, gets the file, and sees that nothing has changed since."""
    visitor.sign_in("nguoi_xem")
    at_page(visitor, "/tong-hop/bao-cao/")
    visitor.follow(edition.period.title)
    page = visitor.page
    expect(page.locator("#text")).to_contain_text("Đã mở 12 hội nghị về nhóm 3.")
    content = download(page, page.get_by_role("link", name=".docx"))
    assert content == bytes(edition.files.get(name__endswith=".docx").content)
    visitor.follow("Thay đổi sau ban hành")
    expect(page.locator("main")).to_contain_text("Không có thay đổi")


def words_of_tables(content: bytes) -> str:
    """Return the words in the tables of a DOCX file."""
    tables = Document(io.BytesIO(content)).tables
    return "\n".join(cell.text for table in tables for row in table.rows for cell in row.cells)
