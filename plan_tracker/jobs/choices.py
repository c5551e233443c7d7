"""How a long job stands."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class JobState(TextChoices):
    """A job waits for a worker, is at work, and ends in one of two ways."""

    WAITING = "job_waiting", pgettext_lazy("long job", "waiting")
    RUNNING = "job_running", pgettext_lazy("long job", "at work")
    DONE = "job_done", pgettext_lazy("long job", "done")
    FAILED = "job_failed", pgettext_lazy("long job", "not done")


OPEN = (JobState.WAITING, JobState.RUNNING)
OVER = (JobState.DONE, JobState.FAILED)
