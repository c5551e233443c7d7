"""The rows of the page of a summary: each value with the address of the report lines behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from reports.coverage_values import BodyRef
from reports.figure_values import CounterTotal, IndicatorValue
from reports.finding_words import FindingRow
from reports.summary_values import AssignmentValue, Change, EntryValue, GatheredNote, IssuedPaper, Part, Summary
from tasks.choices import WorkState


@dataclass(frozen=True)
class Linked:
    """A value with the address of the report line it comes from; without one where there is no such page."""

    value: Any
    url: str


@dataclass(frozen=True)
class LinkedEntry:
    """What one body says, with where it says so."""

    entry: EntryValue
    body: BodyRef
    url: str


@dataclass(frozen=True)
class StateRow:
    """The bodies that report one state of a line."""

    state: WorkState | None
    anchor: str
    entries: list[LinkedEntry]


@dataclass(frozen=True)
class PartRow:
    """A group or task: its bar with the silent bodies last, its changes and its entries by state.

    Each number of the bar carries the address of the entries that it counts.
    """

    part: Part
    anchor: str
    bar: list[tuple[Any, int, str]]
    changes: tuple[Change, ...]
    states: list[StateRow]
    tasks: list[PartRow]
    said: int


@dataclass(frozen=True)
class AssignmentRow:
    """An assignment with its bar and its bodies."""

    value: AssignmentValue
    anchor: str
    bar: list[tuple[Any, int, str]]
    bodies: list[Linked]


class FigureLine(NamedTuple):
    """One body's figure as it is printed; the template takes it apart at once, for a page has a thousand of them."""

    url: str
    name: str
    in_period: str
    cumulative: str
    is_estimate: bool


class CarriedLine(NamedTuple):
    """The total of a body that gave no figure in the period, as it is printed, with the day up to which it counts."""

    url: str
    name: str
    cumulative: str
    until: date


@dataclass(frozen=True)
class CounterRow:
    """A counter with the figures behind its sum; `section` is set on the first row of each."""

    value: CounterTotal
    anchor: str
    section: str
    figures: list[FigureLine]
    beside: list[FigureLine]
    carried: list[CarriedLine]


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator with the readings behind the figure of the bodies."""

    value: IndicatorValue
    anchor: str
    url: str
    latest: str
    reported: str
    readings: list[Linked]
    change: str
    before: str


@dataclass(frozen=True)
class NoteRow:
    """A difficulty or proposal with everybody who raises it."""

    note: GatheredNote
    anchor: str
    sources: list[Linked]


@dataclass(frozen=True)
class SummaryPage:
    """Everything that the template prints."""

    summary: Summary
    figures: list[dict[str, Any]]
    parts: list[PartRow]
    questions: list[PartRow]
    assignments: list[AssignmentRow]
    counters: list[CounterRow]
    indicators: list[IndicatorRow]
    difficulties: list[NoteRow]
    proposals: list[tuple[str, list[NoteRow]]]
    assessments: list[tuple[str, list[NoteRow]]]
    documents: tuple[IssuedPaper, ...]
    reports: list[Linked]
    missing: tuple[BodyRef, ...]
    findings: list[FindingRow]
