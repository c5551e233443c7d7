"""Reads of `tasks` in the words of the domain; every date and user is an argument."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User
    from tasks.models import Body, Delegation, IssuedDocument, Membership, Progress  # noqa: F401 - base classes

Row = TypeVar("Row", bound=models.Model)


class CodeManager(models.Manager[Row], Generic[Row]):
    """A manager whose rows are found by natural key: the named fields, in order."""

    def __init__(self, *fields: str) -> None:
        super().__init__()
        self.fields = fields

    def get_by_natural_key(self, *values: Any) -> Row:
        """Return the row with this natural key."""
        return self.get(**dict(zip(self.fields, values, strict=True)))


def alive(on: date, *, prefix: str = "") -> Q:
    """Return the condition that a span `valid_from`–`valid_to` covers a day; open ends count."""
    starts = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": on})
    ends = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": on})
    return starts & ends


class BodyQuerySet(models.QuerySet["Body"]):
    """Bodies in the official order."""

    def get_by_natural_key(self, code: str) -> Body:
        """Return the body with this code."""
        return self.get(code=code)

    def alive(self, *, on: date) -> BodyQuerySet:
        """Return the bodies that exist on a day."""
        return self.filter(alive(on))

    def reporting(self) -> BodyQuerySet:
        """Return the bodies that send a report of their own."""
        return self.filter(reports_through__isnull=True)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships on a day."""

    def current(self, *, on: date) -> MembershipQuerySet:
        """Return the memberships in force on a day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on)

    def of(self, user: User) -> MembershipQuerySet:
        """Return the memberships of one person."""
        return self.filter(user=user)


class DelegationQuerySet(models.QuerySet["Delegation"]):
    """Delegations on a day."""

    def in_force(self, *, on: date) -> DelegationQuerySet:
        """Return the delegations that hold on a day and were not taken back."""
        return self.filter(starts_on__lte=on, ends_on__gte=on, ended_at__isnull=True)


class ProgressQuerySet(models.QuerySet["Progress"]):
    """Published progress."""

    def current(self) -> ProgressQuerySet:
        """Return the progress that has not been withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def up_to(self, on: date) -> ProgressQuerySet:
        """Return the progress as of a day or earlier."""
        return self.filter(as_of__lte=on)


class IssuedDocumentQuerySet(models.QuerySet["IssuedDocument"]):
    """Registers of issued documents."""

    def issued_between(self, start: date, end: date) -> IssuedDocumentQuerySet:
        """Return the documents issued from one day to another, both included."""
        return self.filter(issued_on__range=(start, end))
