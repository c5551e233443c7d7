"""Who owes a report for a period, until when, and how punctual it was."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from reports.choices import ReportStanding
from reports.lateness import days_past, is_late
from reports.models import Expectation, Period
from tasks.models import Body


def reporting_bodies(addressees: Iterable[Body], *, on: date) -> list[Body]:
    """Return the bodies that owe a report: alive on the day, one for those that report together, official order."""
    owing: dict[int, Body] = {}
    for addressee in addressees:
        if not exists(addressee, on=on):
            continue
        body = addressee.reports_through or addressee
        if exists(body, on=on):
            owing[body.pk] = body
    return sorted(owing.values(), key=lambda body: (body.order, body.code))


def exists(body: Body, *, on: date) -> bool:
    """Return whether the body exists on a day; open ends count."""
    begun = body.valid_from is None or body.valid_from <= on
    return begun and (body.valid_to is None or body.valid_to >= on)


def expect(period: Period, addressees: Iterable[Body]) -> list[Expectation]:
    """Make a row for each body that owes a report and has none yet; return the new ones."""
    known = set(period.expectations.values_list("body_id", flat=True))
    bodies = reporting_bodies(addressees, on=period.data_to)
    rows = [Expectation(period=period, body=body) for body in bodies if body.pk not in known]
    return Expectation.objects.bulk_create(rows)


def report_standing(expectation: Expectation, *, at: datetime) -> ReportStanding:
    """Return what the period page says of this report: on time means sent before the due moment."""
    if expectation.exempt_reason:
        return ReportStanding.EXEMPT
    first = expectation.first_delivered_at
    if first is not None:
        return ReportStanding.SENT_LATE if is_late(expectation.due_at, first) else ReportStanding.SENT_ON_TIME
    return ReportStanding.MISSING if is_late(expectation.due_at, at) else ReportStanding.NOT_SENT


def days_late(expectation: Expectation, *, at: datetime) -> int:
    """Return by how many days the first delivery (or its absence so far) missed the due moment."""
    if expectation.exempt_reason:
        return 0
    return days_past(expectation.due_at, expectation.first_delivered_at or at)
