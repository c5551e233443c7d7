"""What an accepted report publishes, and what a correction takes back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from plan_tracker.accounts.models import User
from reports.choices import ReportForm, SubmissionState
from reports.models import CounterValue, Difficulty, Entry, Expectation, Notice, Proposal, Reading, Submission
from reports.moves import StepRefused
from reports.workflow import StepData, available_steps, take_step
from targets.choices import ObservationStatus, OverBodies
from targets.models import Observation
from tasks.choices import WorkState
from tasks.models import Progress
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
from tests.people import Cast, standing

pytestmark = pytest.mark.django_db
State = SubmissionState
CORRECTING = StepData(correcting_symbol="50-CV/HU", correcting_date=date(2024, 6, 20), declared_no_secret=True)


@pytest.fixture
def expectation(cast: Cast) -> Expectation:
    return make_period(make_plan(), bodies=[cast.district]).expectations.get()


@pytest.fixture
def received(cast: Cast, expectation: Expectation) -> Submission:
    """A received report with a group, a task that serves another one too, an assignment and two figures."""
    plan = expectation.period.plan
    group = make_group(plan, 2, tasks=3)
    first, second, third = group.tasks.all()
    report = make_submission(expectation, cast.preparer, State.RECEIVED, strengths="Tốt.")
    make_entry(report, "Nhóm.", group=group)
    make_entry(report, "Một và hai.", task=first).also_serves.add(second)
    make_entry(report, "Kín.", task=third, state=WorkState.SEPARATE)
    make_entry(report, "Xong.", assignment=make_assignment(plan), state=WorkState.DONE)
    share, number = make_indicator(plan, "T1.1"), make_indicator(plan, "T1.2", over_bodies=OverBodies.SUM, unit="hộ")
    Reading.objects.create(submission=report, indicator=share, numerator=Decimal(3), denominator=Decimal(8))
    Reading.objects.create(submission=report, indicator=number, value=Decimal(120))
    return report


def accept(report: Submission, actor: User, day: int = 20) -> Submission:
    return take_step(report, "accept", actor=actor, standing=standing(actor), at=at(day))


def correct(report: Submission, actor: User) -> Submission:
    return take_step(report, "correct", actor=actor, standing=standing(actor), at=at(21), data=CORRECTING)


def test_acceptance_publishes_progress_and_figures(cast: Cast, received: Submission) -> None:
    accept(received, cast.reviewer)
    rows = {
        str(row.group or row.task or row.assignment): (row.state, row.text)
        for row in Progress.objects.current().select_related("group", "task", "assignment")
    }
    assert rows == {
        "2. Nhóm 2": (WorkState.IN_PROGRESS, "Nhóm."),
        "2.1 Nhiệm vụ 2.1": (WorkState.IN_PROGRESS, "Một và hai."),
        "2.2 Nhiệm vụ 2.2": (WorkState.IN_PROGRESS, "Một và hai."),
        "2.3 Nhiệm vụ 2.3": (WorkState.SEPARATE, ""),
        "IV.2 Nhiệm vụ IV.2": (WorkState.DONE, "Xong."),
    }
    row = Progress.objects.first()
    assert row is not None
    assert (row.as_of, row.source, row.is_demo) == (date(2024, 6, 14), f"submission:{received.pk}", False)
    figures = {row.indicator.code: row for row in Observation.objects.select_related("indicator")}
    assert {code: row.value for code, row in figures.items()} == {"T1.1": Decimal("37.5"), "T1.2": Decimal(120)}
    share = figures["T1.1"]
    assert (share.numerator, share.denominator) == (Decimal(3), Decimal(8))
    assert (share.covers_from, share.covers_to) == (date(2023, 12, 15), date(2024, 6, 14))
    assert (share.status, share.body) == (ObservationStatus.REPORTED, cast.district)
    assert share.source_ref == f"submission:{received.pk}"


def test_nothing_is_published_before_acceptance(received: Submission) -> None:
    assert not Progress.objects.exists() and not Observation.objects.exists()


def test_a_nil_report_publishes_nothing(cast: Cast, received: Submission) -> None:
    received.form = ReportForm.NIL
    received.save(update_fields=["form"])
    accept(received, cast.reviewer)
    assert not Progress.objects.exists() and not Observation.objects.exists()


def test_what_comes_from_a_demonstration_period_is_marked(cast: Cast, received: Submission) -> None:
    period = received.expectation.period
    period.is_demo = True
    period.save()
    accept(received, cast.reviewer)
    assert set(Progress.objects.values_list("is_demo", flat=True)) == {True}
    assert set(Observation.objects.values_list("is_demo", flat=True)) == {True}


def test_a_provincial_bodys_figure_of_the_province_belongs_to_the_province(cast: Cast) -> None:
    plan = make_plan()
    expectation = make_period(plan, bodies=[cast.standing_committee]).expectations.get()
    report = make_submission(expectation, cast.preparer, State.RECEIVED)
    official = make_indicator(plan, over_bodies=OverBodies.OFFICIAL)
    Reading.objects.create(submission=report, indicator=official, value=Decimal("7.1"))
    accept(report, cast.reviewer)
    assert Observation.objects.get().body == plan.province


def test_a_figure_whose_object_is_gone_is_not_published(cast: Cast, received: Submission) -> None:
    for reading in received.readings.all():
        reading.indicator.definitions.update(valid_to=date(2024, 6, 13))
    accept(received, cast.reviewer)
    assert not Observation.objects.exists()


def test_a_correction_begins_as_a_copy_and_the_accepted_version_stands(cast: Cast, received: Submission) -> None:
    counter = make_counter(received.expectation.period.plan)
    CounterValue.objects.create(submission=received, counter=counter, in_period=Decimal(5))
    entry = received.entries.get(group__isnull=False)
    Difficulty.objects.create(submission=received, entry=entry, order=1, text="Khó.")
    Proposal.objects.create(submission=received, order=1, text="Đề nghị.")
    accept(received, cast.reviewer)
    draft = correct(received, cast.sender)
    received.refresh_from_db()
    assert (received.state, draft.state, draft.version) == (State.ACCEPTED, State.DRAFT, 2)
    assert (draft.corrects_symbol, draft.strengths) == ("50-CV/HU", "Tốt.")
    assert draft.entries.count() == received.entries.count() == 4
    assert draft.difficulties.get().entry == draft.entries.get(group__isnull=False)
    assert draft.proposals.get().entry is None
    assert draft.counter_values.get().in_period == 5
    assert {reading.indicator_id for reading in draft.readings.all()} == {
        reading.indicator_id for reading in received.readings.all()
    }
    assert draft.entries.filter(also_serves__isnull=False).count() == 1


def test_a_correction_names_its_document_and_there_is_one_at_a_time(cast: Cast, received: Submission) -> None:
    accept(received, cast.reviewer)
    who = standing(cast.sender)
    with pytest.raises(StepRefused):
        take_step(received, "correct", actor=cast.sender, standing=who, at=at(21))
    correct(received, cast.sender)
    with pytest.raises(StepRefused):
        correct(received, cast.sender)


def test_a_discarded_correction_leaves_the_accepted_version_alone(cast: Cast, received: Submission) -> None:
    accept(received, cast.reviewer)
    draft = correct(received, cast.sender)
    before = Progress.objects.current().count()
    stands = take_step(draft, "discard", actor=cast.sender, standing=standing(cast.sender), at=at(22))
    assert stands == received
    assert stands.transitions.filter(step="discard", taken_by=cast.sender).exists()
    assert Submission.objects.get() == received
    assert Progress.objects.current().count() == before


def test_an_accepted_correction_supersedes_and_withdraws_what_it_lacks(cast: Cast, received: Submission) -> None:
    received = accept(received, cast.reviewer)
    draft = correct(received, cast.sender)
    Entry.objects.get(submission=draft, assignment__isnull=False).delete()
    Entry.objects.filter(submission=draft, group__isnull=False).update(state=WorkState.WITH_RESULTS)
    draft.readings.get(indicator__code="T1.2").delete()
    draft.readings.update(numerator=Decimal(4))
    Submission.objects.filter(pk=draft.pk).update(state=State.RECEIVED)
    accept(draft, cast.second_reviewer, 23)
    received.refresh_from_db()
    assert received.state == State.SUPERSEDED
    assert received.transitions.filter(to_state=State.SUPERSEDED).exists()
    current = Progress.objects.current()
    assert set(current.values_list("source", flat=True)) == {f"submission:{draft.pk}"}
    assert not current.filter(assignment__isnull=False).exists()
    assert current.get(group__isnull=False).state == WorkState.WITH_RESULTS
    figure = Observation.objects.current().get()
    assert (figure.indicator.code, figure.value) == ("T1.1", Decimal(50))
    assert figure.supersedes is not None and figure.supersedes.value == Decimal("37.5")
    assert Observation.objects.filter(withdrawn_at=at(23)).count() == 2


def test_the_accepted_version_offers_a_correction_only_while_none_is_open(cast: Cast, received: Submission) -> None:
    received = accept(received, cast.reviewer)
    who = standing(cast.sender)
    assert "correct" in {row.name for row in available_steps(received, who, at=at(21))}
    correct(received, cast.sender)
    assert "correct" not in {row.name for row in available_steps(received, who, at=at(21))}


def test_the_last_acceptance_tells_who_composes_and_who_leads_that_the_draft_is_there(cast: Cast) -> None:
    period = make_period(bodies=[cast.district, cast.other_district])
    reports = [make_submission(owed, cast.preparer, SubmissionState.RECEIVED) for owed in period.expectations.all()]
    composing = {cast.reviewer, cast.second_reviewer, cast.leader}
    for number, report in enumerate(reports, 1):
        Notice.objects.all().delete()
        take_step(report, "accept", actor=cast.reviewer, standing=standing(cast.reviewer), at=at(10))
        told = Notice.objects.filter(url=f"/tong-hop/{period.pk}/bao-cao/")
        assert {row.user for row in told} == (set() if number == 1 else composing)
