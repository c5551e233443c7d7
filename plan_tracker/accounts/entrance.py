"""The one door through which somebody comes in, and the ends of sessions; each leaves an entry in the audit trail."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest

from plan_tracker.accounts.models import Session, User
from plan_tracker.accounts.sessions import ADDRESS, AGENT, SEEN, STARTED, now_in_seconds
from plan_tracker.audit.choices import Action
from plan_tracker.audit.recording import record
from plan_tracker.lib.addresses import client_address

# How the person of a session proved who he is, beside the password: "", "app" or "code".
FACTOR = "factor"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def enter(request: HttpRequest, user: User, *, factor: str = "") -> None:
    """Sign somebody in whose password (and second factor) were right: a new session key, from now on."""
    login(request, user, backend=BACKEND)
    now = now_in_seconds()
    request.session.update(
        {
            STARTED: now,
            SEEN: now,
            ADDRESS: client_address(request)[:45],
            AGENT: request.headers.get("User-Agent", "")[:300],
            FACTOR: factor,
        }
    )
    record(Action.SIGNED_IN, table="accounts_user", row=str(user.pk))


def leave(request: HttpRequest) -> None:
    """Sign out and end the session."""
    if request.user.is_authenticated:
        record(Action.SIGNED_OUT, table="accounts_user", row=str(request.user.pk))
    logout(request)


def end_sessions(rows: Iterable[Session], *, note: str = "") -> int:
    """End sessions for good, in the database and in the cache; whoever works in one is asked to sign in next."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    ended = 0
    for row in rows:
        store(row.session_key).delete()
        record(Action.SESSION_ENDED, table="accounts_user", row=str(row.user_id or ""), note=note or row.address)
        ended += 1
    return ended
