"""Which days were decided on otherwise than the public calendar says: the administration keeps them as a table."""

from __future__ import annotations

from datetime import date, timedelta

from reports.models import OfficeDay

AROUND = timedelta(days=60)


def decided_days(start: date, end: date) -> dict[date, bool]:
    """Return the days decided on between two days, both included: true where offices work; one query."""
    return dict(OfficeDay.objects.filter(day__range=(start, end)).values_list("day", "is_working"))


def decided_around(*days: date) -> dict[date, bool]:
    """Return the days decided on in the weeks around some days, enough for any proposal that begins there."""
    return decided_days(min(days) - AROUND, max(days) + AROUND)
