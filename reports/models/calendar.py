"""The office's calendar: days decided otherwise than the public calendar says, and each person's secret feed."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User

BYTES = 32


class OfficeDay(models.Model):
    """A day on which offices work, or do not, by decision: it goes before the public calendar in every proposal."""

    day = models.DateField(_("day"), unique=True)
    is_working = models.BooleanField(_("offices work"), default=False)
    reason = models.CharField(_("decision or reason"), max_length=200)

    class Meta:
        verbose_name = _("working or free day by decision")
        verbose_name_plural = _("working and free days by decision")
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.reason}"


class CalendarFeed(models.Model):
    """The right to read one person's deadlines at a secret address; only its hash is kept, a new one ends the old."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed", verbose_name=_("person")
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("given at"))

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return str(self.user)


def hash_of(token: str) -> str:
    """Return what is stored of an address: it is as random as a key, so that one quick hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """Return the secret part of an address."""
    return secrets.token_urlsafe(BYTES)


def give_feed(user: User, *, at: datetime) -> str:
    """Give a person a new secret address in place of the old one, and return its secret part: nobody reads it again."""
    token = new_token()
    CalendarFeed.objects.update_or_create(user=user, defaults={"token_hash": hash_of(token), "created_at": at})
    return token
