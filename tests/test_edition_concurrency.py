"""Two people at one edition, in threads on a real database: one wins, the other is told, and a number is given once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from reports.choices import Product
from reports.choices_editions import EditionState
from reports.demo.removal import remove_demonstration
from reports.edition_moves import EditionData
from reports.models import Edition, EditionStep, Period
from reports.moves import MOVED, StepRefused
from tests.editions import make_ready, opened, signing, take
from tests.people import Cast

pytestmark = pytest.mark.django_db(transaction=True)
Answer = Edition | StepRefused


@pytest.fixture
def edition(cast: Cast) -> Iterator[Edition]:
    """One for show, so that it can be taken away when the test is over, also when it is issued."""
    made = make_ready(cast)
    Period.objects.update(is_demo=True)
    Edition.objects.update(is_demo=True)
    made.refresh_from_db()
    yield made
    remove_demonstration()


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


def at_once(acts: list[Callable[[], Edition]], pool: ThreadPoolExecutor) -> tuple[list[Edition], list[StepRefused]]:
    """Let both begin at the same moment, each on a connection of its own; return who won and who was refused."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Edition]) -> Answer:
        barrier.wait()
        try:
            return act()
        except StepRefused as refused:
            return refused

    answers = list(pool.map(run, acts))
    won = [answer for answer in answers if isinstance(answer, Edition)]
    return won, [answer for answer in answers if isinstance(answer, StepRefused)]


def taking(edition: Edition, step: str, actor: Any, **given: Any) -> Callable[[], Edition]:
    return lambda: take(edition, step, actor, **given)


def test_approving_and_taking_back_at_once_never_mix(cast: Cast, edition: Edition, pool: ThreadPoolExecutor) -> None:
    for _round in range(8):
        EditionStep.objects.all().delete()
        Edition.objects.update(state=EditionState.IN_REVIEW, approved_by=None)
        acts = [taking(edition, "approve", cast.leader), taking(edition, "take_back", cast.reviewer)]
        won, refused = at_once(acts, pool)
        assert len(won) == len(refused) == 1
        assert refused[0].code == MOVED
        edition.refresh_from_db()
        assert edition.state == won[0].state == EditionStep.objects.get().to_state


def test_one_number_is_given_to_one_of_two_reports(cast: Cast, edition: Edition, pool: ThreadPoolExecutor) -> None:
    other = opened(edition.period, cast, Product.BRIEF)
    for one in (edition, other):
        take(one, "hand_up", cast.reviewer)
        take(one, "approve", cast.leader)
    acts = [
        taking(one, "issue", actor, data=signing())
        for one, actor in ((edition, cast.reviewer), (other, cast.second_reviewer))
    ]
    won, refused = at_once(acts, pool)
    assert len(won) == len(refused) == 1
    assert "45-BC/BDVTU" in str(refused[0])
    assert Edition.objects.fixed().count() == 1


def test_two_reviewers_who_send_a_draft_out_at_once_send_one(
    cast: Cast, edition: Edition, pool: ThreadPoolExecutor
) -> None:
    data = EditionData(bodies=(cast.district,), draft_number=1)
    acts = [taking(edition, "send_out", who, data=data) for who in (cast.reviewer, cast.second_reviewer)]
    won, refused = at_once(acts, pool)
    assert len(won) == len(refused) == 1
    assert edition.drafts.count() == 1
