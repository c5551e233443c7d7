"""A correction: a new version that begins as a copy of the accepted one."""

from __future__ import annotations

from django.db.models import Max

from reports.attachments import copy_to
from reports.choices import SubmissionState
from reports.models import CounterValue, Entry, Reading, Submission
from reports.moves import Move
from reports.outline import CLOSING_FIELDS


def new_version(move: Move) -> Submission:
    """Make the next version, a draft with everything that the accepted one says."""
    accepted = move.submission
    last = move.expectation.submissions.aggregate(last=Max("version"))["last"] or 0
    draft = Submission.objects.create(
        expectation=move.expectation,
        version=last + 1,
        state=SubmissionState.DRAFT,
        form=accepted.form,
        corrects_symbol=move.data.correcting_symbol,
        corrects_date=move.data.correcting_date,
        created_by=move.actor,
        created_at=move.at,
        saved_by=move.actor,
        saved_at=move.at,
        closing_written=accepted.closing_written,
        **{name: getattr(accepted, name) for name in CLOSING_FIELDS},
    )
    copies = _copy_entries(accepted, draft)
    for kind in ("difficulties", "proposals"):
        manager = getattr(accepted, kind)
        rows = list(manager.all())
        for row in rows:
            row.pk, row.submission, row.entry = None, draft, copies.get(row.entry_id)
        manager.model.objects.bulk_create(rows)
    _copy_figures(accepted, draft)
    copy_to(accepted, draft)
    return draft


def _copy_entries(accepted: Submission, draft: Submission) -> dict[int, Entry]:
    """Copy the entries; return the copies by the primary key of the entry they were made from."""
    copies: dict[int, Entry] = {}
    served: dict[int, list[int]] = {}
    for entry in accepted.entries.prefetch_related("also_serves").order_by("pk"):
        before = entry.pk
        served[before] = [task.pk for task in entry.also_serves.all()]
        copies[before] = Entry(
            submission=draft,
            group_id=entry.group_id,
            task_id=entry.task_id,
            assignment_id=entry.assignment_id,
            question_id=entry.question_id,
            state=entry.state,
            text=entry.text,
            written=entry.written,
            saved_by_id=entry.saved_by_id,
            saved_at=entry.saved_at,
        )
    Entry.objects.bulk_create(copies.values())
    through = Entry.also_serves.through
    through.objects.bulk_create(
        through(entry_id=copies[before].pk, task_id=task) for before, tasks in served.items() for task in tasks
    )
    return copies


def _copy_figures(accepted: Submission, draft: Submission) -> None:
    counters: list[CounterValue] = list(accepted.counter_values.all())
    readings: list[Reading] = list(accepted.readings.all())
    for counter in counters:
        counter.pk, counter.submission = None, draft
    for reading in readings:
        reading.pk, reading.submission = None, draft
    CounterValue.objects.bulk_create(counters)
    Reading.objects.bulk_create(readings)
