"""What happened to a report: transitions, deliveries kept whole, the signed copy, and remarks with their answers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.choices import Authority, RemarkState, SubmissionState
from reports.models.periods import Expectation
from reports.models.submissions import Submission
from reports.models.whose_steps import WhoseStep


class Transition(WhoseStep, models.Model):
    """One step of a report: who, from where to where, when and why. Written once, never changed."""

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="transitions", verbose_name=_("report")
    )
    step = models.CharField(_("step"), max_length=40)
    from_state = models.CharField(
        pgettext_lazy("state", "from"), max_length=30, choices=SubmissionState.choices, blank=True
    )
    to_state = models.CharField(pgettext_lazy("state", "to"), max_length=30, choices=SubmissionState.choices)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    taken_at = models.DateTimeField(_("at"))
    on_behalf_of = models.CharField(_("on behalf of"), max_length=150, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("transition")
        verbose_name_plural = _("transitions")
        ordering = ("submission", "taken_at", "pk")

    def __str__(self) -> str:
        return f"{self.step}: {self.from_state} → {self.to_state}"


class Delivery(models.Model):
    """What was sent, whole, with its SHA-256; `token` makes a second press of the button find the first."""

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="deliveries", verbose_name=_("report")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    token = models.CharField(_("form token"), max_length=64)
    request_hash = models.CharField(_("hash of the request"), max_length=64)
    content = models.JSONField(_("content"))
    sha256 = models.CharField("SHA-256", max_length=64)
    delivered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    delivered_at = models.DateTimeField(_("at"))
    is_recalled = models.BooleanField(_("recalled"), default=False)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ("submission", "number")
        constraints = [
            models.UniqueConstraint(fields=("submission", "number"), name="reports_delivery_one_a_number"),
            models.UniqueConstraint(fields=("submission", "token"), name="reports_delivery_one_a_token"),
        ]

    def __str__(self) -> str:
        return f"{self.submission} · {self.number}"


class SignedCopy(models.Model):
    """The signed document behind a report, or the day by which it will follow the content."""

    submission = models.OneToOneField(
        Submission, on_delete=models.CASCADE, related_name="signed_copy", verbose_name=_("report")
    )
    symbol = models.CharField(_("number and symbol"), max_length=60, blank=True)
    signed_on = models.DateField(_("date"), null=True, blank=True)
    signatory = models.CharField(_("signatory"), max_length=120, blank=True)
    position = models.CharField(_("position"), max_length=120, blank=True)
    authority = models.CharField(_("form of authority"), max_length=10, choices=Authority.choices, blank=True)
    scan = models.FileField(_("scan"), upload_to="signed/%Y/", blank=True)
    scan_name = models.CharField(_("file name"), max_length=200, blank=True)
    scan_sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    follows_by = models.DateField(_("signed copy follows by"), null=True, blank=True)

    class Meta:
        verbose_name = _("signed copy")
        verbose_name_plural = _("signed copies")
        constraints = [
            models.CheckConstraint(
                condition=(~Q(symbol="") & Q(signed_on__isnull=False) & ~Q(signatory=""))
                | (Q(symbol="") & Q(follows_by__isnull=False)),
                name="reports_signedcopy_data_or_promise",
                violation_error_message=_(
                    "Give number, date and signatory of the signed copy, or the day by which it follows."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.symbol or str(self.follows_by)


class Remark(models.Model):
    """What a reviewer asks at a line (`group:3`, `task:2.5`, `counter:C01`, `closing`); it outlives the version."""

    expectation = models.ForeignKey(
        Expectation, on_delete=models.CASCADE, related_name="remarks", verbose_name=_("expected report")
    )
    line = models.CharField(_("line"), max_length=60)
    raised_in = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="remarks", verbose_name=_("raised in")
    )
    text = models.TextField(_("remark"))
    state = models.CharField(_("state"), max_length=20, choices=RemarkState.choices, default=RemarkState.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked at"))
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("settled by"),
    )
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ("expectation", "asked_at", "pk")

    def __str__(self) -> str:
        return self.text[:80]


class RemarkReply(models.Model):
    """An answer in the thread of a remark."""

    remark = models.ForeignKey(Remark, on_delete=models.CASCADE, related_name="replies", verbose_name=_("remark"))
    text = models.TextField(_("answer"))
    is_asking = models.BooleanField(
        _("asks again"), default=False, help_text=_("Written by the reviewer: the answer did not yet say enough.")
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by")
    )
    written_at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("answer to a remark")
        verbose_name_plural = _("answers to remarks")
        ordering = ("remark", "written_at", "pk")

    def __str__(self) -> str:
        return self.text[:80]
