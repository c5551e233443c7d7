"""What a kind of job is: a function that does the work, and the words between it and the worker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from plan_tracker.jobs.models import Job

Progress = Callable[[int, int], None]


class JobRefusedError(Exception):
    """The job cannot be done; the message is a sentence for who asked."""


@dataclass(frozen=True)
class Outcome:
    """What came of a job: a sentence, where it leads, and a file with its name."""

    told: str
    url: str = ""
    made: bytes | None = None
    made_name: str = ""


Rest = Callable[[], Outcome]


class Kind(Protocol):
    """Does the work of one job; tells its progress as done, of how many.

    It is called outside of any transaction and only reads: on SQLite whatever writes keeps everybody else from
    writing, the worker's own signs of life among them. What is to be written it leaves to the rest that it returns,
    which is called in the one transaction that also ends the job.
    """

    def __call__(self, job: Job, progress: Progress) -> Outcome | Rest:
        """Return what came of it or the rest that writes, or raise JobRefusedError, which the rest may do as well."""


def kind_named(name: str) -> Kind:
    """Return what does the jobs of a kind; KeyError for a name that `LONG_JOBS` of the settings does not know."""
    kind: Kind = import_string(settings.LONG_JOBS[name])
    return kind
