"""What every page knows about where it is: the plan, the visitor's body and role, whether data is for demonstration."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, Any]:
    """Return the context that the base template needs."""
    return {}
