"""The last door before the database: no request writes a text with a marking of secrecy, whichever form it came by.

The forms refuse such a text first, at its field and with all else that was typed kept. What none of them asked about
stops here: nothing of the request is stored, and the browser is told what it may not keep.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.http import trigger_client_event

from plan_tracker.lib.secrecy import marking_error
from plan_tracker.lib.secrecy_writes import SecrecyError, refuse_in_writes

FORGET = "copy-forget"


def marked_fields(request: HttpRequest) -> list[str]:
    """Return which fields of a sent form carry a marking."""
    return [name for name, values in request.POST.lists() if marking_error(*map(str, values))]


class SecrecyMiddleware:
    """Guards every statement of a request, and answers where one was refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with ExitStack() as stack:
            for alias in connections:
                stack.enter_context(connections[alias].execute_wrapper(refuse_in_writes))
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Say that nothing was stored, and why."""
        if not isinstance(exception, SecrecyError):
            return None
        response = render(request, "422.html", status=422)
        trigger_client_event(response, FORGET, {"names": marked_fields(request)})
        return response
