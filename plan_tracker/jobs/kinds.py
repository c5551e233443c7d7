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


class Kind(Protocol):
    """Does the work of one job inside a transaction; tells its progress as done, of how many."""

    def __call__(self, job: Job, progress: Progress) -> Outcome:
        """Return what came of it, or raise JobRefusedError."""


def kind_named(name: str) -> Kind:
    """Return what does the jobs of a kind; KeyError for a name that `LONG_JOBS` of the settings does not know."""
    kind: Kind = import_string(settings.LONG_JOBS[name])
    return kind
