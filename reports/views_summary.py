"""The summary of a period as a page and as a file, and a body's own report as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET

from reports.documents.own_report import file_name, render_own_report
from reports.permissions import submissions_visible_to
from tasks.permissions import standing_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
def report_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a body's own report as a file in its own head."""
    standing = standing_of(request.user, on=timezone.localdate())
    visible = submissions_visible_to(standing).select_related("expectation__body", "expectation__period")
    submission = get_object_or_404(visible, pk=pk)
    return _file(render_own_report(submission, on=timezone.localdate()), file_name(submission))


def _file(content: bytes, name: str) -> HttpResponse:
    """Return a DOCX to be saved, never to be kept by a cache in between."""
    response = HttpResponse(content, content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
