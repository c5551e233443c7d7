"""Two people at once, in threads on a real database: exactly one wins, and the other is told what happened."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from plan_tracker.accounts.models import User
from reports.choices import ReportForm, SubmissionState
from reports.models import Delivery, Expectation, Submission, Transition
from reports.moves import MOVED
from reports.signed_copies import CopyData
from reports.workflow import StepData, StepRefused, start_submission, take_step
from tests.factories import at, make_period, make_submission
from tests.people import Cast, standing

pytestmark = pytest.mark.django_db(transaction=True)
SOAK = bool(os.environ.get("SOAK"))
ROUNDS, FEWER = (500, 500) if SOAK else (100, 30)
State = SubmissionState
SENT = StepData(declared_no_secret=True, copy=CopyData("45-BC/HU", date(2024, 6, 10), "Người ký A"))
Act = Callable[[], Submission]


@pytest.fixture
def expectation(cast: Cast) -> Expectation:
    return make_period(bodies=[cast.district]).expectations.get()


def at_once(acts: list[Act], pool: ThreadPoolExecutor) -> list[Submission | StepRefused]:
    """Let every act begin at the same moment, each in a thread and on a connection of its own."""
    barrier = Barrier(len(acts))

    def run(act: Act) -> Submission | StepRefused:
        barrier.wait()
        try:
            return act()
        except StepRefused as refused:
            return refused

    return list(pool.map(run, acts))


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    """Threads that close their connections when they are done."""
    barrier = Barrier(2)
    executor = ThreadPoolExecutor(2)
    yield executor

    def leave() -> None:
        barrier.wait()
        connections.close_all()

    for future in [executor.submit(leave) for _ in range(2)]:
        future.result()
    executor.shutdown()


def taking(report: Submission, step: str, actor: User, **more: Any) -> Act:
    who = standing(actor)
    return lambda: take_step(report, step, actor=actor, standing=who, at=at(), **more)


def test_of_two_reviewers_exactly_one_wins_and_the_other_is_told(
    cast: Cast, expectation: Expectation, pool: ThreadPoolExecutor
) -> None:
    report = make_submission(expectation, cast.preparer, State.SUBMITTED, form=ReportForm.NIL)
    for _round in range(ROUNDS):
        Transition.objects.all().delete()
        Submission.objects.filter(pk=report.pk).update(state=State.SUBMITTED, received_by=None, opened_at=None)
        answers = at_once([taking(report, "receive", who) for who in (cast.reviewer, cast.second_reviewer)], pool)
        refused = [answer for answer in answers if isinstance(answer, StepRefused)]
        won = [answer for answer in answers if isinstance(answer, Submission)]
        assert len(won) == len(refused) == 1
        assert won[0].received_by is not None
        assert refused[0].code == MOVED and str(won[0].received_by) in str(refused[0])
        assert Transition.objects.count() == 1


def test_accepting_and_returning_at_once_never_mix(
    cast: Cast, expectation: Expectation, pool: ThreadPoolExecutor
) -> None:
    report = make_submission(expectation, cast.preparer, State.RECEIVED, form=ReportForm.NIL)
    fields = {"raised_in": report, "asked_by": cast.reviewer, "asked_at": at(9), "state": "asked"}
    for _round in range(FEWER):
        Transition.objects.all().delete()
        expectation.remarks.all().delete()
        expectation.remarks.create(line="closing", text="Bổ sung.", **fields)
        Submission.objects.filter(pk=report.pk).update(state=State.RECEIVED, accepted_by=None, accepted_at=None)
        acts = [taking(report, "accept", cast.reviewer), taking(report, "return", cast.second_reviewer)]
        answers = at_once(acts, pool)
        refused = [answer for answer in answers if isinstance(answer, StepRefused)]
        assert [answer.status for answer in refused] == [409]
        report.refresh_from_db()
        assert report.state == Transition.objects.get().to_state


def test_a_form_pressed_twice_at_once_makes_one_delivery_and_the_same_answer(
    cast: Cast, expectation: Expectation, pool: ThreadPoolExecutor
) -> None:
    report = make_submission(expectation, cast.preparer, form=ReportForm.NIL)
    for round_number in range(FEWER):
        Submission.objects.filter(pk=report.pk).update(state=State.DRAFT)
        token = f"{round_number:032d}"
        acts = [taking(report, "send", cast.sender, data=SENT, token=token) for _ in range(2)]
        answers = at_once(acts, pool)
        assert [(answer.pk, answer.state) for answer in answers if isinstance(answer, Submission)] == [
            (report.pk, State.SUBMITTED)
        ] * 2
        assert Delivery.objects.filter(token=token).count() == 1


def test_a_used_form_with_other_content_is_refused_and_changes_nothing(cast: Cast, expectation: Expectation) -> None:
    report = make_submission(expectation, cast.preparer, form=ReportForm.NIL)
    taking(report, "send", cast.sender, data=SENT, token="t")()
    other = StepData(declared_no_secret=True, copy=CopyData("46-BC/HU", date(2024, 6, 10), "Người ký A"))
    with pytest.raises(StepRefused) as refused:
        taking(report, "send", cast.sender, data=other, token="t")()
    assert refused.value.status == 422
    assert (Delivery.objects.count(), Transition.objects.count()) == (1, 1)


def test_a_report_started_twice_at_once_is_one_report(
    cast: Cast, expectation: Expectation, pool: ThreadPoolExecutor
) -> None:
    who = standing(cast.preparer)
    for _round in range(10):
        Submission.objects.all().delete()
        act = lambda: start_submission(expectation, actor=cast.preparer, standing=who, at=at())  # noqa: E731
        first, second = at_once([act, act], pool)
        assert first == second
        assert Submission.objects.count() == 1


def test_this_run_used_a_database_that_several_writers_share() -> None:
    assert "memory" not in str(connection.settings_dict["NAME"])
