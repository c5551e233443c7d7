"""The composer: one section of an edition with what the figures say, what people wrote, and what bodies report."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from reports.edition_content import edition_content
from reports.edition_pages import shown_edition
from reports.edition_tabs import crumbs_of
from reports.permissions_composer import can_compose
from reports.views_editions import one_edition
from tasks.permissions import standing_of


@require_GET
def edition_section(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Show one section of an edition that is being written."""
    edition, now = one_edition(request, pk), timezone.now()
    if not can_compose(standing_of(request.user, on=timezone.localdate(now)), edition):
        raise PermissionDenied
    content = edition_content(edition, now=now)
    shown = shown_edition(content, period_pk=edition.period_id)
    row = next((row for row in shown.sections if row.content.key == key), None)
    if row is None:
        raise Http404
    context = {
        "edition": edition,
        "content": content,
        "shown": shown,
        "row": row,
        "crumbs": crumbs_of(edition.period, edition, section=key),
        "demo": edition.is_demo,
    }
    return render(request, "reports/edition_section.html", context)
