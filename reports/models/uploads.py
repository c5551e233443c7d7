"""Files that come in beside a report's text: uploaded workbooks until they are applied, and attachments."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.models.submissions import Submission

MOST_ATTACHED_BYTES = 20 * 1024 * 1024


def random_name(folder: str, ending: str) -> str:
    """Return where a file is kept: a name of our own, for the sender's says nothing and may hold anything."""
    name = uuid4().hex
    return f"{folder}/{name[:2]}/{name}.{ending}"


def workbook_path(upload: WorkbookUpload, filename: str) -> str:
    """Return where an uploaded workbook is kept."""
    return random_name("workbooks", "xlsx")


def attachment_path(attachment: Attachment, filename: str) -> str:
    """Return where an attachment is kept."""
    return random_name("attachments", attachment.kind)


class WorkbookUpload(models.Model):
    """A filled-in workbook as it was uploaded, with its cells as they were read; applied once or never."""

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="workbook_uploads", verbose_name=_("report")
    )
    file = models.FileField(_("file"), upload_to=workbook_path, blank=True)
    name = models.CharField(_("name of the file"), max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    cells = models.JSONField(_("cells"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True)

    class Meta:
        verbose_name = _("uploaded workbook")
        verbose_name_plural = _("uploaded workbooks")
        ordering = ("submission", "-uploaded_at", "-pk")

    def __str__(self) -> str:
        return self.name


class Attachment(models.Model):
    """A file at a line of a report, or (with no line) at the report as a whole; once it was sent it is never lost.

    `removed_at`: no longer part of the report, but of a delivery before; the file stays.
    """

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="attachments", verbose_name=_("report")
    )
    line = models.CharField(_("line"), max_length=40, blank=True)
    file = models.FileField(_("file"), upload_to=attachment_path, max_length=150, blank=True)
    name = models.CharField(_("name of the file"), max_length=200)
    kind = models.CharField(_("type of file"), max_length=4)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ("submission", "line", "uploaded_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("submission", "line", "sha256"),
                condition=Q(removed_at__isnull=True),
                name="reports_attachment_one_a_file",
                violation_error_message=_("This file is already attached here."),
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0) & Q(size__lte=MOST_ATTACHED_BYTES), name="reports_attachment_size_in_bounds"
            ),
        ]

    def __str__(self) -> str:
        return self.name
