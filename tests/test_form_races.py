"""Two savers at one entry, and a fault at any statement: nothing acknowledged is lost, nothing is saved by halves."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from itertools import count
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from django.test import Client

from plan_tracker.accounts.models import User
from reports.choices import Depth, PeriodKind
from reports.models import Submission
from tests.form_pages import Scene, digests_in, make_scene, open_period, page, seen, signed_in, start

pytestmark = pytest.mark.django_db(transaction=True)
SAVES = 400 if os.environ.get("SOAK") else 15
STATE = {"line-group-1-state": "in_progress"}


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def submission(scene: Scene) -> Submission:
    return start(scene, open_period(scene, Depth.DETAILED, PeriodKind.YEAR))


class Saver:
    """Somebody who adds one mark after the other to a line, as often as the server says who was there first."""

    def __init__(self, user: User, url: str) -> None:
        self.client, self.url, self.lost = signed_in(user), url, 0

    def save(self, mark: str) -> None:
        """Add a mark to what stands there; where somebody else was quicker, add it to what they wrote."""
        html = self.client.get(self.url).content.decode()
        data, before = digests_in(html), typed_in(html)
        while True:
            text = f"{before} {mark}".strip()
            response = self.client.post(self.url, {**data, **STATE, "line-group-1-text": text})
            if response.status_code == 302:
                return
            html = response.content.decode()
            assert response.status_code == 409
            assert typed_in(html) == text
            before = text_of_the_other(html)
            assert before
            self.lost += 1
            choice = {"line-group-1-asked": "1", "line-group-1-choice": "mine"}
            data = digests_in(html) | choice

    def save_all(self, name: str) -> list[str]:
        """Save one mark after the other and return those that were acknowledged."""
        marks = [f"{name}{number}" for number in range(SAVES)]
        for mark in marks:
            self.save(mark)
        connections.close_all()
        return marks


def typed_in(html: str) -> str:
    found = re.search(r'<textarea id="line-group-1-text"[^>]*>\n(.*?)</textarea>', html, re.DOTALL)
    assert found
    return unescape(found[1])


def text_of_the_other(html: str) -> str:
    found = re.search(r'id="line-group-1-clash".*?<p class="entry">(.*?)</p>', html, re.DOTALL)
    assert found
    return unescape(found[1])


def test_of_two_savers_no_acknowledged_save_is_lost_and_every_loser_sees_both_texts(
    scene: Scene, submission: Submission
) -> None:
    url = page("report_group", submission.pk, 1)
    savers = [Saver(scene.cast.preparer, url), Saver(scene.cast.sender, url)]
    with ThreadPoolExecutor(2) as pool:
        marks = list(pool.map(lambda pair: pair[0].save_all(pair[1]), zip(savers, ("A", "B"), strict=True)))
    kept = submission.entries.get(group__number=1)
    assert sorted(kept.text.split()) == sorted([*marks[0], *marks[1]])
    assert kept.row_version == 2 * SAVES


def test_two_savers_really_clash(scene: Scene, submission: Submission) -> None:
    url = page("report_group", submission.pk, 1)
    first, second = Saver(scene.cast.preparer, url), Saver(scene.cast.sender, url)
    stale = digests_in(second.client.get(url).content.decode())
    first.save("A")
    response = second.client.post(url, {**stale, **STATE, "line-group-1-text": "B"})
    assert response.status_code == 409
    assert (typed_in(response.content.decode()), text_of_the_other(response.content.decode())) == ("B", "A")


def snapshot(submission: Submission) -> Any:
    """Return everything that a report says."""
    report = Submission.objects.get(pk=submission.pk)
    return (
        [report.strengths, report.coming_work, report.closing_written],
        sorted(report.entries.values_list("group", "task", "state", "text", "written", "also_serves"), key=repr),
        sorted(report.difficulties.values_list("entry__group", "text"), key=repr),
        sorted(report.proposals.values_list("entry__group", "text"), key=repr),
        sorted(report.counter_values.values_list("counter", "in_period", "cumulative", "note"), key=repr),
    )


def refusing(number: int) -> Callable[..., Any]:
    """Return what raises at the statement with this number."""
    run = count(1)

    def wrap(execute: Callable[..., Any], *args: Any) -> Any:
        if next(run) == number:
            raise OperationalError(f"statement {number} failed")
        return execute(*args)

    return wrap


def everywhere(client: Client, submission: Submission, url: str, first: dict[str, Any], then: dict[str, Any]) -> int:
    """Save `then` over `first` with a fault at statement 1, 2, …; return at how many places it could fail."""
    client.raise_request_exception = False
    states = []
    for data in (then, first, then):
        assert client.post(url, seen(client, url) | data).status_code == 302
        states.append(snapshot(submission))
    _once, before, done = states
    assert before != done
    for number in count(1):
        client.post(url, seen(client, url) | first)
        assert snapshot(submission) == before
        data = seen(client, url) | then
        with connection.execute_wrapper(refusing(number)):
            status = client.post(url, data).status_code
        assert snapshot(submission) in (before, done), f"statement {number}: saved by halves"
        if status == 302:
            assert snapshot(submission) == done
            return number - 1
    raise AssertionError


GROUP = {
    "line-group-1-state": "in_difficulty",
    "line-group-1-text": "Trước.",
    "line-group-1-difficulty": ["Một.", "Hai."],
    "line-group-1-proposal": ["Đề xuất."],
    "line-group-1-addressee": ["centre"],
}
PAGES = {
    "lines": (
        "group",
        GROUP,
        {**GROUP, "line-group-1-text": "Sau {C01}.", "line-group-1-difficulty": ["Ba."], "line-group-1-serves": ["2.1"]}
        | {"line-task-1-1-state": "in_progress", "line-task-1-1-text": "Dòng khác."},
    ),
    "counters": (
        "counters",
        {"line-counter-C01-in_period": "1", "line-counter-C02-in_period": "2"},
        {"line-counter-C01-in_period": "3", "line-counter-C02-in_period": "4", "line-counter-C02-note": "Ghi chú."},
    ),
    "closing": (
        "closing",
        {"line-closing-strengths": "Trước.", "line-closing-difficulty": ["Một."]},
        {"line-closing-strengths": "Sau {C01}.", "line-closing-difficulty": ["Hai.", "Ba."]},
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_fault_at_any_statement_of_a_save_leaves_all_or_nothing(
    scene: Scene, submission: Submission, name: str
) -> None:
    part, first, then = PAGES[name]
    args = [submission.pk, 1] if part == "group" else [submission.pk]
    client = signed_in(scene.cast.preparer)
    assert everywhere(client, submission, page(f"report_{part}", *args), first, then) > 10
