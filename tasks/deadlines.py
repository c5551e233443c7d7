"""When an assignment is due at a body, and what the calendar says of it: no query here, and every date an argument."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plan_tracker.lib.dates import document_day, quarter_of, roman_quarter
from tasks.choices import DeadlineKind, DueUnit, Timeliness, WorkState

SOON_DAYS = 14


class Dated(Protocol):
    """What of an assignment decides its deadline (an `Assignment` has it all)."""

    deadline_kind: str
    deadline_printed: str
    due_on: date | None
    due_unit: str


@dataclass(frozen=True)
class Ruling:
    """What moved a deadline: an extension (of one body, or of all where `body_id` is None) or a triggering event."""

    decided_on: date
    due_on: date | None
    document: str
    body_id: int | None = None
    is_event: bool = False


@dataclass(frozen=True)
class Deadline:
    """The deadline of an assignment at one body on a day; `first_due_on` is the plan's own date and never changes."""

    kind: DeadlineKind
    printed: str
    unit: str
    first_due_on: date | None
    due_on: date | None
    document: str = ""
    is_extended: bool = False
    triggered_on: date | None = None

    @property
    def is_dated(self) -> bool:
        """Return whether there is a day by which the work must be done."""
        return self.due_on is not None


@dataclass(frozen=True)
class Timing:
    """What the calendar says on a day: `days` left (negative: past), and whether finished work came too late."""

    timeliness: Timeliness
    days: int | None
    is_done: bool
    was_late: bool = False


def deadline_of(assignment: Dated, *, on: date, body_id: int | None = None, rulings: Iterable[Ruling] = ()) -> Deadline:
    """Return the deadline that holds at a body on a day: the plan's date, or what was decided last up to that day."""
    kind = DeadlineKind(assignment.deadline_kind)
    mine = [ruling for ruling in rulings if ruling.decided_on <= on and ruling.body_id in {None, body_id}]
    events = sorted((ruling for ruling in mine if ruling.is_event), key=lambda ruling: ruling.decided_on)
    event = events[-1] if events and kind == DeadlineKind.ON_TRIGGER else None
    started = event.decided_on if event else date.min
    # A ruling for this body goes before one for all that was decided on the same day.
    extensions = sorted(
        (ruling for ruling in mine if not ruling.is_event and ruling.due_on and ruling.decided_on >= started),
        key=lambda ruling: (ruling.decided_on, ruling.body_id is not None),
    )
    first = event.due_on if event else assignment.due_on
    last = extensions[-1] if extensions else None
    return Deadline(
        kind=kind,
        printed=assignment.deadline_printed,
        unit=assignment.due_unit,
        first_due_on=first,
        due_on=last.due_on if last else first,
        document=last.document if last else event.document if event else "",
        is_extended=last is not None,
        triggered_on=event.decided_on if event else None,
    )


def timing_on(
    deadline: Deadline,
    *,
    on: date,
    state: WorkState | str | None = None,
    done_on: date | None = None,
    soon_days: int = SOON_DAYS,
) -> Timing:
    """Return what the calendar says on a day; late begins on the day after the due date.

    Work is done where its state says so or where the day of its completion is known (a document in the register).
    """
    is_done = state == WorkState.DONE or done_on is not None
    if deadline.due_on is None:
        return Timing(Timeliness.NO_DATE, None, is_done)
    left = (deadline.due_on - on).days
    if is_done:
        return Timing(Timeliness.ON_TIME, left, True, was_late=done_on is not None and done_on > deadline.due_on)
    if left < 0:
        return Timing(Timeliness.OVERDUE, left, False)
    return Timing(Timeliness.DUE_SOON if left <= soon_days else Timeliness.ON_TIME, left, False)


def in_words(deadline: Deadline) -> str:
    """Return the deadline as a sentence would say it, in the active language."""
    if deadline.is_extended and deadline.due_on:
        day = document_day(deadline.due_on)
        if deadline.first_due_on is None:
            return _("extended to %(day)s") % {"day": day}
        first = document_day(deadline.first_due_on)
        return _("extended to %(day)s (first due date %(first)s)") % {"day": day, "first": first}
    if deadline.triggered_on:
        event = document_day(deadline.triggered_on)
        if deadline.due_on:
            return _("due on %(day)s, set on %(event)s") % {"day": document_day(deadline.due_on), "event": event}
        return _("directed on %(event)s, no due date set") % {"event": event}
    if deadline.due_on:
        return _span_in_words(deadline.due_on, deadline.unit)
    return _undated_in_words(deadline)


def _undated_in_words(deadline: Deadline) -> str:
    """Return what stands where there is no date: ongoing, when directed, or not stated."""
    if deadline.kind == DeadlineKind.ONGOING:
        return _("ongoing, no end date")
    if deadline.kind == DeadlineKind.ON_TRIGGER:
        # Vietnamese pages print the plan's own words, “khi Trung ương chỉ đạo”; English ones say what they mean.
        words = _("when directed (“%(printed)s”)") if deadline.printed else _("when it is directed")
        return words % {"printed": deadline.printed}
    return _("no deadline stated")


def _span_in_words(due: date, unit: str) -> str:
    """Return “within quarter II/2024 (30/6/2024)”: the span that the plan printed, then its last day."""
    words = {
        DueUnit.MONTH: _("due within month %(month)s/%(year)s (%(day)s)"),
        DueUnit.QUARTER: _("due within quarter %(quarter)s/%(year)s (%(day)s)"),
        DueUnit.HALF: _("due within the first half of %(year)s (%(day)s)")
        if due.month <= 6
        else _("due within the second half of %(year)s (%(day)s)"),
        DueUnit.YEAR: _("due within %(year)s (%(day)s)"),
    }
    parts = {
        "day": document_day(due),
        "month": due.month,
        "quarter": roman_quarter(quarter_of(due)),
        "year": due.year,
    }
    return words.get(DueUnit(unit) if unit else DueUnit.DAY, _("due on %(day)s")) % parts


def days_in_words(timing: Timing) -> str:
    """Return “3 days left”, “due today” or “12 days overdue”; nothing for undated or finished work."""
    if timing.days is None or timing.is_done:
        return ""
    if timing.days == 0:
        return _("due today")
    if timing.days > 0:
        return ngettext("%(days)s day left", "%(days)s days left", timing.days) % {"days": timing.days}
    return ngettext("%(days)s day overdue", "%(days)s days overdue", -timing.days) % {"days": -timing.days}
