"""What the tests of the period and review pages share: a period of two districts, and reports sent to it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.test import Client

from plan_tracker.accounts.models import User
from reports.choices import Depth
from reports.models import CounterValue, Expectation, Period, Submission
from reports.signed_copies import CopyData
from reports.workflow import StepData, take_step
from targets.models import IndicatorReporter
from tasks.choices import BodyKind
from tests.factories import (
    at,
    make_counter,
    make_entry,
    make_group,
    make_period,
    make_plan,
    make_submission,
)
from tests.people import Cast, standing


def signed_in(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    client.cookies["django_language"] = "en"
    User.objects.filter(pk=user.pk).update(language="en")
    return client


def send(expectation: Expectation, cast: Cast, text: str = "Đã tổ chức 04 hội nghị.") -> Submission:
    """A whole report of the district, sent."""
    report = make_submission(expectation, cast.preparer, strengths="Tốt.", coming_work="Tiếp tục.")
    plan = expectation.period.plan
    for group in plan.groups.all():
        make_entry(report, text, group=group)
    CounterValue.objects.create(submission=report, counter=plan.counters.get(), in_period=Decimal("1240"))
    return step(report, "send", cast.sender)


def step(report: Submission, name: str, actor: User, hour: int = 9) -> Submission:
    copy = CopyData("45-BC/HU", date(2024, 6, 10), "Người ký A")
    data = StepData(declared_no_secret=True, copy=copy)
    return take_step(report, name, actor=actor, standing=standing(actor), at=at(10, hour), data=data)


def asked_period(cast: Cast) -> Period:
    """A full period of both districts, with three groups and one counter."""
    plan = make_plan()
    for number in (1, 2, 3):
        make_group(plan, number, tasks=2)
    counter = make_counter(plan)
    IndicatorReporter.objects.create(code="c", counter=counter, body_kind=BodyKind.DISTRICT, channel="area")
    return make_period(plan, bodies=[cast.district, cast.other_district], depth=Depth.FULL)


def own(period: Period, cast: Cast) -> Expectation:
    return period.expectations.get(body=cast.district)
