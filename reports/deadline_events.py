"""What falls due on which day for one person: reports, signed copies, assignments of section IV, findings to remedy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plan_tracker.lib.dates import ZONE
from reports.choices import PeriodState, ReportStanding, SubmissionState
from reports.expectations import report_standing
from reports.models import Expectation, Period, SignedCopy
from reports.periods import title_within
from reports.permissions import expectations_visible_to, inspections_visible_to, periods_visible_to
from reports.reminder_days import last_day
from tasks.answering import Answer, read_charges
from tasks.choices import Timeliness
from tasks.models import Plan
from tasks.permissions import Standing, bodies_read_by
from tasks.progress import shows_demo
from tasks.works import works_of

SENT = (ReportStanding.SENT_ON_TIME, ReportStanding.SENT_LATE)


@dataclass(frozen=True)
class Event:
    """One deadline: its day (and moment, where there is one), what it is, where it leads, and how it stands."""

    key: str
    day: date
    title: str
    url: str
    state: Any
    note: str = ""
    at: datetime | None = None


def events_between(plan: Plan | None, standing: Standing, start: date, end: date, *, now: datetime) -> list[Event]:
    """Return what the person may see of these days, both included, in their order; at most eight queries."""
    found = [*_reports(standing, start, end, now=now), *_remedies(standing, start, end, on=timezone.localdate(now))]
    if plan is not None:
        found += _assignments(plan, standing, start, end, on=timezone.localdate(now))
    return sorted(found, key=lambda event: (event.day, event.at is None, event.at or now, event.key))


def _span(start: date, end: date) -> tuple[datetime, datetime]:
    """Return the moments between which a due moment belongs to these days; midnight closes the day before."""
    first = datetime.combine(start, time(), tzinfo=ZONE)
    return first + timedelta(microseconds=1), datetime.combine(end + timedelta(days=1), time(), tzinfo=ZONE)


def _reports(standing: Standing, start: date, end: date, *, now: datetime) -> Iterator[Event]:
    """Yield the due moments of reports: an own body's one by one, otherwise the period with how many have come."""
    copies = SignedCopy.objects.filter(
        submission__expectation=OuterRef("pk"), symbol="", follows_by__isnull=False
    ).exclude(submission__state=SubmissionState.SUPERSEDED)
    rows: QuerySet[Any] = expectations_visible_to(standing).filter(
        period__state__in=(PeriodState.OPEN, PeriodState.CLOSED)
    )
    rows = rows.annotate(due=Coalesce("extended_to", "period__due_at"), copy=Subquery(copies.values("follows_by")[:1]))
    rows = rows.filter(Q(due__range=_span(start, end)) | Q(copy__range=(start, end)), exempt_reason="")
    owed = list(rows.select_related("period", "body").order_by("due", "body__order", "pk"))
    for row in owed:
        if row.copy and start <= row.copy <= end:
            yield _copy(row)
    due = [row for row in owed if start <= last_day(row.due_at) <= end]
    if standing.sees_every_report:
        yield from _by_period(due, now=now)
    elif standing.own_bodies or due:
        yield from (_own(row, now=now) for row in due)
    else:
        yield from _periods(standing, start, end)


def _own(row: Expectation, *, now: datetime) -> Event:
    return Event(
        key=f"expectation-{row.pk}",
        day=last_day(row.due_at),
        title=_("Report for the %(period)s") % {"period": title_within(row.period)},
        url=reverse("reports:period_detail", args=[row.period_id]),
        state=report_standing(row, at=now),
        note=row.body.short_name,
        at=row.due_at,
    )


def _copy(row: Any) -> Event:
    return Event(
        key=f"copy-{row.pk}",
        day=row.copy,
        title=_("Signed copy of the report for the %(period)s") % {"period": title_within(row.period)},
        url=reverse("reports:period_detail", args=[row.period_id]),
        state=Timeliness.DUE_SOON,
        note=row.body.short_name,
    )


