"""Pages after the writing: send with the signed copy, read the whole report, take the scan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from plan_tracker.lib.numbers import format_decimal
from reports.attachments import attached, by_line
from reports.checks import Finding, completeness
from reports.choices import Addressee, RemarkState, ReportForm
from reports.closing import stored_closing
from reports.figures import shown_number
from reports.filling import stored_lines
from reports.form_access import report_or_404, writes_it
from reports.form_pages import Opened, asked_of
from reports.forms_send import SendForm
from reports.models import SignedCopy
from reports.moves import StepRefused
from reports.overview import LineRow, group_rows, line_row
from reports.permissions import can_read_deliveries, can_send, can_withdraw
from reports.views_form_closing import part_labels
from reports.workflow import available_steps, take_step


@require_http_methods(["GET", "POST"])
def report_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm the signed copy and send, or add the copy that follows later."""
    opened = report_or_404(request, pk)
    submission = opened.submission
    if not can_send(opened.standing, submission):
        raise PermissionDenied
    offered = {step.name for step in available_steps(submission, opened.standing, at=opened.at)}
    step = "add_signed_copy" if "add_signed_copy" in offered else "send"
    only_copy = step == "add_signed_copy"
    copy = copy_on_record(opened)
    if request.method == "GET":
        if step not in offered:
            messages.info(request, _("This report cannot be sent now."))
            return redirect("reports:report_detail", pk)
        return _send_page(request, opened, _form(opened, only_copy=only_copy, copy=copy), step)
    form = _form(opened, request.POST, request.FILES, only_copy=only_copy and "way" not in request.POST, copy=copy)
    step = "add_signed_copy" if only_copy and "way" not in request.POST else "send"
    if not form.is_valid():
        return _send_page(request, opened, form, step, status=422)
    try:
        sent = take_step(submission, step, data=form.step_data(), token=form.cleaned_data["token"], **opened.who)
    except StepRefused as refusal:
        for sentence in refusal.sentences:
            form.add_error(None, sentence)
        return _send_page(request, opened, form, step, status=refusal.status)
    if step != "send":
        messages.success(request, _("The signed copy is added."))
        return redirect("reports:report_read", sent.pk)
    messages.success(request, _("The report is sent. This is its receipt."))
    latest = sent.deliveries.latest("number")
    return redirect("reports:delivery_receipt", sent.pk, latest.number)


def copy_on_record(opened: Opened) -> SignedCopy | None:
    """Return the signed copy that was read with the report."""
    return getattr(opened.submission, "signed_copy", None)


def _form(opened: Opened, *data: Any, only_copy: bool, copy: SignedCopy | None) -> SendForm:
    """Return the form as this report needs it; sent again it never starts from the data of the old document."""
    is_again = opened.submission.submitted_at is not None
    form = SendForm(*data, copy=copy, only_copy=only_copy, is_again=is_again and not only_copy)
    if opened.submission.form == ReportForm.CONFIDENTIAL:
        form.without_document()
    return form


def _send_page(request: HttpRequest, opened: Opened, form: SendForm, step: str, status: int = 200) -> HttpResponse:
    """Render the page of sending, with what still stands in the way."""
    missing: tuple[Finding, ...] = ()
    if step == "send" and opened.can_edit:
        missing = completeness(opened.submission, opened.outline).errors
    asked = asked_of(opened) if submission_is_back(opened) else []
    context = {
        "opened": opened,
        "form": form,
        "step": step,
        "missing": missing,
        "asked": [row for row in asked if row["remark"].state == RemarkState.ASKED],
        "copy": copy_on_record(opened),
    }
    return render(request, "reports/report_send.html", context, status=status)


def submission_is_back(opened: Opened) -> bool:
    """Return whether the report was sent before and is with the body again."""
    return opened.submission.submitted_at is not None and opened.can_edit


@dataclass(frozen=True)
class FigureRow:
    """One figure of a report to read."""

    title: str
    unit: str
    number: str
    total: str
    is_estimate: bool
    note: str


@require_GET
def report_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a whole report to read and print, with the receipts of its deliveries."""
    opened = report_or_404(request, pk)
    submission, outline = opened.submission, opened.outline
    stored = stored_lines(submission)
    closing = stored_closing(submission)
    others: list[LineRow] = [
        line_row(line, stored, frozenset()) for line in (*outline.assignment_lines, *outline.question_lines)
    ]
    labels = part_labels()
    context: dict[str, Any] = {
        "opened": opened,
        "groups": group_rows(outline, stored, frozenset()),
        "others": others,
        "questions": {line.key: row.text for line, row in zip(outline.question_lines, outline.questions, strict=True)},
        "counters": counter_rows(opened),
        "readings": reading_rows(opened),
        "closing": [(labels[name], getattr(submission, name)) for name in closing.texts] if outline.has_closing else [],
        "closing_rows": closing.rows,
        "addressees": dict(Addressee.choices),
        "deliveries": submission.deliveries.select_related("delivered_by").order_by("-number"),
        "copy": copy_on_record(opened),
        "files": list(by_line(attached(submission), outline.labels())),
        "writes_it": writes_it(opened),
        "can_send": can_send(opened.standing, submission),
        "reads_deliveries": can_read_deliveries(opened.standing, submission),
        "can_withdraw": can_withdraw(opened.standing),
    }
    return render(request, "reports/report_read.html", context)


def counter_rows(opened: Opened) -> list[FigureRow]:
    """Return the counters that the report holds; one query."""
    rows = opened.submission.counter_values.select_related("counter").order_by("counter__order")
    return [
        FigureRow(
            row.counter.title,
            row.counter.unit,
            shown_number(row.in_period, row.counter.decimals),
            shown_number(row.cumulative, row.counter.decimals),
            row.is_estimate,
            row.note,
        )
        for row in rows
    ]


def reading_rows(opened: Opened) -> list[FigureRow]:
    """Return the indicators that the report holds, a share with its part and whole; one query."""
    rows = opened.submission.readings.select_related("indicator").order_by("indicator__target", "indicator__order")
    found = []
    for row in rows:
        parts = [shown_number(part, 0) for part in (row.numerator, row.denominator) if part is not None]
        value = "" if row.value is None else format_decimal(row.value, row.indicator.decimals, "vi")
        number = f"{value} ({' / '.join(parts)})" if parts and value else value or " / ".join(parts)
        title = f"{row.indicator.code} {row.indicator.title}"
        found.append(FigureRow(title, row.indicator.unit, number, "", is_estimate=False, note=row.note))
    return found


@require_GET
def report_scan(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out the scan of the signed copy to those who may see the report, as a download."""
    copy = copy_on_record(report_or_404(request, pk))
    if copy is None or not copy.scan:
        raise Http404
    try:
        return FileResponse(copy.scan.open("rb"), as_attachment=True, filename=copy.scan_name)
    except FileNotFoundError as missing:
        raise Http404 from missing
