"""Dated delegation: a sender or a leader lets a colleague act in his place, from one day to another, for a reason."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tasks.choices import Role
from tasks.models.bodies import Membership
from tasks.querysets import DelegationQuerySet

# Only these stand for a body to the outside; a preparer or reviewer is simply given a membership.
DELEGABLE = (Role.SENDER, Role.LEADER)


class Delegation(models.Model):
    """What one membership allows, lent to another person; it dies with the membership and with `ended_at`."""

    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="delegations", verbose_name=_("membership")
    )
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="delegations_received",
        verbose_name=_("acts on behalf"),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    reason = models.CharField(_("reason"), max_length=300)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("entered by")
    )
    made_at = models.DateTimeField(_("entered at"))
    ended_at = models.DateTimeField(_("ended early at"), null=True, blank=True)

    objects: ClassVar[DelegationQuerySet] = DelegationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ("-starts_on", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")),
                name="tasks_delegation_starts_before_it_ends",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="tasks_delegation_has_a_reason",
                violation_error_message=_("Please say why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership} → {self.receiver}"

    def is_open(self, on: date) -> bool:
        """Return whether it holds on this day or later."""
        return self.ended_at is None and on <= self.ends_on

    def is_in_force(self, on: date) -> bool:
        """Return whether it holds on this day."""
        return self.is_open(on) and self.starts_on <= on
