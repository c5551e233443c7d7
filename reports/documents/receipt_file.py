"""The receipt of a delivery as a PDF of one page: number, moment and hash, set by typst from data."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path

import typst
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.delivered import SentReport
from reports.documents.fonts import BUILT_IN, typeface
from reports.documents.pdf_file import STANDARD, plain
from reports.documents.report_value import DEMO_LINE
from reports.receipts import receipt_facts, receipt_notes

GROUP = 8


def render_receipt(sent: SentReport, *, issuer: str) -> bytes:
    """Return the file; the same delivery gives the same bytes. `issuer` is the portal's name."""
    face = typeface()
    data = face.settable(json.dumps(_data(sent, issuer, (face.family, BUILT_IN)), ensure_ascii=False))
    on = timezone.localtime(sent.delivery.delivered_at).date()
    content = typst.compile(
        template(),
        font_paths=face.fonts,
        sys_inputs={"receipt": data},
        pdf_standards=STANDARD,
        timestamp=datetime.combine(on, time(), tzinfo=UTC),
    )
    if not isinstance(content, bytes):
        msg = "typst gave no file"
        raise TypeError(msg)
    return content


@cache
def template() -> bytes:
    """Return the layout that reads the data."""
    return Path(__file__).with_name("receipt.typ").read_bytes()


def _data(sent: SentReport, issuer: str, fonts: tuple[str, ...]) -> dict[str, object]:
    """Return the receipt as the template reads it."""
    on = timezone.localtime(sent.delivery.delivered_at).date()
    sha = sent.delivery.sha256
    return {
        "title": plain(_("Receipt %(number)s") % {"number": sent.number}),
        "author": plain(issuer),
        "day": [on.year, on.month, on.day],
        "fonts": fonts,
        "mark": DEMO_LINE if sent.delivery.submission.expectation.period.is_demo else "",
        "heading": _("RECEIPT OF A REPORT"),
        "number": _("No. %(number)s") % {"number": sent.number},
        "facts": [[plain(label), plain(value)] for label, value in receipt_facts(sent)],
        "hash-words": _("SHA-256 of everything that was sent"),
        "hash": [sha[place : place + GROUP] for place in range(0, len(sha), GROUP)],
        "notes": [plain(note) for note in receipt_notes(sent)],
    }
