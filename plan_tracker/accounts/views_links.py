"""The pages of one-time links: asking for one, and choosing a password with it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from plan_tracker.accounts.forms import ChoosePasswordForm, ForgottenForm
from plan_tracker.accounts.links import send_forgotten, use_link, valid_link


@login_not_required
@require_http_methods(["GET", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link; the answer is the same whether or not there is such an account."""
    form = ForgottenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        send_forgotten(request, form.cleaned_data["who"], at=timezone.now())
        return render(request, "accounts/forgotten_sent.html")
    return render(request, "accounts/forgotten.html", {"form": form})


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password; only sending the form uses the link up, so that a mail program may look at it."""
    now = timezone.now()
    found = valid_link(token, at=now)
    if found is None:
        return render(request, "accounts/link_over.html", status=410)
    form = ChoosePasswordForm(found.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not use_link(token, form.cleaned_data["new_password1"], at=now):
            return render(request, "accounts/link_over.html", status=410)
        messages.success(request, _("Your password is set. Please sign in with it."))
        return redirect("accounts:sign_in")
    return render(request, "accounts/link.html", {"form": form, "person": found.user})
