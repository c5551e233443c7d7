"""Who must choose a new password before anything else."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

# Leaving, changing the language and the change itself stay open to everyone.
OPEN_ROUTES = frozenset({"accounts:password_change", "accounts:sign_out", "accounts:sign_in", "accounts:language"})


class NewPasswordMiddleware:
    """Leads a user whose password was set by somebody else to the page that changes it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """Send such a user to the password page, whatever page was asked for."""
        match = request.resolver_match
        if match and match.view_name in OPEN_ROUTES:
            return None
        if getattr(request.user, "must_change_password", False):
            return redirect("accounts:password_change")
        return None
