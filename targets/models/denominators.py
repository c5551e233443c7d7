"""Denominators that stand in a list of the state and change with it, such as the number of communes on a day."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from targets.models.indicators import Indicator
from tasks.choices import Certainty
from tasks.querysets import CodeManager


class Denominator(models.Model):
    """The official denominator of an indicator of the whole province for a span of time, with its source."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="denominators", verbose_name=_("indicator")
    )
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    certainty = models.CharField(_("certainty"), max_length=20, choices=Certainty.choices, default=Certainty.UNKNOWN)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = CodeManager["Denominator"]("indicator__target__plan__code", "indicator__code", "valid_from")

    class Meta:
        verbose_name = _("official denominator")
        verbose_name_plural = _("official denominators")
        ordering = ("indicator", "valid_from")
        constraints = [
            models.UniqueConstraint(fields=("indicator", "valid_from"), name="targets_denominator_one_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__lte=F("valid_to")),
                name="targets_denominator_starts_before_it_ends",
                violation_error_message=_("The last day cannot come before the first."),
            ),
            models.CheckConstraint(
                condition=Q(value__gt=0),
                name="targets_denominator_above_0",
                violation_error_message=_("A denominator is larger than nothing."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.valid_from:%d/%m/%Y}: {self.value}"

    def natural_key(self) -> tuple[str, str, str]:
        """Return the key that fixtures use."""
        return (self.indicator.target.plan.code, self.indicator.code, self.valid_from.isoformat())
