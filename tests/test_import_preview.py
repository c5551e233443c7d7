"""The administration's preview of an import: changes are marked without inline styles, and text stays text."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from plan_tracker.accounts.models import User
from plan_tracker.templatetags.portal import unstyled


def test_marks_of_change_lose_their_inline_colours() -> None:
    marked = SafeString('<del style="background:#ffe6e6;">cũ</del><ins style="background:#e6ffe6;">mới</ins>')
    assert unstyled(marked) == "<del>cũ</del><ins>mới</ins>"


def test_text_that_is_not_marked_safe_is_escaped() -> None:
    assert unstyled("<script>") == "&lt;script&gt;"


def test_the_export_page_has_a_box_for_all_fields_and_no_handler() -> None:
    page = render_to_string("admin/import_export/export.html", {"opts": User._meta, "form": None})
    assert "onchange" not in page
    assert "js/admin.js" in page
