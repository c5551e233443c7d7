"""A plan small enough to fill in by hand, and what a browser would send: for the tests of the report form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from plan_tracker.accounts.models import User
from reports.choices import Depth, PeriodKind, SubmissionState
from reports.models import CounterValue, Expectation, Period, Submission
from reports.workflow import start_submission
from targets.choices import Channel
from targets.models import Counter, Indicator, IndicatorReporter
from tasks.choices import BodyKind, DeadlineKind, PartyRole, ScopeMode, WorkState
from tasks.models import Assignment, AssignmentParty, Plan, ScopeRule, Task
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
from tests.people import Cast, make_cast, standing


@dataclass(frozen=True)
class Scene:
    """Two groups of two tasks, two assignments that districts lead, two counters, two indicators, and the cast."""

    plan: Plan
    cast: Cast
    tasks: dict[str, Task]
    dated: Assignment
    ongoing: Assignment
    meetings: Counter
    people: Counter
    ratio: Indicator
    level: Indicator


def make_scene() -> Scene:
    """Make the plan, who is asked what, and the people."""
    plan, cast = make_plan(), make_cast()
    groups = [make_group(plan, number, tasks=2) for number in (1, 2)]
    tasks = {task.code: task for task in Task.objects.filter(group__in=groups)}
    for code, mode in (("1.1", ScopeMode.OWN_LINE), ("1.2", ScopeMode.IN_GROUP), ("2.1", ScopeMode.CONFIDENTIAL)):
        ScopeRule.objects.create(task=tasks[code], body_kind=BodyKind.DISTRICT, mode=mode)
    dated = make_assignment(plan, "IV.1a", deadline_kind=DeadlineKind.FIXED, due_on=at(30).date())
    ongoing = make_assignment(plan, "IV.1b")
    for assignment in (dated, ongoing):
        AssignmentParty.objects.create(
            assignment=assignment, order=1, body=cast.district, role=PartyRole.LEAD, printed="Huyện uỷ A"
        )
    meetings, people = make_counter(plan, "C01", unit="hội nghị"), make_counter(plan, "C02", unit="lượt người")
    ratio = make_indicator(plan, "T1.1", numerator_label="Tổ chức có kế hoạch", denominator_label="Tổng số tổ chức")
    level = make_indicator(plan, "T2.1", over_bodies="sum_of_bodies", unit="xã", decimals=1)
    for name, subject in (("c1", {"counter": meetings}), ("c2", {"counter": people})):
        IndicatorReporter.objects.create(code=name, body_kind=BodyKind.DISTRICT, channel=Channel.AREA, **subject)
    for name, indicator in (("t1", ratio), ("t2", level)):
        IndicatorReporter.objects.create(
            code=name,
            body_kind=BodyKind.DISTRICT,
            channel=Channel.AREA,
            indicator=indicator,
            period_kinds=[PeriodKind.YEAR],
        )
    return Scene(plan, cast, tasks, dated, ongoing, meetings, people, ratio, level)


def open_period(
    scene: Scene, depth: Depth = Depth.BRIEF, kind: PeriodKind = PeriodKind.FIRST_HALF, **more: Any
) -> Period:
    """Open a period for both districts."""
    bodies = (scene.cast.district, scene.cast.other_district)
    return make_period(scene.plan, kind, bodies=bodies, depth=depth, **more)


def start(scene: Scene, period: Period, by: User | None = None) -> Submission:
    """Begin the district's report."""
    who = by or scene.cast.preparer
    expectation = Expectation.objects.get(period=period, body=scene.cast.district)
    return start_submission(expectation, actor=who, standing=standing(who), at=at())


def signed_in(user: User) -> Client:
    """Return a browser in which somebody has signed in."""
    client = Client()
    client.force_login(user)
    return client


def page(name: str, *args: Any) -> str:
    """Return the address of a page of reports."""
    return reverse(f"reports:{name}", args=args)


def digests_in(html: str) -> dict[str, str]:
    """Return what a page carries to tell what it showed."""
    return dict(re.findall(r'name="(line-[^"]+-seen)" value="([^"]*)"', html))


def seen(client: Client, url: str) -> dict[str, str]:
    """Open a page as a browser does and return the digests that stand in its form."""
    response = client.get(url)
    assert response.status_code == 200, response.status_code
    return digests_in(response.content.decode())


def fill_lines(scene: Scene, submission: Submission) -> None:
    """Fill in every group, own line and assignment."""
    client = signed_in(scene.cast.preparer)
    urls = [page("report_group", submission.pk, number) for number in (1, 2)]
    for url in (*urls, page("report_assignments", submission.pk)):
        data = seen(client, url)
        for view in client.get(url).context["lines"]:
            state = "done" if view.line.key == "assignment:IV.1a" else "in_progress"
            data |= {f"{view.line.anchor}-state": state, f"{view.line.anchor}-text": f"Đã làm {view.line.key}."}
        assert client.post(url, data).status_code == 302


def fill_figures(scene: Scene, submission: Submission) -> None:
    """Fill in the counters and, where there are any, the indicators."""
    client = signed_in(scene.cast.preparer)
    url = page("report_counters", submission.pk)
    figures = {"line-counter-C01-in_period": "6", "line-counter-C02-in_period": "1.240"}
    assert client.post(url, seen(client, url) | figures).status_code == 302


def fill_closing(scene: Scene, submission: Submission) -> None:
    """Fill in the closing part."""
    client = signed_in(scene.cast.preparer)
    url = page("report_closing", submission.pk)
    texts = {"strengths": "Tốt.", "weaknesses": "Còn hạn chế.", "causes": "Nguồn lực.", "coming_work": "Tiếp tục."}
    rows = {"difficulty": ["Thiếu cán bộ."], "proposal": ["Quan tâm."], "addressee": ["centre"]}
    data = seen(client, url) | {f"line-closing-{name}": value for name, value in (texts | rows).items()}
    assert client.post(url, data).status_code == 302


def earlier_report(scene: Scene, text: str = "Kỳ trước: 04 hội nghị.") -> Submission:
    """Make an accepted report of the year before."""
    window = {"data_from": at().date().replace(year=2023, month=1), "data_to": at().date().replace(year=2023, month=11)}
    period = open_period(scene, Depth.FULL, PeriodKind.NINE_MONTHS, **window)
    expectation = period.expectations.get(body=scene.cast.district)
    submission = make_submission(expectation, scene.cast.preparer, SubmissionState.ACCEPTED)
    make_entry(submission, text, group=scene.tasks["1.1"].group, state=WorkState.WITH_RESULTS)
    CounterValue.objects.create(submission=submission, counter=scene.meetings, in_period=4, cumulative=1004)
    return submission
