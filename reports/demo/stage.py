"""Plays the demonstration: opens the periods, and takes every report through the workflow as far as its fate goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.db.models import F
from django.utils import timezone

from plan_tracker.accounts.models import User
from reports.choices import Authority, PeriodState
from reports.demo.calendar import Round, rounds_until
from reports.demo.cast import OFFICE_SUFFIX, make_cast
from reports.demo.register import fill_registers, hold_inspections
from reports.demo.reminding import remind_until
from reports.demo.texts import CORRECTED_TEXT, REMARKS, SIGNATORY
from reports.demo.writing import write_report
from reports.expectations import reporting_bodies
from reports.models import Expectation, Notice, Period, Submission
from reports.moves import StepData
from reports.outline import outline_of
from reports.periods import RequestDocument, open_period
from reports.remarks import answer, ask
from reports.signed_copies import CopyData
from reports.workflow import start_submission, take_step
from tasks.choices import BodyKind, PartyRole
from tasks.models import AssignmentParty, Body, Plan
from tasks.permissions import Standing, standing_of

# Whose reports a vice chair signs, not a deputy secretary.
FRONT_AND_UNIONS = (BodyKind.FRONT, BodyKind.SOCIO_POLITICAL, BodyKind.MASS_ASSOCIATION)
# How far a report goes, with weights: long past rounds, the round just past, and the round under way.
PAST = (("accepted", 80), ("accepted_late", 9), ("returned_then_accepted", 7), ("missing", 4))
CORRECTED = "corrected"
# In the round just past these bodies, by their place, stand in the states that a visitor wants to see.
SHOWPIECES = {2: "awaiting", 5: "submitted", 8: "received", 13: "returned", 16: CORRECTED, 19: "missing"}
JUST_PAST = (
    ("accepted", 52),
    ("accepted_late", 6),
    ("returned_then_accepted", 8),
    ("received", 8),
    ("submitted", 10),
    ("returned", 8),
    ("missing", 8),
)
RECENT = timedelta(days=120)
UNDER_WAY = (("missing", 58), ("draft", 22), ("awaiting", 8), ("submitted", 12))
# Before the window has ended there is nothing to sign yet.
COLLECTING = (("missing", 72), ("draft", 28))


@dataclass(frozen=True)
class Company:
    """The plan, the bodies that report, the accounts that act, and the day on which the curtain falls."""

    plan: Plan
    bodies: tuple[Body, ...]
    cast: dict[str, User]
    today: date

    def preparer(self, body: Body) -> User:
        """Return who writes a body's report."""
        return self.cast[body.code]

    def sender(self, body: Body) -> User:
        """Return who sends a body's report."""
        return self.cast[body.code + OFFICE_SUFFIX]


def play(plan: Plan, today: date) -> None:
    """Make accounts, registers, inspections and every round up to a day; the same day gives the same data."""
    bodies = dated_addressees(plan)
    company = Company(plan, tuple(bodies), make_cast(bodies), today)
    fill_registers(plan, bodies, today)
    hold_inspections(plan, bodies, today)
    rounds = rounds_until(today)
    past = [item for item in rounds if item.is_past(today)]
    for item in rounds:
        latest = bool(past) and item == past[-1]
        play_round(company, item, fates_of(item, today, latest=latest), today)
    remind_until(today, company.cast["chuyenvien"])
    read_old_notices(today)


def read_old_notices(today: date) -> None:
    """Leave only the messages of the last month unread."""
    old = Notice.objects.filter(is_demo=True, created_at__lt=moment(today, 0) - timedelta(days=30))
    old.update(read_at=F("created_at"))


def fates_of(item: Round, today: date, *, latest: bool) -> tuple[tuple[str, int], ...]:
    """Return how far the reports of a round have come by today."""
    if item.is_past(today):
        return JUST_PAST if latest else PAST
    return UNDER_WAY if item.data_to < today else COLLECTING


def dated_addressees(plan: Plan) -> list[Body]:
    """Return the bodies that report: those whom item IV.1a names, one for those that report together."""
    parties = AssignmentParty.objects.filter(
        assignment__plan=plan, assignment__code="IV.1a", role=PartyRole.LEAD
    ).select_related("body__reports_through", "body_group")
    named: dict[int, Body] = {}
    for party in parties:
        members = [party.body] if party.body else []
        if party.body_group:
            members += list(party.body_group.members.select_related("reports_through"))
        named |= {body.pk: body for body in members}
    return reporting_bodies(named.values(), on=date(2024, 6, 14))


def play_round(company: Company, item: Round, fates: tuple[tuple[str, int], ...], today: date) -> None:
    """Open one period and let every body report, or not."""
    opened_at = moment(item.opens_on, 8)
    period = open_period(
        plan=company.plan,
        kind=item.kind,
        year=item.year,
        ordinal=item.ordinal,
        depth=item.depth,
        window=(item.data_from, item.data_to),
        opens_on=item.opens_on,
        due_at=item.due_at,
        addressees=company.bodies,
        request=RequestDocument(symbol=f"{item.data_to.month + 40}-CV/BDVTU", date=item.opens_on, signatory=SIGNATORY),
        actor=company.cast["chuyenvien"],
        at=opened_at,
        is_demo=True,
    )
    expectations = period.expectations.select_related("body", "period__plan").order_by("body__order")
    for place, expectation in enumerate(expectations):
        random = Random(f"{item.kind}{item.year}:{expectation.body.code}")  # noqa: S311 - the same play every time
        names, weights = zip(*fates, strict=True)
        fate = random.choices(names, weights=weights)[0]
        if fates is JUST_PAST:
            fate = SHOWPIECES.get(place, fate)
        elif fates is PAST and place == 7:
            fate = "accepted_late"
        play_report(company, expectation, fate, random, today)
    if fates is PAST:
        Period.objects.filter(pk=period.pk).update(state=PeriodState.CLOSED)


