"""Who a request comes from, and where it may lead on to."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from plan_tracker.accounts.models import User


def signed_in_user(request: HttpRequest) -> User:
    """Return who is signed in; the middleware has let nobody else in."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - see above
    return user


def safe_next(request: HttpRequest) -> str:
    """Return the page that was asked for when it is one of ours, else the first page."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and ours else "/"
