"""Pages of a body's own reports: the list, the start, the overview of one report, its check, and its steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from plan_tracker.accounts.models import User
from plan_tracker.lib.dates import DayError, parse_day
from reports.attachments import attached
from reports.checks import completeness, read_told
from reports.choices import EDITABLE_STATES, ReportForm
from reports.filling import stored_lines
from reports.form_access import report_or_404, writes_it
from reports.form_choice import choose_form, looks_blank
from reports.form_pages import Opened, asked_of
from reports.form_tabs import Tab, contents_in, done_lines, still_open, tabs_of
from reports.moves import StepData, StepRefused
from reports.outline import line_url
from reports.overview import group_rows, line_row
from reports.own_reports import due_first, own_reports
from reports.permissions import can_read_deliveries, can_review, expectations_visible_to
from reports.recommendations import earlier_of
from reports.second_looks import second_looks
from reports.steps import STEPS
from reports.withdrawn_texts import ReportMoved
from reports.workflow import available_steps, start_submission, take_step
from tasks.permissions import standing_of

# The steps that a body takes on the overview with one press; the others have pages of their own.
PRESSED = frozenset({"prepare", "take_back", "recall", "discard", "correct", "hand_back"})


@require_GET
def report_list(request: HttpRequest) -> HttpResponse:
    """Show a body what is due first, and everything it has sent."""
    at = timezone.now()
    standing = standing_of(request.user, on=timezone.localdate(at))
    if not standing.own_bodies:
        raise PermissionDenied
    reports = own_reports(standing, at=at)
    waiting = due_first(reports)
    context = {
        "first": waiting[0] if waiting else None,
        "waiting": waiting[1:],
        "reports": reports,
        "several_bodies": len(standing.own_bodies) > 1,
        "several_plans": len({report.expectation.period.plan_id for report in reports}) > 1,
    }
    return render(request, "reports/report_list.html", context)


@require_POST
def report_start(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the report that a body owes, or go on with the one that is on its way."""
    assert isinstance(request.user, User)  # noqa: S101 - the middleware lets nobody else in
    at = timezone.now()
    standing = standing_of(request.user, on=timezone.localdate(at))
    expectation = get_object_or_404(expectations_visible_to(standing), pk=pk)
    try:
        submission = start_submission(expectation, actor=request.user, standing=standing, at=at)
    except StepRefused as refusal:
        for sentence in refusal.sentences:
            messages.error(request, sentence)
        return redirect("reports:report_list")
    return redirect("reports:report_detail", submission.pk)


