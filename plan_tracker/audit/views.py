"""The page of the audit trail and its files; for administrators alone."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from plan_tracker.audit.choices import Action
from plan_tracker.audit.exports import trail_table
from plan_tracker.audit.forms import TrailFilterForm
from plan_tracker.audit.models import Seal
from plan_tracker.audit.reading import read
from plan_tracker.audit.recording import record
from plan_tracker.lib import spreadsheets
from plan_tracker.lib.spreadsheets import Table

ROWS_A_PAGE = 50
MOST_ENTRIES_IN_A_FILE = 20_000
WRITERS: dict[str, tuple[Callable[[Table], bytes], str]] = {
    "xlsx": (spreadsheets.write_xlsx, spreadsheets.XLSX_TYPE),
    "csv": (spreadsheets.write_csv, spreadsheets.CSV_TYPE),
}


def _filter_of(request: HttpRequest) -> TrailFilterForm:
    """Return what was asked, or refuse: the trail holds everybody's texts."""
    if not getattr(request.user, "is_staff", False):
        raise PermissionDenied
    return TrailFilterForm(request.GET)


@require_GET
def trail(request: HttpRequest) -> HttpResponse:
    """Show the newest entries that fit; older ones by the number of the last one shown, never by counting."""
    form = _filter_of(request)
    rows = form.entries()
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal() and len(before) <= 18:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: ROWS_A_PAGE + 1])
    shown = found[:ROWS_A_PAGE]
    context = {
        "form": form,
        "lines": [read(entry) for entry in shown],
        "older": shown[-1].pk if len(found) > ROWS_A_PAGE else None,
        "is_continued": bool(before),
        "seal": Seal.objects.first(),
        "asked": any(form.cleaned_data.values()) if form.is_valid() else True,
    }
    return render(request, "audit/trail.html", context)


@require_GET
def trail_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Give the entries that fit as a file, the newest 20,000 at most, and leave an entry about that."""
    rows = _filter_of(request).entries()[:MOST_ENTRIES_IN_A_FILE]
    write, content_type = WRITERS[kind]
    content = write(trail_table(rows))
    record(Action.EXPORTED, note=request.GET.urlencode())
    name = f"nhat-ky-{timezone.localdate():%Y-%m-%d}.{kind}"
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
