"""From which network address a request comes, with and without a proxy in front."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the visitor's address; behind a proxy the last one of X-Forwarded-For, which our own proxy has added.

    What stands before it came from the visitor and proves nothing.
    """
    near = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.BEHIND_PROXY:
        return near
    told = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    try:
        return str(ip_address(told))
    except ValueError:
        return near
