"""Who holds what after bodies changed: merges, splits, renamings one after another, and what is taken over with it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tasks.answering import Answer, read_charges
from tasks.choices import DeadlineKind, PartyRole, SuccessionKind, WorkState
from tasks.dossier import read_answers
from tasks.models import Assignment, AssignmentParty, Body, Extension, Succession
from tasks.progress import read_tallies
from tasks.succession import Lineage, Link
from tests.factories import make_assignment, make_body, make_group, make_plan
from tests.pages import issue, tell

DAY = date(2025, 7, 1)
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
DUE = date(2024, 6, 30)


def follow(before: Body, *after: Body, kind: SuccessionKind = SuccessionKind.MERGE, on: date = DAY) -> None:
    """Let a body end on the day before, with these to follow it."""
    before.valid_to = on - timedelta(days=1)
    before.save()
    for body in after:
        Succession.objects.create(predecessor=before, successor=body, kind=kind, happened_on=on)
        Body.objects.filter(pk=body.pk, valid_from=None).update(valid_from=on)


def give(code: str, *bodies: Body, **fields: Any) -> Assignment:
    """Make an assignment that these bodies lead."""
    item = make_assignment(make_plan(), code, **fields)
    for order, body in enumerate(bodies, start=1):
        AssignmentParty.objects.create(assignment=item, order=order, body=body, role=PartyRole.LEAD, printed=str(body))
    return item


def answers(on: date) -> dict[str, Answer]:
    """Return who answers the only assignment on a day, by code."""
    charge = read_charges(make_plan(), on=on, is_demo=False)[0]
    return {answer.body.code: answer for answer in charge.answers}


@pytest.fixture
def district(db: None) -> Body:
    return make_body("hu-a")


def test_the_successors_hold_an_assignment_from_the_day_of_the_change(district: Body) -> None:
    give("IV.1b", district)
    follow(district, make_body("xa-1"), make_body("xa-2"), kind=SuccessionKind.SPLIT)
    assert list(answers(BEFORE)) == ["hu-a"]
    assert list(answers(AFTER)) == ["xa-1", "xa-2"]


def test_two_bodies_that_merge_hold_once(district: Body) -> None:
    give("IV.5", district, make_body("hu-b"))
    merged = make_body("chung")
    follow(district, merged)
    follow(make_body("hu-b"), merged)
    assert list(answers(AFTER)) == ["chung"]


def test_what_splits_off_a_body_that_goes_on_holds_beside_it(district: Body) -> None:
    give("IV.5", district)
    Succession.objects.create(
        predecessor=district, successor=make_body("moi"), kind=SuccessionKind.SPLIT, happened_on=DAY
    )
    assert (list(answers(BEFORE)), sorted(answers(AFTER))) == (["hu-a"], ["hu-a", "moi"])


def test_a_body_that_ended_with_nobody_to_follow_is_named(district: Body) -> None:
    give("IV.1b", district)
    follow(district)
    charge = read_charges(make_plan(), on=AFTER, is_demo=False)[0]
    assert (charge.answers, [body.code for body in charge.orphaned]) == ((), ["hu-a"])


def dated(*bodies: Body) -> Assignment:
    return give("IV.1a", *bodies, deadline_kind=DeadlineKind.FIXED, due_on=DUE, due_unit="quarter")


def test_finished_dated_work_comes_over_as_finished_and_names_who_did_it(district: Body) -> None:
    item = dated(district)
    issue(district, item, on=date(2024, 6, 20))
    follow(district, make_body("xa-1"), make_body("xa-2"), kind=SuccessionKind.SPLIT)
    found = answers(AFTER)
    assert [one.state for one in found.values()] == [WorkState.DONE, WorkState.DONE]
    assert found["xa-1"].inherited_from == district
    assert found["xa-1"].done_on == date(2024, 6, 20)


def test_dated_work_reported_as_done_comes_over_too(district: Body) -> None:
    item = dated(district)
    tell(district, WorkState.DONE, assignment=item, text="Đã ban hành.")
    follow(district, make_body("xa-1"))
    assert answers(AFTER)["xa-1"].inherited_from == district


def test_unfinished_dated_work_is_the_successors_to_finish(district: Body) -> None:
    dated(district)
    follow(district, make_body("xa-1"))
    assert answers(AFTER)["xa-1"].timing.timeliness == "overdue"
    assert answers(BEFORE)["hu-a"].timing.timeliness == "overdue"


def test_ongoing_work_starts_afresh(district: Body) -> None:
    item = give("IV.1b", district)
    tell(district, WorkState.WITH_RESULTS, assignment=item, text="Tốt.")
    follow(district, make_body("xa-1"))
    found = answers(AFTER)["xa-1"]
    assert (found.state, found.progress, found.inherited_from) == (None, None, None)


def test_an_extension_goes_over_with_the_work(district: Body) -> None:
    item = dated(district)
    Extension.objects.create(
        assignment=item, body=district, due_on=date(2025, 12, 31), document="CV 1", decided_on=date(2025, 1, 5)
    )
    follow(district, make_body("xa-1"))
    assert answers(AFTER)["xa-1"].deadline.due_on == date(2025, 12, 31)


def test_the_bars_count_the_bodies_that_exist(district: Body) -> None:
    group = make_group(make_plan())
    tell(district, WorkState.IN_PROGRESS, group=group)
    follow(district, make_body("xa-1"))
    assert read_tallies(on=BEFORE).of_group(group.pk).total == 1
    assert read_tallies(on=AFTER).of_group(group.pk).total == 0


def test_the_own_page_and_desk_of_a_successor_know_what_it_holds(district: Body) -> None:
    item = dated(district)
    issue(district, item, on=date(2024, 6, 20))
    successor = make_body("xa-1")
    follow(district, successor, make_body("xa-2"), kind=SuccessionKind.SPLIT)
    found = read_answers([successor], on=AFTER)
    assert [(answer.body.code, answer.inherited_from) for answer in found] == [("xa-1", district)]


BODIES = range(6)
FIRST = date(2025, 1, 1)
event = st.tuples(st.integers(1, 30), st.sampled_from(list(BODIES)), st.sets(st.sampled_from(list(BODIES)), max_size=3))


def happened(plan: list[tuple[int, int, set[int]]]) -> tuple[list[tuple[int, int, set[int]]], dict[int, int]]:
    """Return the events in order, each body ending once; bodies that follow are those that have not ended."""
    ended: dict[int, int] = {}
    kept = []
    for day, body, after in sorted(plan, key=lambda one: (one[0], one[1])):
        heirs = {one for one in after if one != body and one not in ended}
        if body not in ended:
            ended[body] = day
            kept.append((day, body, heirs))
    return kept, ended


def model(events: list[tuple[int, int, set[int]]], first: int, day: int) -> set[int]:
    """Return who holds on a day what was given to a body: whoever ends hands all of it to those that follow."""
    holding = {first}
    for when, body, heirs in events:
        if when <= day and body in holding and heirs:
            holding = holding - {body} | heirs
    return holding


@given(st.lists(event, max_size=6), st.sampled_from(list(BODIES)), st.integers(0, 35))
def test_at_any_date_the_holders_are_those_of_a_plain_model(
    plan: list[tuple[int, int, set[int]]], first: int, day: int
) -> None:
    events, ended = happened(plan)
    links = [
        Link(body, heir, FIRST + timedelta(days=when), SuccessionKind.MERGE, FIRST + timedelta(days=when - 1))
        for when, body, heirs in events
        for heir in heirs
    ]
    found = Lineage(tuple(links)).holders(first, on=FIRST + timedelta(days=day))
    assert set(found) == model(events, first, day)
    assert not ended or max(ended.values()) <= 30


class RandomSuccessions(TestCase):
    """The same with rows: what the pages say of every assignment on any day."""

    @settings(max_examples=20, suppress_health_check=list(HealthCheck), deadline=None)
    @given(st.lists(event, max_size=6), st.lists(st.integers(0, 35), min_size=1, max_size=3))
    def test_every_assignment_has_exactly_the_holders_of_the_plain_model(
        self, plan: list[tuple[int, int, set[int]]], days: list[int]
    ) -> None:
        events, ended = happened(plan)
        bodies = [make_body(f"b-{number}") for number in BODIES]
        for number in BODIES:
            give(f"IV.{number}", bodies[number])
        for when, body, heirs in events:
            Body.objects.filter(pk=bodies[body].pk).update(valid_to=FIRST + timedelta(days=when - 1))
            for heir in heirs:
                Succession.objects.create(
                    predecessor=bodies[body],
                    successor=bodies[heir],
                    kind=SuccessionKind.MERGE,
                    happened_on=FIRST + timedelta(days=when),
                )
        for day in days:
            charges = read_charges(make_plan(), on=FIRST + timedelta(days=day), is_demo=False)
            for number, charge in enumerate(charges):
                alive = {one for one in model(events, number, day) if ended.get(one, 99) > day}
                assert {answer.body.code for answer in charge.answers} == {f"b-{one}" for one in alive}
