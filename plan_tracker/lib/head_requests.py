"""HEAD: every page answers as it does to GET, without the body, so that no view has to think of it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

NOTHING = b""


class HeadMiddleware:
    """Asks the portal as for GET and sends only the headers, the length of the body among them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        if request.method != "HEAD":
            return self.get_response(request)
        request.method = "GET"
        response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse):
            # What was opened is closed with the response all the same.
            response.streaming_content = ()
        elif isinstance(response, HttpResponse):
            response.content = NOTHING
        return response
