"""Filling in the lines of a report: what was typed is read and checked; a line is saved whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from plan_tracker.lib.secrecy import marking_error
from plan_tracker.lib.text import nfc
from reports.checks import WRITTEN_STATES, entry_key
from reports.choices import Addressee
from reports.conflicts import THEIRS, Verdict, digest, judge
from reports.figure_fields import kept_and_shown
from reports.models import Difficulty, Entry, Proposal, Submission
from reports.outline import Line
from reports.permissions import can_edit
from reports.withdrawn_texts import ReportMoved, refuse_withdrawn
from tasks.models import Task
from tasks.permissions import Standing

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User

MOST_CHARACTERS = 20_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_TASK_CODE = re.compile(r"\d{1,3}\.\d{1,3}")
Subject = tuple[str, int]


@dataclass(frozen=True)
class Content:
    """What a line says: state, text, difficulties, proposals with their addressees, and the tasks it also serves."""

    state: str = ""
    text: str = ""
    difficulties: tuple[str, ...] = ()
    proposals: tuple[tuple[str, str], ...] = ()
    serves: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Return the digest that tells two contents apart."""
        return digest(self.state, self.text, self.difficulties, self.proposals, self.serves)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing is said."""
        return self == Content()

    @property
    def texts(self) -> tuple[str, ...]:
        """Return everything that is said in words."""
        return (self.text, *self.difficulties, *(text for text, _to in self.proposals))


EMPTY = Content()


@dataclass(frozen=True)
class Typed:
    """What a person sent for one line, with what is wrong in it; nothing typed is ever thrown away."""

    line: Line
    content: Content
    seen: str
    errors: Mapping[str, str] = field(default_factory=dict)
    takes_theirs: bool = False

    @property
    def secret(self) -> tuple[str, ...]:
        """Return which fields carry a marking of secrecy, by the last part of their names."""
        content = self.content
        proposals = [text for text, _to in content.proposals]
        texts = {"text": [content.text], "difficulty": content.difficulties, "proposal": proposals}
        return tuple(name for name, said in texts.items() if marking_error(*said))


@dataclass(frozen=True)
class Stored:
    """What is stored at a line, and who saved it last."""

    content: Content
    entry: Entry | None = None


def clean_text(raw: str) -> str:
    """Return the text as it is stored: composed letters, plain line ends, no invisible control characters."""
    text = nfc(raw).replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", text).strip()


def text_error(text: str) -> str:
    """Return the sentence that refuses a text, or nothing."""
    if len(text) > MOST_CHARACTERS:
        return _("This text is too long: at most %(most)s characters.") % {"most": MOST_CHARACTERS}
    return marking_error(text)


def read_line(line: Line, data: QueryDict) -> Typed:
    """Return what the form says of one line."""
    prefix, errors = line.anchor, {}
    text = clean_text(data.get(f"{prefix}-text", ""))
    state = data.get(f"{prefix}-state", "")
    difficulties, proposals = read_rows(prefix, data)
    if state and state not in line.states:
        errors["state"], state = _("Choose one of the states offered."), ""
    if sentence := text_error(text):
        errors["text"] = sentence
    errors |= row_errors(difficulties, proposals)
    content = Content(state, text, difficulties, proposals, read_served(prefix, data))
    choice = data.get(f"{prefix}-choice", "")
    if data.get(f"{prefix}-asked") and not choice:
        errors["choice"] = _("Choose which text to keep.")
    return Typed(line, content, data.get(f"{prefix}-seen", ""), errors, takes_theirs=choice == THEIRS)


def read_rows(prefix: str, data: QueryDict) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the difficulties and the proposals that the form lists; empty rows fall away."""
    difficulties = tuple(text for raw in data.getlist(f"{prefix}-difficulty") if (text := clean_text(raw)))
    pairs = zip(data.getlist(f"{prefix}-proposal"), data.getlist(f"{prefix}-addressee"), strict=False)
    proposals = tuple(
        (text, to if to in Addressee.values else Addressee.PROVINCE.value)
        for raw, to in pairs
        if (text := clean_text(raw))
    )
    return difficulties, proposals


def read_served(prefix: str, data: QueryDict) -> tuple[str, ...]:
    """Return the codes of the tasks that a line also serves, in the order of the plan."""
    codes = {code for code in data.getlist(f"{prefix}-serves") if _TASK_CODE.fullmatch(code)}
    return tuple(sorted(codes, key=lambda code: [int(part) for part in code.split(".")]))


