"""The activity figures of accepted reports: all counters by year, and one counter by period and by body."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from reports.counter_pages import counter_list as list_of
from reports.counter_pages import counter_page
from reports.counters import CounterBook, read_counters
from reports.permissions import submissions_visible_to
from targets.permissions import sees_every_figure
from targets.series_choice import chosen_series, series_tabs
from tasks.models import Plan
from tasks.permissions import Standing, standing_of
from tasks.reading import chosen_plan


@require_GET
def counter_list(request: HttpRequest) -> HttpResponse:
    """Show every counter by year; to those who write for a body only what that body reported."""
    standing = standing_of(request.user, on=timezone.localdate())
    book = book_of(request, standing)
    context: dict[str, Any] = {"tabs": [], "is_own": not sees_every_figure(standing)}
    if book is not None:
        context |= {"list": list_of(book, get_language() or "vi"), "book": book, "tabs": tabs_of(request, book)}
    return render(request, "reports/counter_list.html", context)


@require_GET
def counter_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show one counter by period and by body."""
    standing = standing_of(request.user, on=timezone.localdate())
    book = book_of(request, standing)
    record = next((one for one in book.records if one.counter.code == code), None) if book else None
    if book is None or record is None:
        raise Http404
    context = {
        "page": counter_page(book, record, get_language() or "vi"),
        "counter": record.counter,
        "book": book,
        "tabs": tabs_of(request, book),
        "is_own": not sees_every_figure(standing),
        "crumbs": [
            {"label": _("Activity figures"), "url": reverse("reports:counter_list")},
            {"label": code, "url": ""},
        ],
    }
    return render(request, "reports/counter_detail.html", context)


def book_of(request: HttpRequest, standing: Standing) -> CounterBook | None:
    """Return the counters of the plan shown first, with the accepted reports that the person may read."""
    plan = chosen_plan(request) or Plan.objects.first()
    if plan is None:
        return None
    return read_counters(plan, submissions_visible_to(standing), demo=chosen_series(request))


def tabs_of(request: HttpRequest, book: CounterBook) -> list[dict[str, Any]]:
    """Return the two series as tabs, where both exist."""
    return series_tabs(request.path, is_demo=book.is_demo) if book.has_other else []
