"""The audit trail as a file: made at once where it is short, else by a worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plan_tracker.audit.choices import Action
from plan_tracker.audit.exports import trail_table
from plan_tracker.audit.forms import TrailFilterForm
from plan_tracker.audit.models import Entry
from plan_tracker.audit.recording import record
from plan_tracker.audit.views import filter_of
from plan_tracker.jobs.kinds import JobRefusedError, Outcome, Progress
from plan_tracker.jobs.models import Job
from plan_tracker.jobs.queue import ask
from plan_tracker.lib import spreadsheets
from plan_tracker.lib.numbers import format_decimal
from plan_tracker.lib.spreadsheets import Table

# An entry has seven rows in the middle: a thousand entries take a second, twenty thousand seventeen.
MOST_ENTRIES_AT_ONCE = 1_000
MOST_ENTRIES = 20_000
ENTRIES_READ_AT_ONCE = 500
WRITERS: dict[str, tuple[Callable[[Table], bytes], str]] = {
    "xlsx": (spreadsheets.write_xlsx, spreadsheets.XLSX_TYPE),
    "csv": (spreadsheets.write_csv, spreadsheets.CSV_TYPE),
}


@require_POST
def trail_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Answer with the entries that fit the filter as a file, or with the job that makes it; leave an entry about it."""
    rows = filter_of(request).entries()
    now = timezone.now()
    record(Action.EXPORTED, note=request.GET.urlencode())
    if rows[MOST_ENTRIES_AT_ONCE : MOST_ENTRIES_AT_ONCE + 1].exists():
        about = {"kind": kind, "query": request.GET.urlencode()}
        job = ask("audit-trail", _("Copy of the audit trail"), owner=request.user, at=now, arguments=about)
        return redirect("jobs:job_detail", job.pk)
    write, content_type = WRITERS[kind]
    headers = {"Content-Disposition": f'attachment; filename="{_name(now, kind)}"'}
    return HttpResponse(write(trail_table(rows)), content_type=content_type, headers=headers)


def save(job: Job, progress: Progress) -> Outcome:
    """Write the newest entries that fit the filter and stood when it was asked for."""
    if not (job.owner.is_active and job.owner.is_staff):
        raise JobRefusedError(_("You may not do this any more; nothing was saved."))
    kind = str(job.arguments["kind"])
    rows = TrailFilterForm(QueryDict(job.arguments["query"])).entries().filter(at__lte=job.asked_at)
    total = rows.count()
    write, _type = WRITERS[kind]
    made = write(trail_table(_told(rows[:MOST_ENTRIES], min(total, MOST_ENTRIES), progress), is_long=True))
    told = _("The file is ready.")
    if total > MOST_ENTRIES:
        told = _("The newest %(most)s of %(total)s entries; for older ones choose the days.") % {
            "most": format_decimal(MOST_ENTRIES, 0, job.language),
            "total": format_decimal(total, 0, job.language),
        }
    return Outcome(told, "", made, _name(job.asked_at, kind))


def _told(rows: Any, total: int, progress: Progress) -> Iterator[Entry]:
    """Yield the entries, and tell how far they are."""
    for number, entry in enumerate(rows.iterator(chunk_size=ENTRIES_READ_AT_ONCE), 1):
        yield entry
        progress(number, total)


def _name(at: Any, kind: str) -> str:
    return f"nhat-ky-{timezone.localdate(at):%Y-%m-%d}.{kind}"