def row_errors(difficulties: Iterable[str], proposals: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what is wrong in the rows, by the number of the row."""
    errors = {f"difficulty-{place}": text_error(text) for place, text in enumerate(difficulties)}
    errors |= {f"proposal-{place}": text_error(text) for place, (text, _to) in enumerate(proposals)}
    return {name: sentence for name, sentence in errors.items() if sentence}


def stored_lines(submission: Submission) -> dict[Subject, Stored]:
    """Return what each line of a report says now; four queries."""
    entries = submission.entries.select_related("saved_by", "assignee").prefetch_related("also_serves")
    return _with_rows(submission, list(entries))


def _with_rows(submission: Submission, entries: Sequence[Entry]) -> dict[Subject, Stored]:
    """Put difficulties and proposals to their entries."""
    difficulties: dict[int | None, list[str]] = {}
    proposals: dict[int | None, list[tuple[str, str]]] = {}
    for row in submission.difficulties.order_by("order", "pk"):
        difficulties.setdefault(row.entry_id, []).append(row.text)
    for proposal in submission.proposals.order_by("order", "pk"):
        proposals.setdefault(proposal.entry_id, []).append((proposal.text, proposal.addressee))
    return {
        entry_key(entry): Stored(
            Content(
                state=entry.state,
                text=as_written(entry),
                difficulties=tuple(difficulties.get(entry.pk, ())),
                proposals=tuple(proposals.get(entry.pk, ())),
                serves=served_by(entry),
            ),
            entry,
        )
        for entry in entries
    }


def as_written(entry: Entry) -> str:
    """Return the text of an entry as it was written, with its fields."""
    return entry.written or entry.text


def served_by(entry: Entry) -> tuple[str, ...]:
    """Return the codes of the tasks that an entry also serves, in the order of the plan."""
    codes = (task.code for task in entry.also_serves.all())
    return tuple(sorted(codes, key=lambda code: [int(part) for part in code.split(".")]))


def last_entries(submission: Submission, lines: Iterable[Line]) -> dict[Subject, Entry]:
    """Return what this body last wrote of each line in a report for an earlier period; one query."""
    period = submission.expectation.period
    asked: dict[str, list[int]] = {}
    for line in lines:
        asked.setdefault(line.subject, []).append(line.subject_id)
    about = Q(pk__in=[])
    for subject, keys in asked.items():
        about |= Q(**{f"{subject}__in": keys})
    rows = Entry.objects.filter(
        about,
        submission__state__in=WRITTEN_STATES,
        submission__expectation__body_id=submission.expectation.body_id,
        submission__expectation__period__plan_id=period.plan_id,
        submission__expectation__period__is_demo=period.is_demo,
        submission__expectation__period__data_to__lt=period.data_to,
    )
    window = "submission__expectation__period__data"
    rows = rows.order_by(f"{window}_to", f"{window}_from", "submission__version")
    return {entry_key(entry): entry for entry in rows.select_related("submission__expectation__period")}


def lock(submission: Submission, standing: Standing) -> Submission:
    """Return the report locked for a change, or say that it has moved on; inside a transaction."""
    rows = Submission.objects.select_for_update(of=("self",)).select_related("expectation__period")
    found = rows.get(pk=submission.pk)
    if not can_edit(standing, found):
        raise ReportMoved(
            _("The report has moved on (%(state)s) and takes no more changes.") % {"state": found.get_state_display()}
        )
    return found


@transaction.atomic
def save_lines(  # noqa: PLR0913 - what was typed, how it is to be saved, who and when
    submission: Submission,
    typed: Sequence[Typed],
    *,
    actor: User,
    standing: Standing,
    at: datetime,
    each_alone: bool = False,
) -> dict[str, Stored]:
    """Save every line that was changed, or none: return the lines that somebody else changed meanwhile, by key.

    `each_alone`: a line that clashes does not keep the others from being saved.
    """
    locked = lock(submission, standing)
    stored = stored_lines(locked)
    conflicts: dict[str, Stored] = {}
    writing: list[tuple[Typed, Stored]] = []
    for one in typed:
        now = stored.get((one.line.subject, one.line.subject_id), Stored(EMPTY))
        verdict = judge(typed=one.content.digest, seen=one.seen, stored=now.content.digest)
        if one.takes_theirs or verdict == Verdict.UNTOUCHED:
            continue
        if verdict == Verdict.CONFLICT:
            conflicts[one.line.key] = now
            continue
        writing.append((one, now))
    if each_alone or not conflicts:
        refuse_withdrawn(text for one, _now in writing for text in one.content.texts)
        for one, now in writing:
            write_entry(locked, one.line, one.content, now, actor=actor, at=at)
        mark_saved(locked, actor=actor, at=at)
    return conflicts


def write_entry(  # noqa: PLR0913 - what, where, over what, who and when
    submission: Submission, line: Line, content: Content, now: Stored, *, actor: User, at: datetime
) -> Entry:
    """Write one line; a changed text is no longer the last period's."""
    entry = now.entry or Entry(submission=submission, row_version=0, **{f"{line.subject}_id": line.subject_id})
    if content.text != as_written(entry):
        entry.is_copied = False
    entry.state = content.state
    entry.written, entry.text = kept_and_shown(content.text, submission)
    entry.row_version += 1
    entry.saved_by, entry.saved_at = actor, at
    entry.save()
    write_rows(submission, entry, content, now.content)
    if content.serves != now.content.serves:
        entry.also_serves.set(tasks_with(content.serves, submission))
    return entry


def tasks_with(codes: Iterable[str], submission: Submission) -> list[Task]:
    """Return the tasks of the report's plan that have these codes; one query."""
    return list(Task.objects.filter(group__plan=submission.expectation.period.plan_id, code__in=codes))


def write_rows(submission: Submission, entry: Entry | None, content: Content, before: Content) -> None:
    """Write the difficulties and proposals of a line (or, without an entry, of the closing part) where they changed."""
    if content.difficulties != before.difficulties:
        submission.difficulties.filter(entry=entry).delete()
        Difficulty.objects.bulk_create(
            Difficulty(submission=submission, entry=entry, order=place, text=text)
            for place, text in enumerate(content.difficulties, start=1)
        )
    if content.proposals != before.proposals:
        submission.proposals.filter(entry=entry).delete()
        Proposal.objects.bulk_create(
            Proposal(submission=submission, entry=entry, order=place, text=text, addressee=to)
            for place, (text, to) in enumerate(content.proposals, start=1)
        )


def mark_saved(submission: Submission, *, actor: User, at: datetime) -> None:
    """Keep who saved the report last, and when."""
    Submission.objects.filter(pk=submission.pk).update(saved_by=actor, saved_at=at)
