"""Pages where the province's staff enter figures, and the history of every figure."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from plan_tracker.accounts.models import User
from plan_tracker.lib.numbers import row_number
from targets.board import indicators_of
from targets.choices import ObservationStatus
from targets.entry import Sheet, save
from targets.entry_sheets import YearPart, measures_of, sheet_of_indicator, sheet_of_year, with_definitions
from targets.forms_figures import FIRST_YEAR, LAST_YEAR, SpanForm, YearForm
from targets.models import Indicator, Observation
from targets.permissions import can_record_figures
from targets.recording import Outcome, Writer
from targets.series_choice import chosen_series, series_tabs
from tasks.permissions import standing_of
from tasks.reading import shown_plans

ROWS_A_PAGE = 40


def _recorder(request: HttpRequest) -> User:
    """Return the person, who must have the right to enter figures."""
    if not can_record_figures(standing_of(request.user, on=timezone.localdate())):
        raise PermissionDenied
    return cast(User, request.user)


def _crumbs(label: str, indicator: Indicator | None = None) -> list[dict[str, str]]:
    """Return where a page hangs."""
    found = [{"label": _("Indicators"), "url": reverse("targets:indicator_list")}]
    if indicator is not None:
        found.append({"label": indicator.code, "url": reverse("targets:indicator_detail", args=[indicator.code])})
    return [*found, {"label": label, "url": ""}]


def _answer(
    request: HttpRequest, template: str, sheet: Sheet | None, user: User, context: dict[str, Any]
) -> HttpResponse:
    """Show the sheet, or save it and come back to it; what is refused is shown with all that was typed."""
    status = 200
    if request.method == "POST" and sheet is not None:
        sheet.fill(request.POST)
        done = save(sheet, Writer(user, timezone.now()), is_demo=user.is_demo)
        if done:
            messages.success(request, _done_words(done))
            return redirect(request.get_full_path())
        status = 422
    return render(request, template, {"sheet": sheet, "is_demo": user.is_demo, **context}, status=status)


def _done_words(done: dict[Outcome, int]) -> str:
    """Return what was saved, in one sentence."""
    words = {
        Outcome.CREATED: _("%(count)s new"),
        Outcome.RESTATED: _("%(count)s restated"),
        Outcome.UNCHANGED: _("%(count)s unchanged"),
    }
    parts = ", ".join(words[outcome] % {"count": count} for outcome, count in done.items())
    total = sum(done.values())
    sentence = ngettext("%(total)s figure checked: %(parts)s.", "%(total)s figures checked: %(parts)s.", total)
    return sentence % {"total": total, "parts": parts}


@require_http_methods(["GET", "POST"])
def figures_by_indicator(request: HttpRequest, code: str) -> HttpResponse:
    """Enter the figures of one indicator: the province and all bodies, one span and one status."""
    user = _recorder(request)
    indicator = get_object_or_404(with_definitions(shown_plans(request)), code=code)
    usual = {
        "nam": timezone.localdate().year - 1,
        "ky": YearPart.YEAR.value,
        "tinh_chat": ObservationStatus.OFFICIAL.value,
        "loai": measures_of(indicator)[0].value,
    }
    form = SpanForm(indicator, {**usual, **request.GET.dict()})
    sheet = sheet_of_indicator(indicator, form.span, is_demo=user.is_demo) if form.is_valid() else None
    context = {"form": form, "indicator": indicator, "crumbs": _crumbs(_("Enter figures"), indicator)}
    return _answer(request, "targets/figures_by_indicator.html", sheet, user, context)


@require_http_methods(["GET", "POST"])
def figures_by_year(request: HttpRequest, year: int) -> HttpResponse:
    """Enter the province's figures of one year: every indicator, one status."""
    user = _recorder(request)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    asked = row_number(request.GET.get("nam", "")[:4])
    if request.method == "GET" and asked is not None and asked != year:
        query = f"?tinh_chat={request.GET.get('tinh_chat', '')}"
        return redirect(reverse("targets:figures_by_year", args=[asked]) + query)
    wanted = request.GET.get("tinh_chat", "")
    status = ObservationStatus(wanted) if wanted in ObservationStatus.values else ObservationStatus.OFFICIAL
    sheet = sheet_of_year(year, status, is_demo=user.is_demo, plan=shown_plans(request))
    form = YearForm({"nam": year, "tinh_chat": status.value})
    context = {"form": form, "year": year, "crumbs": _crumbs(_("Enter figures"))}
    return _answer(request, "targets/figures_by_year.html", sheet, user, context)


@require_GET
def figure_history(request: HttpRequest, code: str) -> HttpResponse:
    """Show every figure of an indicator that was ever written: who, when, and why it was restated."""
    standing = standing_of(request.user, on=timezone.localdate())
    indicator = get_object_or_404(indicators_of(shown_plans(request)), code=code)
    demo = bool(chosen_series(request))
    rows = Observation.objects.visible_to(standing).filter(indicator=indicator, is_demo=demo)
    ordered = rows.select_related("body", "recorded_by", "definition", "supersedes").order_by(
        "-covers_to", "body__order", "measure", "status", "-pk"
    )
    context = {
        "indicator": indicator,
        "page": Paginator(ordered, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "is_demo": demo,
        "can_record": can_record_figures(standing),
        "crumbs": _crumbs(_("History of figures"), indicator),
        "tabs": series_tabs(request.path, is_demo=demo),
    }
    return render(request, "targets/figure_history.html", context)
