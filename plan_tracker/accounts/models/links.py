"""The links that set a first or a forgotten password: used once, for a while, and kept only as their hash."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from plan_tracker.accounts.choices import LinkPurpose


class OneTimeLink(models.Model):
    """The right to choose one account's password once, before `expires_at`."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="password_links", verbose_name=_("user")
    )
    purpose = models.CharField(_("purpose"), max_length=20, choices=LinkPurpose.choices)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
    )
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("password link")
        verbose_name_plural = _("password links")
        ordering = ("-made_at",)
        constraints = [
            models.CheckConstraint(condition=Q(made_at__lte=F("expires_at")), name="accounts_link_made_before_its_end"),
            models.CheckConstraint(condition=Q(purpose__in=LinkPurpose.values), name="accounts_link_purpose_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_purpose_display()}"
