"""The demonstration's reminders: what the daily timer would have sent of the open periods, and two calls."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from plan_tracker.accounts.models import User
from plan_tracker.lib.dates import ZONE
from reports.models import TelephoneReminder
from reports.reminding import remind_by_timer, unsent

DAYS = 45
CALLED = 2
NOTE = "Văn phòng cho biết báo cáo đang trình lãnh đạo ký."


def remind_until(today: date, reviewer: User) -> None:
    """Run the timer on each of the last days, and write down a call to the first bodies that are late."""
    for before in range(DAYS, -1, -1):
        remind_by_timer(at=datetime.combine(today - timedelta(days=before), time(7), tzinfo=ZONE), demo_only=True)
    called_at = datetime.combine(today - timedelta(days=1), time(14, 30), tzinfo=ZONE)
    for owed in unsent(on=today).filter(period__is_demo=True).past_due(called_at)[:CALLED]:
        TelephoneReminder.objects.create(
            expectation=owed,
            office=f"Văn phòng {owed.body.short_name}",
            called_at=called_at,
            note=NOTE,
            called_by=reviewer,
            is_demo=True,
        )
