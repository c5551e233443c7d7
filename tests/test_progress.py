"""How many bodies stand in each state on a day: only the newest word of each counts, real and shown data apart."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.utils import timezone

from plan_tracker.lib.dates import ZONE
from tasks.answering import read_charges
from tasks.choices import DeadlineKind, DocumentKind, PartyRole, Timeliness, WorkState
from tasks.models import (
    Assignment,
    AssignmentParty,
    Body,
    BodyGroup,
    Extension,
    IssuedDocument,
    Plan,
    Progress,
    TaskGroup,
    TriggerEvent,
)
from tasks.progress import read_tallies, shows_demo
from tests.factories import make_assignment, make_body, make_group, make_plan

pytestmark = pytest.mark.django_db
JUNE, LATER = date(2024, 6, 14), date(2024, 12, 14)


def tell(body: Body, state: WorkState, as_of: date = JUNE, **fields: Any) -> Progress:
    """Publish one word of a body."""
    values: dict[str, Any] = {"source": "submission:1", "source_label": "Báo cáo", "published_at": timezone.now()}
    return Progress.objects.create(body=body, state=state, as_of=as_of, **(values | fields))


@pytest.fixture
def group() -> TaskGroup:
    return make_group(make_plan(), 1, tasks=1)


def test_only_the_newest_word_of_each_body_counts(group: TaskGroup) -> None:
    a, b = make_body("hu-a"), make_body("hu-b")
    tell(a, WorkState.NOT_STARTED, group=group)
    tell(a, WorkState.WITH_RESULTS, LATER, group=group)
    tell(b, WorkState.IN_DIFFICULTY, group=group)
    tally = read_tallies(on=LATER).of_group(group.pk)
    assert dict(tally.counts) == {WorkState.WITH_RESULTS: 1, WorkState.IN_DIFFICULTY: 1}
    assert tally.in_difficulty == 1


def test_the_state_of_a_day_in_the_past_is_the_one_of_then(group: TaskGroup) -> None:
    body = make_body("hu-a")
    tell(body, WorkState.IN_PROGRESS, group=group)
    tell(body, WorkState.WITH_RESULTS, LATER, group=group)
    assert dict(read_tallies(on=JUNE).of_group(group.pk).counts) == {WorkState.IN_PROGRESS: 1}
    assert read_tallies(on=date(2024, 6, 13)).of_group(group.pk).total == 0


def test_what_was_withdrawn_does_not_count(group: TaskGroup) -> None:
    tell(make_body("hu-a"), WorkState.IN_PROGRESS, group=group, withdrawn_at=timezone.now())
    assert read_tallies(on=LATER).of_group(group.pk).total == 0


def test_of_two_words_of_one_day_the_one_published_last_counts(group: TaskGroup) -> None:
    body = make_body("hu-a")
    tell(body, WorkState.WITH_RESULTS, group=group, published_at=datetime(2024, 7, 2, tzinfo=ZONE))
    early = datetime(2024, 7, 1, tzinfo=ZONE)
    tell(body, WorkState.IN_PROGRESS, group=group, published_at=early, source="submission:2")
    assert dict(read_tallies(on=LATER).of_group(group.pk).counts) == {WorkState.WITH_RESULTS: 1}


def test_demonstration_never_mixes_with_real_progress(group: TaskGroup) -> None:
    tell(make_body("hu-a"), WorkState.IN_PROGRESS, group=group, is_demo=True)
    assert shows_demo()
    assert read_tallies(on=LATER).of_group(group.pk).total == 1
    tell(make_body("hu-b"), WorkState.WITH_RESULTS, group=group)
    assert not shows_demo()
    assert dict(read_tallies(on=LATER).of_group(group.pk).counts) == {WorkState.WITH_RESULTS: 1}
    assert dict(read_tallies(on=LATER, is_demo=True).of_group(group.pk).counts) == {WorkState.IN_PROGRESS: 1}


def test_the_silent_bodies_stand_last_in_a_bar(group: TaskGroup) -> None:
    tell(make_body("hu-a"), WorkState.NOT_STARTED, group=group)
    parts = read_tallies(on=LATER).of_group(group.pk).parts_of(3)
    assert [(member.value, count) for member, count in parts] == [("not_started", 1), ("not_reported", 2)]


@pytest.fixture
def assignment() -> Assignment:
    item = make_assignment(
        make_plan(), "IV.1a", deadline_kind=DeadlineKind.FIXED, due_on=date(2024, 6, 30), due_unit="quarter"
    )
    districts = BodyGroup.objects.create(code="cac-huyen-uy", name="các huyện uỷ")
    districts.members.set([make_body("hu-a"), make_body("hu-b")])
    parties = [("các huyện uỷ", None, districts), ("Huyện uỷ A", make_body("hu-a"), None)]
    for order, (printed, body, group) in enumerate(parties, start=1):
        AssignmentParty.objects.create(
            assignment=item, order=order, body=body, body_group=group, role=PartyRole.LEAD, printed=printed
        )
    return item


def issue(plan: Plan, body: Body, assignment: Assignment, kind: DocumentKind, on: date) -> None:
    """Record a document that serves an assignment."""
    document = IssuedDocument.objects.create(
        plan=plan, body=body, kind=kind, symbol=f"1-{kind}/HU", issued_on=on, title="Văn bản"
    )
    document.assignments.add(assignment)


def test_a_set_is_written_out_and_nobody_counts_twice(assignment: Assignment) -> None:
    charge = read_charges(assignment.plan, on=JUNE, is_demo=False)[0]
    assert [answer.body.code for answer in charge.answers] == ["hu-a", "hu-b"]
    assert (charge.done, charge.total, charge.overdue) == (0, 2, 0)


def test_bodies_that_report_together_answer_once(assignment: Assignment) -> None:
    Body.objects.filter(code="hu-b").update(reports_through=make_body("hu-a"))
    charge = read_charges(assignment.plan, on=LATER, is_demo=False)[0]
    assert [(answer.body.code, [mate.code for mate in answer.also]) for answer in charge.answers] == [
        ("hu-a", ["hu-b"])
    ]


def test_a_plan_in_the_register_answers_the_assignment_by_itself(assignment: Assignment) -> None:
    issue(assignment.plan, make_body("hu-a"), assignment, DocumentKind.PLAN, date(2024, 7, 2))
    issue(assignment.plan, make_body("hu-b"), assignment, DocumentKind.LETTER, date(2024, 6, 2))
    charge = read_charges(assignment.plan, on=LATER, is_demo=False)[0]
    assert [answer.timing.is_done for answer in charge.answers] == [True, False]
    assert charge.answers[0].timing.was_late
    assert charge.answers[1].timing.timeliness == Timeliness.OVERDUE
    assert charge.by_documents


def test_a_document_issued_later_does_not_count_yet(assignment: Assignment) -> None:
    issue(assignment.plan, make_body("hu-a"), assignment, DocumentKind.PLAN, date(2024, 7, 2))
    assert read_charges(assignment.plan, on=date(2024, 7, 1), is_demo=False)[0].done == 0


def test_extension_and_event_reach_the_bodies_they_are_for(assignment: Assignment) -> None:
    Extension.objects.create(
        assignment=assignment, body=make_body("hu-b"), due_on=LATER, document="CV 1", decided_on=date(2024, 6, 1)
    )
    waiting = make_assignment(assignment.plan, "IV.4b", deadline_kind=DeadlineKind.ON_TRIGGER)
    TriggerEvent.objects.create(
        assignment=waiting, document="Kế hoạch 5", happened_on=date(2024, 6, 1), due_on=date(2024, 8, 1)
    )
    first, second = read_charges(assignment.plan, on=JUNE, is_demo=False)
    assert [answer.deadline.due_on for answer in first.answers] == [date(2024, 6, 30), LATER]
    assert second.deadline.due_on == date(2024, 8, 1)


def test_the_charges_take_four_queries_however_many_bodies(
    assignment: Assignment, django_assert_num_queries: Any
) -> None:
    BodyGroup.objects.get().members.add(*(make_body(f"hu-{number}") for number in range(20)))
    with django_assert_num_queries(4):
        assert read_charges(assignment.plan, on=LATER, is_demo=False)[0].total == 22
