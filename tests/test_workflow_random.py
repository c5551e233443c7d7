"""Random sequences of what several people can do with a report: no sequence loses, doubles or publishes wrongly."""

from __future__ import annotations

import os

import pytest
from django.conf import LazySettings
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from reports.choices import SubmissionState
from tests.factories import make_group, make_period
from tests.people import make_cast
from tests.workflow_machine import WorkflowMachine

pytestmark = pytest.mark.django_db
# 400 sequences of 30 steps, and more in the long form than the 10,000 steps that are asked for.
SEQUENCES, LENGTH = (400, 30) if os.environ.get("SOAK") else (8, 25)


def test_no_sequence_of_steps_breaks_the_way_of_a_report(settings: LazySettings, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path
    machine = WorkflowMachine
    machine.cast = make_cast()
    machine.period = make_period(bodies=[machine.cast.district])
    machine.taken, machine.refused, machine.reached = 0, 0, set()
    make_group(machine.period.plan, 1)
    run_state_machine_as_test(machine, settings=random_settings())
    # A machine that is refused everything, or that never gets to the end, proves nothing.
    assert machine.taken > machine.refused / 10
    states = set(SubmissionState) if os.environ.get("SOAK") else {SubmissionState.ACCEPTED}
    assert states <= machine.reached


def random_settings() -> settings:
    """Return how long to play; the same seed in the short form, so that a failure is met again."""
    return settings(
        max_examples=SEQUENCES,
        stateful_step_count=LENGTH,
        deadline=None,
        derandomize=not os.environ.get("SOAK"),
        suppress_health_check=list(HealthCheck),
        database=None,
    )
