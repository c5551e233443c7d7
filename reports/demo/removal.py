"""Takes the demonstration away again, in an order that the protected keys allow; real rows stay."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.db.models import Model, QuerySet

from plan_tracker.accounts.models import User
from reports.models import (
    Attachment,
    Delivery,
    Edition,
    Entry,
    Notice,
    Period,
    Recommendation,
    Remark,
    Reminder,
    SignedCopy,
    Submission,
    TelephoneReminder,
    Tombstone,
    WorkbookUpload,
)
from targets.models import Judgement, Observation
from tasks.models import Inspection, IssuedDocument, Progress


def remove_demonstration() -> int:
    """Remove every demonstration row, and its files once the rows are gone for good; return how many rows went."""
    reports = Submission.objects.filter(expectation__period__is_demo=True)
    files = [copy.scan for copy in SignedCopy.objects.filter(submission__in=reports).exclude(scan="")]
    files += [period.request_file for period in Period.objects.filter(is_demo=True).exclude(request_file="")]
    files += [row.file for row in Attachment.objects.filter(submission__in=reports).exclude(file="")]
    files += [row.file for row in WorkbookUpload.objects.filter(submission__in=reports).exclude(file="")]
    for file in files:
        transaction.on_commit(partial(file.storage.delete, str(file.name)))
    # A restated figure holds on to the one before it.
    Observation.objects.filter(is_demo=True).update(supersedes=None)
    steps: tuple[QuerySet[Model], ...] = (
        Reminder.objects.filter(is_demo=True),
        TelephoneReminder.objects.filter(is_demo=True),
        Tombstone.objects.filter(submission__in=reports),
        Edition.objects.filter(is_demo=True),
        Recommendation.objects.filter(is_demo=True),
        Delivery.objects.filter(submission__in=reports),
        Remark.objects.filter(expectation__period__is_demo=True),
        Entry.objects.filter(submission__in=reports),
        reports,
        Notice.objects.filter(is_demo=True),
        Period.objects.filter(is_demo=True),
        Progress.objects.filter(is_demo=True),
        Observation.objects.filter(is_demo=True),
        Judgement.objects.filter(is_demo=True),
        IssuedDocument.objects.filter(is_demo=True),
        Inspection.objects.filter(is_demo=True),
        User.objects.filter(is_demo=True),
    )
    return sum(rows.delete()[0] for rows in steps)
