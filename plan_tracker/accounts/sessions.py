"""The session engine: Django's own in the database, with whose it is, from where and since when beside it.

A session ends SESSION_HOURS after the sign-in, however busy it is; `seen` is moved on at most once a minute.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

STARTED, SEEN, ADDRESS, AGENT = "started", "seen", "address", "agent"


def now_in_seconds() -> int:
    """Return this moment as the session keeps it."""
    return int(timezone.now().timestamp())


class Kept:
    """What both engines add: the columns of `accounts.Session`, filled from the session's own data."""

    @classmethod
    def get_model_class(cls) -> Any:
        """Return the model of the rows."""
        from plan_tracker.accounts.models import Session  # noqa: PLC0415 - apps are not loaded when the engine is

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Return the row of this session, as it is saved now."""
        now = now_in_seconds()
        data.setdefault(STARTED, now)
        data.setdefault(SEEN, now)
        row = super().create_model_instance(data)  # type: ignore[misc]
        row.user_id = int(data[SESSION_KEY]) if data.get(SESSION_KEY) else None
        row.address, row.agent = data.get(ADDRESS, ""), data.get(AGENT, "")
        row.started_at = datetime.fromtimestamp(data[STARTED], UTC)
        row.seen_at = datetime.fromtimestamp(data[SEEN], UTC)
        return row

    def get_session_cookie_age(self) -> int:
        """Return how many seconds are left since the sign-in, not since the last page."""
        started = self.get(STARTED)  # type: ignore[attr-defined]
        spent = now_in_seconds() - started if started else 0
        return max(0, settings.SESSION_COOKIE_AGE - spent)


class SessionStore(Kept, DatabaseStore):
    """Sessions in the database alone: for several processes that share no cache."""
