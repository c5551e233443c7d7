"""What an edition is made of: sections, the sources of their passages, files, and comments with their handling."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.choices_editions import Handling
from reports.models.editions import Edition, EditionDraft, refuse_when_issued
from reports.models.submissions import Submission
from tasks.models import Body


class EditionSection(models.Model):
    """A section of the outline. While `is_own` is unset its text is generated anew; `row_version` tells editors apart.

    `based_on` is the generated text at the moment of taking over, so that later figures can be told.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sections", verbose_name=_("edition"))
    key = models.CharField(_("place in the outline"), max_length=40)
    text = models.TextField(_("text"), blank=True)
    based_on = models.TextField(_("generated text that it was made from"), blank=True)
    is_own = models.BooleanField(_("taken over by hand"), default=False)
    is_ready = models.BooleanField(pgettext_lazy("section", "ready"), default=False)
    row_version = models.PositiveIntegerField(_("row version"), default=1)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("last saved by")
    )
    saved_at = models.DateTimeField(_("last saved at"), null=True, blank=True)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ("edition", "pk")
        constraints = [models.UniqueConstraint(fields=("edition", "key"), name="reports_editionsection_one_a_key")]

    def __str__(self) -> str:
        return f"{self.edition} · {self.key}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the section of an edition that is not issued."""
        refuse_when_issued(self.edition_id)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove the section of an edition that is not issued."""
        refuse_when_issued(self.edition_id)
        return super().delete(*args, **kwargs)


class SectionSource(models.Model):
    """Where a passage of a section came from: the line of an accepted report, and its text when it was taken.

    `seen_digest` stands for what the report said when somebody saw that it had changed and kept the words as taken.
    """

    section = models.ForeignKey(
        EditionSection, on_delete=models.CASCADE, related_name="sources", verbose_name=_("section")
    )
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="+", verbose_name=_("report"))
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", verbose_name=_("body"))
    line = models.CharField(_("line"), max_length=60)
    part = models.CharField(_("part of the line"), max_length=20)
    text = models.TextField(_("text when it was taken"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("taken by")
    )
    taken_at = models.DateTimeField(_("taken at"))
    seen_digest = models.CharField(_("what was seen and not taken"), max_length=20, blank=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("words kept by"),
    )
    seen_at = models.DateTimeField(_("words kept at"), null=True, blank=True)

    class Meta:
        verbose_name = _("source of a passage")
        verbose_name_plural = _("sources of passages")
        ordering = ("section", "taken_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(seen_digest="", seen_by__isnull=True, seen_at__isnull=True)
                | (~Q(seen_digest="") & Q(seen_by__isnull=False, seen_at__isnull=False)),
                name="reports_sectionsource_seen_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} · {self.line}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the source in an edition that is not issued."""
        refuse_when_issued(self.section.edition_id)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove the source from an edition that is not issued."""
        refuse_when_issued(self.section.edition_id)
        return super().delete(*args, **kwargs)


class EditionFile(models.Model):
    """A file as it was issued, whole, with its SHA-256; in the database, so that it is frozen with the rest."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="files", verbose_name=_("edition"))
    name = models.CharField(_("file name"), max_length=120)
    content_type = models.CharField(_("content type"), max_length=120)
    content = models.BinaryField(_("content"))
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField("SHA-256", max_length=64)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("issued file")
        verbose_name_plural = _("issued files")
        ordering = ("edition", "pk")
        constraints = [models.UniqueConstraint(fields=("edition", "name"), name="reports_editionfile_one_a_name")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the file of an edition that is being issued, not of one that is."""
        refuse_when_issued(self.edition_id)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove the file of an edition that is not issued."""
        refuse_when_issued(self.edition_id)
        return super().delete(*args, **kwargs)


class EditionComment(models.Model):
    """What somebody says of a draft that was sent out, and what was done with it (tiếp thu, giải trình)."""

    draft = models.ForeignKey(EditionDraft, on_delete=models.CASCADE, related_name="comments", verbose_name=_("draft"))
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", verbose_name=_("body"))
    place = models.CharField(_("place in the outline"), max_length=40, blank=True)
    text = models.TextField(_("comment"))
    received_on = models.DateField(_("received on"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    handling = models.CharField(_("handling"), max_length=20, choices=Handling.choices, default=Handling.OPEN)
    handling_text = models.TextField(_("what was done, or why not"), blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dealt with by"),
    )
    handled_at = models.DateTimeField(_("dealt with at"), null=True, blank=True)

    class Meta:
        verbose_name = _("comment on a draft")
        verbose_name_plural = _("comments on drafts")
        ordering = ("draft", "body__order", "received_on", "pk")

    def __str__(self) -> str:
        return self.text[:80]
