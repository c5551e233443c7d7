"""Real figures or those of the demonstration: which of the two series a page was asked for, and how links keep it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

DEMO, REAL = "minh-hoa", "chinh-thuc"


def chosen_series(request: HttpRequest) -> bool | None:
    """Return whether the demonstration's figures were asked for; None where the address does not say."""
    return {DEMO: True, REAL: False}.get(request.GET.get("so-lieu", ""))


def with_series(url: str, *, is_demo: bool) -> str:
    """Return the address with one of the two series."""
    return f"{url}?so-lieu={DEMO if is_demo else REAL}"


def series_tabs(path: str, *, is_demo: bool) -> list[dict[str, Any]]:
    """Return the two series as tabs: they are never mixed."""
    return [
        {"label": _("Real figures"), "url": with_series(path, is_demo=False), "current": not is_demo},
        {"label": _("Demonstration figures"), "url": with_series(path, is_demo=True), "current": is_demo},
    ]