@require_GET
def report_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the overview of a report: what to do first, its parts with what is filled, its steps and its history."""
    opened = report_or_404(request, pk)
    submission = opened.submission
    stored = stored_lines(submission)
    done = done_lines(opened.outline, {subject: row.content for subject, row in stored.items()})
    tabs = tabs_of(opened, done, "report_detail")
    steps = {step.name: step for step in available_steps(submission, opened.standing, at=opened.at)}
    rows = group_rows(opened.outline, stored, done)
    lines = [line_row(line, stored, done) for line in opened.outline.entry_lines()]
    context: dict[str, Any] = {
        "opened": opened,
        "given": [
            {"line": row.line, "url": line_url(submission.pk, row.line.key)}
            for row in lines
            if row.assignee == opened.user and not row.is_done
        ],
        "tabs": tabs if opened.can_edit and submission.form == ReportForm.CONTENT else [],
        "still_open": still_open(tabs),
        "next_url": next_to_fill(opened, tabs, done),
        "rows": rows,
        "has_own_lines": any(group.tasks for group in opened.outline.groups),
        "asked": asked_of(opened),
        "steps": steps,
        "history": history_of(opened),
        "forms": ReportForm.choices,
        "is_blank": looks_blank(submission, stored) and not any(tab.done for tab in tabs),
        "writes_it": writes_it(opened),
        "is_reviewer": can_review(opened.standing, submission),
        "reads_deliveries": can_read_deliveries(opened.standing, submission),
        "is_editable": submission.state in EDITABLE_STATES,
        "recommendations": earlier_of(submission),
        "files": attached(submission),
    }
    return render(request, "reports/report_detail.html", context)


def next_to_fill(opened: Opened, tabs: Sequence[Tab], done: frozenset[str]) -> str:
    """Return the address of the first part that is still empty; nothing where all is filled or nothing can be."""
    if not opened.can_edit or opened.submission.form != ReportForm.CONTENT:
        return ""
    lines = (line.key for group in opened.outline.groups for line in group.lines)
    empty = next((key for key in lines if key not in done), None)
    if empty is not None:
        return line_url(opened.submission.pk, empty)
    return next((tab.url for tab in tabs if (tab.total or 0) > (tab.done or 0)), "")


def history_of(opened: Opened) -> list[dict[str, Any]]:
    """Return what happened to the report, newest first; one query."""
    rows = opened.submission.transitions.select_related("taken_by").order_by("-taken_at", "-pk")
    return [
        {
            "at": row.taken_at,
            "who": row.who,
            "state": row.to_state,
            "label": row.get_to_state_display(),
            "what": STEPS[row.step].done if row.step in STEPS else _("begun"),
            "text": row.reason,
        }
        for row in rows
    ]


@require_POST
def report_form(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose between a report with content, a nil report, and a separate one under the confidentiality rules."""
    opened = report_or_404(request, pk)
    if not opened.can_edit and not writes_it(opened):
        raise PermissionDenied
    try:
        sentence = choose_form(
            opened.submission, request.POST.get("form", ""), clear=bool(request.POST.get("clear")), **opened.who
        )
    except ReportMoved as refusal:
        sentence = str(refusal)
    if sentence:
        messages.error(request, sentence)
    else:
        messages.success(request, _("Saved."))
    return redirect("reports:report_detail", pk)


@require_POST
def report_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Take one of the body's steps that need no page of their own."""
    opened = report_or_404(request, pk)
    if step not in PRESSED:
        raise PermissionDenied
    try:
        data = StepData(
            correcting_symbol=" ".join(request.POST.get("symbol", "").split())[:60],
            correcting_date=parse_day(request.POST["day"]) if request.POST.get("day") else None,
        )
        result = take_step(opened.submission, step, data=data, **opened.who)
    except (StepRefused, DayError) as refusal:
        tell(request, refusal.sentences if isinstance(refusal, StepRefused) else [refusal.sentence])
        return redirect("reports:report_check" if step == "prepare" else "reports:report_detail", pk)
    messages.success(request, _("The report was %(done)s.") % {"done": STEPS[step].done})
    return redirect("reports:report_detail", result.pk)


def tell(request: HttpRequest, sentences: Iterable[str]) -> None:
    """Show why a step was not taken."""
    for sentence in sentences:
        messages.error(request, sentence)


@require_GET
def report_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all findings of a report at once, each leading to its line; then prepare it for signature."""
    opened = report_or_404(request, pk)
    if not opened.can_edit:
        if not writes_it(opened):
            raise PermissionDenied
        return redirect("reports:report_detail", pk)
    submission = opened.submission
    told = read_told(submission, opened.outline)
    checked = completeness(submission, opened.outline, told)
    tabs = tabs_of(opened, done_lines(opened.outline, contents_in(told.entries.values())), "report_check")
    context = {
        "opened": opened,
        "tabs": tabs if submission.form == ReportForm.CONTENT else [],
        "errors": checked.errors,
        "asks": [
            *(finding for finding in checked.findings if not finding.is_error),
            *second_looks(submission, opened.outline, told),
        ],
        "asked": asked_of(opened),
        "steps": {step.name: step for step in available_steps(submission, opened.standing, at=opened.at)},
    }
    return render(request, "reports/report_check.html", context)
