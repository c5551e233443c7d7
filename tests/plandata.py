"""The plan itself for tests: `plan` loads fixtures/ into the test's own transaction, so that no other test sees it."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from tasks.models import Plan

PLAN_CODE = "kh-nq43"


def load_plan(*options: str) -> None:
    """Load the plan without a word."""
    call_command("load_plan", *options, verbosity=0)


@pytest.fixture
def plan(db: None) -> Plan:
    """Return the real plan, with its bodies, tasks, assignments, targets and counters."""
    load_plan()
    return Plan.objects.get(code=PLAN_CODE)
