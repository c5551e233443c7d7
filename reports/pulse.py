"""How the current period goes: who has sent, on time or not, what awaits review and what went back; two queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce

from reports.choices import PeriodState, Product, ReportStanding, SubmissionState
from reports.edition_desk import edition_counts
from reports.expectations import report_standing
from reports.models import Edition, Expectation, Period, Submission
from reports.permissions import periods_visible_to
from tasks.models import Plan
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


def current_period(standing: Standing, plan: Plan | None = None) -> Period | None:
    """Return the period (of a plan) to look at: the open one that ends last, else the last closed; real ones first.

    It carries `waiting`, the number of reports of any period that await review, those of `edition_counts`, and
    `is_summed_up`: whether the committee's report on it has been issued.
    """
    waiting = Submission.objects.awaiting_review().order_by().annotate(all=Value(1)).values("all")
    number = Subquery(waiting.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    shown = periods_visible_to(standing).filter(state__in=(PeriodState.OPEN, PeriodState.CLOSED))
    if plan is not None:
        shown = shown.filter(plan=plan)
    is_closed = Case(When(state=PeriodState.OPEN, then=0), default=1, output_field=IntegerField())
    issued = Edition.objects.filter(period=OuterRef("pk"), kind=Product.COMMITTEE, issued_at__isnull=False)
    counts = {"waiting": Coalesce(number, 0), "is_summed_up": Exists(issued), **edition_counts()}
    ordered = shown.annotate(is_closed=is_closed, **counts).order_by("is_demo", "is_closed", "-data_to", "-data_from")
    return ordered.first()


def read_pulse(period: Period, *, now: datetime) -> Pulse:
    """Return how a period goes at a moment; one query, with a row for each version of a report."""
    rows = period.expectations.owed().select_related("body").annotate(reached=F("submissions__state"))
    expectations: dict[int, Expectation] = {}
    states: dict[int, set[str]] = defaultdict(set)
    for row in rows.order_by("body__order"):
        found: Any = row
        row.period = period
        expectations.setdefault(row.pk, row)
        states[row.pk].add(found.reached)
    standings = {pk: report_standing(row, at=now) for pk, row in expectations.items()}
    return Pulse(
        period=period,
        expected=len(expectations),
        sent=sum(told in SENT for told in standings.values()),
        on_time=list(standings.values()).count(ReportStanding.SENT_ON_TIME),
        missing=tuple(row for pk, row in expectations.items() if standings[pk] not in SENT),
        awaiting=sum(bool(found.intersection(AWAITING)) for found in states.values()),
        returned=sum(SubmissionState.RETURNED in found for found in states.values()),
        accepted=sum(SubmissionState.ACCEPTED in found for found in states.values()),
        is_past_due=now > period.due_at,
    )
