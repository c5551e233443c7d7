"""Which other systems may read the public figures: one token for each, shown once, kept as its hash, revocable."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from targets.querysets import ApiTokenQuerySet

BYTES = 32
SHOWN = 6


def hash_of(token: str) -> str:
    """Return what is stored of a token: it is as random as a key, so that one quick hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


class ApiToken(models.Model):
    """The right of one other system to read the indicators marked as public, until it is revoked."""

    name = models.CharField(_("client"), max_length=120, help_text=_("Which system reads, and who answers for it."))
    start = models.CharField(_("begins with"), max_length=SHOWN, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("given by")
    )
    created_at = models.DateTimeField(_("given at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    last_used_on = models.DateField(_("last used on"), null=True, blank=True)

    # Only while it is being given.
    text: str = ""

    objects: ClassVar[ApiTokenQuerySet] = ApiTokenQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("token for reading figures")
        verbose_name_plural = _("tokens for reading figures")
        ordering = ("name", "-created_at")
        constraints = [
            models.UniqueConstraint(
                fields=("name",),
                condition=Q(revoked_at__isnull=True),
                name="targets_token_one_a_client",
                violation_error_message=_("This client has a token already: revoke it first."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.start}…)"

    def give(self, *, at: datetime) -> str:
        """Save a new token and return its text, which nobody can read again."""
        text = secrets.token_urlsafe(BYTES)
        self.start, self.token_hash, self.created_at = text[:SHOWN], hash_of(text), at
        self.full_clean()
        self.save()
        return text
