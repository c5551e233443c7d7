"""The page of the audit trail, for administrators alone; its files are made by `plan_tracker.jobs.trail`."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from plan_tracker.audit.forms import TrailFilterForm
from plan_tracker.audit.models import Seal
from plan_tracker.audit.reading import read
from plan_tracker.lib.numbers import row_number

ROWS_A_PAGE = 50


def filter_of(request: HttpRequest) -> TrailFilterForm:
    """Return what was asked, or refuse: the trail holds everybody's texts."""
    if not getattr(request.user, "is_staff", False):
        raise PermissionDenied
    return TrailFilterForm(request.GET)


@require_GET
def trail(request: HttpRequest) -> HttpResponse:
    """Show the newest entries that fit; older ones by the number of the last one shown, never by counting."""
    form = filter_of(request)
    rows = form.entries()
    before = row_number(request.GET.get("before", ""))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: ROWS_A_PAGE + 1])
    shown = found[:ROWS_A_PAGE]
    context = {
        "form": form,
        "lines": [read(entry) for entry in shown],
        "older": shown[-1].pk if len(found) > ROWS_A_PAGE else None,
        "is_continued": before is not None,
        "seal": Seal.objects.first(),
        "asked": any(form.cleaned_data.values()) if form.is_valid() else True,
    }
    return render(request, "audit/trail.html", context)
