"""The page of one body's figures."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from targets.body_figures import body_rows
from targets.permissions import sees_every_figure
from tasks.models import Body
from tasks.permissions import standing_of


@require_GET
def body_indicators(request: HttpRequest, code: str) -> HttpResponse:
    """Show the figures of one body, to those who see all figures and to those who write its reports."""
    on = timezone.localdate()
    standing = standing_of(request.user, on=on)
    body = get_object_or_404(Body, code=code)
    if not sees_every_figure(standing) and body.pk not in standing.own_bodies:
        raise Http404
    rows = body_rows(body, on, get_language() or "vi")
    crumbs = [{"label": _("Indicators"), "url": reverse("targets:indicator_list")}, {"label": body.short_name}]
    return render(request, "targets/body_indicators.html", {"body": body, "rows": rows, "crumbs": crumbs})
