"""What number by 2030: targets, their indicators, what exactly is measured, and the goals with their dates."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from targets.choices import Direction, Evaluation, GoalRule, OverBodies, OverTime
from tasks.models import Body, Passage, Plan
from tasks.querysets import CodeManager


class Target(models.Model):
    """A bullet of II.2, or its lead paragraph (T0)."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="targets", verbose_name=_("plan"))
    code = models.CharField(_("code"), max_length=10, help_text=_("As in T2."))
    order = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("short title"), max_length=200)
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="targets", verbose_name=_("passage"))

    objects = CodeManager["Target"]("plan__code", "code")

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ("plan", "order")
        constraints = [models.UniqueConstraint(fields=("plan", "code"), name="targets_target_one_a_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def natural_key(self) -> tuple[str, str]:
        """Return the key that fixtures use."""
        return (self.plan.code, self.code)


class Indicator(models.Model):
    """A figure that tells whether a target is met: unit, how it adds up over bodies and time, how it is judged."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="indicators", verbose_name=_("target"))
    code = models.CharField(_("code"), max_length=10, help_text=_("As in T2.1."))
    order = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("title"), max_length=240)
    short_title = models.CharField(_("short title"), max_length=120)
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="indicators", verbose_name=_("passage"))
    printed = models.TextField(_("as the plan prints it"), blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=0)
    direction = models.CharField(_("better when"), max_length=20, choices=Direction.choices)
    evaluation = models.CharField(_("judged by"), max_length=30, choices=Evaluation.choices)
    over_bodies = models.CharField(_("over bodies"), max_length=20, choices=OverBodies.choices)
    over_time = models.CharField(_("over time"), max_length=20, choices=OverTime.choices)
    frequency_months = models.PositiveSmallIntegerField(_("published every (months)"), default=12)
    lag_days = models.PositiveSmallIntegerField(_("published after (days)"), default=90)
    numerator_label = models.CharField(_("numerator"), max_length=200, blank=True)
    denominator_label = models.CharField(_("denominator"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    is_public = models.BooleanField(_("may be given to other systems"), default=False)

    objects = CodeManager["Indicator"]("target__plan__code", "code")

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ("target", "order")
        constraints = [models.UniqueConstraint(fields=("target", "code"), name="targets_indicator_one_a_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.short_title}"

    def natural_key(self) -> tuple[str, str]:
        """Return the key that fixtures use."""
        return (self.target.plan.code, self.code)


class Definition(models.Model):
    """A dated version of what is measured; it may end because there is nothing left to measure."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="definitions", verbose_name=_("indicator")
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    text = models.TextField(_("what is measured"))
    numerator = models.TextField(_("numerator"), blank=True)
    denominator = models.TextField(_("denominator"), blank=True)
    standard = models.CharField(_("standard"), max_length=300, blank=True)
    base = models.CharField(_("base of an “of which”"), max_length=200, blank=True)
    document = models.CharField(_("deciding document"), max_length=300, blank=True)
    ends_without_object = models.BooleanField(_("ends with no object left to measure"), default=False)
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True)

    objects = CodeManager["Definition"]("indicator__target__plan__code", "indicator__code", "version")

    class Meta:
        verbose_name = _("definition")
        verbose_name_plural = _("definitions")
        ordering = ("indicator", "version")
        constraints = [
            models.UniqueConstraint(fields=("indicator", "version"), name="targets_definition_one_a_version"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__lte=F("valid_to")),
                name="targets_definition_starts_before_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code} v{self.version}"

    def natural_key(self) -> tuple[str, str, int]:
        """Return the key that fixtures use."""
        return (self.indicator.target.plan.code, self.indicator.code, self.version)


class Goal(models.Model):
    """What is to be reached, from a baseline, by when; an adjusted goal is a new row with a later `valid_from`."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="goals", verbose_name=_("indicator")
    )
    definition = models.ForeignKey(
        Definition, on_delete=models.PROTECT, related_name="goals", verbose_name=_("definition")
    )
    rule = models.CharField(_("rule"), max_length=20, choices=GoalRule.choices, blank=True)
    low = models.DecimalField(_("lower end or value"), max_digits=18, decimal_places=4, null=True, blank=True)
    high = models.DecimalField(_("upper end"), max_digits=18, decimal_places=4, null=True, blank=True)
    tolerance = models.DecimalField(_("tolerance (in the unit)"), max_digits=18, decimal_places=4, default=0)
    baseline_value = models.DecimalField(_("baseline"), max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_on = models.DateField(_("baseline date"), null=True, blank=True)
    starts_on = models.DateField(_("window from"), null=True, blank=True)
    due_on = models.DateField(_("due on"))
    first_due_on = models.DateField(_("first judged on"), null=True, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    valid_from = models.DateField(_("valid from"))

    objects = CodeManager["Goal"](
        "indicator__target__plan__code", "indicator__code", "definition__version", "valid_from"
    )

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ("indicator", "valid_from")
        constraints = [
            models.UniqueConstraint(fields=("definition", "valid_from"), name="targets_goal_one_a_day"),
            models.CheckConstraint(
                condition=~Q(rule=GoalRule.BETWEEN) | (Q(low__isnull=False) & Q(high__gte=F("low"))),
                name="targets_goal_between_has_two_ends",
                violation_error_message=_("A goal between two ends needs both, the lower one first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code} {self.get_rule_display()} {self.low or self.high or ''}"

    def natural_key(self) -> tuple[str, str, int, str]:
        """Return the key that fixtures use."""
        indicator = self.indicator
        return (indicator.target.plan.code, indicator.code, self.definition.version, self.valid_from.isoformat())


class Milestone(models.Model):
    """What a body (or the province) plans to have reached at the end of a year on the way to a goal."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="milestones", verbose_name=_("goal"))
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="milestones", verbose_name=_("body"))
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ("goal", "body", "year")
        constraints = [models.UniqueConstraint(fields=("goal", "body", "year"), name="targets_milestone_one_a_year")]

    def __str__(self) -> str:
        return f"{self.goal.indicator.code} {self.year}: {self.value}"
