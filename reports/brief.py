"""The brief on one page: how the period stands, the three largest delays, and what changed since last time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.text import Truncator

from plan_tracker.lib.dates import document_day
from reports import anchors, narrative
from reports.coverage_values import BodyRef
from reports.documents.wording import STATES
from reports.sentences import BODIES, first_sentences, period_in_words
from reports.summary_values import AddressedNotes, Summary
from reports.told import Figure, Sentence, Words, counted, joined, said, valued
from tasks.choices import WorkState

DELAYS = 3
NO_DELAY = "Không có nhiệm vụ, báo cáo quá hạn tại thời điểm này."
NOTHING_BEFORE = "Chưa có kỳ trước để so sánh."
UNCHANGED = "So với kỳ trước, các số liệu không thay đổi."


@dataclass(frozen=True)
class Measure:
    """How much a brief says: changes, requests, bodies named at a delay, letters of one title, and two sentences."""

    changes: int = 5
    asked: int = 2
    names: int = 6
    letters: int = 200
    documents: bool = True
    groups: bool = True


WHOLE = Measure()


@dataclass(frozen=True)
class Delay:
    """Something due that is not done: what, since when, and by whom."""

    what: str
    rows: str
    due_on: date
    bodies: tuple[BodyRef, ...]

    def days(self, on: date) -> int:
        """Return for how many days it has been late."""
        return (on - self.due_on).days


def largest_delays(summary: Summary) -> list[Delay]:
    """Return the three largest delays: by how many bodies are late, then for how long."""
    on = timezone.localtime(summary.at).date()
    found = [
        Delay(row.title, anchors.assignment(row.code), row.due_on, row.overdue)
        for row in summary.assignments
        if row.due_on and row.overdue
    ]
    due = timezone.localtime(summary.period.due_at).date()
    if summary.coverage.missing and due < on:
        found.append(Delay("Báo cáo của kỳ này", anchors.MISSING, due, summary.coverage.missing))
    return sorted(found, key=lambda delay: (-len(delay.bodies), -delay.days(on)))[:DELAYS]


def headline(summary: Summary, much: Measure = WHOLE) -> tuple[Sentence, ...]:
    """Return how the period stands: who has reported, how the groups stand, which documents were issued."""
    on = timezone.localtime(summary.at).date()
    told = [
        narrative.coverage(summary.coverage, on=on),
        _groups(summary, much) if much.groups else None,
        narrative.documents(summary.documents) if much.documents else None,
    ]
    return tuple(row for row in told if row is not None)


def _groups(summary: Summary, much: Measure) -> Sentence | None:
    """Return which groups have results at the most bodies, and which stand in difficulty at the most."""
    states = (WorkState.WITH_RESULTS, WorkState.IN_DIFFICULTY)
    words: list[str | Figure | Words] = []
    for state in states:
        counts = [(dict(part.counts).get(state, 0), part) for part in summary.groups]
        number, best = max(counts, key=lambda pair: pair[0], default=(0, None))
        if best is not None and number:
            start = f"; {STATES[state].lower()}" if words else STATES[state]
            words.append(f"{start} nhiều nhất ở nhóm {best.code} ({_cut(best.title, much)}): ")
            words.append(counted(number, anchors.part(best.line), BODIES))
    return said(*words, ".") if words else None


def delays(summary: Summary, much: Measure = WHOLE) -> tuple[Sentence, ...]:
    """Return a sentence for each of the largest delays."""
    on = timezone.localtime(summary.at).date()
    found = [_delay(delay, on, much) for delay in largest_delays(summary)]
    return tuple(found) or (said(NO_DELAY),)


def _delay(delay: Delay, on: date, much: Measure) -> Sentence:
    """Return one delay: how many are late, for how long, and who; a long list of names is cut."""
    late = counted(len(delay.bodies), delay.rows, BODIES)
    what, days = _cut(delay.what, much), f"{delay.days(on):02d}"
    start = f"{what} (thời hạn {document_day(delay.due_on)}, quá {days} ngày): còn "
    names: list[Words] = [(body.short_name,) for body in delay.bodies[: much.names]]
    more = len(delay.bodies) - len(names)
    if more > 0 and names:
        names.append(counted(more, delay.rows, "nơi khác"))
    who = (": ", joined(names)) if names else ()
    return said(start, late, *who, ".", listed=True)


def _cut(title: str, much: Measure) -> str:
    """Return a title, or its first words."""
    return Truncator(title).chars(much.letters, truncate=" …")


def changes(summary: Summary, much: Measure = WHOLE) -> tuple[Sentence, ...]:
    """Return what moved most since the period before."""
    if summary.compared_with is None:
        return (said(NOTHING_BEFORE),)
    last = summary.compared_with
    name = period_in_words(last.kind, last.year, last.ordinal, last.own_title)
    found = (_reports(summary, name), *_states(summary), *_activity(summary, name, much))
    return tuple(row for row in found if row is not None)[: much.changes] or (said(UNCHANGED),)


def _reports(summary: Summary, name: str) -> Sentence | None:
    """Return how many reports were summed up, this time and last time."""
    then, now = summary.coverage_then, summary.coverage
    if then is None:
        return None
    shown = counted(now.accepted, anchors.COVERAGE)
    of = counted(now.expected, anchors.COVERAGE)
    was = (*counted(then.accepted, anchors.COVERAGE), "/", *counted(then.expected, anchors.COVERAGE))
    return said("Báo cáo đã tổng hợp: ", shown, "/", of, f" ({name}: ", was, ").", listed=True)


def _states(summary: Summary) -> Iterator[Sentence]:
    """Yield the largest moves of bodies between the states of a group."""
    moves = [(part, change) for part in summary.groups for change in part.changes if change.now != change.before]
    moves.sort(key=lambda move: -abs(move[1].now - move[1].before))
    for part, change in moves[:2]:
        rows = anchors.part(part.line)
        before, now = counted(change.before, rows), counted(change.now, rows, BODIES)
        state = STATES[change.state].lower()
        moved = " lên " if change.now > change.before else " xuống "
        yield said(f"Nhóm {part.code}, {state}: từ ", before, moved, now, ".", listed=True)


def _activity(summary: Summary, name: str, much: Measure) -> Iterator[Sentence]:
    """Yield the figures of activity that moved most, by their own measure."""
    rows: list[tuple[Decimal, Any]] = []
    for row in summary.counters:
        if row.in_period is not None and row.before and row.is_comparable and row.in_period != row.before:
            rows.append((abs(row.in_period - row.before) / abs(row.before), row))
    rows.sort(key=lambda pair: (-pair[0], pair[1].code))
    for _share, row in rows[:2]:
        now = valued(row.in_period, anchors.counter(row.code), row.unit, row.decimals)
        before = valued(row.before, anchors.counter(row.code), decimals=row.decimals)
        yield said(f"{_cut(row.title, much)}: ", now, f" ({name}: ", before, ").", listed=True)


def asked(proposals: tuple[AddressedNotes, ...], much: Measure = WHOLE) -> tuple[Sentence, ...]:
    """Return what most bodies ask for."""
    notes = sorted(
        (
            (len(note.sources), group.addressee, place, note)
            for group in proposals
            for place, note in enumerate(group.notes)
        ),
        key=lambda row: -row[0],
    )
    return tuple(
        said(
            first_sentences(note.text, much.letters).rstrip(".;"),
            " (",
            counted(number, anchors.proposal(addressee, place), BODIES),
            " nêu).",
            listed=True,
        )
        for number, addressee, place, note in notes[: much.asked]
    )
