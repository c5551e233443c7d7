"""Everything published of one body: names, contacts, changes, assignments, progress, register; seven queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import DateField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from tasks.answering import Answer, Facts, charges_from, read_leads
from tasks.choices import PartyRole
from tasks.ledger import read_ledger, text
from tasks.models import Assignment, Body, BodyContact, BodyName, Inspection, IssuedDocument, Plan, Progress
from tasks.progress import latest_progress
from tasks.succession import Family, read_family


@dataclass(frozen=True)
class Register:
    """A line of the register with the codes of the assignments that it serves."""

    document: IssuedDocument
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Dossier:
    """What a page about a body tells; the published part is empty where the reader may not see it."""

    body: Body
    reports_for: tuple[Body, ...]
    names: tuple[BodyName, ...]
    contacts: tuple[BodyContact, ...]
    answers: tuple[Answer, ...]
    groups: tuple[Progress, ...]
    tasks: tuple[Progress, ...]
    register: tuple[Register, ...]
    inspections: tuple[Inspection, ...]
    is_demo: bool
    family: Family


def read_dossier(  # noqa: PLR0913 - what is known already is handed in
    body: Body, reports_for: Sequence[Body], family: Family, *, on: date, published: bool, plans: QuerySet[Plan]
) -> Dossier:
    """Return the dossier of a body as of a day, in one plan; without `published`, only what the plan says of it.

    A body and the bodies that it reports for share one state, so they are read together.
    """
    together = {one.pk: one for one in (body, *reports_for, body.reports_through) if one}
    known = together | {one.pk: one for one in family.forebears(together)}
    everything = _progress(known, plans, on=on) if published else []
    papers = _documents(known, plans, on=on) if published else []
    progress = [row for row in everything if row.body_id in together]
    documents = [pair for pair in papers if pair[0].document.body_id in together]
    flags = {row.is_demo for row in progress} | {line.document.is_demo for line, _served in documents}
    is_demo = flags == {True}
    progress = [row for row in progress if row.is_demo == is_demo]
    documents = [pair for pair in documents if pair[0].document.is_demo == is_demo]
    names, contacts = _about(body)
    return Dossier(
        body=body,
        reports_for=tuple(reports_for),
        names=names,
        contacts=contacts,
        answers=_answers(
            together,
            known,
            [row for row in everything if row.is_demo == is_demo],
            [pair for pair in papers if pair[0].document.is_demo == is_demo],
            plans,
            on=on,
        ),
        groups=tuple(sorted((row for row in progress if row.group), key=_group_place)),
        tasks=tuple(sorted((row for row in progress if row.task), key=_task_place)),
        register=tuple(line for line, _served in documents),
        inspections=tuple(_inspections(together, is_demo=is_demo)) if published else (),
        is_demo=is_demo,
        family=family,
    )


def _about(body: Body) -> tuple[tuple[BodyName, ...], tuple[BodyContact, ...]]:
    """Return the names, the earliest first, and the contacts of a body; one query."""
    names = body.names.order_by().values_list("pk", "name", "short_name", text("name"), "valid_from", "valid_to")
    never = Cast(Value(None), DateField())
    contacts = body.contacts.order_by().values_list("pk", "label", "phone", F("email"), never, never)
    rows = list(names.union(contacts, all=True))
    found = [
        BodyName(pk=pk, body=body, name=name, short_name=short, valid_from=start, valid_to=end)
        for pk, name, short, what, start, end in rows
        if what == "name"
    ]
    return (
        tuple(sorted(found, key=lambda name: name.valid_from or date.min)),
        tuple(
            BodyContact(pk=pk, body=body, label=label, phone=phone, email=email)
            for pk, label, phone, email, _start, _end in sorted(rows, key=lambda row: row[1])
            if email != "name"
        ),
    )


def read_answers(bodies: Iterable[Body], *, on: date, plans: QuerySet[Plan] | None = None) -> tuple[Answer, ...]:
    """Return the assignments (of a plan, or of all) that some bodies lead and how they stand; five queries."""
    together = {body.pk: body for body in bodies}
    if not together:
        return ()
    family = read_family(next(iter(together.values())))
    known = together | {one.pk: one for one in family.forebears(together)}
    progress, documents = _progress(known, plans, on=on), _documents(known, plans, on=on)
    is_demo = {row.is_demo for row in progress} | {line.document.is_demo for line, _served in documents} == {True}
    real = [row for row in progress if row.is_demo == is_demo]
    papers = [pair for pair in documents if pair[0].document.is_demo == is_demo]
    return _answers(together, known, real, papers, plans, on=on)


def _group_place(row: Progress) -> int:
    return row.group.number if row.group else 0


def _task_place(row: Progress) -> tuple[int, int]:
    return (row.task.group.number, row.task.number) if row.task else (0, 0)


def _progress(bodies: Iterable[int], plans: QuerySet[Plan] | None, *, on: date) -> list[Progress]:
    """Return the newest progress of the bodies, demonstration beside real; one query."""
    rows = latest_progress(on=on).filter(body_id__in=list(bodies))
    if plans is not None:
        rows = rows.filter(Q(group__plan__in=plans) | Q(task__group__plan__in=plans) | Q(assignment__plan__in=plans))
    return list(rows.select_related("group", "task__group", "assignment").order_by("-as_of"))


def _documents(
    bodies: Iterable[int], plans: QuerySet[Plan] | None, *, on: date
) -> list[tuple[Register, tuple[int, ...]]]:
    """Return the register, newest first, with codes and keys of the assignments each document serves; one query."""
    rows = IssuedDocument.objects.filter(body_id__in=list(bodies), issued_on__lte=on).select_related("body")
    if plans is not None:
        rows = rows.filter(plan__in=plans)
    rows = rows.annotate(served=F("assignments"), served_code=F("assignments__code"))
    documents: dict[int, IssuedDocument] = {}
    served: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for row in rows.order_by("-issued_on", "symbol", "assignments__order"):
        found: Any = row
        documents.setdefault(row.pk, row)
        if found.served is not None:
            served[row.pk].append((found.served_code, found.served))
    return [
        (Register(row, tuple(code for code, _key in served[pk])), tuple(key for _code, key in served[pk]))
        for pk, row in documents.items()
    ]


def _inspections(bodies: Iterable[int], *, is_demo: bool) -> Iterable[Inspection]:
    return Inspection.objects.filter(body_id__in=list(bodies), is_demo=is_demo)


def _answers(  # noqa: PLR0913 - what was read already is handed in
    bodies: dict[int, Body],
    known: dict[int, Body],
    progress: Iterable[Progress],
    documents: Iterable[tuple[Register, tuple[int, ...]]],
    plans: QuerySet[Plan] | None,
    *,
    on: date,
) -> tuple[Answer, ...]:
    """Return the assignments that the bodies hold, with what they and those before them did; two queries."""
    mine = Q(parties__body__in=known) | Q(parties__body_group__members__in=known)
    wanted = Assignment.objects.filter(
        pk__in=Assignment.objects.filter(mine, parties__role=PartyRole.LEAD).values("pk")
    )
    leads, assignments = read_leads(wanted if plans is None else wanted.filter(plan__in=plans))
    issued: dict[tuple[int, int], list[IssuedDocument]] = defaultdict(list)
    for line, served in documents:
        for assignment in served:
            issued[assignment, line.document.body_id].append(line.document)
    rulings, lineage = read_ledger(assignments)
    facts = Facts(
        bodies=known,
        leads={pk: [body for body in leading if body in known] for pk, leading in leads.items()},
        rulings=rulings,
        progress={(row.assignment_id, row.body_id): row for row in progress if row.assignment_id},
        issued=issued,
        lineage=lineage,
    )
    answers = [answer for charge in charges_from(assignments, facts, on=on) for answer in charge.answers]
    return tuple(answer for answer in answers if answer.body.pk in bodies)
