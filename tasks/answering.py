"""Who answers an assignment and where each of them stands on a day: state, deadline and the documents issued for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, CharField, DateField, F, QuerySet, Value
from django.db.models.functions import Cast

from tasks.choices import DocumentKind, PartyRole, Timeliness, WorkState
from tasks.deadlines import Deadline, Ruling, Timing, deadline_of, timing_on
from tasks.models import Assignment, Body, Extension, IssuedDocument, Plan, Progress, TriggerEvent
from tasks.progress import latest_progress

EXTENSION, EVENT, DOCUMENT = "extension", "event", "document"
# What "a programme or a plan" is in a register; another document that serves the assignment does not finish it.
FINISHING_KINDS = (DocumentKind.PROGRAMME, DocumentKind.PLAN)


@dataclass(frozen=True)
class Answer:
    """One body (with the bodies it reports for) before one assignment."""

    assignment: Assignment
    body: Body
    also: tuple[Body, ...]
    deadline: Deadline
    timing: Timing
    progress: Progress | None
    done_on: date | None
    documents: tuple[IssuedDocument, ...]

    @property
    def state(self) -> WorkState | Timeliness | None:
        """Return the one word that a table shows: finished, overdue, else what was reported."""
        if self.timing.is_done:
            return WorkState.DONE
        if self.timing.timeliness == Timeliness.OVERDUE:
            return Timeliness.OVERDUE
        return WorkState(self.progress.state) if self.progress else None


@dataclass(frozen=True)
class Charge:
    """An assignment with everybody who leads a part of it, in the official order."""

    assignment: Assignment
    deadline: Deadline
    answers: tuple[Answer, ...]
    rulings: tuple[tuple[Ruling, Body | None], ...] = ()

    @property
    def by_documents(self) -> bool:
        """Return whether documents in the registers answer this assignment."""
        return any(answer.done_on for answer in self.answers)

    @property
    def done(self) -> int:
        """Return how many bodies have finished."""
        return sum(answer.timing.is_done for answer in self.answers)

    @property
    def overdue(self) -> int:
        """Return how many bodies are late."""
        return sum(answer.timing.timeliness == Timeliness.OVERDUE for answer in self.answers)

    @property
    def total(self) -> int:
        """Return how many bodies answer for it."""
        return len(self.answers)


@dataclass(frozen=True)
class Facts:
    """What the queries found, by (assignment, body)."""

    bodies: Mapping[int, Body]
    leads: Mapping[int, Sequence[int]]
    rulings: Mapping[int, Sequence[Ruling]]
    progress: Mapping[tuple[int, int], Progress]
    issued: Mapping[tuple[int, int], Sequence[IssuedDocument]]


def read_charges(  # noqa: PLR0913 - what is known already is handed in
    plan: Plan,
    *,
    on: date,
    is_demo: bool,
    codes: Iterable[str] | None = None,
    with_text: bool = False,
    bodies: Mapping[int, Body] | None = None,
    progress: Mapping[tuple[int, int], Progress] | None = None,
) -> list[Charge]:
    """Return the plan's assignments and where each body stands; four queries, whatever the number of bodies.

    `codes` narrows the answer to some assignments. The texts of the progress are read only `with_text`. A page that
    has read all `bodies`, or the newest `progress`, hands them in and saves a query each.
    """
    rows = Assignment.objects.filter(plan=plan)
    leads, assignments = read_leads(rows if codes is None else rows.filter(code__in=list(codes)))
    keys = list(assignments)
    ledger = list(_extensions(keys).union(_events(keys), _issued(keys, on=on, is_demo=is_demo), all=True))
    facts = Facts(
        bodies=Body.objects.in_bulk() if bodies is None else bodies,
        leads=leads,
        rulings=_rulings_in(ledger),
        progress=_progress(keys, on=on, is_demo=is_demo, with_text=with_text) if progress is None else progress,
        issued=_issued_in(ledger),
    )
    return charges_from(assignments, facts, on=on)


def charges_from(assignments: Mapping[int, Assignment], facts: Facts, *, on: date) -> list[Charge]:
    """Return the charges from what was read; no query."""
    return [_charge(assignment, facts, on=on) for assignment in assignments.values()]


def read_leads(rows: QuerySet[Assignment]) -> tuple[dict[int, list[int]], dict[int, Assignment]]:
    """Return the bodies that lead each assignment (sets written out), and the assignments in their order; one query."""
    rows = (
        rows.select_related("passage")
        .defer("passage__received")
        .annotate(
            party_role=F("parties__role"), party_body=F("parties__body"), member=F("parties__body_group__members")
        )
    )
    leads: dict[int, list[int]] = defaultdict(list)
    assignments: dict[int, Assignment] = {}
    for row in rows.order_by("order", "parties__order"):
        found: Any = row
        assignments.setdefault(row.pk, row)
        body = found.party_body or found.member
        if found.party_role == PartyRole.LEAD and body and body not in leads[row.pk]:
            leads[row.pk].append(body)
    return leads, assignments


def read_rulings(assignments: Iterable[int]) -> dict[int, list[Ruling]]:
    """Return what moved the deadlines: extensions and events, in one query."""
    ids = list(assignments)
    return _rulings_in(_extensions(ids).union(_events(ids), all=True))


def _rulings_in(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[Ruling]]:
    rulings: dict[int, list[Ruling]] = defaultdict(list)
    for what, assignment, body, decided_on, due_on, words, *_rest in rows:
        if what != DOCUMENT:
            rulings[assignment].append(Ruling(decided_on, due_on, words, body, what == EVENT))
    return rulings


def _issued_in(rows: Iterable[tuple[Any, ...]]) -> dict[tuple[int, int], list[IssuedDocument]]:
    issued: dict[tuple[int, int], list[IssuedDocument]] = defaultdict(list)
    for what, assignment, body, issued_on, _due_on, title, kind, symbol, key in rows:
        if what == DOCUMENT:
            document = IssuedDocument(pk=key, body_id=body, issued_on=issued_on, title=title, kind=kind, symbol=symbol)
            issued[assignment, body].append(document)
    return issued


def _extensions(assignments: list[int]) -> QuerySet[Extension, tuple[Any, ...]]:
    """Return the extensions as rows of the ledger: what, assignment, body, day, due day, words, kind, symbol, key."""
    rows = Extension.objects.filter(assignment__in=assignments).order_by()
    return rows.values_list(
        text(EXTENSION), "assignment_id", "body_id", F("decided_on"), "due_on", "document", text(""), text(""), "pk"
    )


def _events(assignments: list[int]) -> QuerySet[TriggerEvent, tuple[Any, ...]]:
    """Return the events as rows of the ledger."""
    rows = TriggerEvent.objects.filter(assignment__in=assignments).order_by()
    body = Cast(Value(None), BigIntegerField())
    return rows.values_list(
        text(EVENT), "assignment_id", body, F("happened_on"), "due_on", "document", text(""), text(""), "pk"
    )


def _issued(assignments: list[int], *, on: date, is_demo: bool) -> QuerySet[IssuedDocument, tuple[Any, ...]]:
    """Return the documents that bodies issued for the assignments as rows of the ledger."""
    rows = IssuedDocument.objects.filter(assignments__in=assignments, is_demo=is_demo, issued_on__lte=on).order_by()
    never = Cast(Value(None), DateField())
    return rows.values_list(
        text(DOCUMENT), "assignments", "body_id", F("issued_on"), never, "title", "kind", "symbol", "pk"
    )


def text(words: str) -> Value:
    """Return words as a column."""
    return Value(words, output_field=CharField())


def _progress(
    assignments: Iterable[int], *, on: date, is_demo: bool, with_text: bool
) -> dict[tuple[int, int], Progress]:
    """Return the newest progress of each assignment at each body."""
    rows = latest_progress(on=on, is_demo=is_demo).filter(assignment_id__in=list(assignments)).order_by()
    if not with_text:
        rows = rows.defer("text")
    return {(row.assignment_id or 0, row.body_id): row for row in rows}


def _exists(body: Body, on: date) -> bool:
    """Return whether a body exists on a day."""
    return (body.valid_from is None or body.valid_from <= on) and (body.valid_to is None or body.valid_to >= on)


def _charge(assignment: Assignment, facts: Facts, *, on: date) -> Charge:
    """Put one assignment together: bodies that report through another one stand with it."""
    rulings = facts.rulings.get(assignment.pk, ())
    together: dict[int, list[Body]] = defaultdict(list)
    for pk in facts.leads.get(assignment.pk, ()):
        body = facts.bodies[pk]
        # A dated assignment was given to those who existed when it fell due, however things changed later.
        if _exists(body, min(on, assignment.due_on) if assignment.due_on else on):
            together[body.reports_through_id or body.pk].append(body)
    answers = [_answer(assignment, facts, pk, bodies, on=on) for pk, bodies in together.items()]
    return Charge(
        assignment=assignment,
        deadline=deadline_of(assignment, on=on, rulings=rulings),
        answers=tuple(sorted(answers, key=lambda answer: (answer.body.order, answer.body.code))),
        rulings=tuple((ruling, facts.bodies.get(ruling.body_id or 0)) for ruling in rulings),
    )


def _answer(assignment: Assignment, facts: Facts, pk: int, bodies: Sequence[Body], *, on: date) -> Answer:
    """Return where one reporting body stands."""
    body = facts.bodies[pk]
    keys = {(assignment.pk, number) for number in (pk, *(mate.pk for mate in bodies))}
    documents = sorted((row for key in keys for row in facts.issued.get(key, ())), key=lambda row: row.issued_on)
    finishing = [row.issued_on for row in documents if row.kind in FINISHING_KINDS]
    rows = [facts.progress[key] for key in keys if key in facts.progress]
    progress = max(rows, key=lambda row: (row.as_of, row.published_at)) if rows else None
    deadline = deadline_of(assignment, on=on, body_id=pk, rulings=facts.rulings.get(assignment.pk, ()))
    done_on = finishing[0] if finishing and assignment.due_on else None
    return Answer(
        assignment=assignment,
        body=body,
        also=tuple(mate for mate in bodies if mate.pk != pk),
        deadline=deadline,
        timing=timing_on(deadline, on=on, state=progress.state if progress else None, done_on=done_on),
        progress=progress,
        done_on=done_on,
        documents=tuple(documents),
    )
