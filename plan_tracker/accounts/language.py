"""Which language a page is in: the user's own choice, then the cookie, then Vietnamese; never the browser's wish."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

KNOWN = frozenset(code for code, _ in settings.LANGUAGES)


def chosen_language(request: HttpRequest) -> str:
    """Return the language code for this request."""
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if cookie in KNOWN:
        return cookie
    user = getattr(request, "user", None)
    code = getattr(user, "language", "")
    return code if code in KNOWN else settings.LANGUAGE_CODE


class ChosenLanguageMiddleware:
    """Activates the chosen language for the length of one request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = chosen_language(request)
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response
