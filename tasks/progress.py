"""How many bodies stand where: counts by state of groups, tasks and assignments as of a day, in one query.

Demonstration and real progress never stand together: where nothing is said, real progress is shown if there is any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from tasks.choices import Silence, WorkState
from tasks.models import IssuedDocument, Progress
from tasks.querysets import ProgressQuerySet

# The order of a bar: what is finished first, what is not asked last.
BAR_ORDER = (
    WorkState.WITH_RESULTS,
    WorkState.DONE,
    WorkState.IN_PROGRESS,
    WorkState.DOING,
    WorkState.IN_DIFFICULTY,
    WorkState.NOT_STARTED,
    WorkState.NOT_DONE,
    WorkState.SEPARATE,
    WorkState.NOT_OURS,
)
IN_DIFFICULTY = (WorkState.IN_DIFFICULTY,)


@dataclass(frozen=True)
class Tally:
    """How many bodies stand in each state."""

    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Return how many bodies have reported."""
        return sum(self.counts.values())

    @property
    def in_difficulty(self) -> int:
        """Return how many bodies have met with difficulties."""
        return sum(self.counts.get(state, 0) for state in IN_DIFFICULTY)

    @property
    def parts(self) -> list[tuple[WorkState | Silence, int]]:
        """Return the segments of a bar, without the bodies that have not reported."""
        return [(state, self.counts[state]) for state in BAR_ORDER if self.counts.get(state)]

    def parts_of(self, expected: int) -> list[tuple[WorkState | Silence, int]]:
        """Return the segments of a bar over all bodies that are asked; the silent ones stand last."""
        silent = max(0, expected - self.total)
        return [*self.parts, (Silence.NOT_REPORTED, silent)] if silent else self.parts


NOTHING = Tally()


@dataclass(frozen=True)
class Tallies:
    """The counts of a day, by primary key of the group, task or assignment."""

    is_demo: bool
    groups: Mapping[int, Tally]
    tasks: Mapping[int, Tally]
    assignments: Mapping[int, Tally]
    words: Mapping[tuple[int, int], Progress] = field(default_factory=dict)
    """The newest word on each (assignment, body), without its text."""

    def of_group(self, pk: int) -> Tally:
        """Return the counts of a group; empty ones where nothing was reported."""
        return self.groups.get(pk, NOTHING)

    def of_task(self, pk: int) -> Tally:
        """Return the counts of a task; empty ones where nothing was reported."""
        return self.tasks.get(pk, NOTHING)


def latest_progress(*, on: date, is_demo: bool | None = None) -> ProgressQuerySet:
    """Return the newest progress of each (subject, body) as of a day; one query when read."""
    rows = Progress.objects.current().up_to(on)
    if is_demo is not None:
        rows = rows.filter(is_demo=is_demo)
    newest_first = Window(
        RowNumber(),
        partition_by=[F("group"), F("task"), F("assignment"), F("body"), F("is_demo")],
        order_by=[F("as_of").desc(), F("published_at").desc(), F("pk").desc()],
    )
    return rows.annotate(place=newest_first).filter(place=1)


def shows_demo() -> bool:
    """Return whether pages show the demonstration: it holds progress or documents, and nothing real does; one query."""
    flags = set(
        Progress.objects.current()
        .order_by()
        .values_list("is_demo", flat=True)
        .union(IssuedDocument.objects.order_by().values_list("is_demo", flat=True))
    )
    return flags == {True}


def read_tallies(*, on: date, is_demo: bool | None = None, body_ids: Iterable[int] | None = None) -> Tallies:
    """Return how many bodies that exist stand in each state on a day; one query. `body_ids` narrows it to some.

    What ended bodies said of assignments stays among the `words`: those that follow them may take it over.
    """
    rows = latest_progress(on=on, is_demo=is_demo).order_by()
    if body_ids is not None:
        rows = rows.filter(body_id__in=list(body_ids))
    columns = ("group_id", "task_id", "assignment_id", "state", "is_demo", "body_id", "as_of", "published_at")
    found = list(rows.values_list(*columns, "body__valid_to"))
    chosen = is_demo if is_demo is not None else bool(found) and all(row[4] for row in found)
    counters: tuple[dict[int, Counter[str]], ...] = ({}, {}, {})
    words: dict[tuple[int, int], Progress] = {}
    for *subjects, state, demo, body, as_of, published_at, last_day in found:
        if demo == chosen:
            if subjects[2] is not None:
                word = Progress(state=state, body_id=body, as_of=as_of, published_at=published_at, is_demo=demo)
                words[subjects[2], body] = word
            for counter, subject in zip(counters, subjects, strict=True):
                if subject is not None and (last_day is None or last_day >= on):
                    counter.setdefault(subject, Counter())[state] += 1
    groups, tasks, assignments = ({pk: Tally(counts) for pk, counts in counter.items()} for counter in counters)
    return Tallies(is_demo=chosen, groups=groups, tasks=tasks, assignments=assignments, words=words)
