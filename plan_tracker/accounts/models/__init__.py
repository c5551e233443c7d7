"""Who signs in, the sessions that run, the links that set a password, and the reviews of accounts."""

from plan_tracker.accounts.models.links import OneTimeLink
from plan_tracker.accounts.models.people import User
from plan_tracker.accounts.models.reviews import AccountReview
from plan_tracker.accounts.models.sessions import Session

__all__ = ["AccountReview", "OneTimeLink", "Session", "User"]
