"""Editions of a summary report: how one is headed, numbered and signed, its steps, and the drafts sent for comments.

What was issued is protected twice: here, so that a mistake is told in words, and by triggers in both databases
(`reports.freezing`), so that no way of writing goes round it.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.choices import Authority, Product
from reports.choices_editions import FROZEN_EDITIONS, OPEN_EDITIONS, EditionState
from reports.models.periods import Period
from reports.models.whose_steps import WhoseStep
from reports.querysets_editions import EditionQuerySet
from tasks.models import Body


class IssuedStays(Exception):
    """Somebody tried to change what has been issued."""

    def __init__(self) -> None:
        super().__init__(str(_("An issued report is never changed; a correction is a new edition.")))


class Edition(models.Model):
    """One edition of one product of a period. Only `reports.edition_steps` writes `state`."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="editions", verbose_name=_("period"))
    kind = models.CharField(pgettext_lazy("edition", "kind"), max_length=40, choices=Product.choices)
    issuer = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="editions", verbose_name=_("issuing body"))
    version = models.PositiveSmallIntegerField(_("edition number"), default=1)
    state = models.CharField(
        pgettext_lazy("edition", "state"), max_length=20, choices=EditionState.choices, default=EditionState.DRAFT
    )
    supersedes = models.ForeignKey(
        "self", on_delete=models.DO_NOTHING, null=True, blank=True, related_name="+", verbose_name=_("supersedes")
    )
    type_code = models.CharField(_("type of document"), max_length=10, default="BC")
    term = models.CharField(_("committee term"), max_length=20, blank=True, help_text=_("As in 2020 - 2025."))
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    symbol = models.CharField(_("number and symbol"), max_length=60, blank=True)
    signed_on = models.DateField(_("date of the document"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=80, blank=True)
    head_superior = models.CharField(_("superior body in the document head"), max_length=200, blank=True)
    head_issuer = models.CharField(_("own name in the document head"), max_length=200, blank=True)
    issuer_name = models.CharField(_("name of the issuing body on that day"), max_length=200, blank=True)
    authority = models.CharField(_("form of authority"), max_length=10, choices=Authority.choices, blank=True)
    in_the_name_of = models.CharField(_("signed in the name of"), max_length=120, blank=True)
    position = models.CharField(_("position"), max_length=120, blank=True)
    signatory = models.CharField(_("signatory"), max_length=120, blank=True)
    recipients = models.TextField(_("recipients"), blank=True, help_text=_("One to a line, the files last."))
    content = models.JSONField(_("content as issued"), null=True, blank=True)
    facts = models.JSONField(_("figures as issued"), null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    is_demo = models.BooleanField(_("demonstration data"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("started by")
    )
    created_at = models.DateTimeField(_("started at"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approved by"),
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("issued by"),
    )
    issued_at = models.DateTimeField(_("issued at"), null=True, blank=True)

    objects: ClassVar[EditionQuerySet] = EditionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ("period", "kind", "-version")
        constraints = [
            models.UniqueConstraint(
                fields=("period", "kind", "issuer", "version"), name="reports_edition_one_a_version"
            ),
            models.UniqueConstraint(
                fields=("period", "kind", "issuer"),
                condition=Q(state__in=OPEN_EDITIONS),
                name="reports_edition_one_open",
            ),
            models.UniqueConstraint(
                fields=("period", "kind", "issuer"),
                condition=Q(state=EditionState.ISSUED),
                name="reports_edition_one_issued",
            ),
            models.UniqueConstraint(
                fields=("issuer", "type_code", "term", "number", "is_demo"),
                condition=Q(state__in=FROZEN_EDITIONS),
                name="reports_edition_number_once_a_term",
                violation_error_message=_("This number is already taken in the portal."),
            ),
            models.CheckConstraint(condition=Q(state__in=EditionState.values), name="reports_edition_known_state"),
            models.CheckConstraint(
                condition=~Q(state__in=FROZEN_EDITIONS)
                | (
                    Q(number__isnull=False, number__gt=0, signed_on__isnull=False, content__isnull=False)
                    & Q(facts__isnull=False, issued_by__isnull=False, issued_at__isnull=False)
                    & ~Q(symbol="")
                    & ~Q(term="")
                    & ~Q(sha256="")
                    & ~Q(signatory="")
                ),
                name="reports_edition_issued_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.period}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the edition; one that is stored as issued stays as it is."""
        refuse_when_issued(self.pk)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove an edition that was never issued."""
        refuse_when_issued(self.pk)
        return super().delete(*args, **kwargs)

    @property
    def is_fixed(self) -> bool:
        """Return whether nothing of it may change any more."""
        return self.state in FROZEN_EDITIONS


def refuse_when_issued(edition_pk: int | None) -> None:
    """Raise when the stored edition with this key is issued."""
    if edition_pk is not None and Edition.objects.fixed().filter(pk=edition_pk).exists():
        raise IssuedStays


class EditionStep(WhoseStep, models.Model):
    """One step of an edition: who, from where to where, when and why. Written once, never changed."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="steps", verbose_name=_("edition"))
    step = models.CharField(_("step"), max_length=40)
    from_state = models.CharField(pgettext_lazy("state", "from"), max_length=20, choices=EditionState.choices)
    to_state = models.CharField(pgettext_lazy("state", "to"), max_length=20, choices=EditionState.choices)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    taken_at = models.DateTimeField(_("at"))
    on_behalf_of = models.CharField(_("on behalf of"), max_length=150, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("step of an edition")
        verbose_name_plural = _("steps of editions")
        ordering = ("edition", "taken_at", "pk")

    def __str__(self) -> str:
        return f"{self.step}: {self.from_state} → {self.to_state}"


class EditionDraft(models.Model):
    """A numbered draft as it was sent out for comments (dự thảo lần 1, 2 …): its whole text, never changed."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="drafts", verbose_name=_("edition"))
    number = models.PositiveSmallIntegerField(_("draft number"))
    content = models.JSONField(_("content"))
    sha256 = models.CharField("SHA-256", max_length=64)
    sent_to = models.TextField(_("sent to"), blank=True)
    addressees = models.ManyToManyField(Body, blank=True, related_name="+", verbose_name=_("bodies asked to comment"))
    comments_by = models.DateField(_("comments wanted by"), null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("sent out by")
    )
    sent_at = models.DateTimeField(_("sent out at"))

    class Meta:
        verbose_name = _("draft sent for comments")
        verbose_name_plural = _("drafts sent for comments")
        ordering = ("edition", "number")
        constraints = [models.UniqueConstraint(fields=("edition", "number"), name="reports_editiondraft_one_a_number")]

    def __str__(self) -> str:
        return f"{self.edition} · {self.number}"
