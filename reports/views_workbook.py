"""Pages of the Excel round trip: give the workbook out, take it in, show what would change, apply it, give it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods

from plan_tracker.lib.uploads import CONTENT_TYPES, XLSX, RefusedFileError
from reports.form_access import editable_or_redirect
from reports.form_pages import Opened
from reports.forms_workbook import UploadForm
from reports.models import WorkbookUpload
from reports.withdrawn_texts import ReportMoved
from reports.workbooks.applying import MINE, THEIRS, NotAppliedError, apply_upload
from reports.workbooks.comparing import Comparison, Kind, compare
from reports.workbooks.contents import book_of
from reports.workbooks.template import render_template
from reports.workbooks.uploading import coloured, take_in


@require_GET
def report_template(request: HttpRequest, pk: int) -> HttpResponse:
    """Give out the workbook of this body and period, with what has been typed so far."""
    opened = editable_or_redirect(request, pk)
    if isinstance(opened, HttpResponse):
        return opened
    content = render_template(book_of(opened.submission, opened.outline))
    return workbook_answer(content, f"bieu-mau-{_file_stem(opened)}.xlsx")


def _file_stem(opened: Opened) -> str:
    expectation = opened.submission.expectation
    return f"{expectation.period.kind.replace('_', '-')}-{expectation.period.year}-{expectation.body.code}"


def workbook_answer(content: bytes, name: str) -> HttpResponse:
    """Return a workbook to be saved, never to be kept by a cache in between."""
    response = HttpResponse(content, content_type=CONTENT_TYPES[XLSX])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "POST"])
def report_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer the workbook to be filled in, and take the filled-in one for its preview."""
    opened = editable_or_redirect(request, pk)
    if isinstance(opened, HttpResponse):
        return opened
    if request.method == "GET":
        return _upload_page(request, opened, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not opened.can_edit:
        form.add_error(None, _("The report has moved on and takes no more changes."))
        return _upload_page(request, opened, form, status=409)
    if not form.is_valid():
        return _upload_page(request, opened, form, status=422)
    try:
        upload = take_in(opened.submission, form.cleaned_data["file"], actor=opened.user, at=opened.at)
    except RefusedFileError as refusal:
        form.add_error("file", str(refusal))
        return _upload_page(request, opened, form, status=422)
    return redirect("reports:upload_detail", pk, upload.pk)


def _upload_page(request: HttpRequest, opened: Opened, form: UploadForm, status: int = 200) -> HttpResponse:
    return render(request, "reports/report_upload.html", {"opened": opened, "form": form}, status=status)


def upload_or_404(opened: Opened, upload: int) -> WorkbookUpload:
    """Return a workbook that was uploaded for this very report."""
    found = WorkbookUpload.objects.filter(submission=opened.submission, pk=upload).select_related("uploaded_by").first()
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def upload_detail(request: HttpRequest, pk: int, upload: int) -> HttpResponse:
    """Show what a workbook would change, then apply it whole or not at all."""
    opened = editable_or_redirect(request, pk)
    if isinstance(opened, HttpResponse):
        return opened
    found = upload_or_404(opened, upload)
    if found.applied_at is not None:
        messages.info(request, _("This workbook is applied already."))
        return redirect("reports:report_detail", pk)
    if request.method == "GET":
        return _preview(request, opened, found)
    choices = {name.removeprefix("choice-"): request.POST.get(name, "") for name in request.POST if "choice-" in name}
    try:
        done = apply_upload(
            found,
            opened.submission,
            opened.outline,
            basis=request.POST.get("basis", ""),
            choices=choices,
            **opened.who,
        )
    except (NotAppliedError, ReportMoved) as refusal:
        return _preview(request, opened, found, refused=str(refusal), choices=choices, status=409)
    count = len(done.of_kind(Kind.NEW, Kind.CHANGED, Kind.CONFLICT))
    messages.success(request, _("The workbook is applied: %(count)s places were changed.") % {"count": count})
    return redirect("reports:report_detail", pk)


def _preview(  # noqa: PLR0913 - the page, and why it is shown again
    request: HttpRequest,
    opened: Opened,
    upload: WorkbookUpload,
    *,
    refused: str = "",
    choices: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    comparison = compare(upload.cells, opened.submission, opened.outline, opened.user)
    context: dict[str, Any] = {
        "opened": opened,
        "upload": upload,
        "comparison": comparison,
        "sections": _sections(comparison),
        "conflicts": [(change, (choices or {}).get(change.key, "")) for change in comparison.of_kind(Kind.CONFLICT)],
        "unchanged": comparison.of_kind(Kind.UNCHANGED),
        "new_count": len(comparison.of_kind(Kind.NEW)),
        "changed_count": len(comparison.of_kind(Kind.CHANGED)),
        "refused": refused,
        "mine": MINE,
        "theirs": THEIRS,
    }
    return render(request, "reports/upload_detail.html", context, status=status)


def _sections(comparison: Comparison) -> dict[str, list[Any]]:
    """Return the new and changed lines under the name of their sheet."""
    sections: dict[str, list[Any]] = {}
    for change in comparison.of_kind(Kind.NEW, Kind.CHANGED):
        sections.setdefault(change.sheet, []).append(change)
    return sections


@require_GET
def upload_marked(request: HttpRequest, pk: int, upload: int) -> HttpResponse:
    """Give the same workbook back with the problem cells coloured and commented."""
    opened = editable_or_redirect(request, pk)
    if isinstance(opened, HttpResponse):
        return opened
    found = upload_or_404(opened, upload)
    if found.applied_at is not None or not found.file:
        raise Http404
    with override("vi"):
        problems = compare(found.cells, opened.submission, opened.outline, opened.user).problems
    try:
        content = coloured(found, problems)
    except (RefusedFileError, FileNotFoundError) as refusal:
        sentence = str(refusal) if isinstance(refusal, RefusedFileError) else _("The file is no longer kept.")
        messages.error(request, sentence)
        return redirect("reports:upload_detail", pk, upload)
    return workbook_answer(content, f"can-sua-{_file_stem(opened)}.xlsx")
