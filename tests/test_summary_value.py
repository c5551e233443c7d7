"""The summary of a period: what counts, what does not, who is missing, and how many queries it takes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.choices import Addressee, Depth, PeriodKind, ReportForm, ReportStanding, SubmissionState
from reports.models import CounterValue, Difficulty, Expectation, Period, Proposal, Reading, Submission
from reports.summaries import build_summary
from reports.summary_values import Summary
from targets.choices import Channel
from targets.models import Counter, Indicator, IndicatorReporter
from tasks.choices import BodyKind, DeadlineKind, DocumentKind, PartyRole, Timeliness, WorkState
from tasks.models import AssignmentParty, Body, IssuedDocument, Plan, TaskGroup
from tests.factories import (
    at,
    make_assignment,
    make_body,
    make_counter,
    make_entry,
    make_group,
    make_indicator,
    make_period,
    make_plan,
    make_submission,
)
from tests.people import Cast

pytestmark = pytest.mark.django_db
NOW = at(20)


@pytest.fixture
def plan() -> Plan:
    return make_plan()


@pytest.fixture
def group(plan: Plan) -> TaskGroup:
    return make_group(plan, 1, tasks=2)


@pytest.fixture
def period(cast: Cast, plan: Plan) -> Period:
    return make_period(plan, bodies=[cast.district, cast.other_district], depth=Depth.FULL)


def report(
    period: Period, body: Body, cast: Cast, state: SubmissionState = SubmissionState.ACCEPTED, **fields: Any
) -> Submission:
    return make_submission(Expectation.objects.get(period=period, body=body), cast.reviewer, state, **fields)


def summed(period: Period) -> Summary:
    return build_summary(Period.objects.select_related("plan__issuer").get(pk=period.pk), at=NOW)


def test_coverage_counts_who_sent_and_names_who_did_not(cast: Cast, period: Period) -> None:
    report(period, cast.district, cast)
    coverage = summed(period).coverage
    assert (coverage.expected, coverage.received, coverage.on_time, coverage.late) == (2, 1, 1, 0)
    assert [body.code for body in coverage.missing] == ["hu-b"]
    assert [row.standing for row in coverage.reports] == [ReportStanding.SENT_ON_TIME, ReportStanding.MISSING]


def test_a_late_report_and_an_exempt_body_are_told_apart(cast: Cast, period: Period) -> None:
    report(period, cast.district, cast, moment=at(19))
    Expectation.objects.filter(period=period, body=cast.other_district).update(exempt_reason="Đang sắp xếp")
    coverage = summed(period).coverage
    assert (coverage.expected, coverage.received, coverage.late, coverage.exempt) == (1, 1, 1, 1)
    assert coverage.missing == ()


def test_bodies_stand_in_the_official_order(cast: Cast, period: Period) -> None:
    Body.objects.filter(pk=cast.other_district.pk).update(order=0)
    assert [row.body.code for row in summed(period).coverage.reports] == ["hu-b", "hu-a"]


@pytest.mark.parametrize("state", [state for state in SubmissionState if state != SubmissionState.ACCEPTED])
def test_only_accepted_reports_count(cast: Cast, period: Period, group: TaskGroup, state: SubmissionState) -> None:
    submission = report(period, cast.district, cast, state)
    entry = make_entry(submission, "Chưa được tiếp nhận", group=group)
    Difficulty.objects.create(submission=submission, entry=entry, order=1, text="Khó khăn")
    summary = summed(period)
    assert summary.groups[0].entries == ()
    assert summary.groups[0].counts == ()
    assert summary.difficulties == ()


def test_a_group_counts_bodies_by_state_and_names_the_silent(cast: Cast, period: Period, group: TaskGroup) -> None:
    first, second = report(period, cast.district, cast), report(period, cast.other_district, cast)
    make_entry(first, "Đã mở 12 hội nghị.", group=group, state=WorkState.WITH_RESULTS)
    make_entry(first, "Đã làm.", task=group.tasks.get(number=1), state=WorkState.IN_PROGRESS)
    part = summed(period).groups[0]
    assert part.counts == ((WorkState.WITH_RESULTS, 1),)
    assert [(entry.source.body.code, entry.source.submission_pk) for entry in part.entries] == [("hu-a", first.pk)]
    assert [body.code for body in part.silent] == ["hu-b"]
    assert [(task.code, task.counts) for task in part.tasks] == [("1.1", ((WorkState.IN_PROGRESS, 1),))]
    assert second.pk


def test_a_nil_report_is_not_silent(cast: Cast, period: Period, group: TaskGroup) -> None:
    report(period, cast.district, cast, form=ReportForm.NIL)
    summary = summed(period)
    assert summary.groups[0].silent == ()
    assert [finding.bodies[0].code for finding in summary.findings if finding.kind == "nil"] == ["hu-a"]
    assert group.number == 1


def test_states_are_compared_with_the_year_before_rather_than_with_the_last_period(
    cast: Cast, plan: Plan, period: Period, group: TaskGroup
) -> None:
    year_before = make_period(plan, year=2023, bodies=[cast.district])
    make_period(plan, PeriodKind.QUARTER, 2024, ordinal=1, bodies=[cast.district], data_to=date(2024, 3, 14))
    make_entry(report(year_before, cast.district, cast), group=group, state=WorkState.NOT_STARTED)
    make_entry(report(period, cast.district, cast), group=group, state=WorkState.WITH_RESULTS)
    summary = summed(period)
    assert summary.compared_with is not None and summary.compared_with.pk == year_before.pk
    assert [(change.state, change.before, change.now) for change in summary.groups[0].changes] == [
        (WorkState.WITH_RESULTS, 0, 1),
        (WorkState.NOT_STARTED, 1, 0),
    ]


def test_difficulties_and_proposals_are_gathered_with_everybody_who_raises_them(
    cast: Cast, period: Period, group: TaskGroup
) -> None:
    for body, text in ((cast.district, "Thiếu kinh phí."), (cast.other_district, "thiếu kinh phí")):
        submission = report(period, body, cast)
        entry = make_entry(submission, group=group)
        Difficulty.objects.create(submission=submission, entry=entry, order=1, text=text)
        Proposal.objects.create(submission=submission, order=1, text="Bổ sung kinh phí", addressee=Addressee.CENTRE)
    summary = summed(period)
    assert [(note.text, [s.body.code for s in note.sources]) for note in summary.difficulties] == [
        ("Thiếu kinh phí.", ["hu-a", "hu-b"])
    ]
    assert [(row.addressee, len(row.notes[0].sources)) for row in summary.proposals] == [(Addressee.CENTRE, 2)]
    assert {s.line for s in summary.proposals[0].notes[0].sources} == {"closing"}
    assert {s.line for s in summary.difficulties[0].sources} == {"group:1"}


def supply(figure: Counter | Indicator, channel: Channel, kind: BodyKind, **fields: object) -> None:
    subject = {"counter": figure} if isinstance(figure, Counter) else {"indicator": figure}
    code = f"{figure.code}-{channel}".replace(".", "-")
    IndicatorReporter.objects.create(code=code, body_kind=kind, channel=channel, **subject, **fields)


def test_a_counter_adds_up_its_owning_channel_only(cast: Cast, plan: Plan, period: Period) -> None:
    front = make_body("mttq", BodyKind.FRONT)
    Expectation.objects.create(period=period, body=front)
    counter = make_counter(plan, "C01", channel=Channel.AREA)
    supply(counter, Channel.AREA, BodyKind.DISTRICT)
    supply(counter, Channel.BRANCH, BodyKind.FRONT)
    for body, number in ((cast.district, 12), (front, 100)):
        CounterValue.objects.create(
            submission=report(period, body, cast), counter=counter, in_period=number, cumulative=number * 2
        )
    total = summed(period).counters[0]
    assert [total.in_period, total.cumulative, total.beside] == [12, 24, 100]
    assert (total.suppliers, total.asked) == (1, 2)
    assert [body.code for body in total.missing] == ["hu-b"]


def test_a_counter_that_nobody_gives_has_no_figure_rather_than_zero(plan: Plan, period: Period) -> None:
    counter = make_counter(plan)
    supply(counter, Channel.AREA, BodyKind.DISTRICT)
    total = summed(period).counters[0]
    assert (total.in_period, total.cumulative, total.suppliers, total.asked) == (None, None, 0, 2)


def test_a_supplier_of_other_kinds_of_period_is_not_asked(plan: Plan, period: Period) -> None:
    counter = make_counter(plan)
    supply(counter, Channel.AREA, BodyKind.DISTRICT, period_kinds=["year"])
    assert summed(period).counters == ()


def test_a_ratio_is_sum_over_sum_and_names_who_is_missing(cast: Cast, plan: Plan, period: Period) -> None:
    third = make_body("hu-c", BodyKind.DISTRICT)
    Expectation.objects.create(period=period, body=third)
    indicator = make_indicator(plan, "T3.1")
    supply(indicator, Channel.AREA, BodyKind.DISTRICT)
    for body, above, below in ((cast.district, 10, 100), (cast.other_district, 90, 300)):
        Reading.objects.create(
            submission=report(period, body, cast),
            indicator=indicator,
            value=Decimal(above * 100) / below,
            numerator=above,
            denominator=below,
        )
    value = summed(period).indicators[0]
    assert [value.numerator, value.denominator, value.reported] == [100, 400, 25]
    assert (value.asked, [body.code for body in value.missing]) == (3, ["hu-c"])


def test_a_dated_assignment_is_done_by_the_register_and_overdue_without_it(
    cast: Cast, plan: Plan, period: Period
) -> None:
    assignment = make_assignment(
        plan, "IV.1a", deadline_kind=DeadlineKind.FIXED, due_on=date(2024, 6, 15), due_unit="day"
    )
    for order, body in enumerate((cast.district, cast.other_district)):
        AssignmentParty.objects.create(
            assignment=assignment, order=order, body=body, role=PartyRole.LEAD, printed=body.name
        )
    document = IssuedDocument.objects.create(
        plan=plan,
        body=cast.district,
        kind=DocumentKind.PLAN,
        symbol="45-KH/HU",
        issued_on=date(2024, 5, 2),
        title="Kế hoạch thực hiện",
    )
    document.assignments.add(assignment)
    summary = summed(period)
    value = summary.assignments[0]
    assert (value.done, value.asked, [body.code for body in value.overdue]) == (1, 2, ["hu-b"])
    assert [duty.state for duty in value.bodies] == [WorkState.DONE, Timeliness.OVERDUE]
    assert [(paper.symbol, paper.assignments) for paper in summary.documents] == [("45-KH/HU", ("IV.1a",))]


def test_demonstration_documents_and_periods_never_mix_with_real_ones(cast: Cast, plan: Plan, period: Period) -> None:
    IssuedDocument.objects.create(
        plan=plan,
        body=cast.district,
        kind=DocumentKind.PLAN,
        symbol="1-KH/HU",
        issued_on=date(2024, 5, 2),
        title="Minh hoạ",
        is_demo=True,
    )
    make_period(plan, year=2023, bodies=[cast.district], is_demo=True)
    summary = summed(period)
    assert summary.documents == ()
    assert summary.compared_with is None
    assert summary.is_demo is False


def test_the_number_of_queries_does_not_grow_with_the_bodies(cast: Cast, plan: Plan, group: TaskGroup) -> None:
    counter, indicator = make_counter(plan), make_indicator(plan)
    supply(counter, Channel.AREA, BodyKind.DISTRICT)
    supply(indicator, Channel.AREA, BodyKind.DISTRICT)

    def queries(number: int) -> int:
        bodies = [make_body(f"hu-{number}-{place}") for place in range(number)]
        period = make_period(plan, bodies=bodies, own_title=f"Kỳ {number}")
        for body in bodies:
            submission = report(period, body, cast)
            entry = make_entry(submission, group=group)
            Difficulty.objects.create(submission=submission, entry=entry, order=1, text="Khó khăn")
            CounterValue.objects.create(submission=submission, counter=counter, in_period=1)
            Reading.objects.create(submission=submission, indicator=indicator, numerator=1, denominator=2)
        given = Period.objects.select_related("plan__issuer").get(pk=period.pk)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert len(build_summary(given, at=NOW).groups[0].entries) == number
        return len(captured)

    few, many = queries(2), queries(30)
    assert few == many
    assert many <= 15
