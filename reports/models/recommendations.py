"""Recommendations: what bodies proposed, followed up until the addressee has answered, with every step kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.choices import Addressee
from reports.choices_recommendations import RecommendationState
from reports.models.lines import Proposal
from reports.models.periods import Period
from tasks.models import Body


class Recommendation(models.Model):
    """One or more nearly equal proposals of a period, followed up. Only `reports.recommendations` writes `state`.

    The bodies stand here themselves: a correction of a report replaces its proposals, not who asked.
    """

    period = models.ForeignKey(
        Period, on_delete=models.PROTECT, related_name="recommendations", verbose_name=_("period")
    )
    addressee = models.CharField(_("addressed to"), max_length=40, choices=Addressee.choices)
    text = models.TextField(_("recommendation"))
    proposals = models.ManyToManyField(Proposal, related_name="recommendations", verbose_name=_("proposals"))
    bodies = models.ManyToManyField(Body, related_name="recommendations", verbose_name=_("raised by"))
    state = models.CharField(
        _("state"), max_length=20, choices=RecommendationState.choices, default=RecommendationState.OPEN
    )
    answer_symbol = models.CharField(_("number of the answering document"), max_length=60, blank=True)
    answer_date = models.DateField(_("date of the answering document"), null=True, blank=True)
    answer_text = models.TextField(_("answer"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("followed up by")
    )
    created_at = models.DateTimeField(_("followed up since"))
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ("-period__data_to", "addressee", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RecommendationState.values), name="reports_recommendation_known_state"
            ),
            models.CheckConstraint(
                condition=~Q(state=RecommendationState.ANSWERED) | ~Q(answer_text=""),
                name="reports_recommendation_answered_has_answer",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class RecommendationStep(models.Model):
    """One step of a recommendation: who did it, when, and what was written."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="steps", verbose_name=_("recommendation")
    )
    state = models.CharField(_("state"), max_length=20, choices=RecommendationState.choices)
    text = models.TextField(_("what was written"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("step of a recommendation")
        verbose_name_plural = _("steps of recommendations")
        ordering = ("recommendation", "at", "pk")

    def __str__(self) -> str:
        return f"{self.recommendation} · {self.get_state_display()}"
