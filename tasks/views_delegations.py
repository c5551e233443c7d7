"""The pages of delegations: what was lent by and to somebody, lending, and taking back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plan_tracker.accounts.visitors import signed_in_user
from tasks.delegating import delegations_visible_to, end, may_end, memberships_to_lend
from tasks.forms_delegations import DelegationForm
from tasks.permissions import standing_of


@require_GET
def delegation_list(request: HttpRequest) -> HttpResponse:
    """Show the delegations of a person, the newest first, and which of them hold today."""
    today = timezone.localdate()
    standing = standing_of(request.user, on=today)
    rows = delegations_visible_to(standing)[:200]
    context = {
        "rows": [(row, row.is_in_force(today), may_end(standing, row) and row.is_open(today)) for row in rows],
        "can_lend": memberships_to_lend(standing, on=today).exists(),
    }
    return render(request, "tasks/delegation_list.html", context)


@require_http_methods(["GET", "POST"])
def delegation_create(request: HttpRequest) -> HttpResponse:
    """Lend a role."""
    now = timezone.now()
    today = timezone.localdate(now)
    standing = standing_of(request.user, on=today)
    if not memberships_to_lend(standing, on=today).exists():
        raise PermissionDenied
    form = DelegationForm(standing, today, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        form.instance.made_by, form.instance.made_at = signed_in_user(request), now
        form.save()
        messages.success(request, _("The delegation is entered; it holds on its days and ends by itself."))
        return redirect("tasks:delegation_list")
    return render(request, "tasks/delegation_create.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def delegation_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a delegation back."""
    now = timezone.now()
    standing = standing_of(request.user, on=timezone.localdate(now))
    row = get_object_or_404(delegations_visible_to(standing), pk=pk)
    if not may_end(standing, row):
        raise PermissionDenied
    end(row, at=now)
    messages.success(request, _("The delegation has ended."))
    return redirect("tasks:delegation_list")
