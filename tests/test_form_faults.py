"""A fault at any statement of a save: everything of it stands, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client

from reports.choices import Depth, PeriodKind
from reports.models import Submission
from tests.form_pages import Scene, make_scene, open_period, page, seen, signed_in, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


@pytest.fixture
def submission(scene: Scene) -> Submission:
    return start(scene, open_period(scene, Depth.DETAILED, PeriodKind.YEAR))


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
    assert client.post(url, seen(client, url) | first).status_code == 302
    before, data = snapshot(submission), seen(client, url) | then
    for number in count(1):
        with transaction.atomic():
            with connection.execute_wrapper(refusing(number)):
                status = client.post(url, data).status_code
            after = snapshot(submission)
            # Every round begins with what stood there before.
            transaction.set_rollback(True)
        if status == 302:
            assert after != before
            return number - 1
        assert after == before, f"statement {number}: saved by halves"
    raise AssertionError


GROUP: dict[str, Any] = {
    "line-group-1-state": "in_difficulty",
    "line-group-1-text": "Trước.",
    "line-group-1-difficulty": ["Một.", "Hai."],
    "line-group-1-proposal": ["Đề xuất."],
    "line-group-1-addressee": ["centre"],
}
PAGES: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
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
