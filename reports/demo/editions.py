"""Plays the editions of the demonstration: one issued and corrected later, a draft with comments, two on a desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from plan_tracker.accounts.models import User
from reports.choices import Authority, PeriodState, Product, SubmissionState
from reports.choices_editions import Handling
from reports.demo.cast import OFFICE_SUFFIX
from reports.demo.stage import moment, seat, step
from reports.demo.texts import SIGNATORY
from reports.edition_comments import add_comment, handle_comment
from reports.edition_moves import EditionData, Signing
from reports.edition_opening import open_edition
from reports.edition_signing import proposed_term
from reports.edition_steps import take_edition_step
from reports.models import Edition, EditionDraft, Period, Submission
from reports.moves import StepData
from reports.signed_copies import CopyData
from tasks.choices import BodyKind
from tasks.models import Body, Plan

NUMBER = "45"
ASKED = 6
# What bodies say of the draft, and what became of it; the last two wait.
COMMENTS: tuple[tuple[str, str, Handling, str], ...] = (
    (
        "I",
        "Đề nghị nêu rõ số hội nghị quán triệt đã tổ chức ở cấp xã.",
        Handling.TAKEN,
        "Đã bổ sung theo biểu số liệu hoạt động.",
    ),
    (
        "II.2",
        "Đề nghị bổ sung kết quả mô hình dân vận khéo của địa phương vào nhóm 8.",
        Handling.EXPLAINED,
        "Giữ như dự thảo: báo cáo chỉ nêu một số ví dụ tiêu biểu, số liệu đầy đủ ở phụ lục.",
    ),
    ("III", "Phần hạn chế cần nêu rõ nguyên nhân chủ quan.", Handling.OPEN, ""),
    ("", "Nhất trí với dự thảo báo cáo.", Handling.OPEN, ""),
)


@dataclass(frozen=True)
class Desk:
    """Who works on the editions: the two reviewers and the leader."""

    reviewer: User
    second: User
    leader: User


def play_editions(plan: Plan, today: date) -> None:
    """Issue the report of the oldest period, send a draft of the latest out, and lay others on the leader's desk."""
    people = User.objects.filter(is_demo=True).in_bulk(field_name="username")
    desk = Desk(people["chuyenvien"], people["chuyenvien2"], people["lanhdao"])
    past = _past(plan, today)
    if not past:
        return
    play_issued(desk, past[0])
    if len(past) > 1:
        play_draft(desk, past[-1], today)
        hand_up(desk, past[-2], Product.STANDING)
    if len(past) > 2:
        approve(desk, past[-2], Product.BRIEF)


def _past(plan: Plan, today: date) -> list[Period]:
    """Return the periods whose due day is past by two weeks, the oldest first."""
    latest = moment(today - timedelta(days=14), 0)
    rows = Period.objects.filter(plan=plan, is_demo=True, due_at__lt=latest).exclude(state=PeriodState.CANCELLED)
    return list(rows.select_related("plan__issuer").order_by("due_at"))


def after(period: Period, days: int, hour: int = 9) -> datetime:
    """Return a moment so many days after a period was due."""
    return moment(timezone.localtime(period.due_at).date() + timedelta(days=days), hour)


def opened(desk: Desk, period: Period, kind: Product, at: datetime) -> Edition:
    """Open an edition with every section marked as ready."""
    edition = open_edition(period, kind, actor=desk.reviewer, at=at, on=timezone.localtime(at).date())
    edition.sections.update(is_ready=True, saved_by=desk.reviewer, saved_at=at)
    return edition


def take(edition: Edition, name: str, actor: User, at: datetime, data: EditionData | None = None) -> Edition:
    """Take a step through the one door."""
    return take_edition_step(edition, name, actor=actor, standing=seat(actor, at), at=at, data=data)


def hand_up(desk: Desk, period: Period, kind: Product) -> Edition:
    """Lay a report on the leader's desk."""
    edition = opened(desk, period, kind, after(period, 10))
    return take(edition, "hand_up", desk.reviewer, after(period, 11))


