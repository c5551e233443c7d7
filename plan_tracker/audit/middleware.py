"""Lets every entry that a request causes say who sent it, from where and on which page."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from plan_tracker.audit.context import NOBODY, acting
from plan_tracker.lib.addresses import client_address


def person_of(request: HttpRequest) -> tuple[int | None, str, str]:
    """Return number, user name and shown name of whoever is signed in at this moment of the request."""
    user = getattr(request, "user", None)
    if user is None or user.pk is None:
        return NOBODY
    return user.pk, user.get_username(), user.get_full_name()


class AuditMiddleware:
    """Holds what the trail says about person and place for the length of one request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting(
            person=lambda: person_of(request),
            address=client_address(request),
            source=f"{request.method} {request.path}",
            request=secrets.token_hex(8),
        ):
            return self.get_response(request)