def _by_period(due: Iterable[Expectation], *, now: datetime) -> Iterator[Event]:
    """Yield one event for all bodies with the same due moment of a period; own extensions stand by themselves."""
    together: dict[tuple[int, datetime], list[Expectation]] = {}
    for row in due:
        together.setdefault((row.period_id, row.due_at), []).append(row)
    for (period, moment), rows in together.items():
        standings = [report_standing(row, at=now) for row in rows]
        sent = sum(one in SENT for one in standings)
        extended = rows[0].extended_to is not None
        yield Event(
            key=f"period-{period}-{moment:%Y%m%d%H%M}",
            day=last_day(moment),
            title=_("Reports for the %(period)s") % {"period": title_within(rows[0].period)},
            url=reverse("reports:period_detail", args=[period]),
            state=ReportStanding.MISSING if sent < len(rows) and moment <= now else None,
            note=_("extended: %(names)s") % {"names": ", ".join(row.body.short_name for row in rows)}
            if extended
            else _("%(sent)s of %(owed)s sent") % {"sent": sent, "owed": len(rows)},
            at=moment,
        )


def _periods(standing: Standing, start: date, end: date) -> Iterator[Event]:
    """Yield the periods for those who owe nothing and read no reports on their way."""
    rows: Iterable[Period] = periods_visible_to(standing).filter(due_at__range=_span(start, end))
    for period in rows:
        yield Event(
            key=f"period-{period.pk}",
            day=last_day(period.due_at),
            title=_("Reports for the %(period)s") % {"period": title_within(period)},
            url=reverse("reports:period_detail", args=[period.pk]),
            state=None,
            at=period.due_at,
        )


def _assignments(plan: Plan, standing: Standing, start: date, end: date, *, on: date) -> Iterator[Event]:
    """Yield the dated assignments of section IV, once for all bodies that have the same day."""
    bodies = bodies_read_by(standing)
    together: dict[tuple[str, date], list[Answer]] = {}
    for charge in read_charges(plan, on=on, is_demo=shows_demo()):
        for answer in charge.answers:
            due = answer.deadline.due_on
            mine = bodies is None or {answer.body.pk, *(mate.pk for mate in answer.also)} & bodies
            if due is not None and start <= due <= end and mine:
                together.setdefault((answer.assignment.code, due), []).append(answer)
    for (code, due), answers in together.items():
        yield Event(
            key=f"assignment-{code}-{due:%Y%m%d}",
            day=due,
            title=f"{code} {answers[0].assignment.title}",
            url=reverse("tasks:assignment_detail", args=[code]),
            state=_worst(answers),
            note=_whose(answers),
        )


def _worst(answers: list[Answer]) -> Any:
    """Return how the assignment stands where it stands worst."""
    late = [answer for answer in answers if not answer.timing.is_done]
    return late[0].timing.timeliness if late else answers[0].state


def _whose(answers: list[Answer]) -> str:
    if len(answers) == 1:
        return answers[0].body.short_name
    works = works_of(answers)
    done = sum(work.is_done for work in works)
    words = ngettext("%(done)s of %(number)s body finished", "%(done)s of %(number)s bodies finished", len(works))
    return words % {"done": done, "number": len(works)}


def _remedies(standing: Standing, start: date, end: date, *, on: date) -> Iterator[Event]:
    """Yield the days by which what inspections found is to be remedied."""
    rows = inspections_visible_to(standing).filter(remedy_due_on__range=(start, end), remedied_on__isnull=True)
    for row in rows.select_related("body"):
        yield Event(
            key=f"inspection-{row.pk}",
            day=row.remedy_due_on or end,
            title=_("Findings of the inspection to be remedied"),
            url=f"{reverse('reports:inspection_list')}#kiem-tra-{row.pk}",
            state=Timeliness.OVERDUE if row.remedy_due_on and row.remedy_due_on < on else Timeliness.DUE_SOON,
            note=row.body.short_name,
        )
