"""The people and the rows that the access table asks about: a district's reports in three states, and all beside."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from plan_tracker.accounts.models import User
from plan_tracker.jobs.queue import keep_file
from reports.choices import Depth, PeriodKind, Product, SubmissionState
from reports.choices_tombstones import Scope
from reports.deliveries import freeze, sha256_of
from reports.documents.report_json import to_data
from reports.models import (
    Delivery,
    EditionFile,
    Period,
    Recommendation,
    Remark,
    SignedCopy,
    Submission,
    Tombstone,
    WorkbookUpload,
)
from reports.models.calendar import give_feed
from reports.models.uploads import Attachment
from targets.choices import Channel, Verdict
from targets.models import IndicatorReporter, Judgement
from tasks.choices import DocumentKind, PartyRole
from tasks.models import AssignmentParty, Body, BodyChange, Delegation, Inspection, IssuedDocument, Plan
from tests.documents import make_report
from tests.editions import give_parts, make_edition, set_issued
from tests.factories import (
    at,
    make_assignment,
    make_counter,
    make_entry,
    make_group,
    make_indicator,
    make_period,
    make_plan,
    make_submission,
)
from tests.people import Cast, make_cast

STATES = (
    ("draft", PeriodKind.FIRST_HALF, SubmissionState.DRAFT),
    ("received", PeriodKind.NINE_MONTHS, SubmissionState.RECEIVED),
    ("accepted", PeriodKind.YEAR, SubmissionState.ACCEPTED),
)


@dataclass(frozen=True)
class World:
    """The people by role, and the rows of one district that routes speak of, by name."""

    people: dict[str, User]
    rows: dict[str, Any]


def make_world() -> World:
    """Make the cast, a plan with one of everything, and a district's reports in three states."""
    cast = make_cast()
    plan = make_plan()
    rows: dict[str, Any] = {"body": cast.district} | lines_of(plan, cast.district)
    rows |= reports_of(plan, cast)
    rows["delegation"] = Delegation.objects.create(
        membership=cast.sender.memberships.get(),
        receiver=cast.preparer,
        starts_on=at().date(),
        ends_on=at().date(),
        reason="Đi họp.",
        made_by=cast.sender,
        made_at=at(),
    )
    rows["judgement"] = Judgement.objects.create(
        indicator=rows["indicator"],
        body=plan.province,
        as_of=at().date(),
        verdict=Verdict.ON_TRACK,
        reason="Theo báo cáo.",
        judged_by=cast.leader,
    )
    rows["document"] = IssuedDocument.objects.create(
        plan=plan,
        body=cast.district,
        kind=DocumentKind.PLAN,
        symbol="01-KH/HU",
        issued_on=at().date(),
        title="Kế hoạch",
    )
    rows["recommendation"] = recommendation_of(rows["accepted_period"], cast)
    rows |= calendar_of(plan, cast)
    rows |= editions_of(cast, rows["accepted_period"], rows["accepted"])
    rows["change"] = change_of(cast)
    rows["job"] = keep_file("export", "Bảng", owner=cast.administrator, at=at(), made=b"a", made_name="a.csv")
    rows["tombstone"] = tombstone_of(rows["accepted"], cast)
    return World(people_of(cast), rows)


def people_of(cast: Cast) -> dict[str, User]:
    """Return the people by the names of the columns."""
    return {
        "other": cast.other_preparer,
        "preparer": cast.preparer,
        "sender": cast.sender,
        "reviewer": cast.reviewer,
        "leader": cast.leader,
        "viewer": cast.viewer,
        "admin": cast.administrator,
    }


def change_of(cast: Cast) -> BodyChange:
    """Draw up a change of bodies that moves nothing yet."""
    return BodyChange.objects.create(
        code="sap-xep",
        title="Sắp xếp",
        happened_on=at().date(),
        created_at=at(),
        proposal={"pairs": [[cast.other_district.code, cast.district.code, "absorb"]]},
    )


def tombstone_of(report: Submission, cast: Cast) -> Tombstone:
    """Ask for the withdrawal of a line."""
    return Tombstone.objects.create(
        submission=report,
        line="group:1",
        scope=Scope.LINE,
        reason="Công an tỉnh yêu cầu.",
        asked_by=cast.administrator,
        asked_at=at(),
    )


def recommendation_of(period: Period, cast: Cast) -> Recommendation:
    """Make a recommendation that the district raised."""
    found = Recommendation.objects.create(
        period=period, addressee="centre", text="Kiến nghị", created_by=cast.reviewer, created_at=at()
    )
    found.bodies.add(cast.district)
    return found


