"""The copy that a browser keeps of what is typed: which form it belongs to, when it may go, and what it must forget.

`static/js/form.js` keeps the copy under the person and the page. It throws it away once the server has said that
everything in it is saved, and takes out at once the fields that the server tells it to forget.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django_htmx.http import trigger_client_event

FIELD = "copy"
COOKIE = "copy_saved"
SECONDS = 120
FORGET = "copy-forget"


def copy_key(user_pk: int, path: str) -> str:
    """Return the name of the copy of one person's page."""
    return f"{user_pk}:{path}"


def say_saved(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Tell the browser which copy has arrived whole; the next page of the form throws it away."""
    word = request.POST.get(FIELD, "")
    if word.isascii() and word.isdecimal() and len(word) <= 20:
        response.set_cookie(COOKIE, word, max_age=SECONDS, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response


def forget_fields(response: HttpResponse, names: Iterable[str]) -> HttpResponse:
    """Let the browser take these fields out of its copy, for what is refused may not lie there either.

    This serves an answer to htmx; a whole page lists the names in `data-forget` of its form.
    """
    if listed := sorted(set(names)):
        trigger_client_event(response, FORGET, {"names": listed})
    return response
