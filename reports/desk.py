"""What a person has to do now, in the order in which it presses: answer, send, write, bring the signed copy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import IntEnum

from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plan_tracker.lib.dates import ZONE
from reports.choices import DELIVERED_STATES, OPEN_STATES, PeriodState, RemarkState, ReportStanding, SubmissionState
from reports.expectations import report_standing
from reports.lateness import days_between, days_past, is_late
from reports.models import Expectation, Submission
from reports.periods import title_within
from reports.permissions import expectations_visible_to
from tasks.choices import Role
from tasks.permissions import Standing

KEPT = 8


class Pressing(IntEnum):
    """How much a piece of work presses; the lowest comes first."""

    ANSWER = 1
    SEND = 2
    WRITE = 3
    SIGNED_COPY = 4
    WAIT = 5


@dataclass(frozen=True)
class Duty:
    """One thing to do: what, by when, and the one button that begins it (a POST where it starts a report)."""

    pressing: Pressing
    expectation: Expectation
    title: str
    action: str
    url: str
    is_post: bool
    due_at: datetime
    is_late: bool
    days: str
    note: str = ""


@dataclass(frozen=True)
class OwnReport:
    """One period of an own body: what was sent, and where the report stands."""

    expectation: Expectation
    submission: Submission | None
    standing: ReportStanding
    url: str


@dataclass(frozen=True)
class Desk:
    """The duties of a person, most pressing first, and the last reports of the own bodies."""

    duties: tuple[Duty, ...]
    reports: tuple[OwnReport, ...]

    @property
    def first(self) -> Duty | None:
        """Return what the one big button is for."""
        return self.duties[0] if self.duties else None

    @property
    def others(self) -> tuple[Duty, ...]:
        """Return what comes after it."""
        return self.duties[1:]


def read_desk(standing: Standing, *, now: datetime) -> Desk:
    """Return what the writers and senders of the person's bodies owe; two queries."""
    asked = Count("remarks", filter=Q(remarks__state=RemarkState.ASKED))
    newest_first = Submission.objects.select_related("signed_copy").order_by("-version")
    rows = (
        expectations_visible_to(standing)
        .of_bodies(standing.own_bodies)
        .filter(period__state__in=(PeriodState.OPEN, PeriodState.CLOSED))
        .select_related("period__plan", "body")
        .annotate(asked=asked)
        .prefetch_related(Prefetch("submissions", queryset=newest_first))
        .order_by("-period__data_to", "body__order")
    )
    expectations = list(rows)
    duties = [duty for row in expectations if (duty := duty_of(row, standing, now=now))]
    if len({row.period.plan_id for row in expectations}) > 1:
        duties = [_of_plan(duty) for duty in duties]
    duties.sort(key=lambda duty: (duty.pressing, duty.due_at))
    return Desk(tuple(duties), tuple(_own_report(row, now=now) for row in expectations[:KEPT]))


def _of_plan(duty: Duty) -> Duty:
    """Return a duty that names its plan, where several plans ask for reports."""
    plan = duty.expectation.period.plan.short_title
    return replace(duty, note=f"{plan}. {duty.note}" if duty.note else plan)


def current_submission(expectation: Expectation) -> Submission | None:
    """Return the version on its way, else the newest one; reads what was prefetched."""
    versions = sorted(expectation.submissions.all(), key=lambda one: one.version, reverse=True)
    return next((one for one in versions if one.state in OPEN_STATES), versions[0] if versions else None)


def _own_report(expectation: Expectation, *, now: datetime) -> OwnReport:
    submission = current_submission(expectation)
    url = reverse("reports:report_detail", args=[submission.pk]) if submission else ""
    return OwnReport(expectation, submission, report_standing(expectation, at=now), url)


def duty_of(expectation: Expectation, standing: Standing, *, now: datetime) -> Duty | None:
    """Return what an own body still has to do for one period, or nothing."""
    submission = current_submission(expectation)
    if submission is not None and submission.state in DELIVERED_STATES:
        return _signed_copy(expectation, submission, now=now)
    if expectation.exempt_reason or expectation.period.state != PeriodState.OPEN:
        return None
    if submission is None:
        return _begin(expectation, standing, now=now)
    if submission.state == SubmissionState.AWAITING_SIGNATURE:
        return _send(expectation, submission, standing, now=now)
    unfinished = _answer if submission.state == SubmissionState.RETURNED else _go_on
    return unfinished(expectation, submission, now=now)


