"""The half-yearly look at every account: who decided, when, that it is still needed or closed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plan_tracker.accounts.choices import ReviewDecision


class AccountReview(models.Model):
    """One decision about one account; the last one says when the next is due."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reviews", verbose_name=_("user")
    )
    decision = models.CharField(_("decision"), max_length=10, choices=ReviewDecision.choices)
    decided_at = models.DateTimeField(_("decided at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("decided by")
    )

    class Meta:
        verbose_name = _("review of an account")
        verbose_name_plural = _("reviews of accounts")
        ordering = ("-decided_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__in=ReviewDecision.values), name="accounts_review_decision_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_decision_display()}"
