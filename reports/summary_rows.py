"""Entries, difficulties and proposals of the accepted reports, of a period and the one before, read at one go."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    F,
    IntegerField,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast

from reports.choices import Addressee, PeriodState, SubmissionState
from reports.models import Difficulty, Entry, Period, Proposal
from tasks.choices import WorkState


@dataclass(frozen=True)
class Said:
    """One entry as the database has it; `line` is its key."""

    pk: int
    submission: int
    line: str
    state: WorkState | None
    text: str
    is_copied: bool
    question: str


@dataclass(frozen=True)
class Noted:
    """One difficulty or proposal as the database has it; without an entry it stands in the closing part."""

    submission: int
    entry: int | None
    order: int
    text: str
    addressee: Addressee | None


def compared_with(period: Period) -> QuerySet[Period]:
    """Return, as a query, the period of the same kind a year before, else the latest one that ended before."""
    ordinal = {"ordinal__isnull": True} if period.ordinal is None else {"ordinal": period.ordinal}
    same = When(kind=period.kind, year=period.year - 1, then=Value(0), **ordinal)
    return (
        Period.objects.filter(plan=period.plan_id, is_demo=period.is_demo, data_to__lt=period.data_to)
        .exclude(state=PeriodState.CANCELLED)
        .order_by(Case(same, default=Value(1), output_field=IntegerField()), "-data_to", "-data_from")[:1]
    )


def counted(period: Period) -> Q:
    """Return the condition for lines of the accepted reports of a period and of the one it is compared with."""
    of = "submission__expectation__period"
    periods = Q(**{of: period.pk}) | Q(**{of: Subquery(compared_with(period).values("pk"))})
    return periods & Q(submission__state=SubmissionState.ACCEPTED)


# The columns that entries, difficulties and proposals share, so that one query reads them all.
_COLUMNS = (
    *("what", "of", "submission_id", "entry_key"),
    *("group_number", "task_code", "assignment_code", "place", "question_text", "state_or_addressee", "text", "copied"),
)


def read_rows(period: Period) -> tuple[list[Said], list[Noted], dict[str, Counter[WorkState]]]:
    """Return entries and notes of the period, and the states of the period before."""
    said: list[Said] = []
    noted: list[Noted] = []
    before: dict[str, Counter[WorkState]] = defaultdict(Counter)
    for row in _union(period):
        what, of, submission, entry, *subject, question, word, text, copied = row
        order = subject[-1]
        if what == "note":
            noted.append(Noted(submission, entry, order, text.strip(), Addressee(word) if word else None))
            continue
        line = line_key(*subject)
        state = WorkState(word) if word else None
        if of == period.pk:
            said.append(Said(entry, submission, line, state, text, bool(copied), question or ""))
            continue
        if state is not None:
            before[line][state] += 1
    return said, noted, before


def _union(period: Period) -> QuerySet[Any, tuple[Any, ...]]:
    """Return the rows of the three tables as one."""
    of = "submission__expectation__period"
    whole = {"of": F(f"{of}_id")}
    entries = Entry.objects.filter(counted(period)).annotate(
        what=_text("entry"),
        **whole,
        entry_key=F("pk"),
        group_number=F("group__number"),
        task_code=F("task__code"),
        assignment_code=F("assignment__code"),
        place=F("question__order"),
        question_text=F("question__text"),
        state_or_addressee=F("state"),
        copied=F("is_copied"),
    )
    own = Q(submission__state=SubmissionState.ACCEPTED, **{of: period.pk})
    nothing = {
        "what": _text("note"),
        **whole,
        "entry_key": F("entry_id"),
        "group_number": Cast(Value(None), IntegerField()),
        "task_code": _text(""),
        "assignment_code": _text(""),
        "place": F("order"),
        "question_text": _text(""),
        "copied": Value(False, output_field=BooleanField()),
    }
    difficulties = Difficulty.objects.filter(own).annotate(**nothing, state_or_addressee=_text(""))
    proposals = Proposal.objects.filter(own).annotate(**nothing, state_or_addressee=F("addressee"))
    parts = [rows.order_by().values_list(*_COLUMNS) for rows in (entries, difficulties, proposals)]
    return parts[0].union(parts[1], parts[2], all=True)


def _text(word: str) -> Value:
    """Return a word as a column."""
    return Value(word, output_field=CharField())


def line_key(group: int | None, task: str | None, assignment: str | None, question: int | None) -> str:
    """Return the key of a line, as `reports.outline` writes it."""
    if group is not None:
        return f"group:{group}"
    if task:
        return f"task:{task}"
    return f"assignment:{assignment}" if assignment else f"question:{question}"
