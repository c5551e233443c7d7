"""A person's deadlines as an iCalendar file (RFC 5545), moments on the office's own clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar
from icalendar import Event as Entry

from plan_tracker.lib.dates import ZONE
from reports.deadline_events import Event

CONTENT_TYPE = "text/calendar; charset=utf-8"
HOST = "plan-tracker"
WARNED_BEFORE = timedelta(days=1)


def calendar_file(events: Iterable[Event], *, now: datetime) -> bytes:
    """Return the file; links lead to the configured address of the portal, or are left out."""
    calendar = Calendar()
    calendar.add("prodid", "-//Plan Tracker//Deadlines//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Plan tracker: deadlines"))
    calendar.add("x-wr-timezone", ZONE.key)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"value": "DURATION"})
    for event in events:
        calendar.add_component(_entry(event, now=now))
    calendar.add_missing_timezones()
    content: bytes = calendar.to_ical()
    return content


def _entry(event: Event, *, now: datetime) -> Entry:
    entry = Entry()
    entry.add("uid", f"{event.key}@{HOST}")
    entry.add("dtstamp", now)
    entry.add("dtstart", event.at.astimezone(ZONE) if event.at else event.day)
    entry.add("summary", f"{event.title} · {event.note}" if event.note else event.title)
    words = [str(getattr(event.state, "label", "") or "")]
    if settings.PORTAL_URL:
        link = settings.PORTAL_URL + event.url
        entry.add("url", link)
        words.append(link)
    entry.add("description", "\n".join(word for word in words if word))
    entry.add("transp", "TRANSPARENT")
    entry.add_component(_alarm(event))
    return entry


def _alarm(event: Event) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", event.title)
    alarm.add("trigger", -WARNED_BEFORE)
    return alarm
