"""Who was reminded of which reports, when and how: rows are added and never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.choices_reminders import MailEvent, Occasion
from reports.models.periods import Expectation


class Reminder(models.Model):
    """One digest for one person on one day: the constraint is what makes a second one on that day impossible."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reminders", verbose_name=_("to")
    )
    sent_on = models.DateField(_("day"))
    sent_at = models.DateTimeField(_("at"))
    text = models.TextField(_("text"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sent by"),
        help_text=_("Empty where the daily timer sent it."),
    )
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ("-sent_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("user", "sent_on"),
                name="reports_reminder_one_a_person_and_day",
                violation_error_message=_("This person has been reminded on this day already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.sent_on:%d/%m/%Y}"


class ReminderLine(models.Model):
    """One report that a digest spoke of, and why on that day."""

    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="lines", verbose_name=_("reminder"))
    expectation = models.ForeignKey(
        Expectation, on_delete=models.PROTECT, related_name="reminder_lines", verbose_name=_("expected report")
    )
    occasion = models.CharField(_("occasion"), max_length=20, choices=Occasion.choices)

    class Meta:
        verbose_name = _("report in a reminder")
        verbose_name_plural = _("reports in reminders")
        ordering = ("reminder", "pk")
        constraints = [
            models.UniqueConstraint(fields=("reminder", "expectation"), name="reports_reminderline_one_a_report")
        ]

    def __str__(self) -> str:
        return f"{self.reminder} · {self.expectation}"


class ReminderMail(models.Model):
    """What happened to the mail of a reminder: each try begins once, and ends at most once."""

    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="mails", verbose_name=_("reminder"))
    number = models.PositiveSmallIntegerField(_("try"))
    event = models.CharField(_("what happened"), max_length=20, choices=MailEvent.choices)
    address = models.EmailField(_("address"))
    at = models.DateTimeField(_("at"))
    error = models.CharField(_("error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("mail of a reminder")
        verbose_name_plural = _("mails of reminders")
        ordering = ("reminder", "pk")
        constraints = [
            models.UniqueConstraint(fields=("reminder", "number", "event"), name="reports_remindermail_once_a_try"),
            models.UniqueConstraint(
                fields=("reminder",), condition=Q(event=MailEvent.SENT), name="reports_remindermail_sent_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reminder} · {self.get_event_display()}"


class TelephoneReminder(models.Model):
    """A call to a body's office, written down by the person who made it; no private person is named."""

    expectation = models.ForeignKey(
        Expectation, on_delete=models.PROTECT, related_name="calls", verbose_name=_("expected report")
    )
    office = models.CharField(_("office called"), max_length=120)
    called_at = models.DateTimeField(_("called at"))
    note = models.CharField(_("what was said"), max_length=300, blank=True)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("called by")
    )
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    class Meta:
        verbose_name = _("telephone reminder")
        verbose_name_plural = _("telephone reminders")
        ordering = ("-called_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(office=""),
                name="reports_telephonereminder_names_the_office",
                violation_error_message=_("Say which office was called."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.called_at:%d/%m/%Y}"
