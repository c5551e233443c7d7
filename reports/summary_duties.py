"""How the assignments of section IV stand at the bodies that lead them, and what the registers hold for the window."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q

from reports.coverage import Field
from reports.inspection_values import Inspections, inspections_of
from reports.models import Period
from reports.summary_lines import STATE_ORDER, Lines
from reports.summary_values import AssignmentValue, DutyOfBody, EntryValue, IssuedPaper
from tasks.answering import Answer, Charge, Facts, charges_from, read_leads
from tasks.choices import DeadlineKind, Timeliness, WorkState
from tasks.deadlines import in_words
from tasks.ledger import read_ledger_and_inspections
from tasks.models import Assignment, IssuedDocument, Progress
from tasks.progress import latest_progress


@dataclass(frozen=True)
class Duties:
    """The assignments over their bodies, the documents issued within the window, and the inspections."""

    assignments: tuple[AssignmentValue, ...]
    documents: tuple[IssuedPaper, ...]
    inspections: Inspections


def read_duties(period: Period, lines: Lines, field: Field, *, on: date) -> Duties:
    """Return every assignment over its bodies, and the registers; four queries.

    The state is what was published last up to the day; overdue is what the calendar says on it.
    """
    leads, assignments = read_leads(Assignment.objects.filter(plan=period.plan_id))
    issued = _registers(period, on=on)
    served: dict[tuple[int, int], list[IssuedDocument]] = defaultdict(list)
    for row in issued:
        if row.served is not None:
            served[row.served, row.body_id].append(row)
    rulings, lineage, inspected = read_ledger_and_inspections(
        assignments, period.plan_id, on=on, is_demo=period.is_demo
    )
    facts = Facts(
        bodies=field.rows,
        leads=leads,
        rulings=rulings,
        progress=_progress(assignments, period, on=on),
        issued=served,
        lineage=lineage,
    )
    charges = charges_from(assignments, facts, on=on)
    return Duties(
        assignments=tuple(_assignment(charge, lines, field) for charge in charges),
        documents=_documents(issued, assignments, period, field),
        inspections=inspections_of(period, inspected, field.bodies, on=on),
    )


def _registers(period: Period, *, on: date) -> list[Any]:
    """Return the documents of the window and those that serve an assignment, once for each that they serve."""
    rows = IssuedDocument.objects.filter(plan=period.plan_id, is_demo=period.is_demo, issued_on__lte=on)
    within = Q(issued_on__range=(period.data_from, period.data_to))
    return list(
        rows.annotate(served=F("assignments"))
        .filter(within | Q(served__isnull=False))
        .order_by("issued_on", "symbol", "pk")
    )


def _progress(assignments: Mapping[int, Assignment], period: Period, *, on: date) -> dict[tuple[int, int], Progress]:
    """Return the newest progress of each assignment at each body."""
    rows = latest_progress(on=on, is_demo=period.is_demo).filter(assignment_id__in=list(assignments)).order_by()
    return {(row.assignment_id or 0, row.body_id): row for row in rows}


def _documents(
    issued: list[Any], assignments: Mapping[int, Assignment], period: Period, field: Field
) -> tuple[IssuedPaper, ...]:
    """Return each document of the window once, in the official order of the bodies."""
    codes: dict[int, list[str]] = defaultdict(list)
    found: dict[int, IssuedDocument] = {}
    for row in issued:
        if period.data_from <= row.issued_on <= period.data_to:
            found[row.pk] = row
            codes[row.pk] += [assignments[row.served].code] if row.served in assignments else []
    papers = [
        IssuedPaper(field.bodies[row.body_id], row.kind, row.symbol, row.issued_on, row.title, tuple(codes[row.pk]))
        for row in found.values()
    ]
    return tuple(sorted(papers, key=lambda paper: paper.body.place))


def _assignment(charge: Charge, lines: Lines, field: Field) -> AssignmentValue:
    """Return one assignment."""
    line = f"assignment:{charge.assignment.code}"
    said = {entry.source.body.pk: entry for entry in lines.entries.get(line, ())}
    duties = tuple(_duty(answer, field, said) for answer in charge.answers)
    counts = Counter(work.state for work in charge.works if work.state is not None)
    is_handed_on = charge.total != charge.holders
    order: list[WorkState | Timeliness] = [*STATE_ORDER, Timeliness.OVERDUE]
    return AssignmentValue(
        code=charge.assignment.code,
        title=charge.assignment.title,
        deadline=in_words(charge.deadline),
        deadline_kind=DeadlineKind(charge.assignment.deadline_kind),
        deadline_printed=charge.assignment.deadline_printed,
        due_on=charge.deadline.due_on,
        bodies=duties,
        counts=tuple((state, counts[state]) for state in order if counts.get(state)),
        unreported=sum(work.state is None for work in charge.works),
        done=charge.done,
        overdue=tuple(duty.body for duty in duties if duty.state == Timeliness.OVERDUE),
        given=charge.total if is_handed_on else None,
        late=charge.overdue if is_handed_on else None,
    )


def _duty(answer: Answer, field: Field, said: Mapping[int, EntryValue]) -> DutyOfBody:
    """Return how one body stands; its words and their source are those of this period's report, if it has some."""
    spoken = said.get(answer.body.pk)
    published = answer.progress.text if answer.progress else ""
    return DutyOfBody(
        body=field.bodies[answer.body.pk],
        state=answer.state,
        text=spoken.text if spoken else published,
        source=spoken.source if spoken else None,
        done_on=answer.done_on,
        due_on=answer.deadline.due_on,
    )
