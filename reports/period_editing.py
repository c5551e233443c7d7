"""What is asked in a period that is open already: title, note and questions; depth and window until one has begun."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from django.contrib.admin.models import CHANGE
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.addressees import change_addressees
from reports.choices import PeriodKind, PeriodState
from reports.models import Attachment, Period, PeriodQuestion, Remark, Submission
from reports.periods import PeriodRefused, record, tell_bodies, title_within

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User

CHANGES = {
    "title": gettext_lazy("the title"),
    "note": gettext_lazy("the note to the bodies"),
    "depth": gettext_lazy("the depth of the form"),
    "window": gettext_lazy("the window of the figures"),
    "added": gettext_lazy("questions were added"),
    "removed": gettext_lazy("questions were removed"),
}


@dataclass(frozen=True)
class Asked:
    """What a period asks, as far as it may change while it is open; questions are single lines, in their order."""

    own_title: str
    note: str
    depth: str
    window: tuple[date, date]
    questions: tuple[str, ...]

    @property
    def print(self) -> str:
        """Return a fingerprint, by which somebody else's change in the meantime is noticed."""
        return sha256(repr(self).encode()).hexdigest()


def asked_of(period: Period) -> Asked:
    """Return what the period asks as it is stored; one query."""
    questions = tuple(one_line(row.text) for row in period.questions.all())
    note = "\n".join(period.note.splitlines())
    return Asked(period.own_title, note, period.depth, (period.data_from, period.data_to), questions)


def one_line(text: str) -> str:
    """Return a question as it stands on a line of the form."""
    return " ".join(text.split())


def is_begun(period: Period) -> bool:
    """Return whether any body has begun its report."""
    return Submission.objects.filter(expectation__period=period).exists()


@transaction.atomic
def edit_period(period: Period, wanted: Asked, *, seen: str, actor: User, at: datetime) -> frozenset[str]:
    """Ask this instead, and tell the bodies; return what is different now, by the keys of `CHANGES`.

    `seen` is the fingerprint of what the person had on the page.
    """
    period = Period.objects.select_for_update().get(pk=period.pk)
    stored = asked_of(period)
    _refuse_what_is_over(period, stored, seen)
    changes = _fields_changed(period, stored, wanted)
    if {"depth", "window"} & changes and is_begun(period):
        raise PeriodRefused(_("A report has been begun: depth and window stay as they are."))
    _save(period, wanted)
    changes |= _ask(period, stored.questions, wanted.questions)
    if "window" in changes:
        bodies = period.addressees.select_related("reports_through")
        change_addressees(period, bodies, actor=actor, at=at)
    if changes:
        words = [CHANGES[key] for key in CHANGES if key in changes]
        record(period, actor, CHANGE, f"asked: {', '.join(key for key in CHANGES if key in changes)}")
        tell_bodies(period, lambda: _sentence(period, words), actor=actor, at=at)
    return frozenset(changes)


def _refuse_what_is_over(period: Period, stored: Asked, seen: str) -> None:
    if period.state not in {PeriodState.OPEN, PeriodState.PLANNED}:
        raise PeriodRefused(_("This period is now: %(state)s.") % {"state": period.get_state_display()})
    if Submission.objects.filter(expectation__period=period).accepted().exists():
        raise PeriodRefused(_("A report is already accepted: what is asked stays as it is."))
    if seen != stored.print:
        raise PeriodRefused(
            _("Somebody else has changed this period in the meantime. Open this page in another tab and compare.")
        )


def _fields_changed(period: Period, stored: Asked, wanted: Asked) -> set[str]:
    """Return what differs beside the questions, and put it into the period."""
    pairs = {
        "title": (stored.own_title, wanted.own_title),
        "note": (stored.note, wanted.note),
        "depth": (stored.depth, wanted.depth),
        "window": (stored.window, wanted.window),
    }
    return {key for key, (old, new) in pairs.items() if old != new}


def _save(period: Period, wanted: Asked) -> None:
    period.own_title, period.note, period.depth = wanted.own_title, wanted.note, wanted.depth
    period.data_from, period.data_to = wanted.window
    if timezone.localtime(period.due_at).date() < period.data_to:
        raise PeriodRefused(_("The report cannot be due before its window ends."))
    try:
        period.full_clean()
    except ValidationError as error:
        raise PeriodRefused(" ".join(error.messages)) from error
    period.save(update_fields=["own_title", "note", "depth", "data_from", "data_to"])


def _ask(period: Period, before: tuple[str, ...], wanted: tuple[str, ...]) -> set[str]:
    """Add the new questions after the others and take away those that are gone; who keeps its words keeps its place."""
    fresh = [text for text in dict.fromkeys(wanted) if text not in before]
    gone = [row for row in period.questions.all() if one_line(row.text) not in wanted]
    if not fresh and not gone:
        return set()
    stays_a_list_of_questions = bool(before) == bool(wanted)
    if period.kind == PeriodKind.AD_HOC and not stays_a_list_of_questions and is_begun(period):
        raise PeriodRefused(
            _("A report has been begun: with the first or the last question the whole form would become another one.")
        )
    _remove(period, gone)
    last = period.questions.aggregate(last=Max("order"))["last"] or 0
    # A place that a removed question had is not given to another one: what somebody typed there is not its answer.
    last = max([last, *(row.order for row in gone)])
    rows = (PeriodQuestion(period=period, order=place, text=text) for place, text in enumerate(fresh, start=last + 1))
    PeriodQuestion.objects.bulk_create(rows)
    return {key for key, found in (("added", fresh), ("removed", gone)) if found}


def _remove(period: Period, gone: Iterable[PeriodQuestion]) -> None:
    """Take the questions away; refuse where anything hangs on one of them already."""
    rows = {f"question:{row.order}": row for row in gone}
    keys = [row.pk for row in rows.values()]
    used = set(PeriodQuestion.objects.filter(pk__in=keys, entries__isnull=False).values_list("pk", flat=True))
    files = Attachment.objects.filter(submission__expectation__period=period, line__in=rows)
    remarks = Remark.objects.filter(expectation__period=period, line__in=rows)
    lines = {*files.values_list("line", flat=True), *remarks.values_list("line", flat=True)}
    if texts := [one_line(row.text) for line, row in rows.items() if row.pk in used or line in lines]:
        words = _("Work on this question has begun, so it stays word for word: %(texts)s")
        raise PeriodRefused(words % {"texts": "; ".join(f"“{text}”" for text in texts)})
    PeriodQuestion.objects.filter(pk__in=keys).delete()


def _sentence(period: Period, changes: Iterable[str | Promise]) -> str:
    words = {"period": title_within(period), "changes": ", ".join(str(change) for change in changes)}
    return _("What is asked in the report for the %(period)s has changed: %(changes)s.") % words
