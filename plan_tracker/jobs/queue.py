"""The queue of long jobs: asking for one, taking the next, giving signs of life, ending it, clearing up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plan_tracker.audit.context import who_acts
from plan_tracker.jobs.choices import OVER, JobState
from plan_tracker.jobs.kinds import Outcome
from plan_tracker.jobs.models import FOLDER, Job

# A worker gives a sign every few seconds; after this silence another one takes its job.
SILENCE = timedelta(seconds=60)
MOST_ATTEMPTS = 3
KEPT = timedelta(days=14)
LONGEST_TOLD = 500
# A file is written just before the row that names it; one that has waited this long waits in vain.
LONGEST_WITHOUT_ROW = timedelta(hours=1)


class TakenFromUsError(Exception):
    """Another worker has this job by now: what this one did must not stand."""


def ask(  # noqa: PLR0913 - a job has this many sides
    kind: str,
    title: str,
    *,
    owner: Any,
    at: datetime,
    arguments: Mapping[str, Any] | None = None,
    given: bytes | None = None,
    ending: str = "bin",
    is_shown: bool = True,
) -> Job:
    """Put a job at the end of the queue; its words are those of the language on the screen now."""
    job = Job(
        kind=kind,
        title=title[:300],
        owner=owner,
        is_shown=is_shown,
        language=get_language() or "vi",
        address=who_acts().address[:45],
        arguments=dict(arguments or {}),
        asked_at=at,
    )
    if given is not None:
        job.given.save(f"given.{ending}", ContentFile(given), save=False)
    job.save()
    return job


def keep_file(  # noqa: PLR0913 - a kept file has this many sides
    kind: str, title: str, *, owner: Any, at: datetime, made: bytes, made_name: str
) -> Job:
    """Keep a file that was made at once like the file of a job, for its owner alone and no longer than one."""
    job = Job(kind=kind, title=title[:300], owner=owner, state=JobState.DONE, asked_at=at, finished_at=at)
    job.made_name = made_name
    job.made.save(made_name, ContentFile(made), save=False)
    job.save()
    return job


def take_next(*, at: datetime) -> Job | None:
    """Take the job that has waited longest, or one whose worker is silent; two workers never take the same.

    The condition is asked again in the statement that writes, so that it holds on every database.
    """
    _give_up_hopeless(at=at)
    free = Q(state=JobState.WAITING) | Q(state=JobState.RUNNING, beat_at__lt=at - SILENCE)
    job = Job.objects.filter(free).order_by("asked_at", "pk").first()
    if job is None:
        return None
    mine = Job.objects.filter(free, pk=job.pk, attempts=job.attempts)
    taken = mine.update(state=JobState.RUNNING, attempts=F("attempts") + 1, started_at=at, beat_at=at, done=0, total=0)
    return Job.objects.select_related("owner").get(pk=job.pk) if taken else None


def _give_up_hopeless(*, at: datetime) -> None:
    """End the jobs at which several workers fell silent."""
    hopeless = Job.objects.filter(state=JobState.RUNNING, beat_at__lt=at - SILENCE, attempts__gte=MOST_ATTEMPTS)
    for job in hopeless:
        end(job, JobState.FAILED, Outcome(_("Stopped %(n)s times in the middle; nothing was saved.") % {"n": 3}), at=at)


def beat(job: Job, *, done: int, total: int, at: datetime) -> bool:
    """Write a sign of life and how far the job is; False where the job is no longer this worker's."""
    return bool(_ours(job).update(beat_at=at, done=done, total=total))


def end(job: Job, state: JobState, outcome: Outcome, *, at: datetime) -> None:
    """End a job with what came of it; raise TakenFromUsError where it is no longer this worker's.

    Called inside the transaction of the work, so that the work and its end stand together or not at all. The file
    that it worked on goes when that is certain.
    """
    with transaction.atomic():
        if outcome.made is not None:
            job.made.save(outcome.made_name or "made.bin", ContentFile(outcome.made), save=False)
        ended = _ours(job).update(
            state=state,
            finished_at=at,
            told=outcome.told[:LONGEST_TOLD],
            url=outcome.url,
            made=job.made.name or "",
            made_name=outcome.made_name,
            arguments={},
            given="",
            done=F("total"),
        )
        if not ended:
            if job.made:
                job.made.delete(save=False)
            raise TakenFromUsError
        given, storage = job.given.name, job.given.storage
        if given:
            transaction.on_commit(lambda: storage.delete(given))
    job.refresh_from_db(fields=("state", "finished_at", "told", "url", "made", "made_name", "done", "total"))


def clear_up(*, at: datetime) -> int:
    """Take away jobs that ended long ago, with their files, and files that no job names; return how many jobs."""
    old = list(Job.objects.filter(state__in=OVER, finished_at__lt=at - KEPT))
    for job in old:
        if job.made:
            job.made.delete(save=False)
        job.delete()
    _take_orphans(at=at)
    return len(old)


def _take_orphans(*, at: datetime) -> None:
    """Take away files of a worker or a page that was killed between the file and the row that names it."""
    kept = (f"{FOLDER}/{part}/{name}" for part in _inside(FOLDER)[0] for name in _inside(f"{FOLDER}/{part}")[1])
    # Read before the rows: a file that comes meanwhile is not in the list, and one that is in it has its row by then.
    old = [path for path in kept if default_storage.get_modified_time(path) < at - LONGEST_WITHOUT_ROW]
    named = {name for pair in Job.objects.values_list("made", "given") for name in pair}
    for path in old:
        if path not in named:
            default_storage.delete(path)


def _inside(folder: str) -> tuple[list[str], list[str]]:
    """Return the folders and files in a folder of the storage; none where it is not there yet."""
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []


def _ours(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)
