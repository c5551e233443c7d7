"""The first page of each role: what to do now comes first, then how the period and the plan stand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet, TextChoices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from plan_tracker.accounts.models import User
from reports.context import plan_of
from reports.desk import days_until, read_desk
from reports.edition_desk import Waiting, drafts_to_comment, waiting_editions
from reports.models import Period
from reports.periods import title_within
from reports.pulse import Pulse, current_period, read_pulse
from reports.verdict_notes import indicator_notes, most_urgent, verdict_counts
from tasks.answering import Answer
from tasks.choices import Silence, Timeliness, WorkState
from tasks.deadlines import days_in_words, in_words
from tasks.dossier import read_answers
from tasks.models import Body, Plan, TaskGroup
from tasks.permissions import Standing, standing_of
from tasks.progress import BAR_ORDER, Tally, read_tallies
from tasks.reading import shown_plans

INDICATORS_SHOWN = 6


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show the first page that fits who the visitor is today."""
    now = timezone.now()
    standing = standing_of(request.user, on=timezone.localdate(now))
    if standing.is_reviewer or standing.is_leader:
        return render(request, "reports/home_review.html", review_context(standing, plan_of(request), now=now))
    if standing.own_bodies:
        return render(request, "reports/home_body.html", body_context(standing, shown_plans(request), now=now))
    if standing.is_administrator:
        return render(request, "reports/home_admin.html", admin_context(standing, plan_of(request), now=now))
    if standing.is_viewer:
        return render(request, "reports/home_viewer.html", viewer_context(standing, plan_of(request), now=now))
    return render(request, "reports/home_none.html")


def body_context(standing: Standing, plans: QuerySet[Plan], *, now: datetime) -> dict[str, Any]:
    """Return what a preparer or sender sees: the most pressing work, the rest, deadlines, and the last reports."""
    desk = read_desk(standing, now=now)
    bodies = {seat.body.pk: seat.body for seat in standing.seats if seat.body.pk in standing.own_bodies}
    today = timezone.localdate(now)
    answers = [answer for answer in read_answers(bodies.values(), on=today, plans=plans) if wants_attention(answer)]
    return {
        "desk": desk,
        "bodies": list(bodies.values()),
        "answers": [(answer, in_words(answer.deadline), days_in_words(answer.timing)) for answer in answers],
        "several": len(bodies) > 1,
        "drafts": drafts_to_comment(standing),
    }


def wants_attention(answer: Answer) -> bool:
    """Return whether dated work of a body is late or soon due."""
    return not answer.timing.is_done and answer.timing.timeliness in {Timeliness.OVERDUE, Timeliness.DUE_SOON}


def review_context(standing: Standing, plan: Plan | None, *, now: datetime) -> dict[str, Any]:
    """Return what the committee that draws up the summary sees: the period, the groups and the indicators."""
    period = current_period(standing, plan)
    pulse = read_pulse(period, now=now) if period else None
    waiting: int = getattr(period, "waiting", 0)
    return {
        "period": period,
        "summary_url": summary_url(period),
        "pulse": pulse,
        "days": days_until(period.due_at, now=now) if period else "",
        "figures": figures_of(pulse) if pulse else [],
        "waiting": waiting,
        "review_label": ngettext("Review %(count)s report", "Review %(count)s reports", waiting) % {"count": waiting},
        "is_reviewer": standing.is_reviewer,
        "waiting_editions": [*_ready_draft(period, pulse), *waiting_editions(standing, period)],
        **_state_of_the_plan(
            plan, now, expected=pulse.expected if pulse else 0, is_demo=period.is_demo if period else None
        ),
    }


def _ready_draft(period: Period | None, pulse: Pulse | None) -> list[Waiting]:
    """Return where the draft is once every report is accepted, until the committee's report is issued."""
    if period is None or pulse is None or not pulse.expected or pulse.accepted < pulse.expected:
        return []
    if getattr(period, "is_summed_up", False):
        return []
    title = _("All reports for the %(period)s are accepted: the draft of the summary report is there.")
    return [Waiting(title % {"period": title_within(period)}, reverse("reports:edition_list", args=[period.pk]), "")]


def summary_url(period: Period | None) -> str:
    """Return the address of a period's summary."""
    return reverse("reports:summary_detail", args=[period.pk]) if period else ""