def _duty(  # noqa: PLR0913 - a duty has that many properties
    pressing: Pressing,
    expectation: Expectation,
    *,
    now: datetime,
    title: str,
    action: str,
    url: str,
    is_post: bool = False,
    due_at: datetime | None = None,
    note: str = "",
) -> Duty:
    due = due_at or expectation.due_at
    late = is_late(due, now)
    return Duty(pressing, expectation, title, action, url, is_post, due, late, days_until(due, now=now), note)


def days_until(moment: datetime, *, now: datetime) -> str:
    """Return “7 days left”, “due today” or “3 days overdue”, counted in days of the office's calendar."""
    days = days_between(moment, now)
    if days > 0:
        return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}
    if not is_late(moment, now):
        return _("due today")
    if days == 0:
        return _("overdue since today")
    late = days_past(moment, now)
    return ngettext("%(days)s day overdue", "%(days)s days overdue", late) % {"days": late}


def _begin(expectation: Expectation, standing: Standing, *, now: datetime) -> Duty:
    """Return the duty to write; only a preparer can begin the report."""
    title = _("Report: %(period)s") % {"period": title_within(expectation.period)}
    if not expectation.writers & standing.bodies(Role.PREPARER):
        note = _("No draft yet; the report's preparer begins it.")
        url = reverse("reports:report_list")
        return _duty(Pressing.WRITE, expectation, now=now, title=title, action=_("See the reports"), url=url, note=note)
    action = _("Prepare the report for %(period)s") % {"period": title_within(expectation.period)}
    url = reverse("reports:report_start", args=[expectation.pk])
    return _duty(Pressing.WRITE, expectation, now=now, title=title, action=action, url=url, is_post=True)


def _go_on(expectation: Expectation, submission: Submission, *, now: datetime) -> Duty:
    """Return the duty to finish a draft."""
    title = _("Report: %(period)s, still in draft") % {"period": title_within(expectation.period)}
    url = reverse("reports:report_detail", args=[submission.pk])
    return _duty(Pressing.WRITE, expectation, now=now, title=title, action=_("Continue the report"), url=url)


def _answer(expectation: Expectation, submission: Submission, *, now: datetime) -> Duty:
    """Return the duty to answer what the reviewer asked for."""
    asked: int = getattr(expectation, "asked", 0)
    title = ngettext(
        "%(count)s remark on the report for %(period)s awaits your answer",
        "%(count)s remarks on the report for %(period)s await your answer",
        asked,
    ) % {"count": asked, "period": title_within(expectation.period)}
    url = reverse("reports:report_detail", args=[submission.pk])
    duty = _duty(Pressing.ANSWER, expectation, now=now, title=title, action=_("Complete the report"), url=url)
    # Being returned does not make a report late that came in time; one that came late is told so elsewhere.
    sent_already = _("sent already; the additions are awaited")
    return replace(duty, is_late=False, days=sent_already) if expectation.first_delivered_at else duty


def _send(expectation: Expectation, submission: Submission, standing: Standing, *, now: datetime) -> Duty:
    """Return the duty of the office to confirm and send, or for the preparer the word that it lies there."""
    title = _("The report for %(period)s awaits signature") % {"period": title_within(expectation.period)}
    if expectation.writers & standing.bodies(Role.SENDER):
        url, action = reverse("reports:report_send", args=[submission.pk]), _("Confirm it is signed and send")
        return _duty(Pressing.SEND, expectation, now=now, title=title, action=action, url=url)
    url = reverse("reports:report_detail", args=[submission.pk])
    note = _("The Office confirms the signed document and sends it.")
    return _duty(Pressing.WAIT, expectation, now=now, title=title, action=_("See the report"), url=url, note=note)


def _signed_copy(expectation: Expectation, submission: Submission, *, now: datetime) -> Duty | None:
    """Return the duty to bring the signed copy of a report whose content was sent first."""
    copy = getattr(submission, "signed_copy", None)
    if copy is None or copy.symbol or copy.follows_by is None:
        return None
    title = _("The signed copy of the report for %(period)s is still missing") % {
        "period": title_within(expectation.period)
    }
    return _duty(
        Pressing.SIGNED_COPY,
        expectation,
        now=now,
        title=title,
        action=_("Add the signed copy"),
        url=reverse("reports:report_detail", args=[submission.pk]),
        due_at=end_of(copy.follows_by),
    )


def end_of(day: date) -> datetime:
    """Return the last moment of a day in the office's time."""
    return datetime.combine(day, time.max, tzinfo=ZONE)
