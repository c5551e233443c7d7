"""Who has a report open for writing: one row a person and report, written over at every visit."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.submissions import Submission


class Visit(models.Model):
    """When somebody was last seen writing in a report, and on which page of it."""

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="visits", verbose_name=_("report")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("user")
    )
    place = models.CharField(_("page of the form"), max_length=120)
    seen_at = models.DateTimeField(_("seen at"))

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ("submission", "-seen_at")
        constraints = [
            models.UniqueConstraint(fields=("submission", "user"), name="reports_visit_one_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.place}"