def figures_of(pulse: Pulse) -> list[dict[str, Any]]:
    """Return the strip of large numbers."""
    detail = reverse("reports:period_detail", args=[pulse.period.pk])
    silent = len(pulse.missing)
    on_time = ngettext("%(count)s on time", "%(count)s on time", pulse.on_time) % {"count": pulse.on_time}
    return [
        {"number": pulse.sent, "of": pulse.expected, "label": _("reports sent"), "note": on_time, "url": detail},
        {
            "number": silent,
            "label": _("not sent"),
            "note": _("past the due moment") if pulse.is_past_due and silent else "",
            "tone": "bad" if pulse.is_past_due and silent else "",
        },
        {"number": pulse.awaiting, "label": _("awaiting review")},
        {"number": pulse.returned, "label": _("being completed as asked")},
        {"number": pulse.accepted, "label": _("accepted into the summary"), "tone": "good" if pulse.accepted else ""},
    ]


def _state_of_the_plan(plan: Plan | None, now: datetime, *, expected: int, is_demo: bool | None) -> dict[str, Any]:
    """Return the bars of the groups and the verdicts of the indicators."""
    today = timezone.localdate(now)
    if plan is None:
        return {"plan_shown": None, "groups": [], "indicators": [], "expected": expected}
    tallies = read_tallies(on=today, is_demo=is_demo)
    groups = [
        (group, tally.parts_of(expected) if tally.total else [], tally)
        for group in TaskGroup.objects.filter(plan=plan).only("number", "short_title", "plan_id")
        for tally in [tallies.of_group(group.pk)]
    ]
    notes = indicator_notes(plan, on=today)
    return {
        "plan_shown": plan,
        "groups": groups,
        "indicators": most_urgent(notes, count=INDICATORS_SHOWN),
        "verdicts": verdict_counts(notes),
        "expected": expected,
        "legend": legend_of(groups),
    }


def legend_of(groups: list[tuple[TaskGroup, list[tuple[WorkState | Silence, int]], Tally]]) -> list[TextChoices]:
    """Return the states that the bars show, each once, in the order of a bar."""
    shown = {state for _group, parts, _tally in groups for state, _count in parts}
    return [state for state in (*BAR_ORDER, Silence.NOT_REPORTED) if state in shown]


def viewer_context(standing: Standing, plan: Plan | None, *, now: datetime) -> dict[str, Any]:
    """Return what a viewer sees: the last closed or open period's summary, the groups and the indicators."""
    period = current_period(standing, plan)
    pulse = read_pulse(period, now=now) if period else None
    return {
        "period": period,
        "summary_url": summary_url(period),
        "waiting_editions": waiting_editions(standing, period),
        "pulse": pulse,
        **_state_of_the_plan(
            plan, now, expected=pulse.expected if pulse else 0, is_demo=period.is_demo if period else None
        ),
    }


def admin_context(standing: Standing, plan: Plan | None, *, now: datetime) -> dict[str, Any]:
    """Return what an administrator sees: what the portal still lacks, its size, and the ways into administration."""
    period = current_period(standing, plan)
    users = User.objects.aggregate(all=Count("pk"))
    return {
        "plan_shown": plan,
        "period": period,
        "pulse": read_pulse(period, now=now) if period else None,
        "links": [
            (_("accounts: links, reviews, closing"), "tasks:account_list"),
            (_("delegations: who acts in whose place"), "tasks:delegation_list"),
            (_("audit trail: who changed what"), "audit:trail"),
            (_("withdrawn secret content"), "reports:tombstone_list"),
            (_("memberships: who does what for which body"), "admin:tasks_membership_changelist"),
            (_("extensions of deadlines"), "admin:tasks_extension_changelist"),
            (_("triggering events"), "admin:tasks_triggerevent_changelist"),
            (_("scope: who is asked about which task"), "admin:tasks_scoperule_changelist"),
            (_("observations of the indicators"), "admin:targets_observation_changelist"),
        ],
        "counts": [
            (_("accounts"), users["all"], "admin:accounts_user_changelist"),
            (_("bodies"), Body.objects.count(), "admin:tasks_body_changelist"),
            (_("periods"), Period.objects.count(), "admin:reports_period_changelist"),
        ],
    }
