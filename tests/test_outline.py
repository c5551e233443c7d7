"""What a body's form asks for: by depth, by scope, by assignment and by supplier; and what is found missing."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.checks import completeness
from reports.choices import Depth, PeriodKind, ReportForm, SubmissionState
from reports.models import CounterValue, Difficulty, PeriodQuestion, Reading, Submission
from reports.outline import outline_of
from tasks.choices import DATED_STATES, BodyKind, PartyRole, ScopeMode, WorkState
from tasks.models import AssignmentParty, BodyGroup, ScopeRule
from tests.factories import make_body, make_entry, make_submission
from tests.form_pages import Scene, make_scene, open_period, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def lines(scene: Scene, depth: Depth, kind: PeriodKind = PeriodKind.FIRST_HALF) -> list[str]:
    outline = outline_of(open_period(scene, depth, kind), scene.cast.district)
    return list(outline.labels())


def test_a_brief_form_asks_for_the_groups_and_the_assignments(scene: Scene) -> None:
    assert lines(scene, Depth.BRIEF) == ["group:1", "group:2", "assignment:IV.1a", "assignment:IV.1b"]


def test_a_full_form_asks_for_counters_and_the_closing_part_too(scene: Scene) -> None:
    asked = lines(scene, Depth.FULL)
    assert [key for key in asked if key.startswith(("counter", "indicator", "closing"))] == [
        "counter:C01",
        "counter:C02",
        "closing",
    ]


def test_a_detailed_form_has_a_line_for_each_task_that_the_scope_gives(scene: Scene) -> None:
    asked = lines(scene, Depth.DETAILED, PeriodKind.YEAR)
    assert asked[:4] == ["group:1", "task:1.1", "group:2", "task:2.1"]
    assert "indicator:T1.1" in asked


def test_a_body_s_own_rule_goes_before_that_of_its_kind(scene: Scene) -> None:
    ScopeRule.objects.create(task=scene.tasks["1.1"], body=scene.cast.district, mode=ScopeMode.IN_GROUP)
    ScopeRule.objects.create(task=scene.tasks["2.2"], body=scene.cast.district, mode=ScopeMode.LEAD)
    asked = lines(scene, Depth.DETAILED)
    assert "task:1.1" not in asked
    assert "task:2.2" in asked


def test_a_task_in_focus_has_its_line_in_a_brief_form(scene: Scene) -> None:
    period = open_period(scene)
    period.focus_tasks.add(scene.tasks["1.2"])
    assert "task:1.2" in outline_of(period, scene.cast.district).labels()


def test_only_a_line_under_confidentiality_may_be_reported_separately(scene: Scene) -> None:
    outline = outline_of(open_period(scene, Depth.DETAILED), scene.cast.district)
    states = {line.key: line.states for line in outline.entry_lines()}
    assert WorkState.SEPARATE in states["task:2.1"]
    assert WorkState.SEPARATE not in states["task:1.1"]
    assert states["assignment:IV.1a"] == DATED_STATES


def test_assignments_come_through_a_set_and_through_the_body_that_reports_for_another(scene: Scene) -> None:
    front = make_body("mttq", BodyKind.FRONT)
    party_group = make_body("dd-mttq", BodyKind.PARTY_GROUP, reports_through=front)
    everyone = BodyGroup.objects.create(code="dang-doan", name="các đảng đoàn")
    everyone.members.add(party_group)
    AssignmentParty.objects.create(
        assignment=scene.ongoing, order=2, body_group=everyone, role=PartyRole.LEAD, printed="các đảng đoàn"
    )
    AssignmentParty.objects.create(
        assignment=scene.dated, order=2, body=front, role=PartyRole.COOPERATING, printed="MTTQ"
    )
    outline = outline_of(open_period(scene), front)
    assert [row.code for row in outline.assignments] == ["IV.1b"]


def test_an_ad_hoc_period_with_questions_asks_only_them(scene: Scene) -> None:
    period = open_period(scene, Depth.BRIEF, PeriodKind.AD_HOC)
    PeriodQuestion.objects.create(period=period, order=1, text="Có bao nhiêu mô hình?")
    assert list(outline_of(period, scene.cast.district).labels()) == ["question:1"]


def test_a_form_takes_five_queries_however_much_it_asks(scene: Scene) -> None:
    period = open_period(scene, Depth.DETAILED, PeriodKind.YEAR)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        list(outline_of(period, scene.cast.district).labels())
    assert len(queries) == 5


def severities(submission: Submission) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for finding in completeness(submission).findings:
        found.setdefault(finding.line, []).append(finding.severity)
    return found


def test_an_empty_report_lacks_every_line_and_each_finding_leads_to_it(scene: Scene) -> None:
    submission = start(scene, open_period(scene))
    checked = completeness(submission)
    assert [finding.line for finding in checked.errors] == [
        "group:1",
        "group:2",
        "assignment:IV.1a",
        "assignment:IV.1b",
    ]
    assert checked.errors[0].url == f"/bao-cao/{submission.pk}/nhom/1/#line-group-1"
    assert checked.errors[0].label


@pytest.mark.parametrize("state", [WorkState.NOT_STARTED, WorkState.NOT_OURS])
def test_a_line_not_begun_or_not_ours_needs_no_text(scene: Scene, state: WorkState) -> None:
    submission = start(scene, open_period(scene))
    group = outline_of(submission.expectation.period, scene.cast.district).groups[0].group
    make_entry(submission, "", group=group, state=state)
    assert "group:1" not in completeness(submission).open_lines


def test_a_state_without_results_and_a_difficulty_that_is_not_named_are_found(scene: Scene) -> None:
    submission = start(scene, open_period(scene))
    groups = outline_of(submission.expectation.period, scene.cast.district).groups
    make_entry(submission, "", group=groups[0].group, state=WorkState.IN_PROGRESS)
    entry = make_entry(submission, "Đã làm.", group=groups[1].group, state=WorkState.IN_DIFFICULTY)
    assert {"group:1", "group:2"} <= completeness(submission).open_lines
    Difficulty.objects.create(submission=submission, entry=entry, order=1, text="Thiếu kinh phí.")
    assert "group:2" not in completeness(submission).open_lines


def test_copied_text_is_asked_about_but_does_not_stand_in_the_way(scene: Scene) -> None:
    submission = start(scene, open_period(scene))
    group = outline_of(submission.expectation.period, scene.cast.district).groups[0].group
    entry = make_entry(submission, "Như kỳ trước.", group=group)
    entry.is_copied = True
    entry.save()
    assert severities(submission)["group:1"] == ["ask"]


def test_a_counter_is_missing_unless_the_note_says_why(scene: Scene) -> None:
    submission = start(scene, open_period(scene, Depth.FULL))
    CounterValue.objects.create(submission=submission, counter=scene.meetings, note="Chưa tổng hợp được.")
    assert completeness(submission).open_lines & {"counter:C01", "counter:C02"} == {"counter:C02"}


def test_a_part_larger_than_its_whole_is_found(scene: Scene) -> None:
    scene.meetings.part_of = scene.people
    scene.meetings.save()
    submission = start(scene, open_period(scene, Depth.DETAILED, PeriodKind.YEAR))
    CounterValue.objects.create(submission=submission, counter=scene.meetings, in_period=6)
    CounterValue.objects.create(submission=submission, counter=scene.people, in_period=5)
    Reading.objects.create(submission=submission, indicator=scene.ratio, numerator=11, denominator=10)
    found = severities(submission)
    assert found["counter:C01"] == ["error"]
    assert found["indicator:T1.1"] == ["error"]


def test_a_cumulative_figure_may_fall_only_with_a_note(scene: Scene) -> None:
    window = {"data_from": date(2023, 1, 15), "data_to": date(2023, 12, 14)}
    expectation = open_period(scene, Depth.FULL, PeriodKind.YEAR, **window).expectations.first()
    assert expectation is not None
    before = make_submission(expectation, scene.cast.preparer, SubmissionState.ACCEPTED)
    CounterValue.objects.create(submission=before, counter=scene.meetings, in_period=9, cumulative=9)
    submission = start(scene, open_period(scene, Depth.FULL))
    value = CounterValue.objects.create(submission=submission, counter=scene.meetings, in_period=1, cumulative=7)
    assert severities(submission)["counter:C01"] == ["error"]
    value.note = "Kỳ trước đếm trùng."
    value.save()
    assert severities(submission)["counter:C01"] == ["ask"]


def test_more_settled_than_received_passes_with_a_note(scene: Scene) -> None:
    scene.meetings.part_of = scene.people
    scene.meetings.save()
    submission = start(scene, open_period(scene, Depth.DETAILED, PeriodKind.YEAR))
    CounterValue.objects.create(submission=submission, counter=scene.people, in_period=5)
    CounterValue.objects.create(submission=submission, counter=scene.meetings, in_period=8, note="03 từ năm trước.")
    assert severities(submission)["counter:C01"] == ["ask"]


def test_a_year_below_its_half_year_is_found_and_passes_with_a_note(scene: Scene) -> None:
    window = {"data_from": date(2023, 12, 15), "data_to": date(2024, 6, 14)}
    expectation = open_period(scene, Depth.FULL, PeriodKind.FIRST_HALF, **window).expectations.first()
    assert expectation is not None
    half = make_submission(expectation, scene.cast.preparer, SubmissionState.ACCEPTED)
    CounterValue.objects.create(submission=half, counter=scene.meetings, in_period=9, cumulative=9)
    year = {"data_from": date(2023, 12, 15), "data_to": date(2024, 12, 14)}
    submission = start(scene, open_period(scene, Depth.FULL, PeriodKind.YEAR, **year))
    value = CounterValue.objects.create(submission=submission, counter=scene.meetings, in_period=8, cumulative=8)
    assert severities(submission)["counter:C01"] == ["error"]
    value.note = "Kỳ trước đếm trùng."
    value.save()
    assert severities(submission)["counter:C01"] == ["ask"]
    CounterValue.objects.filter(pk=value.pk).update(note="", in_period=9)
    assert "counter:C01" not in severities(submission)


def test_nil_and_confidential_reports_need_nothing(scene: Scene) -> None:
    submission = start(scene, open_period(scene, Depth.DETAILED))
    for form in (ReportForm.NIL, ReportForm.CONFIDENTIAL):
        submission.form = form
        assert completeness(submission).is_complete
