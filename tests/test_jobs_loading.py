"""Large files and tables through the worker: in the name of who asked, whole or not at all, also when it is killed."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from plan_tracker.audit.models import Entry as AuditEntry
from plan_tracker.jobs.choices import JobState
from plan_tracker.jobs.models import Job
from plan_tracker.jobs.working import work
from plan_tracker.loading import screens
from tasks.models import Body
from tests.factories import at
from tests.pages import signed_in
from tests.people import Cast, make_cast

ROOT = Path(__file__).resolve().parent.parent
ROWS = 400


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def done() -> int:
    """Do what waits, in this thread."""
    return work(clock=lambda: at() + timedelta(minutes=1), stop=threading.Event(), pause=0, once=True)


def bodies(number: int) -> str:
    """Return a file of new bodies."""
    head = "code;name;short_name;kind;level;order;certainty\n"
    rows = (
        f"hu-nhap-{n};Huyện uỷ Nhập {n};HU Nhập {n};district;district_level;{1000 + n};unknown" for n in range(number)
    )
    return head + "\n".join(rows)


def confirmed(client: Client, csv: str) -> Any:
    """Try a file of bodies out and confirm it."""
    file = SimpleUploadedFile("dia-phuong.csv", csv.encode(), content_type="text/csv")
    url = reverse("admin:tasks_body_import")
    preview = client.post(url, {"import_file": file, "format": "0", "resource": ""})
    form = preview.context["confirm_form"]
    return client.post(reverse("admin:tasks_body_process_import"), {**form.initial, "confirm": "1"})


@pytest.mark.django_db(transaction=True)
def test_a_large_file_is_loaded_by_the_worker_in_the_name_of_who_sent_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screens, "ROWS_AT_ONCE", 100)
    answer = confirmed(signed_in(cast.administrator), bodies(ROWS))
    job = Job.objects.get()
    assert answer.url == reverse("jobs:job_detail", args=[job.pk])
    assert not Body.objects.filter(code="hu-nhap-1").exists()
    call_command("work", once=True, stdout=io.StringIO())
    job.refresh_from_db()
    assert (job.state, job.told) == (JobState.DONE, f"{ROWS} dòng mới, 0 dòng thay đổi, 0 dòng giữ nguyên.")
    assert Body.objects.filter(code__startswith="hu-nhap-").count() == ROWS
    entry = AuditEntry.objects.filter(action="loaded").get()
    assert (entry.actor, entry.table) == ("administrator", "tasks_body")
    assert "SHA-256" in entry.note


@pytest.mark.django_db(transaction=True)
def test_who_may_not_load_any_more_loads_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens, "ROWS_AT_ONCE", 1)
    confirmed(signed_in(cast.administrator), bodies(2))
    cast.administrator.is_staff = cast.administrator.is_superuser = False
    cast.administrator.save()
    assert done() == 1
    assert Job.objects.get().state == JobState.FAILED
    assert not Body.objects.filter(code="hu-nhap-1").exists()


@pytest.mark.django_db(transaction=True)
def test_a_large_table_is_saved_by_the_worker(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screens, "ROWS_AT_ONCE", 1)
    client = signed_in(cast.administrator)
    fields = {"resource": "0", "format": "0", "bodyresource_code": "on", "bodyresource_name": "on"}
    answer: Any = client.post(reverse("admin:tasks_body_export"), fields)
    job = Job.objects.get()
    assert answer.url == reverse("jobs:job_detail", args=[job.pk])
    assert done() == 1
    file = b"".join(client.get(reverse("jobs:job_file", args=[job.pk])))
    assert cast.district.name in file.decode()


def worker() -> subprocess.Popen[bytes]:
    """Start a worker as `make run` does, on the database of the tests."""
    place = connection.settings_dict["NAME"]
    code = (
        "import django; django.setup(); from django.conf import settings;"
        f"settings.DATABASES['default']['NAME'] = {str(place)!r}; settings.MEDIA_ROOT = {str(settings.MEDIA_ROOT)!r};"
        "from django.core.management import call_command; call_command('work')"
    )
    return subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)  # noqa: S603


def until(condition: Any, seconds: float = 30) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_leaves_nothing_by_halves_and_another_does_it_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screens, "ROWS_AT_ONCE", 100)
    confirmed(signed_in(cast.administrator), bodies(ROWS * 4))
    job = Job.objects.get()
    connections.close_all()
    first = worker()
    until(lambda: Job.objects.get().state == JobState.RUNNING)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert Body.objects.filter(code__startswith="hu-nhap-").count() in {0, ROWS * 4}
    Job.objects.filter(state=JobState.RUNNING).update(beat_at=at())
    second = worker()
    until(lambda: Job.objects.get().state == JobState.DONE)
    second.send_signal(signal.SIGTERM)
    assert second.wait(30) == 0
    assert Body.objects.filter(code__startswith="hu-nhap-").count() == ROWS * 4
    assert AuditEntry.objects.filter(action="loaded").count() == 1
    assert Job.objects.get().pk == job.pk
