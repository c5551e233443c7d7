"""What a summary says, as one frozen value: the page and every file print this and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from reports.choices import Addressee
from reports.choices_recommendations import RecommendationState
from reports.coverage_values import BodyRef, ClosingPart, Coverage, Source
from reports.figure_values import CounterTotal, IndicatorValue
from reports.inspection_values import NOTHING_INSPECTED, Inspections
from reports.summary_refs import ComparedRef, CoverageThen, PeriodRef, PlanRef
from tasks.choices import DeadlineKind, Timeliness, WorkState

StateCounts: TypeAlias = tuple[tuple[WorkState, int], ...]


@dataclass(frozen=True)
class Note:
    """A difficulty or (with an addressee) a proposal, with the line it hangs on."""

    source: Source
    text: str
    addressee: Addressee | None = None


@dataclass(frozen=True)
class EntryValue:
    """What one body says of one group, task, assignment or question."""

    source: Source
    state: WorkState | None
    text: str
    is_copied: bool
    difficulties: tuple[Note, ...]
    proposals: tuple[Note, ...]


@dataclass(frozen=True)
class Change:
    """How many bodies stood in a state last time and stand there now."""

    state: WorkState
    before: int
    now: int


@dataclass(frozen=True)
class Part:
    """A task group or a task: how many bodies stand in each state, what they say, and who says nothing."""

    line: str
    code: str
    title: str
    counts: StateCounts
    entries: tuple[EntryValue, ...]
    silent: tuple[BodyRef, ...]
    changes: tuple[Change, ...]
    tasks: tuple[Part, ...] = ()

    @property
    def in_difficulty(self) -> int:
        """Return how many bodies report a difficulty, by state or in words."""
        return sum(1 for entry in self.entries if entry.state == WorkState.IN_DIFFICULTY or entry.difficulties)


@dataclass(frozen=True)
class DutyOfBody:
    """How one body stands with an assignment: what was published last, what this period's report says of it."""

    body: BodyRef
    state: WorkState | Timeliness | None
    text: str
    source: Source | None
    done_on: date | None
    due_on: date | None


@dataclass(frozen=True)
class AssignmentValue:
    """An assignment of section IV over the bodies that lead it; overdue is what the calendar says on the day."""

    code: str
    title: str
    deadline: str
    deadline_kind: DeadlineKind
    deadline_printed: str
    due_on: date | None
    bodies: tuple[DutyOfBody, ...]
    counts: tuple[tuple[WorkState | Timeliness, int], ...]
    unreported: int
    done: int
    overdue: tuple[BodyRef, ...]
    # How many bodies the plan gave it to, and how many of these works are late, where others followed since.
    given: int | None = None
    late: int | None = None

    @property
    def asked(self) -> int:
        """Return how many bodies answer for it; those that followed one body count once, as it did."""
        return len(self.bodies) if self.given is None else self.given


@dataclass(frozen=True)
class AddressedNotes:
    """What is asked of one addressee; equal texts stand once, with all the bodies that raise them."""

    addressee: Addressee
    notes: tuple[GatheredNote, ...]


@dataclass(frozen=True)
class GatheredNote:
    """One text and everyone who wrote it or nearly it, in the official order; `variants` are the other wordings.

    `wordings` are all of them, with who wrote each.
    """

    text: str
    sources: tuple[Source, ...]
    variants: tuple[tuple[Source, str], ...] = ()
    wordings: tuple[tuple[Source, str], ...] = ()


@dataclass(frozen=True)
class Assessment:
    """What all bodies write in one field of the closing part: strengths, weaknesses, causes or coming work."""

    field: str
    notes: tuple[GatheredNote, ...]


@dataclass(frozen=True)
class IssuedPaper:
    """A document of the registers, issued within the window."""

    body: BodyRef
    kind: str
    symbol: str
    issued_on: date
    title: str
    assignments: tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """Something the reader of the figures must know; `kind` chooses the sentence, `bodies` and `what` fill it."""

    kind: str
    bodies: tuple[BodyRef, ...] = ()
    what: str = ""


@dataclass(frozen=True)
class Summary:
    """One period over all bodies, as of a moment."""

    plan: PlanRef
    period: PeriodRef
    compared_with: ComparedRef | None
    at: datetime
    is_demo: bool
    coverage: Coverage
    groups: tuple[Part, ...]
    questions: tuple[Part, ...]
    assignments: tuple[AssignmentValue, ...]
    counters: tuple[CounterTotal, ...]
    indicators: tuple[IndicatorValue, ...]
    difficulties: tuple[GatheredNote, ...]
    proposals: tuple[AddressedNotes, ...]
    closing: tuple[ClosingPart, ...]
    documents: tuple[IssuedPaper, ...]
    findings: tuple[Finding, ...]
    assessments: tuple[Assessment, ...] = ()
    coverage_then: CoverageThen | None = None
    recommendations: tuple[tuple[RecommendationState, int], ...] = ()
    inspections: Inspections = NOTHING_INSPECTED

    @property
    def is_a_year_after(self) -> bool:
        """Return whether it is compared with the same kind of period a year before."""
        last, now = self.compared_with, self.period
        if last is None or now.own_title:
            return False
        return (last.kind, last.year, last.ordinal) == (now.kind, now.year - 1, now.ordinal)

    def assessment(self, field: str) -> tuple[GatheredNote, ...]:
        """Return what the bodies write in one field of the closing part."""
        return next((row.notes for row in self.assessments if row.field == field), ())
