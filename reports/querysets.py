"""Reads of `reports` in the words of the domain; visibility of a report is decided in `permissions`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from reports.choices import OPEN_STATES, PeriodState, SubmissionState

if TYPE_CHECKING:
    from reports.models import Expectation, Period, Submission  # noqa: F401 - named in base classes


class PeriodQuerySet(models.QuerySet["Period"]):
    """Reporting periods."""

    def shown(self) -> PeriodQuerySet:
        """Return the periods that bodies may know of: open or closed."""
        return self.filter(state__in=(PeriodState.OPEN, PeriodState.CLOSED))

    def open(self) -> PeriodQuerySet:
        """Return the periods that take reports."""
        return self.filter(state=PeriodState.OPEN)


class ExpectationQuerySet(models.QuerySet["Expectation"]):
    """Who owes a report."""

    def of_bodies(self, bodies: Collection[int]) -> ExpectationQuerySet:
        """Return the expectations of these bodies (by primary key), and those that they finish for another."""
        return self.filter(Q(body_id__in=bodies) | Q(held_by_id__in=bodies))

    def owed(self) -> ExpectationQuerySet:
        """Return the expectations that count: not exempt."""
        return self.filter(exempt_reason="")

    def without_delivery(self) -> ExpectationQuerySet:
        """Return the expectations for which nothing valid has been sent."""
        return self.filter(first_delivered_at__isnull=True)

    def past_due(self, now: datetime) -> ExpectationQuerySet:
        """Return the expectations whose due moment (own extension first) is here or has passed."""
        own = Q(extended_to__isnull=False, extended_to__lte=now)
        common = Q(extended_to__isnull=True, period__due_at__lte=now)
        return self.filter(own | common)


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Versions of reports."""

    def open(self) -> SubmissionQuerySet:
        """Return the versions that are still on their way."""
        return self.filter(state__in=OPEN_STATES)

    def accepted(self) -> SubmissionQuerySet:
        """Return the versions that stand accepted."""
        return self.filter(state=SubmissionState.ACCEPTED)

    def of_bodies(self, bodies: Collection[int]) -> SubmissionQuerySet:
        """Return the versions of these bodies (by primary key)."""
        return self.filter(Q(expectation__body_id__in=bodies) | Q(expectation__held_by_id__in=bodies))

    def awaiting_review(self) -> SubmissionQuerySet:
        """Return what a reviewer has to deal with: submitted or received."""
        return self.filter(state__in=(SubmissionState.SUBMITTED, SubmissionState.RECEIVED))
