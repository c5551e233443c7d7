"""Editions of a period's reports: their list, opening the draft of one, and one of them as it reads now."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from plan_tracker.accounts.models import User
from reports.choices import Product
from reports.edition_content import edition_content
from reports.edition_opening import AlreadyOpen, open_edition
from reports.edition_pages import shown_edition
from reports.edition_tabs import crumbs_of, tabs_of
from reports.models import Edition
from reports.permissions_composer import can_compose, can_open_edition, editions_read_by
from reports.views_summary import one_period
from tasks.permissions import Standing, standing_of


def _standing(request: HttpRequest) -> Standing:
    """Return who the person is today."""
    return standing_of(request.user, on=timezone.localdate())


def one_edition(request: HttpRequest, pk: int) -> Edition:
    """Return an edition that the person may read, with plan, period and issuer; another one does not exist."""
    return get_object_or_404(editions_read_by(_standing(request)).opened(), pk=pk)


@require_GET
def edition_list(request: HttpRequest, pk: int) -> HttpResponse:
    """List the editions of a period by product, each with the way on."""
    period, standing = one_period(request, pk), _standing(request)
    rows = editions_read_by(standing).filter(period=period).select_related("issuer", "created_by", "issued_by")
    found: dict[str, list[Edition]] = {}
    for row in rows:
        found.setdefault(row.kind, []).append(row)
    products = [(product, found.get(product, [])) for product in Product]
    context = {
        "period": period,
        "products": [(product, of_it, not any(not row.is_fixed for row in of_it)) for product, of_it in products],
        "can_open": can_open_edition(standing),
        "demo": period.is_demo,
        "crumbs": crumbs_of(period),
    }
    return render(request, "reports/edition_list.html", context)


@require_POST
def edition_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the draft of a product; where one is under way already, lead to it."""
    period = one_period(request, pk)
    if not can_open_edition(_standing(request)):
        raise PermissionDenied
    kind = request.POST.get("kind", "")
    if kind not in Product.values:
        raise Http404
    assert isinstance(request.user, User)  # noqa: S101 - the middleware lets nobody else in
    try:
        edition = open_edition(period, kind, actor=request.user, at=timezone.now(), on=timezone.localdate())
    except AlreadyOpen as refusal:
        messages.info(request, _("A draft of this report is under way already; here it is."))
        return redirect("reports:edition_detail", refusal.edition.pk)
    messages.success(request, _("The draft is there: every section is written from what is accepted now."))
    return redirect("reports:edition_detail", edition.pk)


@require_GET
def edition_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an edition as it reads now: the outline with lengths and open points, and the text."""
    edition = one_edition(request, pk)
    if edition.is_fixed:
        return redirect("reports:edition_life", pk)
    content = edition_content(edition, now=timezone.now())
    context: dict[str, Any] = {
        "edition": edition,
        "content": content,
        "shown": shown_edition(content, period_pk=edition.period_id),
        "can_compose": can_compose(_standing(request), edition),
        "tabs": tabs_of(edition, "edition_detail"),
        "crumbs": crumbs_of(edition.period, edition),
        "demo": edition.is_demo,
    }
    return render(request, "reports/edition_detail.html", context)
