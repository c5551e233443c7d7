"""Files of a summary (DOCX, PDF, XLSX, JSON) and of a body's own report (DOCX, PDF); always in Vietnamese."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_GET

from reports.choices import Product
from reports.documents.docx_file import render_docx
from reports.documents.letterhead import letterhead_of
from reports.documents.own_report import file_name, from_own_report, read_own_report
from reports.documents.pdf_file import render_pdf
from reports.documents.report_value import Layout, Report
from reports.documents.summary_json import summary_json as json_of
from reports.documents.summary_report import from_summary
from reports.documents.summary_tables import summary_tables
from reports.documents.xlsx_file import render_xlsx
from reports.edition_files import DOCX, PDF, PRODUCTS, XLSX
from reports.edition_papers import brief_of
from reports.file_names import file_words
from reports.permissions import submissions_visible_to
from reports.summaries import as_of, build_summary
from reports.summary_values import Summary
from reports.views_summary import one_period
from tasks.models import Body
from tasks.permissions import standing_of

INTERNAL = "internal"


@require_GET
def summary_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the summary as a report of the body that draws it up; `layout` and `copy` choose another form of it."""
    period = one_period(request, pk)
    with override("vi"):
        return file_response(
            render_docx(_report(request, period, _summary(period))), DOCX, _name(request, period, "docx")
        )


@require_GET
def summary_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the same report as a PDF."""
    period = one_period(request, pk)
    with override("vi"):
        return file_response(render_pdf(_report(request, period, _summary(period))), PDF, _name(request, period, "pdf"))


@require_GET
def brief_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the brief of the period on one page; `layout` chooses another form of it."""
    period = one_period(request, pk)
    with override("vi"):
        return file_response(render_docx(_brief(request, period)), DOCX, _brief_name(request, period, "docx"))


@require_GET
def brief_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the same brief as a PDF."""
    period = one_period(request, pk)
    with override("vi"):
        return file_response(render_pdf(_brief(request, period)), PDF, _brief_name(request, period, "pdf"))


@require_GET
def summary_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the tables of the summary as a workbook."""
    period = one_period(request, pk)
    with override("vi"):
        summary = _summary(period)
        content = render_xlsx(_report(request, period, summary), summary_tables(summary))
    return file_response(content, XLSX, _name(request, period, "xlsx"))


@require_GET
def summary_json(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the figures of the summary for programs."""
    period = one_period(request, pk)
    with override("vi"):
        answer = JsonResponse(json_of(_summary(period)), json_dumps_params={"ensure_ascii": False})
    answer["Cache-Control"] = "private, no-store"
    return answer


def _summary(period: Any) -> Summary:
    """Return the value that every file of the period prints."""
    return build_summary(period, at=as_of(period, now=timezone.now()))


def _layout(request: HttpRequest) -> Layout:
    """Return the layout that is asked for: the state's, or else the Party's."""
    return Layout.STATE if request.GET.get("layout") == Layout.STATE else Layout.PARTY


def _is_internal(request: HttpRequest) -> bool:
    """Return whether the copy with sources is asked for."""
    return request.GET.get("copy") == INTERNAL


def _report(request: HttpRequest, period: Any, summary: Summary) -> Report:
    """Return the report of the body that draws up the summary, as that body is called today."""
    today = timezone.localdate()
    letterhead = letterhead_of(_issuer(period, on=today), on=today)
    return from_summary(summary, letterhead, on=today, layout=_layout(request), is_internal=_is_internal(request))


def _brief(request: HttpRequest, period: Any) -> Report:
    """Return the brief of the body that draws up the summary."""
    today = timezone.localdate()
    letterhead = letterhead_of(_issuer(period, on=today), on=today)
    return brief_of(_summary(period), letterhead, on=today, layout=_layout(request))


def _issuer(period: Any, *, on: date) -> Body:
    """Return the body that draws up the summary; where none is marked, the plan's own issuer."""
    marked = Body.objects.filter(is_summarizer=True).prefetch_related("names")
    issuer: Body = marked.alive(on=on).first() or marked.first() or period.plan.issuer
    return issuer


def _name(request: HttpRequest, period: Any, kind: str) -> str:
    """Return the name of a file: ASCII, for it goes into a header; the forms of one report do not share a name."""
    tables = kind == "xlsx"
    mark = "-noi-bo" if _is_internal(request) and not tables else ""
    layout = "" if tables else _layout_mark(request)
    what = "so-lieu" if tables else "bao-cao"
    return f"{what}-tong-hop-{file_words(period)}{layout}{mark}.{kind}"


def _brief_name(request: HttpRequest, period: Any, kind: str) -> str:
    """Return the name of a file of the brief."""
    return f"{PRODUCTS[Product.BRIEF]}-{file_words(period)}{_layout_mark(request)}.{kind}"


def _layout_mark(request: HttpRequest) -> str:
    """Return what the name of a file in the state's layout says of it."""
    return "-nd30" if _layout(request) == Layout.STATE else ""


@require_GET
def report_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a body's own report as a file in its own head."""
    submission = _submission(request, pk)
    with override("vi"):
        return file_response(render_docx(_own(request, submission)), DOCX, file_name(submission))


@require_GET
def report_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a body's own report as a PDF."""
    submission = _submission(request, pk)
    with override("vi"):
        return file_response(render_pdf(_own(request, submission)), PDF, file_name(submission, "pdf"))


def _submission(request: HttpRequest, pk: int) -> Any:
    """Return a report that this person may see."""
    standing = standing_of(request.user, on=timezone.localdate())
    visible = submissions_visible_to(standing).select_related("expectation__body", "expectation__period")
    return get_object_or_404(visible, pk=pk)


def _own(request: HttpRequest, submission: Any) -> Report:
    """Return the document of a body's own report."""
    today = timezone.localdate()
    layout = _layout(request) if "layout" in request.GET else None
    return from_own_report(read_own_report(submission, on=today), on=today, layout=layout)


def file_response(content: bytes, kind: str, name: str) -> HttpResponse:
    """Return a file to be saved, never to be kept by a cache in between."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
