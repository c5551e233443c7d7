"""Pages of the review: what waits, one report with its remarks; and a person's messages."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plan_tracker.lib.numbers import row_number
from reports.attachments import attached
from reports.choices import SubmissionState
from reports.exchange import events_of
from reports.expectations import days_late, report_standing
from reports.forms_periods import CorrectionForm
from reports.models import Remark, Submission
from reports.moves import StepRefused
from reports.outline import line_anchor
from reports.permissions import (
    can_review,
    can_see_review,
    expectations_visible_to,
    notices_of,
    submissions_visible_to,
)
from reports.remarks import ask, ask_again, remarks_by_line, settle
from reports.review_findings import look_at
from reports.review_lines import read_versions, review_of
from reports.review_queue import place_of, queue_of
from reports.views_periods import who
from reports.workflow import StepData, available_steps, note_opened, take_step
from tasks.permissions import Standing

# The steps that the review page has a plain button for; a correction also names its document.
BUTTONS = ("receive", "accept", "return")
NOTICES_A_PAGE = 50


@require_GET
def review_queue(request: HttpRequest) -> HttpResponse:
    """Show what waits for a reviewer, the oldest first."""
    _user, standing = who(request)
    if not can_see_review(standing):
        raise PermissionDenied
    return render(request, "reports/review_queue.html", {"queue": queue_of(standing, at=timezone.now())})


def _reviewed(request: HttpRequest, pk: int) -> tuple[Standing, Submission]:
    """Return the report of this address for those who look at reviews: 404 to others, as if it were not there."""
    _user, standing = who(request)
    rows = submissions_visible_to(standing) if can_see_review(standing) else Submission.objects.none()
    joined = rows.select_related(
        "expectation__period__plan", "expectation__body", "signed_copy", "created_by", "received_by", "accepted_by"
    )
    return standing, get_object_or_404(joined, pk=pk)


@require_GET
def review_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a report beside what came before; the first look of a reviewer is noted."""
    standing, submission = _reviewed(request, pk)
    note_opened(submission, standing, at=timezone.now())
    return _review_page(request, standing, submission)


def _review_page(  # noqa: PLR0913 - after a refusal the page shows what was refused
    request: HttpRequest,
    standing: Standing,
    submission: Submission,
    *,
    refused: StepRefused | None = None,
    correction: CorrectionForm | None = None,
    typed: str = "",
) -> HttpResponse:
    """Render the review; `typed` is the remark of a refused form, so that it is not lost."""
    now = timezone.now()
    offered = {step.name: step for step in available_steps(submission, standing, at=now)}
    expectation = submission.expectation
    remarks = remarks_by_line(expectation, standing)
    versions = read_versions(submission)
    crumbs = [
        {"label": _("Review"), "url": reverse("reports:review_queue")},
        {"label": expectation.period.title, "url": reverse("reports:period_detail", args=[expectation.period_id])},
        {"label": expectation.body.short_name, "url": ""},
    ]
    context: dict[str, Any] = {
        "submission": submission,
        "review": review_of(versions, remarks, request.GET.get("so-voi", "")),
        "look_at": look_at(submission, versions),
        "on_time": report_standing(expectation, at=now),
        "days_late": days_late(expectation, at=now),
        "place": place_of(submission, standing) if can_review(standing, submission) else None,
        "typed": typed,
        "open_remarks": [remark for rows in remarks.values() for remark in rows if remark.is_open],
        "buttons": [offered[name] for name in BUTTONS if name in offered],
        "correction": (correction or CorrectionForm()) if "correct" in offered else None,
        "can_ask": can_review(standing, submission) and submission.state == SubmissionState.RECEIVED,
        "history": events_of(submission),
        "files": attached(submission),
        "refused": refused,
        "crumbs": crumbs,
    }
    return render(request, "reports/review_detail.html", context, status=refused.status if refused else 200)


