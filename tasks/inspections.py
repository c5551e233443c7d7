"""Where an inspection (item IV.6) stands on a day: still to be held, held, to be remedied, overdue, remedied."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from tasks.choices import InspectionState
from tasks.models import Inspection

OPEN = (InspectionState.TO_REMEDY, InspectionState.OVERDUE)


def inspection_state(inspection: Inspection, *, on: date) -> InspectionState:
    """Return where it stands: what has a day by which it is to be remedied is open until then."""
    if inspection.remedied_on is not None and inspection.remedied_on <= on:
        return InspectionState.REMEDIED
    if inspection.inspected_on > on:
        return InspectionState.AHEAD
    due = inspection.remedy_due_on
    if due is None:
        return InspectionState.HELD
    return InspectionState.OVERDUE if due < on else InspectionState.TO_REMEDY


def still_open(rows: QuerySet[Inspection], *, on: date) -> QuerySet[Inspection]:
    """Return the inspections whose findings are still to be remedied on a day, what is due first before the rest."""
    to_do = Q(remedied_on__isnull=True) | Q(remedied_on__gt=on)
    return rows.filter(to_do, inspected_on__lte=on, remedy_due_on__isnull=False).order_by(
        "remedy_due_on", "body__order", "pk"
    )
