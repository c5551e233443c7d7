"""The page on which the lines of a report are given to colleagues, and the sheet that communes fill in on paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods

from reports.documents.collection_sheet import collection_sheet, sheet_tables
from reports.documents.docx_file import render_docx
from reports.documents.xlsx_file import render_xlsx
from reports.edition_files import DOCX, XLSX
from reports.filling import stored_lines
from reports.form_access import editable_or_redirect, report_or_404
from reports.sharing import colleagues, give_lines
from reports.views_documents import file_response
from reports.withdrawn_texts import ReportMoved


@require_http_methods(["GET", "POST"])
def report_share(request: HttpRequest, pk: int) -> HttpResponse:
    """Show who has which line, or give lines anew."""
    opened = editable_or_redirect(request, pk)
    if isinstance(opened, HttpResponse):
        return opened
    people = colleagues(opened.submission, at=opened.at)
    if request.method == "POST":
        known = {str(person.pk): person for person in people}
        wanted = {
            line.key: known.get(value)
            for line in opened.outline.entry_lines()
            if (value := request.POST.get(line.anchor)) is not None and (not value or value in known)
        }
        try:
            told = give_lines(opened.submission, opened.outline, wanted, **opened.who)
        except ReportMoved as refusal:
            messages.error(request, str(refusal))
            return redirect("reports:report_detail", pk)
        messages.success(request, _("Saved. Those who got lines have a message.") if told else _("Saved."))
        return redirect("reports:report_detail", pk)
    stored = stored_lines(opened.submission)
    rows: list[dict[str, Any]] = [
        {"line": line, "assignee": entry.assignee_id if entry else None}
        for line in opened.outline.entry_lines()
        for row in [stored.get((line.subject, line.subject_id))]
        for entry in [row.entry if row else None]
    ]
    return render(request, "reports/report_share.html", {"opened": opened, "rows": rows, "people": people})


@require_GET
def report_sheet(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Return the sheet on which communes give their part of a report, to print or to fill in."""
    opened = report_or_404(request, pk)
    if kind not in {"docx", "xlsx"}:
        raise Http404
    with override("vi"):
        sheet = collection_sheet(opened.submission, opened.outline, on=timezone.localdate(opened.at))
        name = f"bieu-thu-thap-{opened.submission.expectation.body.code}.{kind}"
        if kind == "docx":
            return file_response(render_docx(sheet), DOCX, name)
        return file_response(render_xlsx(sheet, sheet_tables(opened.outline)), XLSX, name)
