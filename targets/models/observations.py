"""What the figures were: observations that are never overwritten, and judgements made by people."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from targets.choices import Measure, ObservationStatus, Verdict
from targets.models.indicators import Definition, Indicator
from targets.querysets import ObservationQuerySet
from tasks.models import Body


class Observation(models.Model):
    """A figure of one body (the province is a body too) for a span of time, with its source.

    Values are in the indicator's unit. Current rows are neither superseded nor withdrawn; one for each
    (definition, body, span, measure, status), demonstration and real figures apart.
    """

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="observations", verbose_name=_("indicator")
    )
    definition = models.ForeignKey(
        Definition, on_delete=models.PROTECT, related_name="observations", verbose_name=_("definition")
    )
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="observations", verbose_name=_("body"))
    covers_from = models.DateField(_("covers from"))
    covers_to = models.DateField(_("covers to"))
    measure = models.CharField(_("measure"), max_length=30, choices=Measure.choices)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4)
    numerator = models.DecimalField(_("numerator"), max_digits=18, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(_("denominator"), max_digits=18, decimal_places=4, null=True, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=ObservationStatus.choices)
    source = models.CharField(_("source"), max_length=400)
    source_ref = models.CharField(_("reference of the source"), max_length=60, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"), null=True, blank=True)
    supersedes = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name=_("supersedes"),
    )
    reason = models.CharField(_("reason of a restatement"), max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    is_demo = models.BooleanField(_("demonstration data"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects: ClassVar[ObservationQuerySet] = ObservationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering = ("indicator", "covers_to", "covers_from", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(covers_from__lte=F("covers_to")), name="targets_observation_starts_before_it_ends"
            ),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True) | ~Q(denominator=0), name="targets_observation_denominator_not_0"
            ),
            models.UniqueConstraint(
                fields=("definition", "body", "covers_from", "covers_to", "measure", "status", "is_demo"),
                condition=Q(withdrawn_at__isnull=True),
                name="targets_observation_one_current",
                violation_error_message=_("There is already a current figure of this kind for this span."),
            ),
        ]
        indexes = [models.Index(fields=("source_ref",), name="targets_observation_source")]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.body} {self.covers_to:%d/%m/%Y}: {self.value}"

    def natural_key(self) -> tuple[str, str, int, str, str, str, str, str]:
        """Return the key that fixtures use."""
        return (
            self.indicator.target.plan.code,
            self.indicator.code,
            self.definition.version,
            self.body.code,
            self.covers_from.isoformat(),
            self.covers_to.isoformat(),
            self.measure,
            self.status,
        )


class Judgement(models.Model):
    """A verdict that a named person gave: for a qualitative indicator, or to override the arithmetic until a day."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="judgements", verbose_name=_("indicator")
    )
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="judgements", verbose_name=_("body"))
    as_of = models.DateField(_("as of"))
    verdict = models.CharField(_("verdict"), max_length=20, choices=Verdict.choices)
    reason = models.TextField(_("reason"))
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("person", "judged by"),
    )
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    class Meta:
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
        ordering = ("indicator", "-as_of", "-pk")

    def __str__(self) -> str:
        return f"{self.indicator.code}: {self.get_verdict_display()}"
