"""Pages of the files of a report: list, attach, take off, and hand out to those who may see the report."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plan_tracker.lib.uploads import RefusedFileError
from reports.attachments import MOST_BYTES_IN_A_REPORT, attach, attached, by_line, take_off
from reports.form_access import editable_or_redirect, report_or_404, writes_it
from reports.form_pages import Opened
from reports.forms_workbook import AttachForm
from reports.models import Attachment
from reports.permissions import submissions_visible_to
from reports.withdrawn_texts import ReportMoved
from tasks.permissions import standing_of


@require_http_methods(["GET", "POST"])
def report_attachments(request: HttpRequest, pk: int) -> HttpResponse:
    """List the files of a report, and attach one more."""
    opened = editable_or_redirect(request, pk)
    if isinstance(opened, HttpResponse):
        return opened
    labels = opened.outline.labels()
    if request.method == "GET":
        line = request.GET.get("line", "")
        return _page(request, opened, AttachForm(lines=labels, initial={"line": line if line in labels else ""}))
    form = AttachForm(request.POST, request.FILES, lines=labels)
    if not form.is_valid():
        return _page(request, opened, form, status=422)
    try:
        found = attach(opened.submission, form.cleaned_data["line"], form.cleaned_data["file"], **opened.who)
    except RefusedFileError as refusal:
        form.add_error("file", str(refusal))
        return _page(request, opened, form, status=422)
    except ReportMoved as refusal:
        form.add_error(None, str(refusal))
        return _page(request, opened, form, status=409)
    messages.success(request, _("“%(name)s” is attached.") % {"name": found.name})
    return redirect("reports:report_attachments", pk)


def _page(request: HttpRequest, opened: Opened, form: AttachForm, status: int = 200) -> HttpResponse:
    rows = attached(opened.submission)
    context = {
        "opened": opened,
        "form": form,
        "files": list(by_line(rows, opened.outline.labels())),
        "used": sum(row.size for row in rows),
        "most": MOST_BYTES_IN_A_REPORT,
    }
    return render(request, "reports/report_attachments.html", context, status=status)


@require_POST
def attachment_delete(request: HttpRequest, pk: int, attachment: int) -> HttpResponse:
    """Take a file off the report."""
    opened = report_or_404(request, pk)
    if not opened.can_edit and not writes_it(opened):
        raise PermissionDenied
    found = get_object_or_404(Attachment, submission=opened.submission, pk=attachment, removed_at=None)
    try:
        take_off(found, **opened.who)
    except ReportMoved as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:report_detail", pk)
    messages.success(request, _("“%(name)s” is no longer attached.") % {"name": found.name})
    return redirect("reports:report_attachments", pk)


@require_GET
def attachment_file(request: HttpRequest, attachment: int) -> HttpResponseBase:
    """Hand out a file to those who may see the report, always as a download."""
    visible = submissions_visible_to(standing_of(request.user, on=timezone.localdate()))
    found = get_object_or_404(Attachment, pk=attachment, submission__in=visible)
    if not found.file:
        raise Http404
    try:
        response = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.name)
    except FileNotFoundError as missing:
        raise Http404 from missing
    response["Content-Type"] = "application/octet-stream"
    response["Cache-Control"] = "private, no-store"
    return response
