"""The tools of the browser tests find what they are there to find."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_axe_finds_a_picture_without_words(page: Page, axe: Callable[[Page], None]) -> None:
    page.set_content('<html lang="vi"><title>t</title><main><h1>h</h1><img src="data:,"></main></html>')
    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)


def test_a_page_wider_than_a_telephone_is_noticed(narrow_page: Page, fits: Callable[[Page], None]) -> None:
    narrow_page.set_content('<meta name="viewport" content="width=device-width"><p>short</p>')
    fits(narrow_page)
    narrow_page.set_content('<svg width="800" height="10"></svg>')
    with pytest.raises(AssertionError, match="808 px wide"):
        fits(narrow_page)
