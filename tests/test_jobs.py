"""Long jobs: asked for on a page, done once by one worker, told with their progress, and never done by halves."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, connections
from django.db.utils import IntegrityError
from django.urls import reverse
from django.utils import timezone

from plan_tracker.accounts.sessions import SEEN as LAST_SEEN
from plan_tracker.jobs import queue, working
from plan_tracker.jobs.choices import JobState
from plan_tracker.jobs.kinds import JobRefusedError, Outcome, Progress, Rest
from plan_tracker.jobs.models import Job
from plan_tracker.jobs.working import carry_out, work
from reports.models import Notice
from tasks.models import Body
from tests.factories import at, make_body
from tests.job_workers import until, worker
from tests.pages import page, signed_in
from tests.people import Cast, make_cast

ROOT = Path(__file__).resolve().parent.parent
ROWS = 400
OURS = ("well", "bad", "no", "early", "reads")
KINDS = {**settings.LONG_JOBS, **{name: f"tests.test_jobs.{name}" for name in OURS}}


def well(job: Job, progress: Progress) -> Rest:
    """Write a row and a file."""

    def write() -> Outcome:
        make_body("nho-viec", name=str(job.arguments["name"]))
        return Outcome("Xong.", "/co-quan/", b"a;b", "bang.csv")

    progress(3, 4)
    return write


def bad(job: Job, progress: Progress) -> Rest:
    """Write a row, then fail as a program does."""

    def write() -> Outcome:
        make_body("nho-viec")
        raise RuntimeError("a fault")

    return write


def no(job: Job, progress: Progress) -> Rest:
    """Write a row, then refuse with a sentence."""

    def write() -> Outcome:
        make_body("nho-viec")
        raise JobRefusedError("Không làm được.")

    return write


def early(job: Job, progress: Progress) -> Outcome:
    """Write a row where only reading is allowed."""
    make_body("nho-viec")
    return Outcome("Xong.")


SEEN = threading.Event()


def reads(job: Job, progress: Progress) -> Rest:
    """Read until somebody has seen on the page how far it is."""
    progress(30, 120)
    assert SEEN.wait(20)
    return partial(Outcome, "Xong.")


@pytest.fixture
def cast(db: None, settings: Any) -> Cast:
    settings.LONG_JOBS = KINDS
    return make_cast()


def asked(cast: Cast, kind: str = "well", **more: Any) -> Job:
    """Ask for a job as the administrator."""
    given = {"owner": cast.administrator, "at": at(), "arguments": {"name": "Cơ quan nhờ việc"}}
    return queue.ask(kind, "Một việc dài", **{**given, **more})


def done(*, later: int = 1) -> int:
    """Do what waits, in this thread."""
    return work(clock=lambda: at() + timedelta(minutes=later), stop=threading.Event(), pause=0, once=True)


@pytest.mark.django_db(transaction=True)
def test_a_job_is_done_once_and_whoever_asked_is_told(cast: Cast) -> None:
    job = asked(cast, given=b"xyz", ending="csv")
    given = str(job.given.name)
    assert default_storage.exists(given)
    assert (done(), done()) == (1, 0)
    job.refresh_from_db()
    assert (job.state, job.told, job.made_name, job.given.name) == (JobState.DONE, "Xong.", "bang.csv", "")
    assert Body.objects.filter(code="nho-viec").count() == 1
    assert not default_storage.exists(given)
    assert Notice.objects.get(user=cast.administrator).url == reverse("jobs:job_detail", args=[job.pk])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("kind", "sentence"),
    [("bad", "không có gì được lưu"), ("no", "Không làm được."), ("early", "không có gì được lưu")],
)
def test_a_job_that_cannot_be_done_leaves_nothing_but_a_sentence(cast: Cast, kind: str, sentence: str) -> None:
    job = asked(cast, kind)
    assert done() == 1
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert sentence in job.told
    assert not Body.objects.filter(code="nho-viec").exists()


def done_and_gone() -> None:
    """Do what waits in a thread of its own."""
    done()
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_the_page_shows_how_far_a_job_is_while_another_thread_reads(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "SECONDS_BETWEEN_SIGNS", 0.01)
    url = reverse("jobs:job_detail", args=[asked(cast, "reads").pk])
    SEEN.clear()
    thread = threading.Thread(target=done_and_gone)
    thread.start()
    try:
        until(lambda: "<b>30</b>/120" in page(cast.administrator, url))
    finally:
        SEEN.set()
        thread.join()
    assert "Xong." in page(cast.administrator, url)


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_take_the_same_job(cast: Cast) -> None:
    for _number in range(20):
        asked(cast)

    def take(_place: int) -> list[int]:
        taken = []
        while (job := queue.take_next(at=at())) is not None or Job.objects.filter(state=JobState.WAITING).exists():
            taken += [job.pk] if job else []
        connection.close()
        return taken

    with ThreadPoolExecutor(2) as pool:
        both = [pk for taken in pool.map(take, range(2)) for pk in taken]
    assert len(both) == len(set(both)) == 20


@pytest.mark.django_db(transaction=True)
def test_a_silent_worker_loses_its_job_and_what_it_did_does_not_stand(cast: Cast) -> None:
    asked(cast)
    first = queue.take_next(at=at())
    assert first is not None
    assert queue.take_next(at=at() + timedelta(seconds=30)) is None
    second = queue.take_next(at=at() + timedelta(seconds=90))
    assert second is not None
    assert (second.pk, second.attempts) == (first.pk, 2)
    carry_out(first, clock=at, progress=lambda _done, _total: None)
    assert not Body.objects.filter(code="nho-viec").exists()
    assert not queue.beat(first, done=1, total=2, at=at())
    carry_out(second, clock=at, progress=lambda _done, _total: None)
    assert Body.objects.filter(code="nho-viec").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_job_at_which_three_workers_fell_silent_is_given_up(cast: Cast) -> None:
    job = asked(cast)
    for minute in range(0, 6, 2):
        assert queue.take_next(at=at() + timedelta(minutes=minute)) is not None
    assert queue.take_next(at=at() + timedelta(minutes=8)) is None
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "3 lần" in job.told


def test_the_database_knows_how_a_job_may_stand(cast: Cast) -> None:
    job = asked(cast)
    with pytest.raises(IntegrityError):
        Job.objects.filter(pk=job.pk).update(state=JobState.DONE)


def test_only_who_asked_sees_a_job_and_its_file(cast: Cast) -> None:
    job = queue.keep_file("import", "Các dòng", owner=cast.administrator, at=at(), made=b"abc", made_name="a.xlsx")
    for route in ("job_detail", "job_state", "job_file"):
        url = reverse(f"jobs:{route}", args=[job.pk])
        page(cast.reviewer, url, 404)
        answer = signed_in(cast.administrator).get(url)
        assert answer.status_code == 200
        assert b"".join(answer)
    assert "Các dòng" in page(cast.administrator, reverse("jobs:job_list"))
    assert "Các dòng" not in page(cast.reviewer, reverse("jobs:job_list"))


def test_the_page_asks_again_until_the_job_is_over_and_shows_how_far_it_is(cast: Cast) -> None:
    job = asked(cast)
    url = reverse("jobs:job_detail", args=[job.pk])
    assert "every 2s" in page(cast.administrator, url)
    taken = queue.take_next(at=at())
    assert taken is not None
    queue.beat(taken, done=30, total=120, at=at())
    assert "<b>30</b>/120" in page(cast.administrator, url)
    queue.end(taken, JobState.DONE, Outcome("Xong."), at=at())
    assert "every 2s" not in page(cast.administrator, url)


def test_a_page_that_asks_by_itself_does_not_keep_the_screen_open(cast: Cast) -> None:
    job = asked(cast)
    client = signed_in(cast.administrator)
    client.get(reverse("accounts:account"))
    session = client.session
    session[LAST_SEEN] -= 120
    session.save()
    before = client.session[LAST_SEEN]
    client.get(reverse("jobs:job_state", args=[job.pk]))
    assert client.session[LAST_SEEN] == before


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_goes_on_takes_old_jobs_away(cast: Cast) -> None:
    queue.keep_file("import", "Cũ", owner=cast.administrator, at=at(), made=b"abc", made_name="a.xlsx")
    days = iter([1, 1, 1, 20, 20])
    stop = threading.Event()

    def clock() -> datetime:
        day = next(days, None)
        if day is None:
            stop.set()
        return at() + timedelta(days=day or 20)

    work(clock=clock, stop=stop, pause=0)
    assert not Job.objects.exists()


def test_old_jobs_go_with_their_files(cast: Cast) -> None:
    job = queue.keep_file("import", "Cũ", owner=cast.administrator, at=at(), made=b"abc", made_name="a.xlsx")
    name = str(job.made.name)
    assert queue.clear_up(at=at() + timedelta(days=13)) == 0
    assert queue.clear_up(at=at() + timedelta(days=15)) == 1
    assert not default_storage.exists(name)
    assert not Job.objects.exists()


def hang(job: Job, *, at: datetime) -> None:
    """Be a notice that takes for ever, after the file was made and in front of the commit."""
    threading.Event().wait()


@pytest.mark.django_db(transaction=True)
def test_the_file_of_a_worker_killed_in_front_of_the_commit_is_taken_away(cast: Cast) -> None:
    asked(cast)
    now = timezone.now()
    kept = queue.keep_file("import", "Giữ", owner=cast.administrator, at=now, made=b"abc", made_name="a.xlsx")
    before = files()
    connections.close_all()
    process = worker(JOB_NOTICE="tests.test_jobs.hang", LONG_JOBS=KINDS)
    try:
        until(lambda: files() > before)
    finally:
        process.kill()
        process.wait()
    assert not Body.objects.filter(code="nho-viec").exists()
    queue.clear_up(at=now + timedelta(minutes=50))
    assert files() > before
    queue.clear_up(at=now + timedelta(minutes=70))
    assert files() == {str(kept.made.name)}


def files() -> set[str]:
    """Return the files of jobs that are kept."""
    folder = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(folder)) for path in folder.glob("jobs/*/*")}
