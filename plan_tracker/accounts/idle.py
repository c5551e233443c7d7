"""The idle lock: after 15 minutes without a page (5 for administrators) the password is asked, and nothing is lost.

A form that is sent to a locked screen waits in the session and is sent again once its own person has unlocked it.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from plan_tracker.accounts.carrying import carry
from plan_tracker.accounts.models import User
from plan_tracker.accounts.sessions import SEEN, now_in_seconds

OPEN_ROUTES = frozenset({"accounts:unlock", "accounts:sign_out", "accounts:language"})
# What a page asks by itself does not say that somebody is there.
QUIET_ROUTES = frozenset({"jobs:job_state"})
# How seldom the moment of the last page is written down.
GRAIN = 60


def limit_for(user: User) -> int:
    """Return after how many seconds without a page the screen is locked."""
    minutes: int = settings.IDLE_MINUTES_OF_ADMINISTRATORS if user.is_staff else settings.IDLE_MINUTES
    return minutes * 60


def is_locked(request: HttpRequest) -> bool:
    """Return whether the session has been idle for too long; a session always knows when it was last seen."""
    user = request.user
    seen = request.session.get(SEEN)
    return isinstance(user, User) and seen is not None and now_in_seconds() - seen > limit_for(user)


class IdleLockMiddleware:
    """Stands in front of every page of somebody who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_args: object) -> HttpResponse | None:
        """Lock, or note that the person is there."""
        match = request.resolver_match
        if not request.user.is_authenticated or (match and match.view_name in OPEN_ROUTES):
            return None
        if is_locked(request):
            return to_unlock(request)
        is_quiet = match is not None and match.view_name in QUIET_ROUTES
        if not is_quiet and now_in_seconds() - request.session.get(SEEN, 0) >= GRAIN:
            request.session[SEEN] = now_in_seconds()
        return None


def to_unlock(request: HttpRequest) -> HttpResponse:
    """Lead to the page that asks for the password; what was sent is kept, or the person is told that it was not."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
    back = request.get_full_path()
    if request.method == "POST":
        back = request.path
        if request.FILES or not carry(request, int(request.user.pk or 0)):
            messages.warning(
                request, _("What you sent could not be kept: please go back in the browser after unlocking.")
            )
    return redirect(f"{reverse('accounts:unlock')}?{urlencode({'next': back})}")
