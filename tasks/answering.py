"""Who answers an assignment and where each of them stands on a day: state, deadline and the documents issued for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import F, QuerySet

from tasks.choices import DocumentKind, PartyRole, Timeliness, WorkState
from tasks.deadlines import Deadline, Ruling, Timing, deadline_of, timing_on
from tasks.ledger import issued_in, lineage_in, read_all, rulings_in
from tasks.models import Assignment, Body, IssuedDocument, Plan, Progress
from tasks.progress import latest_progress
from tasks.succession import NO_CHANGE, Lineage
from tasks.works import Work, works_of

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
    inherited_from: Body | None = None
    """The body before the change whose finished work stands here."""
    given_to: frozenset[int] = frozenset()
    """The bodies that the plan gave this to: those that had dated work when it fell due, else the body itself."""

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
    orphaned: tuple[Body, ...] = ()
    """The bodies that ended with nobody named to follow them."""

    @cached_property
    def works(self) -> list[Work]:
        """Return what the plan gave, each piece once; for ongoing work, what each body has."""
        return works_of(self.answers)

    @property
    def by_documents(self) -> bool:
        """Return whether documents in the registers answer this assignment."""
        return any(answer.done_on for answer in self.answers)

    @property
    def done(self) -> int:
        """Return how many pieces of work are finished."""
        return sum(work.is_done for work in self.works)

    @property
    def overdue(self) -> int:
        """Return how many are late."""
        return sum(work.state == Timeliness.OVERDUE for work in self.works)

    @property
    def total(self) -> int:
        """Return how many there are: one for each body that the plan gave it to."""
        return len(self.works)

    @property
    def holders(self) -> int:
        """Return how many bodies hold it on the day."""
        return len(self.answers)


@dataclass(frozen=True)
class Facts:
    """What the queries found, by (assignment, body)."""

    bodies: Mapping[int, Body]
    leads: Mapping[int, Sequence[int]]
    rulings: Mapping[int, Sequence[Ruling]]
    progress: Mapping[tuple[int, int], Progress]
    issued: Mapping[tuple[int, int], Sequence[IssuedDocument]]
    lineage: Lineage = NO_CHANGE


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
    ledger = read_all(keys, on=on, is_demo=is_demo)
    facts = Facts(
        bodies=Body.objects.in_bulk() if bodies is None else bodies,
        leads=leads,
        rulings=rulings_in(ledger),
        progress=_progress(keys, on=on, is_demo=is_demo, with_text=with_text) if progress is None else progress,
        issued=issued_in(ledger),
        lineage=lineage_in(ledger),
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


@dataclass
class _Seats:
    """Who stands before one assignment: by reporting body who holds it, after whom, given to whom; and the orphans."""

    together: dict[int, list[Body]]
    taken_over: dict[int, set[int]]
    given_to: dict[int, set[int]]
    orphaned: list[Body]


def _seats(assignment: Assignment, facts: Facts, *, on: date) -> _Seats:
    """Return the holders of an assignment on a day.

    A dated one was given to those who existed when it fell due; who followed them holds it since.
    """
    given_on = min(on, assignment.due_on) if assignment.due_on else on
    seats = _Seats(defaultdict(list), defaultdict(set), defaultdict(set), [])
    for pk in facts.leads.get(assignment.pk, ()):
        first = facts.bodies[pk]
        if first.valid_from is not None and first.valid_from > given_on:
            continue
        for holder, forebears in facts.lineage.holders(pk, on=on).items():
            body = facts.bodies.get(holder)
            if body is None:
                continue
            # Where nobody followed, dated work stays with the body that had it when it fell due.
            if not _exists(body, on) and not (not forebears and assignment.due_on and _exists(body, given_on)):
                seats.orphaned.append(body)
                continue
            reporter = body.reports_through_id or body.pk
            if body not in seats.together[reporter]:
                seats.together[reporter].append(body)
            seats.taken_over[reporter] |= set(forebears) - {body.pk}
            seats.given_to[reporter].add((first.reports_through_id or pk) if assignment.due_on else reporter)
    return seats


def _charge(assignment: Assignment, facts: Facts, *, on: date) -> Charge:
    """Put one assignment together: bodies that report through another one stand with it."""
    rulings = facts.rulings.get(assignment.pk, ())
    seats = _seats(assignment, facts, on=on)
    answers = [
        replace(
            _answer(assignment, facts, pk, bodies, seats.taken_over[pk], on=on), given_to=frozenset(seats.given_to[pk])
        )
        for pk, bodies in seats.together.items()
        if pk in facts.bodies
    ]
    return Charge(
        assignment=assignment,
        deadline=deadline_of(assignment, on=on, rulings=rulings),
        answers=tuple(sorted(answers, key=lambda answer: (answer.body.order, answer.body.code))),
        rulings=tuple((ruling, facts.bodies.get(ruling.body_id or 0)) for ruling in rulings),
        orphaned=tuple(dict.fromkeys(seats.orphaned)),
    )


@dataclass(frozen=True)
class _Work:
    """What some bodies have done of one assignment."""

    progress: Progress | None
    documents: tuple[IssuedDocument, ...]
    done_on: date | None

    @property
    def is_done(self) -> bool:
        """Return whether it is finished."""
        return self.done_on is not None or (self.progress is not None and self.progress.state == WorkState.DONE)


def _work(assignment: Assignment, facts: Facts, bodies: Iterable[int]) -> _Work:
    """Return what was reported and issued by some bodies together; a document finishes dated work only."""
    keys = {(assignment.pk, number) for number in bodies}
    documents = sorted((row for key in keys for row in facts.issued.get(key, ())), key=lambda row: row.issued_on)
    finishing = [row.issued_on for row in documents if row.kind in FINISHING_KINDS]
    rows = [facts.progress[key] for key in keys if key in facts.progress]
    return _Work(
        progress=max(rows, key=lambda row: (row.as_of, row.published_at)) if rows else None,
        documents=tuple(documents),
        done_on=finishing[0] if finishing and assignment.due_on else None,
    )


def _answer(  # noqa: PLR0913 - what one body has before one assignment
    assignment: Assignment, facts: Facts, pk: int, bodies: Sequence[Body], taken_over: set[int], *, on: date
) -> Answer:
    """Return where one reporting body stands; dated work that a body before it finished is finished."""
    work = _work(assignment, facts, (pk, *(mate.pk for mate in bodies)))
    deadline = _deadline(assignment, facts, pk, taken_over, on=on)
    inherited: Body | None = None
    if deadline.is_dated and not work.is_done:
        for forebear in sorted(taken_over):
            before = _work(assignment, facts, (forebear,))
            if before.is_done and inherited is None:
                inherited, work = facts.bodies.get(forebear), before
            elif before.is_done:
                work = replace(work, documents=(*work.documents, *before.documents))
    state = work.progress.state if work.progress else None
    return Answer(
        assignment=assignment,
        body=facts.bodies[pk],
        also=tuple(mate for mate in bodies if mate.pk != pk),
        deadline=deadline,
        timing=timing_on(deadline, on=on, state=state, done_on=work.done_on),
        progress=work.progress,
        done_on=work.done_on,
        documents=work.documents,
        inherited_from=inherited,
    )


def _deadline(assignment: Assignment, facts: Facts, pk: int, taken_over: set[int], *, on: date) -> Deadline:
    """Return the deadline at a body; an extension of a body before it is its own now."""
    rulings = facts.rulings.get(assignment.pk, ())
    own = [ruling if ruling.body_id not in taken_over else replace(ruling, body_id=pk) for ruling in rulings]
    return deadline_of(assignment, on=on, body_id=pk, rulings=own)