def approve(desk: Desk, period: Period, kind: Product) -> Edition:
    """Let the leader approve a report; its number and date are still to come."""
    return take(hand_up(desk, period, kind), "approve", desk.leader, after(period, 12))


def play_issued(desk: Desk, period: Period) -> None:
    """Issue the committee's report of a period, and correct one of its reports afterwards."""
    edition, at = approve(desk, period, Product.COMMITTEE), after(period, 13)
    signing = Signing(
        number=NUMBER,
        signed_on=timezone.localtime(at).date(),
        term=proposed_term(timezone.localtime(at).date()),
        authority=Authority.DEPUTY,
        position="PHÓ TRƯỞNG BAN",
        signatory=SIGNATORY,
        recipients=(
            f"{period.plan.issuer.name} (báo cáo)",
            "Các địa phương, cơ quan trong Kế hoạch",
            "Lưu Văn phòng Ban",
        ),
    )
    take(edition, "issue", desk.reviewer, at, EditionData(signing=signing))
    corrected_later(desk, period)


def corrected_later(desk: Desk, period: Period) -> None:
    """Correct the figures of one accepted report a month later: the issued report does not follow."""
    rows = Submission.objects.filter(expectation__period=period, state=SubmissionState.ACCEPTED)
    rows = rows.filter(expectation__body__kind=BodyKind.DISTRICT)
    report = rows.select_related("expectation__body").order_by("expectation__body__order").first()
    if report is None:
        return
    body, at = report.expectation.body, after(period, 40)
    sender = User.objects.get(username=f"{body.code}{OFFICE_SUFFIX}")
    on = timezone.localtime(at).date()
    data = StepData(correcting_symbol=f"215-CV/{body.symbol}", correcting_date=on)
    new = step(report, "correct", sender, at, data=data)
    for value in new.counter_values.filter(in_period__isnull=False).order_by("counter__order")[:3]:
        value.in_period = (value.in_period or 0) + 2
        if value.cumulative is not None:
            value.cumulative += 2
        value.save(update_fields=["in_period", "cumulative"])
    copy = CopyData(
        symbol=f"216-BC/{body.symbol}",
        signed_on=on,
        signatory=SIGNATORY,
        position="PHÓ BÍ THƯ",
        authority=Authority.ON_BEHALF,
    )
    sent = StepData(declared_no_secret=True, copy=copy)
    new = step(new, "send", sender, at + timedelta(hours=2), data=sent, token=f"demo-edition-{new.pk}")
    new = step(new, "receive", desk.second, at + timedelta(hours=4))
    step(new, "accept", desk.second, at + timedelta(days=1))


def play_draft(desk: Desk, period: Period, today: date) -> None:
    """Send the draft of the latest period out; some bodies comment, two comments are dealt with."""
    at = after(period, 8)
    edition = opened(desk, period, Product.COMMITTEE, at)
    owed = period.expectations.filter(body__kind=BodyKind.DISTRICT).select_related("body")
    asked = tuple(row.body for row in owed.order_by("-body__order", "body__code")[:ASKED])
    by = timezone.localtime(at).date() + timedelta(days=10)
    take(edition, "send_out", desk.reviewer, at + timedelta(hours=1), EditionData(bodies=asked, comments_by=by))
    comment(desk, edition.drafts.get(), asked, min(by, today))


def comment(desk: Desk, draft: EditionDraft, asked: Sequence[Body], on: date) -> None:
    """Let bodies comment, and answer what is answered."""
    for body, (place, text, handling, said) in zip(asked, COMMENTS, strict=False):
        writer = User.objects.get(username=body.code)
        row = add_comment(draft, body, place, text, actor=writer, on=on)
        if handling != Handling.OPEN:
            handle_comment(row, handling, said, seen=Handling.OPEN, actor=desk.reviewer, at=moment(on, 15))
