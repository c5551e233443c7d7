"""What the pages of the report form show: the report opened for a person, its tabs with counts, and each line whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import Count, IntegerField, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.checks import Finding
from reports.choices import Addressee, RemarkState
from reports.figure_fields import Pick
from reports.filling import EMPTY, Content, Stored, Typed
from reports.lateness import days_between, days_past, is_late
from reports.models import CounterValue, Entry, Reading, Remark, RemarkReply, Submission
from reports.outline import FormOutline, Line, line_url, outline_for
from reports.periods import title_within
from reports.permissions import can_edit, submissions_visible_to
from tasks.choices import WorkState
from tasks.models import IssuedDocument, Task
from tasks.permissions import Standing

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User


class Who(TypedDict):
    """Who saves, as what, and when: the keyword arguments of everything that saves."""

    actor: User
    standing: Standing
    at: datetime


@dataclass(frozen=True)
class Opened:
    """A report that a person has opened at a moment."""

    submission: Submission
    user: User
    standing: Standing
    at: datetime

    @cached_property
    def outline(self) -> FormOutline:
        """Return the form; five queries, once."""
        return outline_for(self.submission)

    @property
    def who(self) -> Who:
        """Return who saves, for the functions that do."""
        return {"actor": self.user, "standing": self.standing, "at": self.at}

    @property
    def can_edit(self) -> bool:
        """Return whether this person may change the text now."""
        return can_edit(self.standing, self.submission)

    @property
    def title(self) -> str:
        """Return the heading of every page of the form."""
        return _("Report: %(period)s") % {"period": title_within(self.submission.expectation.period)}

    @property
    def time_left(self) -> str:
        """Return how long there is until the report is due; nothing once it was sent."""
        expectation = self.submission.expectation
        return "" if expectation.first_delivered_at else time_left(expectation.due_at, self.at)


def time_left(due: datetime, at: datetime) -> str:
    """Return “2 days left”, “3 hours left” or “2 days late”; days are those of the calendar."""
    days = days_between(due, at)
    if is_late(due, at):
        if days == 0:
            return _("past the due moment")
        late = days_past(due, at)
        return ngettext("%(number)s day late", "%(number)s days late", late) % {"number": late}
    if days:
        return ngettext("%(number)s day left", "%(number)s days left", days) % {"number": days}
    hours = int((due - at).total_seconds() // 3600)
    return ngettext("%(number)s hour left", "%(number)s hours left", hours) % {"number": hours}


def open_report(pk: int, user: User, standing: Standing, at: datetime) -> Opened | None:
    """Return the report if the person may see it; one query, with the number of figures entered."""
    rows = submissions_visible_to(standing).select_related(
        "expectation__period__plan", "expectation__body", "saved_by", "signed_copy"
    )
    counts: dict[str, Any] = {"counters_done": _filled(CounterValue), "readings_done": _filled(Reading)}
    submission = rows.annotate(**counts).filter(pk=pk).first()
    return None if submission is None else Opened(submission, user, standing, at)


def _filled(model: type[CounterValue | Reading]) -> Coalesce:
    """Return how many rows of a report hold a figure or a note."""
    names = ("in_period",) if model is CounterValue else ("value", "numerator")
    holds = ~Q(note="")
    for name in names:
        holds |= Q(**{f"{name}__isnull": False})
    rows = model._default_manager.filter(holds, submission=OuterRef("pk")).order_by().values("submission")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0, output_field=IntegerField())


@dataclass(frozen=True)
class Row:
    """One difficulty or proposal on the page; the last one is empty, for what comes next."""

    text: str = ""
    addressee: str = Addressee.PROVINCE.value
    error: str = ""


@dataclass(frozen=True)
class LineView:
    """One line as the page shows it: what is typed or stored, and all that helps to write it."""

    line: Line
    content: Content
    seen: str
    entry: Entry | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    conflict: Stored | None = None
    words: tuple[tuple[str, str], ...] = ()
    last: Entry | None = None
    remarks: tuple[Remark, ...] = ()
    documents: tuple[IssuedDocument, ...] = ()
    level: int = 2
    hint: str = ""
    findings: Sequence[Finding] = ()
    tasks: Sequence[Task] = ()
    picks: Sequence[Pick] = ()
    preview: str = ""

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """Return value, word and whether it is chosen, for each state of this line."""
        return [(state.value, str(state.label), state == self.content.state) for state in self.line.states]

    @property
    def difficulties(self) -> list[Row]:
        """Return the difficulties and one empty row."""
        rows = [
            Row(text, error=self.errors.get(f"difficulty-{place}", ""))
            for place, text in enumerate(self.content.difficulties)
        ]
        return [*rows, Row()]

    @property
    def proposals(self) -> list[Row]:
        """Return the proposals and one empty row."""
        rows = [
            Row(text, to, self.errors.get(f"proposal-{place}", ""))
            for place, (text, to) in enumerate(self.content.proposals)
        ]
        return [*rows, Row()]

    @property
    def served_tasks(self) -> list[Task]:
        """Return the other tasks that this line serves."""
        return [task for task in self.tasks if task.code in self.content.serves]

    @property
    def other_tasks(self) -> list[Task]:
        """Return the tasks that it could serve as well."""
        taken = {*self.content.serves, self.line.key.removeprefix("task:")}
        return [task for task in self.tasks if task.code not in taken]

    @property
    def has_rows(self) -> bool:
        """Return whether difficulties or proposals are already there, so that their part stands open."""
        return bool(self.content.difficulties or self.content.proposals) or self.content.state == (
            WorkState.IN_DIFFICULTY
        )

    @property
    def conflict_state(self) -> str:
        """Return the word of the state that the other person saved."""
        state = self.conflict.content.state if self.conflict else ""
        return str(WorkState(state).label) if state else ""


def line_views(  # noqa: PLR0913 - what is stored, what was typed over it, and what helps
    opened: Opened,
    lines: Iterable[Line],
    stored: Mapping[tuple[str, int], Stored],
    *,
    typed: Mapping[str, Typed] | None = None,
    conflicts: Mapping[str, Stored] | None = None,
    helps: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[LineView]:
    """Return each line with what was typed (after a refusal) or else what is stored."""
    views = []
    for line in lines:
        now = stored.get((line.subject, line.subject_id), Stored(EMPTY))
        sent = (typed or {}).get(line.key)
        clash = (conflicts or {}).get(line.key)
        # After a refusal the page still answers for what it first showed; a clash shows the other text as well.
        seen = now.content.digest if sent is None or clash else sent.seen
        views.append(
            LineView(
                line=line,
                content=sent.content if sent else now.content,
                seen=seen,
                entry=now.entry,
                errors=sent.errors if sent else {},
                conflict=clash,
                **(helps or {}).get(line.key, {}),
            )
        )
    return views


def remarks_by_line(opened: Opened) -> dict[str, tuple[Remark, ...]]:
    """Return the remarks of a report with their answers, by line; two queries."""
    found: dict[str, list[Remark]] = {}
    replies = Prefetch("replies", RemarkReply.objects.select_related("written_by"))
    rows = Remark.objects.filter(expectation_id=opened.submission.expectation_id).select_related("asked_by")
    for remark in rows.prefetch_related(replies).order_by("asked_at", "pk"):
        found.setdefault(remark.line, []).append(remark)
    return {line: tuple(remarks) for line, remarks in found.items()}


def asked_of(opened: Opened) -> list[dict[str, Any]]:
    """Return the remarks that wait for an answer or a correction, each with its line and where to go."""
    labels, pk = opened.outline.labels(), opened.submission.pk
    return [
        {"remark": remark, "label": labels.get(line, ""), "url": line_url(pk, line)}
        for line, remarks in remarks_by_line(opened).items()
        for remark in remarks
        if remark.state != RemarkState.SETTLED
    ]
