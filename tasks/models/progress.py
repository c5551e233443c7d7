"""What became of it: published progress, the register of issued documents, and inspections."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tasks.choices import DocumentKind, WorkState
from tasks.models.assignments import Assignment
from tasks.models.bodies import Body
from tasks.models.plan import Plan, Task, TaskGroup
from tasks.querysets import IssuedDocumentQuerySet, ProgressQuerySet

ONE_SUBJECT = (
    Q(group__isnull=False, task__isnull=True, assignment__isnull=True)
    | Q(group__isnull=True, task__isnull=False, assignment__isnull=True)
    | Q(group__isnull=True, task__isnull=True, assignment__isnull=False)
)


class Progress(models.Model):
    """The published state of one group, task or assignment at one body as of a day; written only on acceptance."""

    group = models.ForeignKey(
        TaskGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="progress",
        verbose_name=_("task group"),
    )
    task = models.ForeignKey(
        Task, on_delete=models.PROTECT, null=True, blank=True, related_name="progress", verbose_name=_("task")
    )
    assignment = models.ForeignKey(
        Assignment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="progress",
        verbose_name=_("assignment"),
    )
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="progress", verbose_name=_("body"))
    as_of = models.DateField(_("as of"))
    state = models.CharField(pgettext_lazy("of work", "state"), max_length=20, choices=WorkState.choices)
    text = models.TextField(_("results"), blank=True)
    source = models.CharField(_("reference of the source"), max_length=60, help_text=_("As in submission:12."))
    source_label = models.CharField(_("source"), max_length=200)
    published_at = models.DateTimeField(_("published at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    objects: ClassVar[ProgressQuerySet] = ProgressQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("progress")
        verbose_name_plural = _("progress")
        ordering = ("-as_of", "body__order", "pk")
        constraints = [
            models.CheckConstraint(condition=ONE_SUBJECT, name="tasks_progress_one_subject"),
            *(
                models.UniqueConstraint(
                    fields=(subject, "body", "as_of", "source"),
                    condition=Q(withdrawn_at__isnull=True),
                    name=f"tasks_progress_one_current_{subject}",
                )
                for subject in ("group", "task", "assignment")
            ),
        ]
        indexes = [models.Index(fields=("source",), name="tasks_progress_source")]

    def __str__(self) -> str:
        return f"{self.group or self.task or self.assignment} · {self.body} · {self.get_state_display()}"


class IssuedDocument(models.Model):
    """One line of a body's register: a document it issued, and the tasks and assignments that it serves."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="issued_documents", verbose_name=_("plan"))
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="issued_documents", verbose_name=_("body"))
    kind = models.CharField(_("type"), max_length=10, choices=DocumentKind.choices)
    symbol = models.CharField(_("number and symbol"), max_length=60, help_text=_("As in 45-KH/HU."))
    issued_on = models.DateField(_("issued on"))
    title = models.CharField(_("subject"), max_length=400)
    tasks = models.ManyToManyField(Task, related_name="issued_documents", blank=True, verbose_name=_("tasks served"))
    assignments = models.ManyToManyField(
        Assignment, related_name="issued_documents", blank=True, verbose_name=_("assignments served")
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    objects: ClassVar[IssuedDocumentQuerySet] = IssuedDocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("issued document")
        verbose_name_plural = _("issued documents")
        ordering = ("-issued_on", "symbol")
        constraints = [
            models.UniqueConstraint(
                fields=("body", "kind", "symbol", "issued_on"),
                name="tasks_issueddocument_one_a_symbol",
                violation_error_message=_("This document is already in the register."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.symbol}"


class Inspection(models.Model):
    """An inspection of how the plan is carried out (item IV.6): findings and when they were remedied."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="inspections", verbose_name=_("plan"))
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="inspections", verbose_name=_("body inspected")
    )
    team = models.CharField(_("team"), max_length=200)
    document = models.CharField(_("inspection plan or decision"), max_length=200, blank=True)
    inspected_on = models.DateField(_("inspected on"))
    findings = models.TextField(_("findings"), blank=True)
    remedy_due_on = models.DateField(_("to be remedied by"), null=True, blank=True)
    remedied_on = models.DateField(_("remedied on"), null=True, blank=True)
    remedy = models.TextField(_("what was done"), blank=True)
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    class Meta:
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        ordering = ("-inspected_on", "body")
        constraints = [
            models.CheckConstraint(
                condition=Q(remedied_on__isnull=True) | Q(remedied_on__gte=F("inspected_on")),
                name="tasks_inspection_remedied_after_it",
                violation_error_message=_("Nothing is remedied before the day of the inspection."),
            ),
            models.CheckConstraint(
                condition=Q(remedy_due_on__isnull=True) | Q(remedy_due_on__gte=F("inspected_on")),
                name="tasks_inspection_due_after_it",
                violation_error_message=_("The day to remedy cannot come before the inspection."),
            ),
            models.CheckConstraint(
                condition=Q(remedy_due_on__isnull=True, remedied_on__isnull=True) | ~Q(findings=""),
                name="tasks_inspection_remedy_of_findings",
                violation_error_message=_("Write what was found: a day to remedy belongs to findings."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.inspected_on:%d/%m/%Y}"
