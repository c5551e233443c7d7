"""The pages of an account: sign in and out, password, language."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plan_tracker.accounts.forms import ChangePasswordForm, SignInForm
from plan_tracker.accounts.language import KNOWN
from plan_tracker.accounts.models import User

ONE_YEAR = 365 * 24 * 3600

sign_in = LoginView.as_view(
    template_name="accounts/sign_in.html", authentication_form=SignInForm, redirect_authenticated_user=True
)
sign_out = LogoutView.as_view(http_method_names=["post"])


def safe_next(request: HttpRequest) -> str:
    """Return the page that the form came from when it is one of ours, else the first page."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and ours else "/"


@login_not_required
@require_GET
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """Send the administration's own sign-in page to ours; who is signed in but not staff is told so."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect(f"{reverse('accounts:sign_in')}?{urlencode({'next': reverse('admin:index')})}")


@require_http_methods(["GET", "POST"])
def password_change(request: HttpRequest) -> HttpResponse:
    """Change one's own password; the other sessions of the account end."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - the middleware lets nobody else in
    forced = user.must_change_password
    form = ChangePasswordForm(user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        form.save()
        user.must_change_password = False
        user.save(update_fields=["must_change_password"])
        update_session_auth_hash(request, user)
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
