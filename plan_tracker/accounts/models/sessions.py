"""A session as a row that can be shown and ended: whose, from where, with which browser, since when, last seen."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _


class Session(AbstractBaseSession):
    """Django's session with what its owner wants to see of it; a session of nobody has no user."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="sessions", verbose_name=_("user")
    )
    address = models.CharField(_("network address"), max_length=45, blank=True)
    agent = models.CharField(_("browser"), max_length=300, blank=True)
    started_at = models.DateTimeField(_("started at"))
    seen_at = models.DateTimeField(_("last seen at"))

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ("-seen_at",)

    def __str__(self) -> str:
        return f"{self.address} {self.started_at:%d/%m/%Y %H:%M}"

    @property
    def handle(self) -> str:
        """Return what a form names the session by: its key alone would let anybody in who reads the page."""
        return hashlib.sha256(self.session_key.encode()).hexdigest()[:20]

    @classmethod
    def get_session_store_class(cls) -> Any:
        """Return the engine that reads these rows."""
        from plan_tracker.accounts.sessions import SessionStore  # noqa: PLC0415 - the engine imports this model

        return SessionStore