def calendar_of(plan: Plan, cast: Cast) -> dict[str, Any]:
    """Give the preparer a calendar address, and the district an inspection."""
    inspection = Inspection.objects.create(
        plan=plan, body=cast.district, team="Đoàn kiểm tra", inspected_on=at().date(), findings="Chưa sơ kết."
    )
    return {"calendar": give_feed(cast.preparer, at=at()), "inspection": inspection}


def reports_of(plan: Plan, cast: Cast) -> dict[str, Any]:
    """Make the district's reports with their periods, a signed copy, a remark, and what is still owed."""
    group = make_group(plan, 1, tasks=1)
    rows: dict[str, Any] = {}
    for name, kind, state in STATES:
        bodies = [cast.district, cast.other_district]
        period = make_period(plan, kind, bodies=bodies, depth=Depth.FULL, request_file=scan())
        report = make_submission(period.expectations.get(body=cast.district), cast.preparer, state)
        make_entry(report, group=group)
        rows |= {name: report, f"{name}_period": period}
    SignedCopy.objects.create(
        submission=rows["accepted"], symbol="12-BC/HU", signed_on=at().date(), signatory="A", scan=scan()
    )
    rows["attachment"] = Attachment.objects.create(
        submission=rows["draft"],
        file=scan(),
        name="Quyết định.pdf",
        kind="pdf",
        size=15,
        sha256="0" * 64,
        uploaded_by=cast.preparer,
        uploaded_at=at(),
    )
    rows["workbook"] = empty_workbook(rows["draft"], cast.preparer)
    keep_delivery(rows["accepted"], cast.sender)
    rows["owed"] = rows["draft_period"].expectations.get(body=cast.district)
    rows["remark"] = Remark.objects.create(
        expectation=rows["received"].expectation,
        raised_in=rows["received"],
        line="group:1",
        text="Nêu rõ.",
        asked_by=cast.reviewer,
        asked_at=at(),
    )
    return rows


def editions_of(cast: Cast, period: Period, report: Submission) -> dict[str, Any]:
    """Make a report that is being written, with a draft sent to the district, and one that is issued."""
    edition = make_edition(period, cast)
    parts = give_parts(edition, cast, report)
    report_data = to_data(make_report())
    draft = edition.drafts.create(number=2, content=report_data, sha256="0" * 64, sent_by=cast.reviewer, sent_at=at())
    draft.addressees.add(cast.district)
    comment = draft.comments.create(
        body=cast.district, text="Bổ sung.", received_on=at().date(), recorded_by=cast.reviewer
    )
    parts["draft"].delete()
    issued = make_edition(period, cast, kind=Product.BRIEF)
    EditionFile.objects.create(
        edition=issued, name="a.docx", content_type="x", content=b"PK", size=2, sha256="0" * 64, made_at=at()
    )
    set_issued(issued, cast, content=report_data)
    return {"edition": edition, "edition_draft": draft, "comment": comment, "issued": issued}


def empty_workbook(report: Submission, by: User) -> WorkbookUpload:
    """Make an uploaded workbook without a sheet: its preview names what is missing."""
    content = io.BytesIO()
    openpyxl.Workbook().save(content)
    return WorkbookUpload.objects.create(
        submission=report,
        file=SimpleUploadedFile("bieu-mau.xlsx", content.getvalue()),
        name="bieu-mau.xlsx",
        sha256="0" * 64,
        cells={"properties": {}, "sheets": []},
        uploaded_by=by,
        uploaded_at=at(),
    )


def keep_delivery(report: Submission, by: User) -> Delivery:
    """Keep a delivery of a report as sending would have."""
    content = freeze(report)
    return Delivery.objects.create(
        submission=report, number=1, token="t", content=content, sha256=sha256_of(content), delivered_by=by,
        delivered_at=at(),
    )  # fmt: skip


def lines_of(plan: Plan, body: Body) -> dict[str, Any]:
    """Make an assignment, an indicator and a counter that a body answers for."""
    assignment = make_assignment(plan)
    AssignmentParty.objects.create(assignment=assignment, order=1, body=body, role=PartyRole.LEAD, printed=body.name)
    indicator, counter = make_indicator(plan), make_counter(plan)
    figures: tuple[dict[str, Any], ...] = ({"indicator": indicator}, {"counter": counter})
    for place, figure in enumerate(figures):
        IndicatorReporter.objects.create(code=f"r{place}", body_kind=body.kind, channel=Channel.AREA, **figure)
    return {"assignment": assignment, "indicator": indicator, "counter": counter}


def scan() -> SimpleUploadedFile:
    """Return a small PDF."""
    return SimpleUploadedFile("van-ban.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
