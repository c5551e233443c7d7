"""The long jobs of the administration: a large file that was tried out is loaded, a large table is saved."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from plan_tracker.jobs.kinds import JobRefusedError, Outcome, Progress, Rest
from plan_tracker.jobs.models import Job
from plan_tracker.lib.numbers import format_decimal
from plan_tracker.loading.rejected import located
from plan_tracker.loading.screens import CHANGED_SINCE, FORMATS


def _request(job: Job) -> HttpRequest:
    """Return a request in the name of whoever asked, for the screens that want one."""
    request = HttpRequest()
    request.user = job.owner
    request.method = "POST"
    request.in_background = True  # type: ignore[attr-defined]
    return request


def _screen(job: Job, request: HttpRequest) -> Any:
    """Return the screen of the table, or refuse where whoever asked may not use it any more."""
    screen = admin.site._registry[apps.get_model(job.arguments["model"])]
    if not (request.user.is_active and admin.site.has_permission(request) and screen.has_view_permission(request)):
        raise JobRefusedError(_("You may not do this any more; nothing was saved."))
    return screen


def load(job: Job, progress: Progress) -> Rest:
    """Read a file that was tried out; what writes it saves nothing of it where one row is refused by now."""
    request = _request(job)
    screen: Any = _screen(job, request)
    if not screen.has_import_permission(request):
        raise JobRefusedError(_("You may not do this any more; nothing was saved."))
    with job.given.open("rb") as file:
        content = file.read()
    # The same reading as on the page: CSV as text, a workbook as bytes.
    reader = FORMATS[job.arguments["format"]](encoding=screen.from_encoding)
    dataset = reader.create_dataset(content if reader.is_binary() else content.decode(screen.from_encoding))
    resource = screen.get_import_resource_classes(request)[0](**job.arguments.get("resource", {}))
    ahead = resource.look_ahead(dataset, progress=progress, user=job.owner)

    def write() -> Outcome:
        result = resource.import_data(
            dataset,
            dry_run=False,
            file_name=job.arguments["file_name"],
            user=job.owner,
            progress=progress,
            ahead=ahead,
        )
        if result.has_errors() or result.has_validation_errors():
            located(result, resource)
            raise JobRefusedError(str(CHANGED_SINCE))
        counts = {name: format_decimal(result.totals[name], 0, job.language) for name in ("new", "update", "skip")}
        told = _("%(new)s new, %(update)s changed, %(skip)s unchanged.") % counts
        return Outcome(told, reverse("admin:{}_{}_changelist".format(*screen.get_model_info())))

    return write


def save(job: Job, progress: Progress) -> Outcome:
    """Write a table as the screen of the administration would, with the same filter and columns."""
    request = _request(job)
    screen = _screen(job, request)
    request.GET = QueryDict(job.arguments["query"])
    request.POST = QueryDict(job.arguments["form"])
    try:
        answer = screen.export_action(request)
    except PermissionDenied as error:
        raise JobRefusedError(_("You may not do this any more; nothing was saved.")) from error
    disposition = answer.headers.get("Content-Disposition", "")
    if "filename=" not in disposition:
        raise JobRefusedError(_("The table could not be written as asked; please ask for it again."))
    return Outcome(_("The file is ready."), "", answer.content, disposition.split("filename=")[1].strip('"'))
