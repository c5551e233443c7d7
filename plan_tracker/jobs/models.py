"""A long job: who asked for what, how far it is, and what came of it."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plan_tracker.jobs.choices import OVER, JobState

FOLDER = "jobs"


def job_path(job: Job, filename: str) -> str:
    """Return where a file of a job is kept: a name of our own, outside of what the web server gives out."""
    name = uuid4().hex
    return f"{FOLDER}/{name[:2]}/{name}.{filename.rpartition('.')[2][:8]}"


class Job(models.Model):
    """One long job.

    `attempts` counts how often a worker took it: only the worker of the last attempt may finish it. `done` of `total`
    are rows or steps; 0 of 0 says that nobody can tell. `told` is the sentence about its end, `url` where that leads.
    """

    kind = models.SlugField(_("kind of job"), max_length=40)
    title = models.CharField(_("what is done"), max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("asked by")
    )
    is_shown = models.BooleanField(_("shown to who asked"), default=True)
    language = models.CharField(_("language"), max_length=5, default="vi")
    address = models.CharField(_("network address"), max_length=45, blank=True)
    arguments = models.JSONField(_("what it is about"), default=dict, blank=True)
    given = models.FileField(_("file to work on"), upload_to=job_path, max_length=150, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=JobState.choices, default=JobState.WAITING)
    asked_at = models.DateTimeField(_("asked at"), db_index=True)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    beat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    done = models.PositiveIntegerField(_("done so far"), default=0)
    total = models.PositiveIntegerField(_("in all"), default=0)
    told = models.CharField(_("what came of it"), max_length=500, blank=True)
    url = models.CharField(_("leads to"), max_length=300, blank=True)
    made = models.FileField(_("file that was made"), upload_to=job_path, max_length=150, blank=True)
    made_name = models.CharField(_("name of the file"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("long job")
        verbose_name_plural = _("long jobs")
        ordering = ("-asked_at", "-pk")
        indexes = [models.Index(fields=("state", "asked_at"), name="jobs_job_state_asked")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="jobs_job_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=OVER, finished_at__isnull=False)
                | (~Q(state__in=OVER) & Q(finished_at__isnull=True)),
                name="jobs_job_over_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=JobState.RUNNING) | Q(beat_at__isnull=False, attempts__gte=1),
                name="jobs_job_at_work_gives_signs",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        """Return whether nothing more happens to it."""
        return self.state in OVER
