"""Many people at many reports at once, at random; afterwards every acknowledged act is there and nothing is twice."""

from __future__ import annotations

import os
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from random import Random

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections

from reports.choices import OPEN_STATES, ReportForm, SubmissionState
from reports.models import Delivery, Expectation, Submission, Transition
from reports.signed_copies import CopyData
from reports.workflow import STEPS, StepData, StepRefused, start_submission, take_step
from tests.factories import at, make_period
from tests.people import Cast, make_cast, standing

pytestmark = pytest.mark.django_db(transaction=True)
THREADS, ACTS, SECONDS = (8, 1_000_000, 60) if os.environ.get("SOAK") else (4, 40, 60)
ACTORS = ("preparer", "sender", "reviewer", "second_reviewer")
DATA = StepData(True, CopyData("45-BC/HU", date(2024, 6, 10), "Người ký A"), "50-CV/HU", date(2024, 6, 10))
# Nobody cancels or prepares here: what is sent, recalled, received, accepted and corrected runs against itself.
NAMES = ("send", "send", "recall", "receive", "accept", "correct", "discard", "take_over", "hand_back")


def play(cast: Cast, expectations: list[Expectation], seed: int) -> Counter[tuple[int, str]]:
    """Do one random thing after another; return how often each step was acknowledged, by report."""
    dice, done, end = Random(seed), Counter[tuple[int, str]](), time.monotonic() + SECONDS  # noqa: S311
    for _act in range(ACTS):
        if time.monotonic() > end:
            break
        owed, actor, name = dice.choice(expectations), getattr(cast, dice.choice(ACTORS)), dice.choice(NAMES)
        report = Submission.objects.filter(expectation=owed).order_by("-version").first()
        try:
            if report is None:
                fresh = start_submission(owed, actor=cast.preparer, standing=standing(cast.preparer), at=at())
                Submission.objects.filter(pk=fresh.pk, state=SubmissionState.DRAFT).update(form=ReportForm.NIL)
                continue
            before = report.transitions.count()
            after = take_step(report, name, actor=actor, standing=standing(actor), at=at(11), data=DATA)
        except (StepRefused, PermissionDenied):
            continue
        # An answer to a second press repeats the first one; it is told by what the history says.
        if name in {"send", "correct"} or after.transitions.count() > before:
            done[owed.pk, name] += 1
    connections.close_all()
    return done


def test_a_busy_day_leaves_every_report_whole() -> None:
    cast = make_cast()
    people = {name: getattr(cast, name) for name in ACTORS}
    assert len(people) == len(ACTORS)
    period = make_period(bodies=[cast.district, cast.other_district])
    expectations = [period.expectations.get(body=cast.district)]
    with ThreadPoolExecutor(THREADS) as pool:
        counts = list(pool.map(lambda seed: play(cast, expectations, seed), range(THREADS)))
    acknowledged = sum(counts, Counter[tuple[int, str]]())
    for owed in expectations:
        check(owed, acknowledged)


def check(owed: Expectation, acknowledged: Counter[tuple[int, str]]) -> None:
    """Compare what was acknowledged with what is there."""
    versions = list(Submission.objects.filter(expectation=owed).order_by("version"))
    states = [SubmissionState(version.state) for version in versions]
    assert sum(state in OPEN_STATES for state in states) <= 1
    assert sum(state == SubmissionState.ACCEPTED for state in states) <= 1
    for version in versions:
        state = ""
        for row in Transition.objects.filter(submission=version).order_by("pk"):
            assert row.from_state == state and (row.step in STEPS or row.step == "start")
            state = row.to_state
        assert state == version.state
    deliveries = Delivery.objects.filter(submission__expectation=owed)
    assert deliveries.count() == acknowledged[owed.pk, "send"]
    counting = deliveries.filter(is_recalled=False)
    owed.refresh_from_db()
    assert (owed.first_delivered_at is not None) == counting.exists()
