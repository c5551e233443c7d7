"""Who must do something about the account before anything else: choose a password, set up a second factor."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from plan_tracker.accounts.entrance import FACTOR

# Leaving, changing the language, unlocking and the change itself stay open to everyone.
OPEN_ROUTES = frozenset(
    {
        "accounts:password_change",
        "accounts:second_factor",
        "accounts:sign_out",
        "accounts:sign_in",
        "accounts:language",
        "accounts:unlock",
        "accounts:link",
    }
)


def needs_second_factor(request: HttpRequest) -> bool:
    """Return whether this is an administrator's session that no second factor has proved yet."""
    required: bool = settings.ADMINISTRATORS_NEED_SECOND_FACTOR
    return required and getattr(request.user, "is_staff", False) and not request.session.get(FACTOR)


class NewPasswordMiddleware:
    """Leads a user whose password was set by somebody else, or an administrator without a second factor, to the page
    that mends it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """Send such a user to that page, whatever page was asked for."""
        match = request.resolver_match
        if match and match.view_name in OPEN_ROUTES:
            return None
        if getattr(request.user, "must_change_password", False):
            return redirect("accounts:password_change")
        if needs_second_factor(request):
            return redirect("accounts:second_factor")
        return None
