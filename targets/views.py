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
from targets.by_body import latest_total
from targets.choices import Evaluation, Verdict
from targets.denominators import official_beside
from targets.models import Indicator, Observation
from targets.pages import Page, build_page
from targets.permissions import can_judge, can_record_figures, sees_every_figure
from targets.series_choice import chosen_series, series_tabs, with_series
from tasks.permissions import standing_of
from tasks.reading import chosen_plan, shown_plans


@require_GET
def indicator_list(request: HttpRequest) -> HttpResponse:
    """Show every indicator with value, goal and verdict; of one target or verdict only, where that is asked for."""
    found = board.build_board(timezone.localdate(), get_language() or "vi", plan=chosen_plan(request))
    target, verdict = request.GET.get("muc-tieu", ""), request.GET.get("danh-gia", "")
    standing = standing_of(request.user, on=timezone.localdate())
    context = {
        "board": found,
        "shown": found.narrowed(target, verdict),
        "target": target,
        "verdict": verdict,
        "verdicts": [one for one in Verdict if any(row.verdict == one for row in found.rows)],
        "body": standing.main_seat,
        "may_record": can_record_figures(standing),
        "record_year": timezone.localdate().year - 1,
    }
    return render(request, "targets/indicator_list.html", context)


@require_GET
def indicator_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show one indicator: verdict, why, trajectory, every year, by body, every figure and every definition."""
    standing = standing_of(request.user, on=timezone.localdate())
    indicator = get_object_or_404(board.indicators_of(shown_plans(request)), code=code)
    named = None if sees_every_figure(standing) else standing.own_bodies
    language = get_language() or "vi"
    page = build_page(indicator, timezone.localdate(), language, demo=chosen_series(request), bodies=named)
    history = (
        Observation.objects.visible_to(standing)
        .filter(indicator=indicator, is_demo=page.row.record.is_demo)
        .select_related("body", "recorded_by", "definition", "superseded_by", "supersedes")
        .order_by("-covers_to", "body__order", "withdrawn_at", "-pk")
    )
    province = indicator.target.plan.province_id
    # Somebody of the demonstration judges only its figures, and nobody else does.
    own_series = page.row.record.is_demo == getattr(request.user, "is_demo", False)
    tabs = _tabs(request, page)
    context = {
        "page": page,
        "row": page.row,
        "indicator": indicator,
        "history": [figure for figure in history if figure.body_id == province],
        "body_history": [figure for figure in history if figure.body_id != province],
        "official": official_beside(
            indicator, latest_total(page.row.record), on=timezone.localdate(), language=language
        ),
        "tabs": tabs,
        "crumbs": _crumbs(indicator),
        "may_judge": can_judge(standing)
        and (own_series or not tabs)
        and page.row.finding.computed != Verdict.NO_OBJECT,
        "may_end": can_judge(standing) and own_series,
        "may_record": can_record_figures(standing) and indicator.evaluation != Evaluation.QUALITATIVE,
        "series_query": with_series("", is_demo=page.row.record.is_demo),
    }
    return render(request, "targets/indicator_detail.html", context)


def _tabs(request: HttpRequest, page: Page) -> list[dict[str, Any]]:
    """Return the two series as tabs, where both exist."""
    if page.other is None or not (page.other.figures or page.other.judgements):
        return []
    return series_tabs(request.path, is_demo=page.row.record.is_demo)


def _crumbs(indicator: Indicator) -> list[dict[str, str]]:
    """Return where the page hangs."""
    return [{"label": _("Indicators"), "url": reverse("targets:indicator_list")}, {"label": indicator.code, "url": ""}]
