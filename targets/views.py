"""The board of all indicators and the page of one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from targets import board
from targets.models import Indicator, Observation
from targets.pages import Page, build_page
from tasks.permissions import standing_of

DEMO, REAL = "minh-hoa", "chinh-thuc"


@require_GET
def indicator_list(request: HttpRequest) -> HttpResponse:
    """Show every indicator with value, goal and verdict."""
    found = board.build_board(timezone.localdate(), get_language() or "vi")
    return render(request, "targets/indicator_list.html", {"board": found})


@require_GET
def indicator_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show one indicator: trajectory, why, every year, by body, every figure and every definition."""
    standing = standing_of(request.user, on=timezone.localdate())
    indicator = get_object_or_404(board.indicators_of(None), code=code)
    wanted = {DEMO: True, REAL: False}.get(request.GET.get("so-lieu", ""))
    named = None if standing.sees_every_report or standing.is_viewer else standing.own_bodies
    page = build_page(indicator, timezone.localdate(), get_language() or "vi", demo=wanted, bodies=named)
    history = (
        Observation.objects.visible_to(standing)
        .filter(indicator=indicator, is_demo=page.row.record.is_demo)
        .select_related("body", "recorded_by", "definition")
        .order_by("-covers_to", "body__order", "withdrawn_at", "-pk")
    )
    province = indicator.target.plan.province_id
    context = {
        "page": page,
        "row": page.row,
        "indicator": indicator,
        "history": [figure for figure in history if figure.body_id == province],
        "body_history": [figure for figure in history if figure.body_id != province],
        "tabs": _tabs(request, page),
        "crumbs": _crumbs(indicator),
    }
    return render(request, "targets/indicator_detail.html", context)


def _tabs(request: HttpRequest, page: Page) -> list[dict[str, Any]]:
    """Return the two series as tabs, where both exist: they are never mixed."""
    if page.other is None or not (page.other.figures or page.other.judgements):
        return []
    is_demo = page.row.record.is_demo
    return [
        {"label": _("Real figures"), "url": f"{request.path}?so-lieu={REAL}", "current": not is_demo},
        {"label": _("Demonstration figures"), "url": f"{request.path}?so-lieu={DEMO}", "current": is_demo},
    ]


def _crumbs(indicator: Indicator) -> list[dict[str, str]]:
    """Return where the page hangs."""
    return [{"label": _("Indicators"), "url": reverse("targets:indicator_list")}, {"label": indicator.code, "url": ""}]
