"""What a report says: entries of groups, tasks, assignments and questions, difficulties, proposals and figures."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.choices import Addressee
from reports.models.periods import PeriodQuestion
from reports.models.submissions import Submission
from targets.models import Counter, Indicator
from tasks.choices import WorkState
from tasks.models import Assignment, Task, TaskGroup

SUBJECTS = ("group", "task", "assignment", "question")


def one_subject() -> Q:
    """Return the condition that exactly one of the four subjects is set."""
    either = Q()
    for chosen in SUBJECTS:
        either |= Q(**{f"{name}__isnull": name != chosen for name in SUBJECTS})
    return either


class Entry(models.Model):
    """What a body says of one group, task, assignment or question; `row_version` tells two editors apart."""

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="entries", verbose_name=_("report")
    )
    group = models.ForeignKey(
        TaskGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="entries", verbose_name=_("task group")
    )
    task = models.ForeignKey(
        Task, on_delete=models.PROTECT, null=True, blank=True, related_name="entries", verbose_name=_("task")
    )
    assignment = models.ForeignKey(
        Assignment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("assignment"),
    )
    question = models.ForeignKey(
        PeriodQuestion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("question"),
    )
    also_serves = models.ManyToManyField(Task, related_name="+", blank=True, verbose_name=_("also serves"))
    state = models.CharField(pgettext_lazy("of work", "state"), max_length=20, choices=WorkState.choices, blank=True)
    text = models.TextField(_("results"), blank=True)
    written = models.TextField(
        _("text with its fields"), blank=True, help_text=_("Only where figures stand in it as fields; see the results.")
    )
    is_copied = models.BooleanField(_("taken from the last period, unchanged"), default=False)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("given to"),
    )
    row_version = models.PositiveIntegerField(_("row version"), default=1)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("last saved by")
    )
    saved_at = models.DateTimeField(_("last saved at"), null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("in a report", "entry")
        verbose_name_plural = pgettext_lazy("in a report", "entries")
        ordering = ("submission", "pk")
        constraints = [
            models.CheckConstraint(condition=one_subject(), name="reports_entry_one_subject"),
            *(
                models.UniqueConstraint(
                    fields=("submission", subject),
                    condition=Q(**{f"{subject}__isnull": False}),
                    name=f"reports_entry_one_a_{subject}",
                )
                for subject in SUBJECTS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission} · {self.group or self.task or self.assignment or self.question}"


class Difficulty(models.Model):
    """A difficulty, at a line of the report or (with no entry) in its closing part."""

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="difficulties", verbose_name=_("report")
    )
    entry = models.ForeignKey(
        Entry,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="difficulties",
        verbose_name=pgettext_lazy("in a report", "entry"),
    )
    order = models.PositiveSmallIntegerField(_("order"))
    text = models.TextField(_("difficulty"))

    class Meta:
        verbose_name = _("difficulty")
        verbose_name_plural = _("difficulties")
        ordering = ("submission", "entry", "order")

    def __str__(self) -> str:
        return self.text[:80]


class Proposal(models.Model):
    """A proposal and whom it is addressed to."""

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="proposals", verbose_name=_("report")
    )
    entry = models.ForeignKey(
        Entry,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=pgettext_lazy("in a report", "entry"),
    )
    order = models.PositiveSmallIntegerField(_("order"))
    text = models.TextField(_("proposal"))
    addressee = models.CharField(
        _("addressed to"), max_length=40, choices=Addressee.choices, default=Addressee.PROVINCE
    )

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ("submission", "entry", "order")

    def __str__(self) -> str:
        return self.text[:80]


class CounterValue(models.Model):
    """A counter in the period; the cumulative figure is the last one plus this, unless the body corrects it."""

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="counter_values", verbose_name=_("report")
    )
    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, related_name="values", verbose_name=_("counter"))
    in_period = models.DecimalField(_("in the period"), max_digits=18, decimal_places=4, null=True, blank=True)
    cumulative = models.DecimalField(_("cumulative"), max_digits=18, decimal_places=4, null=True, blank=True)
    is_estimate = models.BooleanField(_("estimated"), default=False)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("counter value")
        verbose_name_plural = _("counter values")
        ordering = ("submission", "counter__order")
        constraints = [
            models.UniqueConstraint(fields=("submission", "counter"), name="reports_countervalue_one_a_counter"),
            models.CheckConstraint(
                condition=Q(in_period__isnull=True) | Q(in_period__gte=0), name="reports_countervalue_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.counter}: {self.in_period}"


class Reading(models.Model):
    """A body's figure of an indicator; published as an observation when the report is accepted."""

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="readings", verbose_name=_("report")
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="readings", verbose_name=_("indicator")
    )
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4, null=True, blank=True)
    numerator = models.DecimalField(_("numerator"), max_digits=18, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(_("denominator"), max_digits=18, decimal_places=4, null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ("submission", "indicator")
        constraints = [
            models.UniqueConstraint(fields=("submission", "indicator"), name="reports_reading_one_an_indicator"),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True) | Q(denominator__gt=0), name="reports_reading_denominator_above_0"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"
