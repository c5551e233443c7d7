"""Editions for tests: with all their parts straight in the tables, or taken through their steps."""

from __future__ import annotations

from datetime import date
from typing import Any

from plan_tracker.accounts.models import User
from reports.choices import Depth, Product, SubmissionState
from reports.choices_editions import EditionState
from reports.edition_moves import EditionData, Signing
from reports.edition_opening import open_edition
from reports.edition_steps import take_edition_step
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
from tasks.choices import WorkState
from tests.factories import at, make_entry, make_group, make_period, make_plan, make_submission
from tests.people import Cast, standing

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


def make_ready(cast: Cast, kind: Product = Product.COMMITTEE) -> Edition:
    """Make an edition that lacks nothing: a numbered plan, an issuer with a symbol, one accepted report."""
    cast.committee.symbol, cast.committee.head_superior = "BDVTU", "TỈNH UỶ LẠNG SƠN"
    cast.committee.save()
    plan = make_plan(symbol="12-KH/TU", issued_on=date(2024, 4, 5))
    group = make_group(plan, 1)
    period = make_period(plan, bodies=[cast.district, cast.other_district], depth=Depth.FULL)
    report = make_submission(period.expectations.get(body=cast.district), cast.preparer, SubmissionState.ACCEPTED)
    make_entry(report, "Đã mở 12 hội nghị.", group=group, state=WorkState.WITH_RESULTS)
    return opened(period, cast, kind)


def opened(period: Period, cast: Cast, kind: Product = Product.COMMITTEE) -> Edition:
    """Open an edition as its page does, and mark every section as ready."""
    given = Period.objects.select_related("plan__issuer").get(pk=period.pk)
    edition = open_edition(given, kind, actor=cast.reviewer, at=at(20), on=at(20).date())
    edition.sections.update(is_ready=True)
    return edition


def signing(**fields: Any) -> EditionData:
    """Return what is typed to issue: number 45 of 5/7/2024, signed by a deputy of the ban's head."""
    values: dict[str, Any] = {
        "number": "45",
        "signed_on": date(2024, 7, 5),
        "term": "2020 - 2025",
        "authority": "K/T",
        "position": "PHÓ TRƯỞNG BAN",
        "signatory": "Người ký A",
        "recipients": ("Ban Thường vụ Tỉnh uỷ (báo cáo)", "Lưu Văn phòng Ban"),
    }
    return EditionData(signing=Signing(**(values | fields)))


def take(edition: Edition, step: str, actor: User, **given: Any) -> Edition:
    """Take a step as this person, on the day after the document's date."""
    moment = given.pop("at", at(6, month=7))
    return take_edition_step(edition, step, actor=actor, standing=standing(actor), at=moment, **given)


def issue(edition: Edition, cast: Cast, **fields: Any) -> Edition:
    """Take an edition that is ready all the way: handed up, approved, issued."""
    take(edition, "hand_up", cast.reviewer)
    take(edition, "approve", cast.leader)
    return take(edition, "issue", cast.reviewer, data=signing(**fields))
