"""Pages of the review and of messages."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse


def review_queue(request: HttpRequest) -> HttpResponse:
    """Show what waits for a reviewer."""
    raise Http404


def review_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a report with remarks at its lines."""
    raise Http404


def notice_list(request: HttpRequest) -> HttpResponse:
    """Show a person's messages."""
    raise Http404
