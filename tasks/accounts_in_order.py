"""Which accounts want attention: nobody signed in for 45 days, no password yet, or not looked at for half a year."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django_otp.plugins.otp_totp.models import TOTPDevice

from plan_tracker.accounts.choices import ReviewDecision
from plan_tracker.accounts.entrance import end_sessions
from plan_tracker.accounts.models import AccountReview, Session, User
from tasks.models import Membership

IDLE_DAYS = 45
REVIEW_MONTHS_IN_DAYS = 183


class Choice(StrEnum):
    """Which accounts a page shows."""

    ALL = ""
    IDLE = "idle"
    NO_PASSWORD = "no-password"  # noqa: S105 - a word in an address
    REVIEW = "review"
    CLOSED = "closed"


NEVER = Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)


def conditions(*, at: datetime) -> dict[Choice, Q]:
    """Return what each choice asks of an account at a moment."""
    idle = at - timedelta(days=IDLE_DAYS)
    due = at - timedelta(days=REVIEW_MONTHS_IN_DAYS)
    return {
        Choice.ALL: Q(),
        Choice.IDLE: Q(is_active=True, last_used__lt=idle),
        Choice.NO_PASSWORD: Q(is_active=True) & NEVER,
        Choice.REVIEW: Q(is_active=True, last_reviewed__lt=due),
        Choice.CLOSED: Q(is_active=False),
    }


def accounts(*, on: date) -> QuerySet[User]:
    """Return all accounts with when they were used and reviewed last, their second factor and their seats.

    A new account counts as used and reviewed on the day on which it was made.
    """
    reviews = AccountReview.objects.filter(user=OuterRef("pk")).order_by("-decided_at")
    current = Membership.objects.current(on=on).select_related("body")
    return (
        User.objects.annotate(
            last_used=Coalesce("last_login", "date_joined"),
            last_reviewed=Coalesce(Subquery(reviews.values("decided_at")[:1]), "date_joined"),
            has_app=Exists(TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)),
        )
        .prefetch_related(Prefetch("memberships", queryset=current, to_attr="seats_now"))
        .order_by("-is_staff", "username")
    )


def numbers(*, at: datetime, on: date) -> dict[Choice, int]:
    """Return how many accounts fit each choice; one query."""
    rows = accounts(on=on).prefetch_related(None).order_by()
    found = rows.aggregate(
        **{
            choice.name: Count("pk", filter=asked) if asked else Count("pk")
            for choice, asked in conditions(at=at).items()
        }
    )
    return {choice: found[choice.name] for choice in Choice}


@transaction.atomic
def decide(users: QuerySet[User], decision: ReviewDecision, *, by: User, at: datetime) -> int:
    """Note for each account that it is still needed, or close it and end its sessions; return how many."""
    people = list(users.select_for_update())
    AccountReview.objects.bulk_create(
        AccountReview(user=user, decision=decision, decided_by=by, decided_at=at) for user in people
    )
    if decision is ReviewDecision.CLOSE:
        closed = [user for user in people if user.is_active]
        for user in closed:
            user.is_active = False
        User.objects.bulk_update(closed, ["is_active"])
        end_sessions(Session.objects.filter(user__in=closed))
    return len(people)


@transaction.atomic
def reopen(users: QuerySet[User], *, by: User, at: datetime) -> int:
    """Open closed accounts again; that counts as a review."""
    people = list(users.select_for_update().filter(is_active=False))
    User.objects.filter(pk__in=[user.pk for user in people]).update(is_active=True)
    AccountReview.objects.bulk_create(
        AccountReview(user=user, decision=ReviewDecision.KEEP, decided_by=by, decided_at=at) for user in people
    )
    return len(people)
