"""Editions for tests: an issued one with all its parts, made straight in the tables."""

from __future__ import annotations

from datetime import date
from typing import Any

from reports.choices import Product
from reports.choices_editions import EditionState
from reports.models import (
    Edition,
    EditionComment,
    EditionDraft,
    EditionFile,
    EditionSection,
    EditionStep,
    Period,
    SectionSource,
    Submission,
)
from tests.factories import at
from tests.people import Cast

SIGNED: dict[str, Any] = {
    "term": "2020 - 2025",
    "number": 45,
    "symbol": "45-BC/BDVTU",
    "signed_on": date(2024, 7, 5),
    "signatory": "Người ký A",
    "content": {"sections": []},
    "facts": {},
    "sha256": "0" * 64,
}


def make_edition(period: Period, cast: Cast, **fields: Any) -> Edition:
    """Make a draft of the committee's report."""
    values: dict[str, Any] = {
        "kind": Product.COMMITTEE,
        "issuer": cast.committee,
        "created_by": cast.reviewer,
        "created_at": at(),
        "is_demo": period.is_demo,
    }
    return Edition.objects.create(period=period, **(values | fields))


def set_issued(edition: Edition, cast: Cast, **fields: Any) -> Edition:
    """Issue an edition without asking anybody."""
    values = SIGNED | {"issued_by": cast.leader, "issued_at": at(5, month=7)} | fields
    Edition.objects.filter(pk=edition.pk).update(state=EditionState.ISSUED, **values)
    edition.refresh_from_db()
    return edition


def give_parts(edition: Edition, cast: Cast, report: Submission) -> dict[str, Any]:
    """Give an edition one of everything that it can be made of."""
    section = EditionSection.objects.create(edition=edition, key="I", text="Đã ban hành 12 văn bản.", is_own=True)
    source = SectionSource.objects.create(
        section=section,
        submission=report,
        body=cast.district,
        line="group:1",
        part="text",
        text="Đã ban hành.",
        taken_by=cast.reviewer,
        taken_at=at(),
    )
    file = EditionFile.objects.create(
        edition=edition,
        name="bao-cao.docx",
        content_type="x",
        content=b"PK",
        size=2,
        sha256="0" * 64,
        made_at=at(),
    )
    draft = EditionDraft.objects.create(
        edition=edition, number=1, content={}, sha256="0" * 64, sent_by=cast.reviewer, sent_at=at()
    )
    comment = EditionComment.objects.create(
        draft=draft, body=cast.district, text="Bổ sung số liệu.", received_on=at().date(), recorded_by=cast.reviewer
    )
    step = EditionStep.objects.create(
        edition=edition, step="submit", from_state="draft", to_state="in_review", taken_by=cast.reviewer, taken_at=at()
    )
    return {"section": section, "source": source, "file": file, "draft": draft, "comment": comment, "step": step}
