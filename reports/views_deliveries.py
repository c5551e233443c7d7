"""Pages of what was sent: each delivery whole, its receipt (page and PDF), its content and scan, the exchange."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET

from reports.delivered import SentReport, sent_report
from reports.deliveries import canonical
from reports.documents.receipt_file import render_receipt
from reports.edition_files import PDF
from reports.exchange import read_exchange
from reports.form_access import report_or_404
from reports.models import Delivery
from reports.permissions import can_read_deliveries, can_withdraw
from reports.receipts import receipt_facts, receipt_notes
from reports.tombstone_pages import why_not_intact
from reports.views_documents import file_response
from reports.views_periods import who


def _sent(request: HttpRequest, pk: int, number: int) -> SentReport:
    """Return a delivery for the body's own people and for the review; to others it is not there."""
    opened = report_or_404(request, pk)
    if not can_read_deliveries(opened.standing, opened.submission):
        raise Http404
    rows = Delivery.objects.select_related("submission__expectation__period", "delivered_by")
    sent = sent_report(get_object_or_404(rows, submission=opened.submission, number=number))
    return sent if sent.is_intact else replace(sent, withdrawn=why_not_intact(sent.delivery))


@require_GET
def delivery_detail(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show a delivery whole, as it was sent, to read and to print."""
    context = {"sent": _sent(request, pk, number), "can_withdraw": can_withdraw(who(request)[1])}
    return render(request, "reports/delivery_detail.html", context)


@require_GET
def delivery_receipt(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show the receipt of a delivery."""
    sent = _sent(request, pk, number)
    context: dict[str, Any] = {"sent": sent, "facts": receipt_facts(sent), "notes": receipt_notes(sent)}
    return render(request, "reports/delivery_receipt.html", context)


@require_GET
def delivery_receipt_pdf(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Give the receipt as a PDF of one page, in Vietnamese like every document."""
    with override("vi"):
        sent = _sent(request, pk, number)
        content = render_receipt(sent, issuer=_("Plan tracker"))
    return file_response(content, PDF, f"bien-nhan-{sent.number}.pdf")


@require_GET
def delivery_content(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Give the very bytes whose SHA-256 the receipt names."""
    sent = _sent(request, pk, number)
    return file_response(canonical(sent.delivery.content).encode(), "application/json", f"noi-dung-{sent.number}.json")


@require_GET
def delivery_scan(request: HttpRequest, pk: int, number: int) -> FileResponse:
    """Give the scan that came with a delivery, also where a later one took its place."""
    sent = _sent(request, pk, number)
    name = sent.copy.get("scan")
    if not name:
        raise Http404
    try:
        return FileResponse(default_storage.open(name, "rb"), as_attachment=True, filename=sent.copy["scan_name"])
    except FileNotFoundError as missing:
        raise Http404 from missing


@require_GET
def report_exchange(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all that happened to a report, over all versions: steps, deliveries, remarks with answers."""
    opened = report_or_404(request, pk)
    if not can_read_deliveries(opened.standing, opened.submission):
        raise Http404
    exchange = read_exchange(opened.submission, opened.outline.labels(), opened.standing)
    return render(request, "reports/report_exchange.html", {"opened": opened, "exchange": exchange})
