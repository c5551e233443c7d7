"""Lines of a report given to colleagues of the same body: who may get one, who has which, and that they are told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from reports.checks import entry_key
from reports.filling import lock
from reports.models import Entry, Submission
from reports.notices import members_of, tell
from reports.outline import FormOutline, Line
from reports.periods import title_within
from tasks.permissions import Standing

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User


def colleagues(submission: Submission, *, at: datetime) -> list[User]:
    """Return who writes or sends for the body today, by name; two queries."""
    found = members_of([submission.expectation.body_id], on=timezone.localdate(at))
    return sorted(found, key=str)


@transaction.atomic
def give_lines(  # noqa: PLR0913 - what, to whom, who and when
    submission: Submission,
    outline: FormOutline,
    wanted: Mapping[str, User | None],
    *,
    actor: User,
    standing: Standing,
    at: datetime,
) -> list[User]:
    """Give lines, by key, to colleagues or to nobody; tell and return those who got a line that they did not have."""
    locked = lock(submission, standing)
    entries = {entry_key(entry): entry for entry in locked.entries.select_related("assignee")}
    got: dict[int, User] = {}
    for line in outline.entry_lines():
        if line.key not in wanted:
            continue
        person, entry = wanted[line.key], entries.get((line.subject, line.subject_id))
        if (entry.assignee_id if entry else None) == (person.pk if person else None):
            continue
        _give(locked, line, entry, person)
        if person is not None and person.pk != actor.pk:
            got[person.pk] = person
    _tell(locked, list(got.values()), actor=actor, at=at)
    return list(got.values())


def _give(submission: Submission, line: Line, entry: Entry | None, person: User | None) -> None:
    """Write who has a line; a line in which nothing stands yet gets its entry now."""
    if entry is None:
        Entry.objects.create(submission=submission, assignee=person, **{f"{line.subject}_id": line.subject_id})
        return
    entry.assignee = person
    entry.save(update_fields=["assignee"])


def _tell(submission: Submission, people: Sequence[User], *, actor: User, at: datetime) -> None:
    """Leave those who got lines a message."""
    period = submission.expectation.period

    def sentence() -> str:
        words = {"who": str(actor), "period": title_within(period)}
        return _("%(who)s gave you lines of the report: %(period)s.") % words

    url = reverse("reports:report_detail", args=[submission.pk])
    tell(people, sentence, url=url, at=at, is_demo=period.is_demo)
