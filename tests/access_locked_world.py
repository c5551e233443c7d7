"""The people and rows of the access table when all is over: accepted, closed, issued, settled, ended, in force."""

from __future__ import annotations

from datetime import date
from typing import Any

from plan_tracker.accounts.models import User
from reports.choices import PeriodState, Product, RemarkState
from reports.choices_editions import EditionState, Handling
from reports.choices_recommendations import RecommendationState
from reports.documents.report_json import to_data
from reports.models import Edition, EditionFile, EditionSection, Period, Recommendation, Remark, Submission, Tombstone
from reports.models.calendar import CalendarFeed
from reports.models.uploads import Attachment
from tasks.choices import ChangeState, DocumentKind, Role, SuccessionKind
from tasks.models import Body, BodyChange, Delegation, Inspection, IssuedDocument, Membership, Plan, Succession
from tests.access_world import World, empty_workbook, make_world, scan
from tests.documents import make_report
from tests.editions import SIGNED
from tests.factories import at, make_body
from tests.people import SINCE

LAST_DAY = date(2024, 3, 31)


def make_locked_world() -> World:
    """Make the world of the access table, and let everything in it come to its end."""
    world = make_world()
    rows, people = world.rows, world.people
    rows |= report_over(rows["accepted"], people)
    rows |= edition_over(rows["received_period"], people)
    rows |= body_over(rows["draft_period"], people)
    small_rows_over(rows, people)
    Period.objects.filter(pk=rows["accepted_period"].pk).update(state=PeriodState.CLOSED)
    return world


def report_over(report: Submission, people: dict[str, User]) -> dict[str, Any]:
    """Give the accepted report a file, an uploaded workbook and a remark that is settled."""
    attachment = Attachment.objects.create(
        submission=report,
        file=scan(),
        name="Quyết định.pdf",
        kind="pdf",
        size=15,
        sha256="1" * 64,
        uploaded_by=people["preparer"],
        uploaded_at=at(),
    )
    remark = Remark.objects.create(
        expectation=report.expectation,
        raised_in=report,
        line="group:1",
        text="Nêu rõ.",
        asked_by=people["reviewer"],
        asked_at=at(),
        state=RemarkState.SETTLED,
        settled_by=people["reviewer"],
        settled_at=at(),
    )
    workbook = empty_workbook(report, people["preparer"])
    owed = report.expectation
    return {"locked_file": attachment, "locked_remark": remark, "locked_workbook": workbook, "locked_owed": owed}


def edition_over(period: Period, people: dict[str, User]) -> dict[str, Any]:
    """Make an edition with a section, a draft sent to the district, a comment and a file; issue it."""
    content = to_data(make_report())
    edition = Edition.objects.create(
        period=period,
        kind=Product.COMMITTEE,
        issuer=Body.objects.get(is_summarizer=True),
        created_by=people["reviewer"],
        created_at=at(),
        is_demo=period.is_demo,
    )
    EditionSection.objects.create(edition=edition, key="group:1", text="Đã mở hội nghị.", is_own=True)
    EditionFile.objects.create(
        edition=edition, name="a.docx", content_type="x", content=b"PK", size=2, sha256="0" * 64, made_at=at()
    )
    draft = edition.drafts.create(number=1, content=content, sha256="0" * 64, sent_by=people["reviewer"], sent_at=at())
    draft.addressees.add(Body.objects.get(code="hu-a"))
    comment = draft.comments.create(
        body=Body.objects.get(code="hu-a"),
        text="Bổ sung.",
        received_on=at().date(),
        recorded_by=people["reviewer"],
        handling=Handling.TAKEN,
    )
    signed = SIGNED | {"number": 46, "symbol": "46-BC/BDVTU", "content": content}
    Edition.objects.filter(pk=edition.pk).update(
        state=EditionState.ISSUED, issued_by=people["leader"], issued_at=at(5, month=7), **signed
    )
    return {"locked_edition": edition, "locked_draft": draft, "locked_comment": comment}


def body_over(period: Period, people: dict[str, User]) -> dict[str, Any]:
    """Make a district that ended, for which the preparer and the sender worked, and what it still owes and issued."""
    gone = make_body("hu-cu", name="Huyện uỷ cũ", valid_to=LAST_DAY)
    for name, role in (("preparer", Role.PREPARER), ("sender", Role.SENDER)):
        Membership.objects.create(user=people[name], body=gone, role=role, starts_on=SINCE, ends_on=LAST_DAY)
    document = IssuedDocument.objects.create(
        plan=Plan.objects.get(),
        body=gone,
        kind=DocumentKind.PLAN,
        symbol="02-KH/HU",
        issued_on=date(2024, 2, 1),
        title="Kế hoạch cũ",
    )
    owed = period.expectations.create(body=gone)
    return {"gone": gone, "gone_owed": owed, "gone_document": document}


def small_rows_over(rows: dict[str, Any], people: dict[str, User]) -> None:
    """End, answer, withdraw and confirm the rest."""
    Delegation.objects.filter(pk=rows["delegation"].pk).update(ended_at=at())
    Recommendation.objects.filter(pk=rows["recommendation"].pk).update(state=RecommendationState.CLOSED)
    Inspection.objects.filter(pk=rows["inspection"].pk).update(remedied_on=at().date())
    CalendarFeed.objects.all().delete()
    rows["judgement"].expires_on = LAST_DAY
    rows["judgement"].save()
    Tombstone.objects.filter(pk=rows["tombstone"].pk).update(
        refused_at=at(), refused_by=people["admin"], refusal="Không phải bí mật."
    )
    change: BodyChange = rows["change"]
    Succession.objects.create(
        predecessor=rows["gone"],
        successor=rows["body"],
        kind=SuccessionKind.ABSORB,
        happened_on=date(2024, 4, 1),
        change=change,
    )
    BodyChange.objects.filter(pk=change.pk).update(
        state=ChangeState.CONFIRMED,
        confirmed_by=people["admin"],
        confirmed_at=at(),
        proposal={"pairs": [["hu-cu", rows["body"].code, SuccessionKind.ABSORB]]},
    )
