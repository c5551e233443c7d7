"""The items of section IV: who is to do what by when, extensions of the date, and the events that start a clock."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tasks.choices import Basis, DeadlineKind, DueUnit, PartyRole
from tasks.models.bodies import Body, BodyGroup
from tasks.models.plan import Passage, Plan, Task
from tasks.querysets import CodeManager


class Assignment(models.Model):
    """One action that section IV (or a later document) orders. A fixed deadline is late from the day after `due_on`."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="assignments", verbose_name=_("plan"))
    code = models.CharField(_("code"), max_length=20, help_text=_("As in IV.1a."))
    order = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("short title"), max_length=200)
    action = models.TextField(_("action in the plan's words"))
    passage = models.ForeignKey(
        Passage, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("passage")
    )
    deadline_kind = models.CharField(_("kind of deadline"), max_length=20, choices=DeadlineKind.choices)
    deadline_printed = models.CharField(_("deadline as printed"), max_length=120, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    due_unit = models.CharField(_("span the date came from"), max_length=10, choices=DueUnit.choices, blank=True)
    reports_periodically = models.BooleanField(_("asks for periodic reports"), default=False)
    tasks = models.ManyToManyField(Task, through="AssignmentTask", related_name="assignments", verbose_name=_("tasks"))

    objects = CodeManager["Assignment"]("plan__code", "code")

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ("plan", "order")
        constraints = [
            models.UniqueConstraint(fields=("plan", "code"), name="tasks_assignment_one_a_code"),
            models.CheckConstraint(
                condition=(Q(deadline_kind=DeadlineKind.FIXED) & Q(due_on__isnull=False))
                | (~Q(deadline_kind=DeadlineKind.FIXED) & Q(due_on__isnull=True)),
                name="tasks_assignment_only_a_fixed_deadline_has_a_date",
                violation_error_message=_("A fixed deadline has a date; the other kinds have none."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def natural_key(self) -> tuple[str, str]:
        """Return the key that fixtures use."""
        return (self.plan.code, self.code)


class AssignmentParty(models.Model):
    """A body or a set of bodies that takes part; a party the plan does not name is kept as printed only."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="parties", verbose_name=_("assignment")
    )
    order = models.PositiveSmallIntegerField(_("order"))
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="assignment_parties", verbose_name=_("body")
    )
    body_group = models.ForeignKey(
        BodyGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assignment_parties",
        verbose_name=_("set of bodies"),
    )
    role = models.CharField(_("role"), max_length=20, choices=PartyRole.choices)
    printed = models.CharField(_("as printed"), max_length=200)

    objects = CodeManager["AssignmentParty"]("assignment__plan__code", "assignment__code", "order")

    class Meta:
        verbose_name = _("party to an assignment")
        verbose_name_plural = _("parties to assignments")
        ordering = ("assignment", "order")
        constraints = [
            models.UniqueConstraint(fields=("assignment", "order"), name="tasks_party_one_a_place"),
            models.CheckConstraint(
                condition=Q(body__isnull=True) | Q(body_group__isnull=True), name="tasks_party_body_or_set"
            ),
        ]

    def __str__(self) -> str:
        return self.printed

    def natural_key(self) -> tuple[str, str, int]:
        """Return the key that fixtures use."""
        return (self.assignment.plan.code, self.assignment.code, self.order)


class AssignmentTask(models.Model):
    """A task of section III that an assignment covers, by the plan's word or by our proposal."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="task_links", verbose_name=_("assignment")
    )
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="assignment_links", verbose_name=_("task"))
    basis = models.CharField(_("basis"), max_length=20, choices=Basis.choices, default=Basis.PROPOSED)

    objects = CodeManager["AssignmentTask"]("assignment__plan__code", "assignment__code", "task__code")

    class Meta:
        verbose_name = _("task of an assignment")
        verbose_name_plural = _("tasks of assignments")
        ordering = ("assignment", "task")
        constraints = [models.UniqueConstraint(fields=("assignment", "task"), name="tasks_assignmenttask_one_a_pair")]

    def __str__(self) -> str:
        return f"{self.assignment.code} · {self.task.code}"

    def natural_key(self) -> tuple[str, str, str]:
        """Return the key that fixtures use."""
        return (self.assignment.plan.code, self.assignment.code, self.task.code)


class Extension(models.Model):
    """A later due date that a document granted, to one body or to all; the plan's own date stays."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="extensions", verbose_name=_("assignment")
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="extensions", verbose_name=_("only for")
    )
    due_on = models.DateField(_("new due date"))
    document = models.CharField(_("deciding document"), max_length=200)
    decided_on = models.DateField(_("decided on"))
    reason = models.TextField(_("reason"), blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("recorded by")
    )

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ("assignment", "decided_on", "pk")

    def __str__(self) -> str:
        return f"{self.assignment.code}: {self.due_on:%d/%m/%Y}"


class TriggerEvent(models.Model):
    """The recorded event that an assignment “when directed” waited for, with the due date set then."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="events", verbose_name=_("assignment")
    )
    document = models.CharField(_("directing document"), max_length=300)
    happened_on = models.DateField(_("day of the event"))
    due_on = models.DateField(_("due on"), null=True, blank=True)

    class Meta:
        verbose_name = _("triggering event")
        verbose_name_plural = _("triggering events")
        ordering = ("assignment", "happened_on")

    def __str__(self) -> str:
        return f"{self.assignment.code}: {self.document}"
