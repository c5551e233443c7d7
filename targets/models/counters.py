"""The activity figures of the reports, and who supplies which indicator or counter through which channel."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from targets.choices import Channel
from targets.models.indicators import Indicator
from tasks.choices import Basis, BodyKind
from tasks.models import Body, BodyGroup, Plan
from tasks.querysets import CodeManager


class Counter(models.Model):
    """An activity figure, counted in the period and cumulatively; `part_of` names the figure it is a share of."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="counters", verbose_name=_("plan"))
    code = models.CharField(_("code"), max_length=20)
    order = models.PositiveSmallIntegerField(_("order"))
    section = models.CharField(_("section"), max_length=120)
    title = models.CharField(_("title"), max_length=200)
    unit = models.CharField(_("unit"), max_length=40)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=0)
    channel = models.CharField(_("owning channel"), max_length=20, choices=Channel.choices)
    part_of = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="parts", verbose_name=_("share of")
    )
    is_level = models.BooleanField(
        _("a state, not an activity"), default=False, help_text=_("Such as a total number: not added up over periods.")
    )
    basis = models.CharField(_("basis"), max_length=20, choices=Basis.choices, default=Basis.PROPOSED)

    objects = CodeManager["Counter"]("plan__code", "code")

    class Meta:
        verbose_name = _("counter")
        verbose_name_plural = _("counters")
        ordering = ("plan", "order")
        constraints = [models.UniqueConstraint(fields=("plan", "code"), name="targets_counter_one_a_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def natural_key(self) -> tuple[str, str]:
        """Return the key that fixtures use."""
        return (self.plan.code, self.code)


class IndicatorReporter(models.Model):
    """Which bodies supply an indicator or a counter, in which kinds of period; only the owning channel is summed."""

    code = models.SlugField(_("code"), max_length=80, unique=True)
    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="reporters",
        verbose_name=_("indicator"),
    )
    counter = models.ForeignKey(
        Counter, on_delete=models.CASCADE, null=True, blank=True, related_name="reporters", verbose_name=_("counter")
    )
    body_kind = models.CharField(_("kind of body"), max_length=30, choices=BodyKind.choices, blank=True)
    body = models.ForeignKey(
        Body, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("body")
    )
    body_group = models.ForeignKey(
        BodyGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("set of bodies")
    )
    period_kinds = models.JSONField(
        _("kinds of period"), default=list, blank=True, help_text=_("Empty: every kind of period.")
    )
    channel = models.CharField(_("channel"), max_length=20, choices=Channel.choices)
    basis = models.CharField(_("basis"), max_length=20, choices=Basis.choices, default=Basis.PROPOSED)

    objects = CodeManager["IndicatorReporter"]("code")

    class Meta:
        verbose_name = _("supplier of a figure")
        verbose_name_plural = _("suppliers of figures")
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(
                condition=Q(indicator__isnull=True) ^ Q(counter__isnull=True),
                name="targets_reporter_indicator_or_counter",
            ),
            models.CheckConstraint(
                condition=(~Q(body_kind="") & Q(body__isnull=True) & Q(body_group__isnull=True))
                | (Q(body_kind="") & Q(body__isnull=False) & Q(body_group__isnull=True))
                | (Q(body_kind="") & Q(body__isnull=True) & Q(body_group__isnull=False)),
                name="targets_reporter_one_of_kind_body_set",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def natural_key(self) -> tuple[str]:
        """Return the key that fixtures use."""
        return (self.code,)
