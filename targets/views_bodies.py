"""The page of one body's figures."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from targets.body_figures import body_rows, read_known, rows_before
from tasks.models import Body
from tasks.permissions import bodies_read_by, standing_of
from tasks.reading import shown_plans
from tasks.succession import read_lineage


@require_GET
def body_indicators(request: HttpRequest, code: str) -> HttpResponse:
    """Show the figures of one body, to those who see all figures and to those who work for it."""
    on = timezone.localdate()
    body = get_object_or_404(Body, code=code)
    readable = bodies_read_by(standing_of(request.user, on=on))
    lineage, language = read_lineage(), get_language() or "vi"
    # Whoever works for a body that follows reads the figures of the one before.
    if readable is not None and not {body.pk, *lineage.heirs([body.pk])} & readable:
        raise Http404
    known = read_known(on, shown_plans(request))
    crumbs = [{"label": _("Indicators"), "url": reverse("targets:indicator_list")}, {"label": body.short_name}]
    context = {
        "body": body,
        "rows": body_rows(known, body, on, language),
        "before": rows_before(known, body, lineage, language),
        "crumbs": crumbs,
    }
    return render(request, "targets/body_indicators.html", context)
