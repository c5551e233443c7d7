"""One version of a body's report: its state, its form, its closing part, and the people who moved it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.choices import OPEN_STATES, ReportForm, SubmissionState
from reports.models.periods import Expectation
from reports.querysets import SubmissionQuerySet


class Submission(models.Model):
    """A version of a report. Only `reports.workflow` writes `state`; the texts change only while it is editable."""

    expectation = models.ForeignKey(
        Expectation, on_delete=models.PROTECT, related_name="submissions", verbose_name=_("expected report")
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(_("state"), max_length=30, choices=SubmissionState.choices, default=SubmissionState.DRAFT)
    form = models.CharField(_("form"), max_length=30, choices=ReportForm.choices, default=ReportForm.CONTENT)
    strengths = models.TextField(_("strengths"), blank=True)
    weaknesses = models.TextField(_("weaknesses"), blank=True)
    causes = models.TextField(_("causes"), blank=True)
    coming_work = models.TextField(_("coming work"), blank=True)
    closing_written = models.JSONField(_("closing part with its fields"), default=dict, blank=True)
    closing_version = models.PositiveIntegerField(_("row version of the closing part"), default=1)
    corrects_symbol = models.CharField(_("number of the correcting document"), max_length=60, blank=True)
    corrects_date = models.DateField(_("date of the correcting document"), null=True, blank=True)
    is_on_behalf = models.BooleanField(_("entered on behalf of the body"), default=False)
    declared_no_secret = models.BooleanField(_("declared free of state secrets"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("started by")
    )
    created_at = models.DateTimeField(_("started at"))
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("last saved by")
    )
    saved_at = models.DateTimeField(_("last saved at"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened by a reviewer at"), null=True, blank=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("received by"),
    )
    received_at = models.DateTimeField(_("received at"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("accepted by"),
    )
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)

    objects: ClassVar[SubmissionQuerySet] = SubmissionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ("expectation", "-version")
        constraints = [
            models.UniqueConstraint(fields=("expectation", "version"), name="reports_submission_one_a_version"),
            models.UniqueConstraint(
                fields=("expectation",), condition=Q(state__in=OPEN_STATES), name="reports_submission_one_open"
            ),
            models.UniqueConstraint(
                fields=("expectation",),
                condition=Q(state=SubmissionState.ACCEPTED),
                name="reports_submission_one_accepted",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SubmissionState.values), name="reports_submission_known_state"
            ),
            models.CheckConstraint(
                condition=~Q(state=SubmissionState.ACCEPTED)
                | (Q(accepted_by__isnull=False) & Q(accepted_at__isnull=False)),
                name="reports_submission_accepted_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expectation} · {self.version}"
