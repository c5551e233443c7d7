"""Fixtures of the browser tests: a Chromium, pages of a desk and of a telephone, and axe."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests import chromium as programs

DESK, TELEPHONE = 1440, 360
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
WEIGHTY = {"serious", "critical"}


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser; without one the test is skipped, which fails in CI."""
    try:
        return programs.find()
    except programs.NoChromiumError as error:
        pytest.skip(f"No Chromium: {error}.")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for all tests of a process."""
    # Playwright keeps an event loop running in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield program
        program.close()


@contextmanager
def opened(browser: Browser, width: int) -> Iterator[Page]:
    """Open a page that takes note of every complaint of the browser and fails the test when there was one."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    complaints: list[str] = []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    # The browser itself writes a line when the server refuses, which many tests want to see.
    unexpected = [text for text in complaints if not text.startswith("Failed to load resource: the server responded")]
    assert not unexpected, unexpected


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page as wide as the screen on a desk."""
    with opened(browser, DESK) as page:
        yield page


@pytest.fixture
def narrow_page(browser: Browser) -> Iterator[Page]:
    """A page as narrow as a telephone."""
    with opened(browser, TELEPHONE) as page:
        yield page


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """A function that fails when the page on show has a serious or critical fault of accessibility."""
    tool = Axe()

    def check(page: Page) -> None:
        faults = [fault for fault in tool.run(page).response["violations"] if fault["impact"] in WEIGHTY]
        told = [
            f"{fault['id']}: {fault['help']} {[node['html'][:160] for node in fault['nodes'][:5]]}" for fault in faults
        ]
        assert not faults, f"{page.url}\n" + "\n".join(told)

    return check


@pytest.fixture(scope="session")
def fits() -> Callable[[Page], None]:
    """A function that fails when the page on show is wider than its window."""

    def check(page: Page) -> None:
        wanted, width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert wanted <= width, f"{page.url} is {wanted} px wide in a window of {width} px"

    return check
