"""A body's reports as its people see them: what is due first, what waits for whom, and the history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from reports.choices import EDITABLE_STATES, PeriodState, RemarkState, ReportStanding, SubmissionState
from reports.expectations import days_late, report_standing
from reports.form_pages import time_left
from reports.models import Expectation, Submission
from reports.periods import title_within
from reports.permissions import can_start, expectations_visible_to
from tasks.permissions import Standing


@dataclass(frozen=True)
class OwnReport:
    """One report that a body owes or has sent."""

    expectation: Expectation
    submission: Submission | None
    standing: ReportStanding
    days_late: int
    open_remarks: int
    time_left: str
    can_start: bool

    @property
    def state(self) -> SubmissionState | None:
        """Return where its newest version stands."""
        return SubmissionState(self.submission.state) if self.submission else None

    @property
    def is_to_do(self) -> bool:
        """Return whether the body has something to do here."""
        if self.expectation.exempt_reason or self.expectation.period.state == PeriodState.CANCELLED:
            return False
        if self.submission is None:
            return self.expectation.period.state == PeriodState.OPEN
        return self.submission.state in (*EDITABLE_STATES, SubmissionState.AWAITING_SIGNATURE)

    @property
    def url(self) -> str:
        """Return where it is read and written."""
        return reverse("reports:report_detail", args=[self.submission.pk]) if self.submission else ""

    @property
    def action(self) -> str:
        """Return the word on the button that goes on with it."""
        words = {
            None: _("Write the report: %(period)s") % {"period": title_within(self.expectation.period)},
            SubmissionState.DRAFT: _("Go on writing"),
            SubmissionState.RETURNED: _("See what was asked"),
            SubmissionState.AWAITING_SIGNATURE: _("Open the report awaiting signature"),
        }
        return words.get(self.state, _("Open"))


def own_reports(standing: Standing, *, at: datetime) -> list[OwnReport]:
    """Return everything that the person's bodies owe or have sent, newest first; two queries."""
    waiting = Count("remarks", filter=Q(remarks__state=RemarkState.ASKED))
    rows = (
        expectations_visible_to(standing)
        .of_bodies(standing.own_bodies)
        .exclude(period__state=PeriodState.PLANNED)
        .select_related("period__plan", "body")
        .prefetch_related(Prefetch("submissions", Submission.objects.order_by("-version")))
        .annotate(asked=waiting)
        .order_by("-period__due_at", "-period__data_from", "body__order")
    )
    return [_own_report(row, standing, at) for row in rows]


def _own_report(expectation: Expectation, standing: Standing, at: datetime) -> OwnReport:
    versions = list(expectation.submissions.all())
    for version in versions:
        version.expectation = expectation
    sent = expectation.first_delivered_at is not None
    return OwnReport(
        expectation=expectation,
        submission=versions[0] if versions else None,
        standing=report_standing(expectation, at=at),
        days_late=days_late(expectation, at=at),
        open_remarks=getattr(expectation, "asked", 0),
        time_left="" if sent else time_left(expectation.due_at, at),
        can_start=can_start(standing, expectation),
    )


def due_first(reports: Iterable[OwnReport]) -> list[OwnReport]:
    """Return what is to be done, in the order in which it presses: what came back first, then by due moment."""
    urgent = [report for report in reports if report.is_to_do]
    return sorted(urgent, key=lambda row: (row.state != SubmissionState.RETURNED, row.expectation.due_at))