@require_POST
def review_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Receive, return, accept or correct a report."""
    user, standing = who(request)
    _standing, submission = _reviewed(request, pk)
    step, data, form = request.POST.get("step", ""), None, None
    if step not in {*BUTTONS, "correct"}:
        raise PermissionDenied
    if step == "correct":
        form = CorrectionForm(request.POST)
        if form.is_valid():
            data = StepData(correcting_symbol=form.cleaned_data["symbol"], correcting_date=form.cleaned_data["date"])
    try:
        after = take_step(
            submission, step, actor=user, standing=standing, at=timezone.now(), data=data,
            reason=request.POST.get("reason", "")[:2000],
        )  # fmt: skip
    except StepRefused as refused:
        _standing, submission = _reviewed(request, pk)
        return _review_page(request, standing, submission, refused=refused, correction=form)
    words = {"body": after.expectation.body.short_name, "state": after.get_state_display()}
    messages.success(request, _("%(body)s: %(state)s.") % words)
    goes_on = place_of(after, standing) if request.POST.get("then") == "next" else None
    return redirect("reports:review_detail", pk=goes_on.next_pk if goes_on and goes_on.next_pk else after.pk)


@require_POST
def remark_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a remark at a line."""
    user, standing = who(request)
    _standing, submission = _reviewed(request, pk)
    if not can_review(standing, submission):
        raise PermissionDenied
    line, text = request.POST.get("line", "")[:60], request.POST.get("text", "")
    try:
        ask(submission.expectation, submission, line, text, actor=user, at=timezone.now())
    except StepRefused as refused:
        return _review_page(request, standing, submission, refused=refused, typed=text)
    return redirect(f"{reverse('reports:review_detail', args=[pk])}#{line_anchor(line)}")


@require_POST
def remark_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a remark."""
    user, standing = who(request)
    remark = _remark(standing, pk)
    if not can_review(standing, remark.raised_in):
        raise PermissionDenied
    settle(remark, actor=user, at=timezone.now())
    page = reverse("reports:review_detail", args=[_current_version(remark)])
    return redirect(f"{page}#{line_anchor(remark.line)}")


@require_POST
def remark_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask on in the thread of a remark."""
    user, standing = who(request)
    remark = _remark(standing, pk)
    if not can_review(standing, remark.raised_in):
        raise PermissionDenied
    _standing, submission = _reviewed(request, _current_version(remark))
    text = request.POST.get("text", "")
    try:
        ask_again(remark, text, actor=user, at=timezone.now())
    except StepRefused as refused:
        return _review_page(request, standing, submission, refused=refused, typed=text)
    return redirect(f"{reverse('reports:review_detail', args=[submission.pk])}#{line_anchor(remark.line)}")


def _current_version(remark: Remark) -> int:
    """Return the newest version of the report that a remark is about: that is the one under review."""
    versions = Submission.objects.filter(expectation=remark.expectation_id).order_by("-version")
    newest: int = versions.values_list("pk", flat=True)[0]
    return newest


def _remark(standing: Standing, pk: int) -> Remark:
    """Return the remark with this key, if its report is the visitor's business."""
    seen = expectations_visible_to(standing).values("pk")
    rows = Remark.objects.filter(expectation__in=seen).select_related("expectation", "raised_in__expectation")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "POST"])
def notice_list(request: HttpRequest) -> HttpResponse:
    """Show a person's messages; the button marks one or all of them as read."""
    _user, standing = who(request)
    notices = notices_of(standing)
    if request.method == "POST":
        unread = notices.filter(read_at__isnull=True)
        chosen = request.POST.get("notice", "")
        unread = unread.filter(pk=row_number(chosen) or 0) if chosen else unread
        unread.update(read_at=timezone.now())
        return redirect("reports:notice_list")
    page = Paginator(notices, NOTICES_A_PAGE).get_page(request.GET.get("page"))
    has_unread = any(notice.read_at is None for notice in page)
    return render(request, "reports/notice_list.html", {"page": page, "has_unread": has_unread})
