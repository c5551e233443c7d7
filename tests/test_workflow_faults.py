"""Whatever statement fails in the middle of a step, the database is as before or as after: never in between."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection

from reports.choices import SubmissionState
from reports.models import Reading, Submission
from reports.remarks import ask
from reports.signed_copies import CopyData
from reports.workflow import StepData, take_step
from tests.factories import at, make_entry, make_group, make_indicator, make_period, make_plan, make_submission
from tests.people import Cast, standing

pytestmark = pytest.mark.django_db(transaction=True)
State = SubmissionState
DATA = StepData(declared_no_secret=True, copy=CopyData("45-BC/HU", date(2024, 6, 10), "Người ký A"))
FEWEST = {"send": 15, "return": 8, "accept": 15}


class Broken(DatabaseError):
    """What a connection says that is torn."""


@contextmanager
def failing_at(number: int) -> Any:
    """Let the statement with this number fail; yields a list that has its words afterwards."""
    met: list[str] = []
    counted = 0

    def wrapper(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal counted
        counted += 1
        if counted == number:
            met.append(sql)
            raise Broken
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield met


def everything() -> dict[str, list[Any]]:
    """Return every row of the apps that a step writes to."""
    models = [model for label in ("reports", "tasks", "targets") for model in apps.get_app_config(label).get_models()]
    return {str(model._meta): list(model._default_manager.order_by("pk").values()) for model in models}


def report_for(step: str, cast: Cast) -> Submission:
    """A report with an entry, and a version accepted before, in the state that the step starts from."""
    plan = make_plan()
    group, indicator = make_group(plan), make_indicator(plan)
    expectation = make_period(plan, bodies=[cast.district]).expectations.get()
    if step == "accept":
        make_submission(expectation, cast.preparer, State.ACCEPTED)
    state = State.DRAFT if step == "send" else State.RECEIVED
    report = make_submission(expectation, cast.preparer, state, version=2 if step == "accept" else 1)
    make_entry(report, group=group)
    Reading.objects.create(submission=report, indicator=indicator, value=72)
    if step == "return":
        ask(expectation, report, "group:1", "Nêu rõ.", actor=cast.reviewer, at=at(10, 10))
    return report


@pytest.mark.parametrize("step", sorted(FEWEST))
def test_a_step_that_fails_at_any_statement_leaves_nothing_behind(cast: Cast, step: str) -> None:
    report = report_for(step, cast)
    actor = cast.sender if step == "send" else cast.reviewer
    before, who, number = everything(), standing(actor), 0
    while True:
        number += 1
        with failing_at(number) as met:
            try:
                take_step(report, step, actor=actor, standing=who, at=at(11), data=DATA)
            except Broken:
                pass
            else:
                break
        assert everything() == before, f"{step} failed at statement {number}: {met}"
    assert number > FEWEST[step]
    assert not met and everything() != before
