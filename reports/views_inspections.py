"""Pages of inspections (item IV.6): the list, and writing one down; the inspected body reads its own."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from plan_tracker.accounts.models import User
from plan_tracker.lib.dates import screen_day
from reports.context import plan_of
from reports.forms_inspections import InspectionForm
from reports.notices import members_of, tell
from reports.permissions import can_inspect, inspections_visible_to
from reports.views_periods import who
from tasks.inspections import OPEN, inspection_state, still_open
from tasks.models import Inspection

PAGE_SIZE = 30


@require_GET
def inspection_list(request: HttpRequest) -> HttpResponse:
    """List the inspections that the person may read, the latest first; what is open is counted above them."""
    _user, standing = who(request)
    today = timezone.localdate()
    visible = inspections_visible_to(standing).select_related("body")
    only_open = request.GET.get("loc") == "chua-xong"
    rows = still_open(visible, on=today) if only_open else visible.order_by("-inspected_on", "body__order", "pk")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    found = [(row, inspection_state(row, on=today)) for row in page]
    context = {
        "page": page,
        "rows": [(row, state, state in OPEN) for row, state in found],
        "open": page.paginator.count if only_open else still_open(visible, on=today).count(),
        "only_open": only_open,
        "can_inspect": can_inspect(standing),
        "sees_one": not standing.sees_every_report and not standing.is_viewer,
    }
    return render(request, "reports/inspection_list.html", context)


def _inspector(request: HttpRequest) -> User:
    """Return the visitor who may write inspections down; nobody else comes further."""
    user, standing = who(request)
    if not can_inspect(standing):
        raise PermissionDenied
    return user


@require_http_methods(["GET", "POST"])
def inspection_create(request: HttpRequest) -> HttpResponse:
    """Write an inspection down."""
    user = _inspector(request)
    return _edit(request, user, Inspection(plan=plan_of(request), is_demo=user.is_demo))


@require_http_methods(["GET", "POST"])
def inspection_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an inspection, or write down how its findings were remedied."""
    _user, standing = who(request)
    inspection = get_object_or_404(inspections_visible_to(standing), pk=pk)
    return _edit(request, _inspector(request), inspection)


def _edit(request: HttpRequest, user: User, inspection: Inspection) -> HttpResponse:
    today = timezone.localdate()
    form = InspectionForm(request.POST if request.method == "POST" else None, instance=inspection, on=today)
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            saved = form.save()
            _tell(saved, user)
        messages.success(request, _("Saved, and the body has been told."))
        return redirect(f"{reverse('reports:inspection_list')}#kiem-tra-{saved.pk}")
    crumbs = [
        {"label": _("Inspections"), "url": reverse("reports:inspection_list")},
        {"label": str(inspection.body.short_name) if inspection.pk else _("New inspection"), "url": ""},
    ]
    context = {"form": form, "inspection": inspection, "crumbs": crumbs}
    return render(request, "reports/inspection_edit.html", context, status=422 if form.is_bound else 200)


def _tell(inspection: Inspection, actor: User) -> None:
    """Leave a message with the people of the inspected body."""
    now = timezone.now()
    people = (one for one in members_of([inspection.body_id], on=timezone.localdate(now)) if one != actor)
    url = f"{reverse('reports:inspection_list')}#kiem-tra-{inspection.pk}"
    tell(people, lambda: _sentence(inspection), url=url, at=now, is_demo=inspection.is_demo)


def _sentence(inspection: Inspection) -> str:
    day = screen_day(inspection.inspected_on)
    if inspection.remedied_on:
        return _("What the inspection of %(day)s found is written down as remedied.") % {"day": day}
    if inspection.remedy_due_on:
        words = _("The inspection of %(day)s: its findings are to be remedied by %(due)s.")
        return words % {"day": day, "due": screen_day(inspection.remedy_due_on)}
    return _("An inspection of your body on %(day)s is written down.") % {"day": day}
