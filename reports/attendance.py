"""Who has sent what: for each period how many reports came and how many on time, and one row for every body."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from reports.choices import ReportStanding, SubmissionState
from reports.expectations import days_late, report_standing
from reports.models import Expectation, Period, Submission, Transition
from reports.querysets import ExpectationQuerySet, PeriodQuerySet

SENT = (ReportStanding.SENT_ON_TIME, ReportStanding.SENT_LATE)


@dataclass(frozen=True)
class BodyRow:
    """One body's line in the table of a period."""

    expectation: Expectation
    body: str
    standing: ReportStanding
    state: SubmissionState | None
    submission_id: int | None
    first_sent_at: datetime | None
    days_late: int
    accepted_first_time: bool
    copy_missing: bool
    copy_due: date | None

    @property
    def is_sent(self) -> bool:
        """Return whether there is something that a reviewer may read."""
        return self.standing in SENT

    @property
    def is_on_time(self) -> bool:
        """Return whether the report came in time: nothing is left to extend or to exempt."""
        return self.standing == ReportStanding.SENT_ON_TIME

    @property
    def copy_is_overdue(self) -> bool:
        """Return whether the signed copy is missing although its day has passed."""
        return self.copy_missing and self.copy_due is None


@dataclass(frozen=True)
class Attendance:
    """The rows of a period in the official order, with their counts; exempt bodies leave the denominator."""

    rows: tuple[BodyRow, ...]

    def _count(self, *standings: ReportStanding) -> int:
        return sum(row.standing in standings for row in self.rows)

    @property
    def expected(self) -> int:
        """Return how many reports are owed."""
        return len(self.rows) - self._count(ReportStanding.EXEMPT)

    @property
    def received(self) -> int:
        """Return how many came."""
        return self._count(*SENT)

    @property
    def on_time(self) -> int:
        """Return how many came before the due moment."""
        return self._count(ReportStanding.SENT_ON_TIME)

    @property
    def missing(self) -> int:
        """Return how many have not come."""
        return self.expected - self.received

    @property
    def accepted(self) -> int:
        """Return how many are accepted."""
        return sum(row.state == SubmissionState.ACCEPTED for row in self.rows)

    @property
    def accepted_first_time(self) -> int:
        """Return how many were accepted without being returned."""
        return sum(row.accepted_first_time for row in self.rows)

    @property
    def exempt(self) -> int:
        """Return how many are freed from it."""
        return self._count(ReportStanding.EXEMPT)

    @property
    def copies_missing(self) -> int:
        """Return how many signed copies are outstanding."""
        return sum(row.copy_missing for row in self.rows)

    @property
    def days_late(self) -> int:
        """Return by how many days all of them together were late."""
        return sum(row.days_late for row in self.rows)

    @property
    def waiting(self) -> int:
        """Return how many wait for a reviewer."""
        return sum(row.state in {SubmissionState.SUBMITTED, SubmissionState.RECEIVED} for row in self.rows)

    @property
    def counts(self) -> list[tuple[ReportStanding, int]]:
        """Return how many stand where, for a bar."""
        order = (*SENT, ReportStanding.NOT_SENT, ReportStanding.MISSING)
        return [(standing, self._count(standing)) for standing in order]


def attendance_of(expectations: ExpectationQuerySet, *, at: datetime, with_contacts: bool = False) -> Attendance:
    """Return the table of what these bodies owe, in two queries; one more reads the contacts of the bodies."""
    returned = Transition.objects.filter(submission__expectation=OuterRef("pk"), to_state=SubmissionState.RETURNED)
    standing = Submission.objects.exclude(state=SubmissionState.SUPERSEDED).select_related("signed_copy")
    rows = (
        expectations.select_related("body", "period", "held_by", "taken_over_from")
        .annotate(was_returned=Exists(returned))
        .prefetch_related(Prefetch("submissions", queryset=standing.order_by("-version"), to_attr="versions"))
        .order_by("body__order", "body__code")
    )
    if with_contacts:
        rows = rows.prefetch_related("body__contacts")
    return Attendance(tuple(_body_row(row, at) for row in rows))


def _body_row(expectation: Any, at: datetime) -> BodyRow:
    """Return one line; the newest version speaks for the report."""
    newest: Submission | None = next(iter(expectation.versions), None)
    standing = report_standing(expectation, at=at)
    copy = getattr(newest, "signed_copy", None)
    missing = standing in SENT and copy is not None and not copy.symbol
    follows = copy.follows_by if copy is not None and missing else None
    accepted = newest is not None and newest.state == SubmissionState.ACCEPTED
    return BodyRow(
        expectation=expectation,
        body=expectation.body.name,
        standing=standing,
        state=SubmissionState(newest.state) if newest else None,
        submission_id=newest.pk if newest else None,
        first_sent_at=expectation.first_delivered_at,
        days_late=days_late(expectation, at=at),
        accepted_first_time=accepted and newest is not None and newest.version == 1 and not expectation.was_returned,
        copy_missing=missing,
        copy_due=follows if follows and follows >= timezone.localtime(at).date() else None,
    )


def with_counts(periods: PeriodQuerySet) -> PeriodQuerySet:
    """Annotate each period with how many reports are `expected`, `received`, `in_time` and `accepted`; no query."""
    owed = Q(expectations__exempt_reason="")
    due = Coalesce(F("expectations__extended_to"), F("due_at"))
    came = owed & Q(expectations__first_delivered_at__isnull=False)
    accepted = Q(expectations__submissions__state=SubmissionState.ACCEPTED)
    return periods.order_by("-data_to", "-data_from", "pk").annotate(
        expected=Count("expectations", filter=owed, distinct=True),
        received=Count("expectations", filter=came, distinct=True),
        in_time=Count("expectations", filter=came & Q(expectations__first_delivered_at__lt=due), distinct=True),
        accepted=Count("expectations", filter=owed & accepted, distinct=True),
    )


def own_rows(expectations: ExpectationQuerySet, periods: Iterable[Period], *, at: datetime) -> dict[int, list[BodyRow]]:
    """Return the rows of the person's own bodies by period, in two queries."""
    rows: dict[int, list[BodyRow]] = {}
    for row in attendance_of(expectations.filter(period__in=[period.pk for period in periods]), at=at).rows:
        rows.setdefault(row.expectation.period_id, []).append(row)
    return rows
