"""System checks with stable ids: what an administrator should know before the portal serves anybody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

CACHED_SESSIONS = "plan_tracker.accounts.sessions_cached"


@register()
def sessions_are_shared(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Refuse cached sessions when several processes serve and no cache is shared between them."""
    if settings.SESSION_ENGINE != CACHED_SESSIONS or settings.CACHE_URL or settings.WEB_PROCESSES == 1:
        return []
    return [
        Error(
            "Sessions are cached in each process of its own, but WEB_PROCESSES is more than 1.",
            hint="Set CACHE_URL to a cache that all processes share, or leave SESSION_ENGINE to the settings.",
            id="plan_tracker.E001",
        )
    ]
