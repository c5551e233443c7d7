"""Coming in and going out: password, second factor, unlocking, signing out."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plan_tracker.accounts.entrance import enter, leave
from plan_tracker.accounts.forms import CodeForm, SignInForm, UnlockForm
from plan_tracker.accounts.models import User
from plan_tracker.accounts.second_factor import Answer, has_second_factor, verify
from plan_tracker.accounts.sessions import SEEN, now_in_seconds
from plan_tracker.accounts.visitors import safe_next, signed_in_user
from plan_tracker.audit.choices import Action
from plan_tracker.audit.recording import record

PENDING = "pending"
PENDING_SECONDS = 600
MOST_WRONG_CODES = 5


class SignIn(LoginView):
    """Name and password; an account with a second factor is asked for its code before it is let in."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        """Let in, or keep in mind who gave the right password and ask for the code."""
        user = form.get_user()
        if not has_second_factor(user):
            enter(self.request, user)
            return redirect(self.get_success_url())
        self.request.session.cycle_key()
        self.request.session[PENDING] = {
            "user": user.pk,
            "password": user.get_session_auth_hash(),
            "at": int(time.time()),
            "next": self.get_redirect_url(),
        }
        return redirect("accounts:code")

    def form_invalid(self, form: Any) -> HttpResponse:
        """Leave an entry of the attempt; the name is kept as it was typed, the password nowhere."""
        record(Action.SIGN_IN_FAILED, note=str(form.data.get("username", ""))[:150])
        return super().form_invalid(form)


# Django's form views take PUT for POST; ours takes GET and POST alone, as every other page.
sign_in = require_http_methods(["GET", "POST"])(SignIn.as_view())


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and have the browser forget the pages that it kept: the next person may go back in it."""
    leave(request)
    answer = redirect("accounts:sign_in")
    answer["Clear-Site-Data"] = '"cache"'
    return answer


def _pending_user(request: HttpRequest) -> User | None:
    """Return who gave the right password in this browser a moment ago, if it still is the password."""
    pending = request.session.get(PENDING)
    if not pending or pending["at"] < time.time() - PENDING_SECONDS:
        return None
    user = User.objects.filter(pk=pending["user"], is_active=True).first()
    is_current = user is not None and constant_time_compare(pending["password"], user.get_session_auth_hash())
    return user if is_current else None


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the second factor; five wrong ones lead back to the beginning."""
    user = _pending_user(request)
    if user is None:
        return redirect("accounts:sign_in")
    pending = request.session[PENDING]
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer = verify(user, form.cleaned_data["code"])
        if answer in {Answer.APP, Answer.RECOVERY}:
            del request.session[PENDING]
            enter(request, user, factor=answer.value)
            return redirect(pending["next"] or "reports:home")
        record(Action.SIGN_IN_FAILED, note=user.get_username())
        wrong = pending.get("wrong", 0) + 1
        if wrong >= MOST_WRONG_CODES:
            del request.session[PENDING]
            return redirect("accounts:sign_in")
        request.session[PENDING] = {**pending, "wrong": wrong}
        form.add_error("code", sentence_for(answer))
    return render(request, "accounts/code.html", {"form": form})


def sentence_for(answer: Answer) -> str:
    """Return what somebody is told whose code did not open the door."""
    if answer is Answer.WAIT:
        return _("After a wrong code please wait a moment before you type the next one.")
    return _("This code is not right. Please type the one that the app shows now.")


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
    """Ask for the password after a quiet time, and go on where the person was."""
    user = signed_in_user(request)
    form = UnlockForm(request, user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        request.session[SEEN] = now_in_seconds()
        record(Action.UNLOCKED, table="accounts_user", row=str(user.pk))
        return redirect(safe_next(request))
    return render(request, "accounts/unlock.html", {"form": form, "person": user, "next": safe_next(request)})


@require_GET
def still_here(request: HttpRequest) -> HttpResponse:
    """Answer a page whose person types without sending anything: the idle lock has taken note already."""
    return HttpResponse(status=204)


@login_not_required
@require_GET
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """Send the administration's own sign-in page to ours; who is signed in goes on, or finds nothing there."""
    user = request.user
    if user.is_authenticated and not getattr(user, "is_staff", False):
        raise Http404
    if user.is_authenticated:
        return redirect("admin:index")
    there = safe_next(request) if "next" in request.GET else reverse("admin:index")
    return redirect(f"{reverse('accounts:sign_in')}?{urlencode({'next': there})}")
