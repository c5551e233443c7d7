"""Tombstones: a secret found in a report, who asked that it be withdrawn, who confirmed, and what stood where.

The words themselves stand here only while a request is open; afterwards their hash is all that is left. What was
decided is kept by triggers (`reports.tombstone_keeping`).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reports.choices_tombstones import FileKind, Scope, TombstoneState
from reports.models.submissions import Submission

OPEN = Q(confirmed_at__isnull=True, refused_at__isnull=True)


class Tombstone(models.Model):
    """One request to withdraw a secret, decided by another administrator than the one who asked.

    `found` is what the search found when it was asked: [[kind, where, number]], without a kind for the reports of other
    bodies; `near` names lines of the same body that say nearly the same and are not withdrawn with it:
    [[report, line, where]].
    """

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="tombstones", verbose_name=_("report")
    )
    line = models.CharField(_("line"), max_length=60, blank=True)
    scope = models.CharField(_("what is withdrawn"), max_length=20, choices=Scope.choices)
    words = models.TextField(_("passage"), blank=True)
    sha256 = models.CharField(_("SHA-256 of the text"), max_length=64)
    reason = models.TextField(_("reason"))
    found = models.JSONField(_("found when it was asked"), default=list, blank=True)
    near = models.JSONField(_("nearly the same"), default=list, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked at"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("refused by"),
    )
    refused_at = models.DateTimeField(_("refused at"), null=True, blank=True)
    refusal = models.TextField(_("why it was refused"), blank=True)

    class Meta:
        verbose_name = _("withdrawal of secret content")
        verbose_name_plural = _("withdrawals of secret content")
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("submission", "line"),
                condition=OPEN,
                name="reports_tombstone_one_open_a_line",
                violation_error_message=_("A request for this line is waiting already."),
            ),
            models.CheckConstraint(condition=Q(scope__in=Scope.values), name="reports_tombstone_known_scope"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("asked_by")),
                name="reports_tombstone_by_two",
                violation_error_message=_("Another administrator than the one who asked has to confirm."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="reports_tombstone_confirmed_whole",
            ),
            models.CheckConstraint(
                condition=Q(refused_by__isnull=True, refused_at__isnull=True)
                | Q(refused_by__isnull=False, refused_at__isnull=False),
                name="reports_tombstone_refused_whole",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(refused_at__isnull=True),
                name="reports_tombstone_decided_once",
            ),
            models.CheckConstraint(condition=OPEN | Q(words=""), name="reports_tombstone_keeps_no_words"),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="reports_tombstone_has_a_reason",
                violation_error_message=_("Write the reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission} · {self.line}"

    @property
    def state(self) -> TombstoneState:
        """Return how far the request is."""
        if self.confirmed_at is not None:
            return TombstoneState.CONFIRMED
        return TombstoneState.REFUSED if self.refused_at is not None else TombstoneState.ASKED

    @property
    def is_open(self) -> bool:
        """Return whether it still waits for a decision."""
        return self.state == TombstoneState.ASKED


class TombstonePlace(models.Model):
    """One column of one row in which the secret stood, with the SHA-256 of what stood there."""

    tombstone = models.ForeignKey(
        Tombstone, on_delete=models.CASCADE, related_name="places", verbose_name=_("withdrawal")
    )
    table = models.CharField(_("table"), max_length=80)
    record = models.CharField(_("record"), max_length=80)
    column = models.CharField(_("column"), max_length=80)
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = _("place of a withdrawal")
        verbose_name_plural = _("places of withdrawals")
        ordering = ("tombstone", "pk")
        indexes = [models.Index(fields=("table", "record"), name="reports_tombstoneplace_row")]

    def __str__(self) -> str:
        return f"{self.table} {self.record} {self.column}"


class TombstoneFile(models.Model):
    """A file that is withdrawn, by its hash; `path` is where it lies until it is deleted, and nothing after that."""

    tombstone = models.ForeignKey(
        Tombstone, on_delete=models.CASCADE, related_name="files", verbose_name=_("withdrawal")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=FileKind.choices)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField(_("size in bytes"), null=True, blank=True)
    path = models.CharField(_("where it lies"), max_length=200, blank=True)
    deleted_at = models.DateTimeField(_("deleted at"), null=True, blank=True)

    class Meta:
        verbose_name = _("withdrawn file")
        verbose_name_plural = _("withdrawn files")
        ordering = ("tombstone", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FileKind.values), name="reports_tombstonefile_known_kind"),
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=True) | Q(path=""), name="reports_tombstonefile_gone_has_no_path"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.sha256[:12]}"
