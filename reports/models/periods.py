"""Which reports are asked for: periods with window and due moment, their questions, and who owes a report."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from plan_tracker.lib.dates import roman_quarter
from reports.choices import Depth, PeriodKind, PeriodState
from reports.querysets import ExpectationQuerySet, PeriodQuerySet
from tasks.models import Body, Plan, Task

TITLES = {
    PeriodKind.MONTH: _("Month %(month)s of %(year)s"),
    PeriodKind.QUARTER: _("Quarter %(roman)s of %(year)s"),
    PeriodKind.FIRST_HALF: _("First six months of %(year)s"),
    PeriodKind.NINE_MONTHS: _("Nine months of %(year)s"),
    PeriodKind.YEAR: _("Year %(year)s"),
}


class Period(models.Model):
    """A round of reports: the data window, the due moment, the document that asks, and how deep the form goes."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="periods", verbose_name=_("plan"))
    kind = models.CharField(_("kind"), max_length=30, choices=PeriodKind.choices)
    year = models.PositiveSmallIntegerField(_("year"))
    ordinal = models.PositiveSmallIntegerField(
        _("month or quarter"), null=True, blank=True, help_text=_("Only for monthly and quarterly reports.")
    )
    own_title = models.CharField(
        _("own title"), max_length=200, blank=True, help_text=_("Only where the kind and the year do not say enough.")
    )
    depth = models.CharField(_("depth of the form"), max_length=20, choices=Depth.choices)
    data_from = models.DateField(_("data from"))
    data_to = models.DateField(_("data to"))
    opens_on = models.DateField(_("opens on"))
    due_at = models.DateTimeField(_("due"))
    state = models.CharField(_("state"), max_length=20, choices=PeriodState.choices, default=PeriodState.PLANNED)
    request_symbol = models.CharField(_("number of the requesting document"), max_length=60, blank=True)
    request_date = models.DateField(_("date of the requesting document"), null=True, blank=True)
    request_signatory = models.CharField(_("signatory of the requesting document"), max_length=120, blank=True)
    request_file = models.FileField(_("requesting document"), upload_to="requests/", blank=True)
    addressees = models.ManyToManyField(Body, related_name="periods", blank=True, verbose_name=_("addressees"))
    focus_tasks = models.ManyToManyField(Task, related_name="+", blank=True, verbose_name=_("tasks in focus"))
    note = models.TextField(_("note to the bodies"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("opened by"),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    objects: ClassVar[PeriodQuerySet] = PeriodQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("period")
        verbose_name_plural = _("periods")
        ordering = ("-data_to", "-data_from", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(data_from__lte=F("data_to")),
                name="reports_period_window_starts_before_it_ends",
                violation_error_message=_("The window must start before it ends."),
            ),
            models.UniqueConstraint(
                "plan",
                "kind",
                "data_from",
                "data_to",
                "own_title",
                "is_demo",
                condition=~Q(state=PeriodState.CANCELLED),
                name="reports_period_one_a_window",
                violation_error_message=_("There is already a period of this kind for this window."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Return what the period is called: its own title, else “6 tháng đầu năm 2024”, “Quý I năm 2024” …"""
        if self.own_title:
            return self.own_title
        kind = self.get_kind_display()
        words = {"year": str(self.year), "kind": kind[:1].upper() + kind[1:], "month": self.ordinal}
        if self.kind == PeriodKind.QUARTER:
            words["roman"] = roman_quarter(self.ordinal or 1)
        return str(TITLES.get(PeriodKind(self.kind), _("%(kind)s of %(year)s"))) % words


class PeriodQuestion(models.Model):
    """A question that only this period asks."""

    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="questions", verbose_name=_("period"))
    order = models.PositiveSmallIntegerField(_("order"))
    text = models.TextField(_("question"))

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ("period", "order")

    def __str__(self) -> str:
        return self.text


class Expectation(models.Model):
    """One body owes one report for one period. The first valid delivery decides whether it was on time."""

    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="expectations", verbose_name=_("period"))
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="expectations", verbose_name=_("body"))
    held_by = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="held_expectations",
        verbose_name=_("finished by"),
        help_text=_("The body that finishes the report of one that has ended."),
    )
    taken_over_from = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken over from"),
    )
    is_closing = models.BooleanField(
        _("closing report"), default=False, help_text=_("Of a body that ended inside the window.")
    )
    extended_to = models.DateTimeField(_("own extension"), null=True, blank=True)
    extension_reason = models.CharField(_("reason of the extension"), max_length=300, blank=True)
    exempt_reason = models.CharField(_("reason of the exemption"), max_length=300, blank=True)
    first_delivered_at = models.DateTimeField(_("first sent at"), null=True, blank=True)

    objects: ClassVar[ExpectationQuerySet] = ExpectationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("expected report")
        verbose_name_plural = _("expected reports")
        ordering = ("period", "body__order")
        constraints = [models.UniqueConstraint(fields=("period", "body"), name="reports_expectation_one_a_body")]

    def __str__(self) -> str:
        return f"{self.body} · {self.period}"

    @property
    def writers(self) -> frozenset[int]:
        """Return the bodies whose people write this report: its own, and the one that finishes it."""
        return frozenset({self.body_id, self.held_by_id or self.body_id})

    @property
    def due_at(self) -> datetime:
        """Return the moment this body's report is due."""
        return self.extended_to or self.period.due_at


class Notice(models.Model):
    """A message to a person, shown on the page; the sentence is built where it happened."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices", verbose_name=_("to")
    )
    text = models.TextField(_("text"))
    url = models.CharField(_("leads to"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("at"))
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("-created_at", "-pk")
        indexes = [models.Index(fields=("user", "read_at"), name="reports_notice_unread")]

    def __str__(self) -> str:
        return self.text[:80]
