"""Pages with which a reviewer enters a report from paper: begin or take over, then scan, receipt and sending."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reports.checks import completeness
from reports.choices import ReportForm
from reports.form_access import report_or_404
from reports.form_pages import Opened
from reports.forms_behalf import BehalfForm
from reports.models import Expectation, Submission
from reports.moves import StepRefused
from reports.permissions import can_enter_on_behalf, can_review, expectations_visible_to
from reports.views_periods import who
from reports.workflow import available_steps, start_submission, take_step
from tasks.permissions import Standing


def _expectation(request: HttpRequest, pk: int) -> tuple[Expectation, Standing]:
    """Return what a body owes, for a reviewer who may enter it."""
    _user, standing = who(request)
    rows = expectations_visible_to(standing).select_related("period__plan", "body")
    expectation = get_object_or_404(rows, pk=pk)
    if not can_enter_on_behalf(standing, expectation):
        raise PermissionDenied
    return expectation, standing


@require_http_methods(["GET", "POST"])
def behalf_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what entering on a body's behalf means, then begin the report or take the body's draft over."""
    expectation, standing = _expectation(request, pk)
    refused: StepRefused | None = None
    if request.method == "POST":
        try:
            return redirect("reports:report_detail", _begun(request, expectation, standing).pk)
        except StepRefused as refusal:
            refused = refusal
    context = {
        "expectation": expectation,
        "draft": expectation.submissions.open().select_related("saved_by").first(),
        "accepted": expectation.submissions.accepted().first(),
        "refused": refused,
    }
    return render(request, "reports/behalf_begin.html", context, status=refused.status if refused else 200)


def _begun(request: HttpRequest, expectation: Expectation, standing: Standing) -> Submission:
    """Return the report that the reviewer now writes: a new one, the body's draft taken over, or his own."""
    user, _standing = who(request)
    at = timezone.now()
    report = start_submission(expectation, actor=user, standing=standing, at=at)
    if report.is_on_behalf:
        return report
    return take_step(report, "take_over", actor=user, standing=standing, at=at)


@require_http_methods(["GET", "POST"])
def behalf_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter scan, data and receipt of the paper, and send the report for the body."""
    opened = report_or_404(request, pk)
    if not can_review(opened.standing, opened.submission):
        raise PermissionDenied
    if request.method == "GET":
        offered = {step.name for step in available_steps(opened.submission, opened.standing, at=opened.at)}
        if "enter_on_behalf" not in offered:
            messages.info(request, _("This report cannot be sent now."))
            return redirect("reports:report_detail", pk)
        return _send_page(request, opened, _form(opened))
    form = _form(opened, request.POST, request.FILES)
    if not form.is_valid():
        return _send_page(request, opened, form, status=422)
    try:
        sent = take_step(
            opened.submission, "enter_on_behalf", data=form.step_data(), token=form.cleaned_data["token"], **opened.who
        )
    except StepRefused as refusal:
        for sentence in refusal.sentences:
            form.add_error(None, sentence)
        return _send_page(request, opened, form, status=refusal.status)
    messages.success(request, _("The report is entered. Another reviewer accepts it."))
    return redirect("reports:delivery_receipt", sent.pk, sent.deliveries.latest("number").number)


def _form(opened: Opened, *data: Any) -> BehalfForm:
    form = BehalfForm(*data, now=opened.at)
    if opened.submission.form == ReportForm.CONFIDENTIAL:
        form.without_document()
    return form


def _send_page(request: HttpRequest, opened: Opened, form: BehalfForm, status: int = 200) -> HttpResponse:
    missing = completeness(opened.submission, opened.outline).errors
    context = {"opened": opened, "form": form, "missing": missing}
    return render(request, "reports/behalf_send.html", context, status=status)
