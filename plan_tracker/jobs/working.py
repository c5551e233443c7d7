"""What a worker does: takes jobs one after the other, gives signs of life beside the work, and says what came of it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from plan_tracker.audit.context import HAND_OVER, acting, in_the_name_of
from plan_tracker.audit.statements import writes_under_watch
from plan_tracker.jobs import queue
from plan_tracker.jobs.choices import JobState
from plan_tracker.jobs.kinds import JobRefusedError, Outcome, Progress, kind_named
from plan_tracker.jobs.models import Job
from plan_tracker.lib.secrecy_writes import SecrecyError, refuse_in_writes

Clock = Callable[[], datetime]
SECONDS_BETWEEN_SIGNS = 1.0
BETWEEN_CLEARINGS = timedelta(hours=1)
log = logging.getLogger(__name__)


class Signs:
    """Writes signs of life and progress from a thread of its own, while the work goes on.

    On SQLite nothing can be written beside the transaction that writes what the work found: there the last sign
    before it stays, and no other worker can take the job either.
    """

    def __init__(self, job: Job, clock: Clock) -> None:
        self.job, self.clock = job, clock
        self.done = self.total = 0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._write, name=f"signs-of-job-{job.pk}", daemon=True)

    def progress(self, done: int, total: int) -> None:
        """Remember how far the work is; cheap enough to be called for each row."""
        self.done, self.total = done, total

    def _write(self) -> None:
        try:
            while not self.over.wait(SECONDS_BETWEEN_SIGNS):
                with suppress(DatabaseError):
                    queue.beat(self.job, done=self.done, total=self.total, at=self.clock())
        finally:
            connection.close()

    def __enter__(self) -> Progress:
        self.thread.start()
        return self.progress

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.over.set()
        self.thread.join()


def carry_out(job: Job, *, clock: Clock, progress: Progress) -> None:
    """Do one job that was taken: everything of it stands afterwards, or nothing and a sentence that says why."""
    name = in_the_name_of(job.owner)
    with override(job.language), acting(person=name, address=job.address, source=f"manage.py work: {job.kind}"):
        try:
            with connection.execute_wrapper(_only_read):
                found = kind_named(job.kind)(job, progress)
            with connection.execute_wrapper(refuse_in_writes), transaction.atomic():
                outcome = found if isinstance(found, Outcome) else found()
                queue.end(job, JobState.DONE, outcome, at=clock())
                _tell(job, at=clock())
        except queue.TakenFromUsError:
            log.warning("Job %s was taken by another worker; nothing of this attempt stands.", job.pk)
        except (JobRefusedError, SecrecyError) as refusal:
            _fail(job, str(refusal), at=clock())
        except Exception:
            log.exception("Job %s (%s) failed", job.pk, job.kind)
            _fail(job, _("Something went wrong; nothing was saved. The administrator's log says more."), at=clock())


def _only_read(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Refuse what would be written in front of the transaction, where it would stand whatever came of the job."""
    if writes_under_watch(sql.removeprefix(f"{HAND_OVER}; ")):
        raise RuntimeError(f"A kind of job leaves writing to its rest: {sql[:80]}")
    return execute(sql, params, many, context)


def _fail(job: Job, sentence: str, *, at: datetime) -> None:
    with suppress(queue.TakenFromUsError), transaction.atomic():
        queue.end(job, JobState.FAILED, Outcome(sentence, job.url), at=at)
        _tell(job, at=at)


def _tell(job: Job, *, at: datetime) -> None:
    """Leave who asked a notice."""
    if job.is_shown and settings.JOB_NOTICE:
        import_string(settings.JOB_NOTICE)(job, at=at)


def work(*, clock: Clock, stop: threading.Event, pause: float, once: bool = False) -> int:
    """Do jobs until told to stop, or with `once` until none is left; return how many. The one at work is finished.

    Jobs that ended long ago are taken away at the beginning and once an hour.
    """
    number = 0
    cleared: datetime | None = None
    while not stop.is_set():
        if cleared is None or clock() - cleared >= BETWEEN_CLEARINGS:
            cleared = clock()
            queue.clear_up(at=cleared)
        job = queue.take_next(at=clock())
        if job is None:
            if once:
                break
            # A connection that lies idle may be gone by the next job, and would hold a database that is moved.
            connection.close()
            stop.wait(pause)
            continue
        with Signs(job, clock) as progress:
            carry_out(job, clock=clock, progress=progress)
        number += 1
    return number
