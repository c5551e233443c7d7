"""The pages of an account: its overview, the password, the language."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plan_tracker.accounts.agents import browser_words
from plan_tracker.accounts.entrance import end_sessions
from plan_tracker.accounts.forms import ChangePasswordForm
from plan_tracker.accounts.language import KNOWN
from plan_tracker.accounts.models import Session, User
from plan_tracker.accounts.second_factor import has_second_factor
from plan_tracker.accounts.visitors import safe_next, signed_in_user

ONE_YEAR = 365 * 24 * 3600


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """Show one's own account: who, password, second factor, language, and every session that is open."""
    user = signed_in_user(request)
    rows = Session.objects.filter(user=user, expire_date__gt=timezone.now())
    here = request.session.session_key
    context = {
        "person": user,
        "second_factor": has_second_factor(user),
        "sessions": [(row, browser_words(row.agent), row.session_key == here) for row in rows],
    }
    return render(request, "accounts/account.html", context)


@require_POST
def session_end(request: HttpRequest) -> HttpResponse:
    """End one other session of one's own account, or all others."""
    user = signed_in_user(request)
    others = Session.objects.filter(user=user).exclude(session_key=request.session.session_key)
    if request.POST.get("session") == "others":
        ended = end_sessions(others)
    else:
        ended = end_sessions([row for row in others if row.handle == request.POST.get("session")])
    messages.success(request, _("The session is ended.") if ended else _("There is no such session any more."))
    return redirect("accounts:account")


@require_http_methods(["GET", "POST"])
def password_change(request: HttpRequest) -> HttpResponse:
    """Change one's own password; the other sessions of the account end."""
    user = signed_in_user(request)
    forced = user.must_change_password
    form = ChangePasswordForm(request, user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        form.save()
        user.must_change_password = False
        user.save(update_fields=["must_change_password"])
        update_session_auth_hash(request, user)
        end_sessions(
            Session.objects.filter(user=user).exclude(session_key=request.session.session_key),
            note=_("a new password was chosen"),
        )
        messages.success(request, _("The password is changed."))
        return redirect(resolve_url(settings.LOGIN_REDIRECT_URL))
    return render(request, "accounts/password_change.html", {"form": form, "forced": forced})


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and, for a signed-in user, in the account."""
    response = HttpResponseRedirect(safe_next(request))
    code = request.POST.get("language", "")
    if code not in KNOWN:
        return response
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=ONE_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    if isinstance(request.user, User):
        User.objects.filter(pk=request.user.pk).update(language=code)
    if request.user.is_authenticated:
        with override(code):
            messages.success(request, _("The pages are now in English."))
    return response
