"""What the receipt of a delivery says, in the words of the reader: on the page and in the PDF alike."""

from __future__ import annotations

from typing import TypeAlias

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plan_tracker.lib.dates import screen_day
from reports.choices import ReportForm
from reports.delivered import SentReport
from reports.periods import moment_in_words

Fact: TypeAlias = tuple[str, str]


def receipt_facts(sent: SentReport) -> list[Fact]:
    """Return the lines of a receipt: what, whose, when, in time or not, by whom, with which signed document."""
    delivery = sent.delivery
    return [
        (_("Report"), sent.title),
        (_("Of"), sent.body),
        (_("Delivery"), _delivery_words(sent)),
        (_("Received at"), moment_in_words(delivery.delivered_at)),
        (_("Due"), f"{moment_in_words(sent.due_at)}; {_punctuality(sent)}"),
        (_("Entered from paper by") if sent.is_on_behalf else _("Who sent it"), str(delivery.delivered_by)),
        (_("Signed document"), _signed_words(sent)),
        (_("Content"), _content_words(sent)),
    ]


def receipt_notes(sent: SentReport) -> list[str]:
    """Return what stands under the hash."""
    notes = [
        _("The portal keeps this delivery whole; a single other character would give another hash."),
        _("The receipt says that the report came, not that it was accepted."),
    ]
    if sent.withdrawn:
        notes[0] = sent.withdrawn
    if sent.delivery.is_recalled:
        notes.insert(0, _("This delivery was recalled: it no longer counts."))
    return notes


def _delivery_words(sent: SentReport) -> str:
    """Return which delivery of which version it was, and which document it corrects by."""
    words: dict[str, object] = {"number": sent.delivery.number, "version": sent.delivery.submission.version}
    if sent.corrects.get("symbol") and sent.corrects_on:
        words |= {"symbol": sent.corrects["symbol"], "on": screen_day(sent.corrects_on)}
        return _("delivery %(number)s of version %(version)s, a correction by document %(symbol)s of %(on)s") % words
    return _("delivery %(number)s of version %(version)s") % words


def _punctuality(sent: SentReport) -> str:
    if sent.first_sent_at < sent.delivery.delivered_at:
        days = {"days": sent.days_late}
        late = ngettext(
            "its first delivery came %(days)s day late", "its first delivery came %(days)s days late", sent.days_late
        )
        return late % days if sent.days_late else _("its first delivery came in time")
    if not sent.days_late:
        return _("came in time")
    return ngettext("came %(days)s day late", "came %(days)s days late", sent.days_late) % {"days": sent.days_late}


def _signed_words(sent: SentReport) -> str:
    """Return number, date and signatory, or when the signed document follows."""
    copy = sent.copy
    if sent.form == ReportForm.CONFIDENTIAL:
        return _("goes its own way under the confidentiality rules")
    if copy.get("symbol") and sent.signed_on:
        words = {"symbol": copy["symbol"], "on": screen_day(sent.signed_on), "who": copy["signatory"]}
        if copy.get("scan_sha256"):
            return _("no. %(symbol)s of %(on)s, signed by %(who)s; with its scan") % words
        return _("no. %(symbol)s of %(on)s, signed by %(who)s") % words
    if sent.follows_by:
        return _("follows by %(day)s") % {"day": screen_day(sent.follows_by)}
    return "–"


def _content_words(sent: SentReport) -> str:
    """Return how much was sent."""
    if sent.form != ReportForm.CONTENT:
        return str(sent.form.label)
    entries = sum(line.key != "closing" for line in sent.lines)
    figures = len(sent.counters) + len(sent.indicators)
    return _("%(entries)s entries, %(figures)s figures") % {"entries": entries, "figures": figures}
