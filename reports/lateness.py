"""How late a moment is: one count for every page, in days of the office's calendar; late begins at the due moment."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

INSTANT = timedelta(microseconds=1)


def is_late(due: datetime, at: datetime) -> bool:
    """Return whether a moment is too late: the due moment itself is."""
    return at >= due


def due_day(due: datetime) -> date:
    """Return the last day on which something is in time: due at midnight means the day that ends then."""
    return timezone.localtime(due - INSTANT).date()


def days_between(due: datetime, at: datetime) -> int:
    """Return how many days of the office's calendar the due day lies ahead; negative once it has passed."""
    return (due_day(due) - timezone.localtime(at).date()).days


def days_past(due: datetime, at: datetime) -> int:
    """Return by how many days a moment is late: 0 in time, 1 on the due day itself or the day after, then 2, 3 …

    Whatever is late is late by a day at least, so that no late report hides behind a nought.
    """
    return max(1, -days_between(due, at)) if is_late(due, at) else 0
