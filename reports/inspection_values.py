"""The inspections of item IV.6 in a summary: how many were held in the window, and what is still to be remedied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from reports.coverage_values import BodyRef
from reports.models import Period
from tasks.choices import InspectionState
from tasks.inspections import OPEN, inspection_state
from tasks.models import Inspection


@dataclass(frozen=True)
class OpenInspection:
    """One inspection whose findings are still to be remedied."""

    body: BodyRef
    team: str
    inspected_on: date
    findings: str
    due_on: date
    state: InspectionState

    @property
    def is_overdue(self) -> bool:
        """Return whether its day has passed."""
        return self.state == InspectionState.OVERDUE


@dataclass(frozen=True)
class Inspections:
    """What a summary says of them: the bodies inspected within the window, and what is open on its day."""

    held: tuple[BodyRef, ...] = ()
    open: tuple[OpenInspection, ...] = ()

    @property
    def overdue(self) -> int:
        """Return how many are past their day."""
        return sum(row.is_overdue for row in self.open)


NOTHING_INSPECTED = Inspections()


def inspections_of(
    period: Period, rows: Iterable[Inspection], bodies: Mapping[int, BodyRef], *, on: date
) -> Inspections:
    """Return what a summary says of the inspections held until a day, in the official order; no query."""
    held: dict[int, BodyRef] = {}
    found: list[OpenInspection] = []
    for row in sorted(rows, key=lambda row: (row.inspected_on, row.pk)):
        body = bodies[row.body_id]
        if period.data_from <= row.inspected_on <= period.data_to:
            held[body.pk] = body
        state = inspection_state(row, on=on)
        if state in OPEN and row.remedy_due_on is not None:
            found.append(OpenInspection(body, row.team, row.inspected_on, row.findings, row.remedy_due_on, state))
    return Inspections(
        held=tuple(sorted(held.values(), key=lambda body: body.place)),
        open=tuple(sorted(found, key=lambda row: row.body.place)),
    )
