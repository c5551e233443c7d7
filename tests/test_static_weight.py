"""What every first visit loads stays small, and no page carries code or looks of its own."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

ROOT = Path(__file__).resolve().parent.parent
# Ours only: the libraries in .venv keep templates too.
TEMPLATES = sorted(path for path in ROOT.glob("**/templates/**/*.html") if ".venv" not in path.parts)
LOADED = ("css/portal.css", "js/portal.js", "js/form.js", "django_htmx/htmx-2.min.js")
MOST_BYTES = 30_000
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an inline style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "a handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "an address of another site": re.compile(r"(?:src|href)=[\"'](?:https?:)?//", re.IGNORECASE),
    "code in an htmx attribute": re.compile(r"\shx-(?:on|vals=[\"']js:)", re.IGNORECASE),
}


def packed(path: str) -> int:
    """Return the size of a static file as it travels."""
    found = finders.find(path)
    assert isinstance(found, str), path
    return len(gzip.compress(Path(found).read_bytes(), 9))


def test_css_and_scripts_together_weigh_at_most_30_kilobytes() -> None:
    assert sum(packed(path) for path in LOADED) <= MOST_BYTES


def test_our_own_script_stays_small() -> None:
    found = finders.find("js/portal.js")
    assert isinstance(found, str)
    assert Path(found).stat().st_size <= 6_000


def test_the_style_sheet_loads_nothing_from_elsewhere() -> None:
    for path in ("css/portal.css", "css/admin.css"):
        found = finders.find(path)
        assert isinstance(found, str)
        text = Path(found).read_text(encoding="utf-8")
        assert "@import" not in text
        assert "url(" not in text


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_carries_no_inline_code_or_style(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [name for name, pattern in INLINE.items() if pattern.search(text)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_uses_only_classes_that_are_drawn(path: Path) -> None:
    if "admin" in path.parts:
        return
    text = re.sub(r"\{% if .*?%\}|\{% (?:else|endif) %\}", " ", path.read_text(encoding="utf-8"))
    css = (ROOT / "plan_tracker/static/css/portal.css").read_text(encoding="utf-8")
    drawn = set(re.findall(r"\.(-?[_a-zA-Z][\w-]*)", css))
    used = {
        name
        for value in re.findall(r"\sclass=\"([^\"]*)\"", re.sub(r"\{[{%].*?[%}]\}", "?", text))
        for name in value.split()
        if "?" not in name
    }
    assert used - drawn == set()
