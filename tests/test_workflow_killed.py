"""A worker that is killed in the middle of saving loses nothing that it had confirmed and leaves no half line."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from django.db import connection

from reports.models import Submission
from tests.factories import make_group, make_period, make_submission
from tests.people import Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)
KILLS = 50 if os.environ.get("SOAK") else 2
ROOT = Path(__file__).resolve().parent.parent
PLACE = ("NAME", "USER", "PASSWORD", "HOST", "PORT")


def worker(report: Submission, cast: Cast) -> subprocess.Popen[str]:
    """Start a process that saves to the database of this test."""
    place = json.dumps({name: str(connection.settings_dict[name]) for name in PLACE})
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "WORKER_DATABASE": place}
    command = [sys.executable, "-m", "tests.saving_worker", str(report.pk), str(cast.preparer.pk)]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)  # noqa: S603


def test_what_was_confirmed_is_there_and_a_line_is_whole(db: None) -> None:
    cast, dice = make_cast(), Random(43)  # noqa: S311 - when to kill
    period = make_period(bodies=[cast.district])
    make_group(period.plan)
    report = make_submission(period.expectations.get(), cast.preparer)
    for _kill in range(KILLS):
        process = worker(report, cast)
        assert process.stdout is not None
        confirmed = [int(process.stdout.readline()) for _ in range(dice.randint(3, 25))]
        process.send_signal(signal.SIGKILL)
        confirmed += [int(line) for line in process.communicate()[0].splitlines()]
        entry = report.entries.get()
        kept = int(entry.text.split()[-1])
        assert kept in {confirmed[-1], confirmed[-1] + 1}
        assert [row.text for row in entry.difficulties.all()] == [f"Khó khăn {kept}"]
        assert [row.text for row in entry.proposals.all()] == [f"Đề xuất {kept}"]
