"""Large files and tables through the worker: in the name of who asked, whole or not at all, also when it is killed."""

from __future__ import annotations

import io
import signal
import threading
from datetime import timedelta
from typing import Any

import pytest
import tablib
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.urls import reverse
from import_export.tmp_storages import TempFolderStorage

from plan_tracker.audit.models import Entry as AuditEntry
from plan_tracker.jobs.choices import JobState
from plan_tracker.jobs.models import Job
from plan_tracker.jobs.queue import ask
from plan_tracker.jobs.working import work
from plan_tracker.loading import screens
from tasks.models import Body
from tasks.resources import BodyResource
from tests.factories import at
from tests.job_workers import until, worker
from tests.pages import signed_in
from tests.people import Cast, make_cast

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


@pytest.mark.django_db(transaction=True)
def test_a_large_file_tells_how_far_it_is_while_another_process_loads_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screens, "ROWS_AT_ONCE", 100)
    confirmed(signed_in(cast.administrator), bodies(ROWS * 4))
    connections.close_all()
    seen: set[tuple[int, int]] = set()

    def is_over() -> bool:
        job = Job.objects.get()
        seen.add((job.done, job.total))
        return job.is_over

    process = worker()
    try:
        until(is_over)
    finally:
        process.terminate()
        process.wait(30)
    assert [done for done, total in seen if 0 < done < total == ROWS * 4]


@pytest.mark.django_db(transaction=True)
def test_what_was_changed_between_reading_a_file_and_writing_it_is_seen(cast: Cast) -> None:
    resource = BodyResource()
    rows = [["hu-a", "Huyện uỷ A", "HU A", "district", "district_level", "900", "unknown"]]
    dataset = tablib.Dataset(*rows, headers=["code", "name", "short_name", "kind", "level", "order", "certainty"])
    resource.import_data(dataset)
    ahead = resource.look_ahead(dataset)
    assert ahead is not None
    assert [row.kind for row in ahead.found] == ["skip"]
    Body.objects.filter(code="hu-a").update(short_name="Khác")
    result = resource.import_data(dataset, ahead=ahead)
    assert (result.totals["update"], Body.objects.get(code="hu-a").short_name) == (1, "HU A")


@pytest.mark.django_db(transaction=True)
def test_a_file_is_not_read_again_where_nothing_has_changed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    file = bodies(3).splitlines()
    dataset = tablib.Dataset(*(line.split(";") for line in file[1:]), headers=file[0].split(";"))
    resource = BodyResource()
    ahead = resource.look_ahead(dataset)
    monkeypatch.setattr(resource, "_read_row", lambda *_: pytest.fail("the file was read again"))
    resource.import_data(dataset, ahead=ahead)
    assert Body.objects.filter(code__startswith="hu-nhap-").count() == 3


def test_a_file_with_a_marking_of_secrecy_is_kept_nowhere(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[Any] = []
    monkeypatch.setattr(TempFolderStorage, "save", lambda _self, data: kept.append(data))
    csv = bodies(3).replace("Huyện uỷ Nhập 1;", "TỐI MẬT;")
    file = SimpleUploadedFile("dia-phuong.csv", csv.encode(), content_type="text/csv")
    asked = {"import_file": file, "format": "0", "resource": ""}
    html = signed_in(cast.administrator).post(reverse("admin:tasks_body_import"), asked).content.decode()
    assert "không được lưu" in html
    assert (kept, Job.objects.count()) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_a_worker_writes_no_text_with_a_marking_of_secrecy(cast: Cast) -> None:
    about = {"model": "tasks.body", "format": 0, "file_name": "dia-phuong.csv"}
    csv = bodies(3).replace("Huyện uỷ Nhập 1;", "TỐI MẬT;").encode()
    job = ask("import", "Nhập", owner=cast.administrator, at=at(), arguments=about, given=csv)
    assert done() == 1
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert not Body.objects.filter(code__startswith="hu-nhap-").exists()