def play_report(company: Company, expectation: Expectation, fate: str, random: Random, today: date) -> None:
    """Take one report as far as its fate goes."""
    if fate == "missing":
        return
    body, due_at = expectation.body, expectation.due_at
    due_on = timezone.localtime(due_at).date()
    began_at = moment(min(due_on - timedelta(days=random.randint(4, 9)), today), 8)
    if fate == "accepted_late":
        began_at = moment(due_on + timedelta(days=random.randint(1, 6)), 8)
    writer = company.preparer(body)
    report = start_submission(expectation, actor=writer, standing=seat(writer, began_at), at=began_at)
    seed = f"{expectation.period.kind}{expectation.period.year}:{body.code}"
    outline = outline_of(expectation.period, body)
    write_report(report, outline, actor=writer, at=began_at + timedelta(hours=2), seed=seed)
    if fate == "draft":
        leave_unfinished(report)
        return
    signed_at = began_at + timedelta(days=1)
    if fate == "awaiting":
        step(report, "prepare", writer, began_at + timedelta(hours=3))
        return
    report = send(company, report, signed_at + timedelta(hours=4), random)
    review(company, report, fate, signed_at + timedelta(days=1), random)


def leave_unfinished(report: Submission) -> None:
    """Take the last lines away again: the clerk has not come to them yet."""
    rows = report.entries.order_by("-pk").values_list("pk", flat=True)
    report.entries.filter(pk__in=list(rows[: max(3, len(rows) // 3)])).delete()


def send(company: Company, report: Submission, at: datetime, random: Random) -> Submission:
    """Send a report with the data of its signed copy; now and then the paper follows later."""
    body = report.expectation.body
    copy = CopyData(
        symbol=f"{random.randint(20, 480)}-BC/{body.symbol}",
        signed_on=timezone.localtime(at).date(),
        signatory=SIGNATORY,
        position="PHÓ CHỦ TỊCH" if body.kind in FRONT_AND_UNIONS else "PHÓ BÍ THƯ",
        authority=Authority.ON_BEHALF,
    )
    is_recent = timezone.localtime(at).date() > company.today - RECENT
    if random.random() < 0.12 and is_recent:
        copy = CopyData(follows_by=timezone.localtime(at).date() + timedelta(days=5))
    data = StepData(declared_no_secret=True, copy=copy)
    return step(report, "send", company.sender(body), at, data=data, token=f"demo-{report.pk}-{at:%Y%m%d%H%M}")


def review(company: Company, report: Submission, fate: str, at: datetime, random: Random) -> None:
    """Receive, ask for more or accept, as the fate says."""
    if fate == "submitted":
        return
    reviewer = company.cast[random.choice(("chuyenvien", "chuyenvien2"))]
    report = step(report, "receive", reviewer, at)
    if fate == "received":
        return
    if fate in {"returned", "returned_then_accepted"}:
        line = f"group:{random.randint(1, 8)}"
        remark = ask(report.expectation, report, line, random.choice(REMARKS), actor=reviewer, at=at)
        report = step(report, "return", reviewer, at + timedelta(hours=1), reason="Đề nghị bổ sung theo ý kiến.")
        if fate == "returned":
            return
        writer = company.preparer(report.expectation.body)
        answer(remark, "Đã bổ sung số liệu theo đề nghị.", actor=writer, at=at + timedelta(hours=20))
        report = send(company, report, at + timedelta(days=1), random)
        report = step(report, "receive", reviewer, at + timedelta(days=1, hours=2))
    report = step(report, "accept", reviewer, at + timedelta(days=2))
    if fate == CORRECTED:
        correct(company, report, reviewer, at + timedelta(days=4), random)


def correct(company: Company, report: Submission, reviewer: User, at: datetime, random: Random) -> None:
    """Correct an accepted report by a document: the new version is sent and accepted, the old one superseded."""
    body = report.expectation.body
    on = timezone.localtime(at).date()
    data = StepData(correcting_symbol=f"{random.randint(20, 480)}-CV/{body.symbol}", correcting_date=on)
    report = step(report, "correct", company.sender(body), at, data=data)
    report.entries.filter(group__number=2).update(text=CORRECTED_TEXT)
    report = send(company, report, at + timedelta(hours=3), random)
    report = step(report, "receive", reviewer, at + timedelta(hours=5))
    step(report, "accept", reviewer, at + timedelta(days=1))


def step(  # noqa: PLR0913 - who takes which step when, why and with what
    report: Submission,
    name: str,
    actor: User,
    at: datetime,
    *,
    reason: str = "",
    data: StepData | None = None,
    token: str = "",
) -> Submission:
    """Take a step through the one door."""
    return take_step(report, name, actor=actor, standing=seat(actor, at), at=at, reason=reason, data=data, token=token)


def seat(user: User, at: datetime) -> Standing:
    """Return who the account is on the day."""
    return standing_of(user, on=timezone.localtime(at).date())


def moment(day: date, hour: int) -> datetime:
    """Return an hour of a day on the office's wall clock."""
    return timezone.make_aware(datetime.combine(day, time(hour)))
