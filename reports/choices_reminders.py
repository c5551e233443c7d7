"""The closed lists of reminding: why somebody was reminded, and what became of the mail."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Occasion(TextChoices):
    """Why a report was in a reminder."""

    WEEK_BEFORE = "week_before", _("seven days before")
    DAY_BEFORE = "day_before", _("one day before")
    DAY_AFTER = "day_after", _("on the day after")
    WEEKLY = "weekly", _("every week after that")
    BY_HAND = "by_hand", _("by hand")


class MailEvent(TextChoices):
    """What happened to the mail of a reminder; a try that begins and never ends may have been sent, and stays so."""

    BEGUN = "mail_begun", pgettext_lazy("mail", "under way")
    SENT = "mail_sent", pgettext_lazy("mail", "sent")
    FAILED = "mail_failed", pgettext_lazy("mail", "not sent")
