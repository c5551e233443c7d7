"""The Excel round trip in a real browser: download, fill in, see the mistakes, mend, apply; and files attached."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from reports.choices import Depth, PeriodKind
from reports.models import Submission
from reports.workbooks import layout
from tests.form_pages import Scene, make_scene, open_period, start
from tests.form_pages import page as address
from tests.hostile import pdf
from tests.test_browser_form import sign_in
from tests.workbooks import put

Check = Callable[[Page], None]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def submission(scene: Scene) -> Submission:
    return start(scene, open_period(scene, Depth.DETAILED, PeriodKind.YEAR))


def fetched(page: Page, name: str, target: Path) -> Path:
    """Press a link that downloads, and keep what comes."""
    with page.expect_download() as coming:
        page.get_by_role("link", name=name).first.click()
    coming.value.save_as(target)
    return target


def upload(page: Page, file: Path) -> None:
    page.get_by_label("Tệp Excel đã nhập").set_input_files(file)
    page.get_by_label("không chứa bí mật nhà nước").check()
    page.get_by_role("button", name="Tải lên và xem thay đổi").click()


@pytest.mark.parametrize("width", ["page", "narrow_page"])
def test_a_clerk_fills_in_the_report_with_excel(
    request: pytest.FixtureRequest,
    width: str,
    live_server: LiveServer,
    axe: Check,
    fits: Check,
    submission: Submission,
    tmp_path: Path,
) -> None:
    page: Page = request.getfixturevalue(width)
    sign_in(page, live_server, "preparer", address("report_upload", submission.pk))
    axe(page)
    fits(page)
    form = fetched(page, "Tải biểu mẫu", tmp_path / "bieu-mau.xlsx")
    book = openpyxl.load_workbook(form)
    put(book, layout.LINES, "1", state="đang triển khai", text="Đã tổ chức 06 hội nghị.")
    put(book, layout.COUNTERS, "C01", in_period="sáu")
    book.save(form)
    upload(page, form)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Những chỗ cần sửa")
    expect(page.get_by_text("F4", exact=True)).to_be_visible()
    axe(page)
    fits(page)
    marked = fetched(page, "Tải tệp đã đánh dấu", tmp_path / "can-sua.xlsx")
    back = openpyxl.load_workbook(marked)
    assert "sáu" in back[layout.COUNTERS.title]["F4"].comment.text
    back[layout.COUNTERS.title]["F4"].value = "6"
    back.save(marked)
    page.goto(live_server.url + address("report_upload", submission.pk))
    upload(page, marked)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Những thay đổi")
    axe(page)
    fits(page)
    page.get_by_role("button", name="Áp dụng").click()
    expect(page.get_by_text("Đã áp dụng tệp Excel")).to_be_visible()
    assert submission.entries.get().text == "Đã tổ chức 06 hội nghị."
    assert submission.counter_values.get().in_period == 6


def test_a_clerk_attaches_a_file_and_takes_it_off(
    page: Page, live_server: LiveServer, axe: Check, fits: Check, submission: Submission, tmp_path: Path
) -> None:
    file = tmp_path / "Quyết định.pdf"
    file.write_bytes(pdf("a"))
    sign_in(page, live_server, "preparer", address("report_attachments", submission.pk))
    page.get_by_label("Tệp", exact=False).first.set_input_files(file)
    page.get_by_label("không chứa bí mật nhà nước").check()
    page.locator(".form .button--primary").click()
    expect(page.get_by_role("link", name="Quyết định.pdf")).to_be_visible()
    axe(page)
    fits(page)
    page.get_by_role("button", name="Gỡ Quyết định.pdf").click()
    expect(page.get_by_text("Chưa có tệp nào")).to_be_visible()
