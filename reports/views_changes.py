"""Changes of bodies, for administrators: drawing one up, looking at what it moves, confirming, settling, undoing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plan_tracker.accounts.models import User
from reports.change_pages import read_page
from reports.final_reports import ask_final_reports
from reports.forms_changes import ChangeForm, read_choices
from reports.handover import confirm, settle, take_back
from reports.permissions import can_change_bodies
from tasks.choices import ChangeState
from tasks.journal import UndoRefused
from tasks.models import BodyChange
from tasks.permissions import standing_of
from tasks.reorganisation import ChangeRefused


def administrator(request: HttpRequest) -> User:
    """Return the person; nobody but an administrator changes bodies."""
    if not can_change_bodies(standing_of(request.user, on=timezone.localdate())):
        raise PermissionDenied
    assert isinstance(request.user, User)  # noqa: S101 - the middleware lets nobody else in
    return request.user


def crumbs(label: str = "") -> list[dict[str, str]]:
    """Return the way here."""
    found = [
        {"label": _("Bodies"), "url": reverse("tasks:body_list")},
        {"label": _("Changes of bodies"), "url": reverse("reports:change_list") if label else ""},
    ]
    return [*found, {"label": label, "url": ""}] if label else found


@require_GET
def change_list(request: HttpRequest) -> HttpResponse:
    """List the changes, the latest first."""
    administrator(request)
    rows = BodyChange.objects.annotate(followers=Count("successions")).order_by("-happened_on", "code")
    return render(request, "reports/change_list.html", {"rows": rows, "crumbs": crumbs()})


@require_http_methods(["GET", "POST"])
def change_create(request: HttpRequest) -> HttpResponse:
    """Draw up a change; nothing moves before it is confirmed on its own page."""
    user, now = administrator(request), timezone.now()
    form = ChangeForm(request.POST or None, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        change = form.drawn_up(actor=user, at=now)
        messages.info(request, _("Drawn up. Look at what it moves, then confirm it."))
        return redirect("reports:change_detail", change.code)
    context = {"form": form, "crumbs": crumbs(_("New change"))}
    return render(request, "reports/change_create.html", context, status=422 if request.method == "POST" else 200)


@require_GET
def change_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show a change as a diagram with everything that it moves or has moved."""
    administrator(request)
    change = get_object_or_404(BodyChange.objects.select_related("confirmed_by"), code=code)
    try:
        page = read_page(change)
    except ChangeRefused as refused:
        context: dict[str, Any] = {"change": change, "sentence": str(refused), "crumbs": crumbs(change.title)}
        return render(request, "reports/change_detail.html", context)
    context = {"change": change, "page": page, "crumbs": crumbs(change.title), "today": timezone.localdate()}
    return render(request, "reports/change_detail.html", context)


@require_POST
def change_step(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Confirm a change, settle what was left open, undo it, or throw a draft away."""
    user, now = administrator(request), timezone.now()
    change = get_object_or_404(BodyChange, code=code)
    try:
        if step == "xoa":
            _discard(change)
            messages.success(request, _("The draft is gone."))
            return redirect("reports:change_list")
        if step == "xac-nhan":
            confirm(change, read_choices(request.POST), actor=user, at=now)
            messages.success(request, _("The change is in force."))
        elif step == "chuyen":
            settle(change, read_choices(request.POST), actor=user, at=now)
            ask_final_reports(change, request.POST.getlist("ky"), actor=user, at=now)
            messages.success(request, _("What you chose has gone over."))
        else:
            take_back(change, actor=user, at=now)
            messages.success(request, _("The change is undone; everything is as it was before."))
    except (ChangeRefused, UndoRefused) as refused:
        messages.error(request, str(refused))
    return redirect("reports:change_detail", code)


def _discard(change: BodyChange) -> None:
    """Delete a draft."""
    if change.state != ChangeState.DRAFT:
        raise ChangeRefused(_("A confirmed change is undone first."))
    change.delete()
