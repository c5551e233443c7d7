"""How the current period goes: who has sent, on time or not, what awaits review and what went back; three queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from reports.choices import PeriodState, ReportStanding, SubmissionState
from reports.expectations import report_standing
from reports.models import Expectation, Period, Submission
from reports.permissions import periods_visible_to
from tasks.permissions import Standing

AWAITING = (SubmissionState.SUBMITTED, SubmissionState.RECEIVED)
SENT = (ReportStanding.SENT_ON_TIME, ReportStanding.SENT_LATE)


@dataclass(frozen=True)
class Pulse:
    """The counts of one period; `missing` bodies stand in the official order."""

    period: Period
    expected: int
    sent: int
    on_time: int
    missing: tuple[Expectation, ...]
    awaiting: int
    returned: int
    accepted: int
    is_past_due: bool


def current_period(standing: Standing) -> Period | None:
    """Return the period to look at: the open one that ends last, else the last closed; real before demonstration."""
    shown = periods_visible_to(standing).filter(state__in=(PeriodState.OPEN, PeriodState.CLOSED))
    found = list(shown.order_by("-data_to", "-data_from")[:40])
    real = [period for period in found if not period.is_demo] or found
    return next((period for period in real if period.state == PeriodState.OPEN), real[0] if real else None)


def read_pulse(period: Period, *, now: datetime) -> Pulse:
    """Return how a period goes at a moment; two queries."""
    submissions = Submission.objects.only("state", "expectation_id", "version")
    rows = period.expectations.owed().select_related("body").order_by("body__order")
    expectations = list(rows.prefetch_related(Prefetch("submissions", queryset=submissions)))
    for row in expectations:
        row.period = period
    standings = [report_standing(row, at=now) for row in expectations]
    states = [{one.state for one in row.submissions.all()} for row in expectations]
    unsent = [row for row, told in zip(expectations, standings, strict=True) if told not in SENT]
    return Pulse(
        period=period,
        expected=len(expectations),
        sent=sum(told in SENT for told in standings),
        on_time=standings.count(ReportStanding.SENT_ON_TIME),
        missing=tuple(unsent),
        awaiting=sum(bool(found.intersection(AWAITING)) for found in states),
        returned=sum(SubmissionState.RETURNED in found for found in states),
        accepted=sum(SubmissionState.ACCEPTED in found for found in states),
        is_past_due=now > period.due_at,
    )
