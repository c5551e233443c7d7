"""Setting up the second factor, proving it, new recovery codes, and taking it away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from plan_tracker.accounts.entrance import FACTOR
from plan_tracker.accounts.forms import CodeForm, UnlockForm
from plan_tracker.accounts.models import User
from plan_tracker.accounts.password_length import ALONE
from plan_tracker.accounts.passwords import needs_second_factor
from plan_tracker.accounts.second_factor import (
    Answer,
    enrol,
    has_second_factor,
    new_key,
    new_recovery_codes,
    picture,
    remove,
    verify,
    written,
)
from plan_tracker.accounts.views_entrance import sentence_for
from plan_tracker.accounts.visitors import signed_in_user

KEY = "second_factor_key"


@never_cache
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Show what fits: the QR code for a first app, the question for the code, or what can be changed."""
    user = signed_in_user(request)
    if not has_second_factor(user):
        return _set_up(request, user)
    if needs_second_factor(request):
        return _prove(request, user)
    form = UnlockForm(request, user, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if "codes" in request.POST:
            return _show_codes(request, new_recovery_codes(user))
        if "remove" in request.POST:
            return _take_away(request, user, form.cleaned_data["password"])
    return render(request, "accounts/second_factor.html", {"form": form, "is_required": user.is_staff})


def _set_up(request: HttpRequest, user: User) -> HttpResponse:
    """Show the secret until a code proves that the app has it."""
    key = request.session.setdefault(KEY, new_key())
    form = CodeForm(request.POST if request.method == "POST" else None)
    form.fields["code"].help_text = _("Six digits that the app shows once it has read the picture.")
    if request.method == "POST" and form.is_valid():
        codes = enrol(user, key, form.cleaned_data["code"])
        if codes is not None:
            del request.session[KEY]
            request.session[FACTOR] = Answer.APP.value
            messages.success(request, _("The second factor is set up. From now on every sign-in asks for a code."))
            return _show_codes(request, codes)
        form.add_error("code", sentence_for(Answer.WRONG))
    context = {
        "form": form,
        "picture": picture(user, key),
        "secret": written(key),
        "is_required": user.is_staff,
    }
    return render(request, "accounts/second_factor_set_up.html", context)


def _prove(request: HttpRequest, user: User) -> HttpResponse:
    """Ask for a code in a session that was opened without one."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        answer = verify(user, form.cleaned_data["code"])
        if answer in {Answer.APP, Answer.RECOVERY}:
            request.session[FACTOR] = answer.value
            return redirect("reports:home")
        form.add_error("code", sentence_for(answer))
    return render(request, "accounts/code.html", {"form": form})


def _show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """Show recovery codes this once."""
    return render(request, "accounts/recovery_codes.html", {"codes": codes})


def _take_away(request: HttpRequest, user: User, password: str) -> HttpResponse:
    """Go back to the password alone, where that is allowed and the password is long enough for it."""
    if user.is_staff:
        messages.error(request, _("An administrator's account keeps its second factor."))
    elif len(password) < ALONE:
        messages.error(request, _("Your password is shorter than 14 characters: please choose a longer one first."))
    else:
        remove(user)
        request.session.pop(FACTOR, None)
        messages.success(request, _("The second factor is taken away."))
        return redirect("accounts:account")
    return redirect("accounts:second_factor")
