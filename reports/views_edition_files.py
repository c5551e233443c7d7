"""Files of an edition: those that were issued, byte for byte, and the current text before it is issued."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_GET

from reports.documents.docx_file import render_docx
from reports.documents.pdf_file import render_pdf
from reports.documents.report_json import from_data
from reports.documents.report_value import Layout, Report
from reports.edition_files import DOCX, PDF, file_stem
from reports.edition_papers import content_now, letterhead_for, paper_of
from reports.models import Edition
from reports.views_documents import file_response
from reports.views_edition_life import one_edition
from reports.views_periods import who

RENDERERS: dict[str, tuple[Any, str]] = {"docx": (render_docx, DOCX), "pdf": (render_pdf, PDF)}


@require_GET
def edition_file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Return a file as it was issued."""
    _user, standing = who(request)
    file = get_object_or_404(one_edition(standing, pk).files, name=name)
    if not file.content:
        # A secret was withdrawn from it; the page of the edition says so.
        raise Http404
    return file_response(bytes(file.content), file.content_type, file.name)


@require_GET
def edition_paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Return an edition as a file: its current text, or the frozen one in the layout that is asked for."""
    _user, standing = who(request)
    edition = one_edition(standing, pk)
    layout = Layout.STATE if request.GET.get("layout") == Layout.STATE else Layout.PARTY
    is_internal = request.GET.get("copy") == "internal" and not edition.is_fixed and standing.sees_every_report
    render, content_type = RENDERERS[kind]
    with override("vi"):
        report, stem = _paper(edition, layout=layout, is_internal=is_internal)
        content = render(report)
    marks = "-nd30" * (layout == Layout.STATE) + "-noi-bo" * is_internal
    return file_response(content, content_type, f"{stem}{marks}.{kind}")


def _paper(edition: Edition, *, layout: Layout, is_internal: bool) -> tuple[Report, str]:
    """Return the report and what its file is called."""
    now = timezone.now()
    if edition.is_fixed and edition.content:
        return from_data(edition.content, layout=layout), file_stem(edition)
    today = timezone.localdate(now)
    letterhead = letterhead_for(edition, on=today)
    report = paper_of(
        content_now(edition, at=now), letterhead, on=today, mark="DỰ THẢO", layout=layout, is_internal=is_internal
    )
    return report, f"du-thao-{file_stem(edition)}"
