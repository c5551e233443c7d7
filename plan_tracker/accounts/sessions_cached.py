"""The same session engine with a cache in front, for one process or for processes that share a cache."""

from __future__ import annotations

from django.contrib.sessions.backends.cached_db import SessionStore as CachedStore

from plan_tracker.accounts.sessions import Kept


class SessionStore(Kept, CachedStore):
    """Sessions in the database, read from the cache."""

    cache_key_prefix = "plan_tracker.sessions."
