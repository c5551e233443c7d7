"""The pages of long jobs: one's own, how far each is, and the file that it made."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from plan_tracker.jobs.models import Job

SHOWN = 50


def _own(request: HttpRequest, pk: int) -> Job:
    """Return a job of this person; to everybody else it is not there."""
    return get_object_or_404(Job, pk=pk, owner_id=request.user.pk, is_shown=True)


@require_GET
def job_list(request: HttpRequest) -> HttpResponse:
    """List what this person asked for, the newest first."""
    jobs = Job.objects.filter(owner_id=request.user.pk, is_shown=True)[:SHOWN]
    return render(request, "jobs/job_list.html", {"jobs": jobs})


@never_cache
@require_GET
def job_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a job is; the page asks again by itself until it is over."""
    crumbs = [{"label": _("Long jobs"), "url": reverse("jobs:job_list")}]
    return render(request, "jobs/job_detail.html", {"job": _own(request, pk), "crumbs": crumbs})


@never_cache
@require_GET
def job_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the part of the page that moves; asking for it does not count as somebody being there."""
    return render(request, "jobs/_job_state.html", {"job": _own(request, pk)})


@require_GET
def job_file(request: HttpRequest, pk: int) -> FileResponse:
    """Give the file that a job made, to who asked for it."""
    job = _own(request, pk)
    if not job.made.name or not job.made.storage.exists(job.made.name):
        raise Http404
    return FileResponse(job.made.open("rb"), as_attachment=True, filename=job.made_name)
