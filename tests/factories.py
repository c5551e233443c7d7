"""Rows for tests: plain functions that make a consistent graph with as little as a test needs to say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import count
from typing import Any

from plan_tracker.accounts.models import User
from plan_tracker.lib.dates import ZONE
from reports.choices import Depth, PeriodKind, PeriodState, SubmissionState
from reports.models import Entry, Expectation, Period, Submission
from targets.choices import Direction, Evaluation, OverBodies, OverTime
from targets.models import Counter, Definition, Indicator, Target
from tasks.choices import BodyKind, BodyLevel, DeadlineKind, PassageKind, WorkState
from tasks.models import Assignment, Body, Passage, Plan, Task, TaskGroup

_places = count(1)
SENT = frozenset(SubmissionState.values) - {
    SubmissionState.DRAFT,
    SubmissionState.AWAITING_SIGNATURE,
}


def at(day: int = 10, hour: int = 9, minute: int = 0, second: int = 0, *, month: int = 6) -> datetime:
    """Return a moment in 2024 on the wall clock of the office."""
    return datetime(2024, month, day, hour, minute, second, tzinfo=ZONE)


def make_body(code: str, kind: BodyKind = BodyKind.DISTRICT, **fields: Any) -> Body:
    """Return the body with this code, made when it is not there yet."""
    at_district = kind in {BodyKind.DISTRICT, BodyKind.SUBORDINATE}
    values: dict[str, Any] = {
        "name": code,
        "short_name": fields.get("name", code),
        "kind": kind,
        "level": BodyLevel.DISTRICT if at_district else BodyLevel.PROVINCE,
        "order": next(_places),
    }
    return Body.objects.get_or_create(code=code, defaults=values | fields)[0]


def make_plan(code: str = "ke-hoach", **fields: Any) -> Plan:
    """Return the plan with this code, made with its issuer and province when it is not there yet."""
    values = {
        "title": "Kế hoạch thử nghiệm",
        "short_title": "Kế hoạch thử nghiệm",
        "resolution": "Nghị quyết thử nghiệm",
        "issuer": make_body("tinh-uy", BodyKind.PROVINCIAL_COMMITTEE, name="Tỉnh uỷ"),
        "province": make_body("tinh", BodyKind.PROVINCE, name="Tỉnh"),
    }
    return Plan.objects.get_or_create(code=code, defaults=values | fields)[0]


def make_passage(plan: Plan, text: str = "Đoạn.", kind: PassageKind = PassageKind.PARAGRAPH) -> Passage:
    """Make a passage of the plan."""
    place = next(_places)
    return Passage.objects.create(plan=plan, order=place, code=f"P{place}", kind=kind, received=text, text=text)


def make_group(plan: Plan, number: int = 1, tasks: int = 0) -> TaskGroup:
    """Make a task group, with so many tasks."""
    heading = make_passage(plan, f"Nhóm {number}", PassageKind.HEADING)
    group = TaskGroup.objects.create(
        plan=plan, number=number, title=f"Nhóm {number}", short_title=f"Nhóm {number}", heading=heading
    )
    for place in range(1, tasks + 1):
        make_task(group, place)
    return group


def make_task(group: TaskGroup, number: int = 1) -> Task:
    """Make a task of a group."""
    code = f"{group.number}.{number}"
    return Task.objects.create(
        group=group, number=number, code=code, title=f"Nhiệm vụ {code}", passage=make_passage(group.plan)
    )


def make_assignment(plan: Plan, code: str = "IV.2", **fields: Any) -> Assignment:
    """Make an assignment of section IV."""
    values: dict[str, Any] = {
        "order": next(_places),
        "title": f"Nhiệm vụ {code}",
        "action": f"Thực hiện {code}",
        "passage": make_passage(plan),
        "deadline_kind": DeadlineKind.ONGOING,
    }
    return Assignment.objects.create(plan=plan, code=code, **(values | fields))


def make_indicator(plan: Plan, code: str = "T1.1", **fields: Any) -> Indicator:
    """Make an indicator with its target and a definition that holds since 2020."""
    target_code = code.partition(".")[0]
    passage = make_passage(plan)
    target = Target.objects.get_or_create(
        plan=plan, code=target_code, defaults={"order": next(_places), "title": target_code, "passage": passage}
    )[0]
    values: dict[str, Any] = {
        "order": next(_places),
        "title": f"Chỉ tiêu {code}",
        "short_title": f"Chỉ tiêu {code}",
        "passage": passage,
        "unit": "%",
        "decimals": 1,
        "direction": Direction.UP,
        "evaluation": Evaluation.END_STATE,
        "over_bodies": OverBodies.RATIO,
        "over_time": OverTime.LEVEL,
    }
    indicator = Indicator.objects.create(target=target, code=code, **(values | fields))
    Definition.objects.create(indicator=indicator, valid_from=date(2020, 1, 1), text=f"Định nghĩa {code}")
    return indicator


def make_counter(plan: Plan, code: str = "C01", **fields: Any) -> Counter:
    """Make a counter."""
    values: dict[str, Any] = {
        "order": next(_places),
        "section": "Chỉ đạo",
        "title": f"Số liệu {code}",
        "unit": "văn bản",
        "channel": "area",
    }
    return Counter.objects.create(plan=plan, code=code, **(values | fields))


def make_period(
    plan: Plan | None = None,
    kind: PeriodKind = PeriodKind.FIRST_HALF,
    year: int = 2024,
    *,
    bodies: Iterable[Body] = (),
    **fields: Any,
) -> Period:
    """Make a period (open, brief, due at 16:00 on 18/6) with what each of the bodies owes."""
    values: dict[str, Any] = {
        "depth": Depth.BRIEF,
        "data_from": date(year - 1, 12, 15),
        "data_to": date(year, 6, 14),
        "opens_on": date(year, 6, 1),
        "due_at": datetime(year, 6, 18, 16, tzinfo=ZONE),
        "state": PeriodState.OPEN,
    }
    period = Period.objects.create(plan=plan or make_plan(), kind=kind, year=year, **(values | fields))
    bodies = list(bodies)
    period.addressees.set(bodies)
    for body in bodies:
        Expectation.objects.create(period=period, body=body)
    return period


def make_submission(
    expectation: Expectation,
    by: User,
    state: SubmissionState = SubmissionState.DRAFT,
    *,
    version: int = 1,
    moment: datetime | None = None,
    **fields: Any,
) -> Submission:
    """Make a version of a report in any state, with the moments and persons that the state implies."""
    moment = moment or at()
    values: dict[str, Any] = {"created_by": by, "created_at": moment, "saved_by": by, "saved_at": moment}
    if state in SENT:
        values |= {"submitted_at": moment, "declared_no_secret": True}
    if state in {SubmissionState.RECEIVED, SubmissionState.RETURNED, SubmissionState.ACCEPTED}:
        values |= {"opened_at": moment, "received_at": moment, "received_by": by}
    if state in {SubmissionState.ACCEPTED, SubmissionState.SUPERSEDED}:
        values |= {"accepted_at": moment, "accepted_by": by}
    submission = Submission.objects.create(expectation=expectation, state=state, version=version, **(values | fields))
    if state in SENT and expectation.first_delivered_at is None:
        expectation.first_delivered_at = moment
        expectation.save(update_fields=["first_delivered_at"])
    return submission


def make_entry(submission: Submission, text: str = "Đã triển khai.", **subject: Any) -> Entry:
    """Make what a report says of one group, task or assignment: `make_entry(s, group=g)`."""
    state = subject.pop("state", WorkState.IN_PROGRESS)
    return Entry.objects.create(submission=submission, text=text, state=state, **subject)
