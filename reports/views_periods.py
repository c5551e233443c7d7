"""Pages of the periods: the list, opening one, and who has sent what."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse


def period_list(request: HttpRequest) -> HttpResponse:
    """List the periods."""
    raise Http404


def period_create(request: HttpRequest) -> HttpResponse:
    """Open a period."""
    raise Http404


def period_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who has sent what."""
    raise Http404
