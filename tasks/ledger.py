"""What bears on assignments beside the reports: extensions, events, documents issued, changes of bodies; one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Case, CharField, DateField, F, QuerySet, Value, When
from django.db.models.functions import Cast

from tasks.deadlines import Ruling
from tasks.models import Extension, Inspection, IssuedDocument, Succession, TriggerEvent
from tasks.succession import Lineage, Link

EXTENSION, EVENT, DOCUMENT, CHANGE, INSPECTION = "extension", "event", "document", "change", "inspection"


def read_all(assignments: Iterable[int], *, on: date, is_demo: bool) -> list[tuple[Any, ...]]:
    """Return the ledger with the documents issued until a day, one row for each thing; one query."""
    ids = list(assignments)
    return list(extensions(ids).union(events(ids), issued(ids, on=on, is_demo=is_demo), changes(), all=True))


def read_ledger(assignments: Iterable[int]) -> tuple[dict[int, list[Ruling]], Lineage]:
    """Return what moved the deadlines (extensions and events) and which body followed which, in one query."""
    ids = list(assignments)
    rows = list(extensions(ids).union(events(ids), changes(), all=True))
    return rulings_in(rows), lineage_in(rows)


def read_ledger_and_inspections(
    assignments: Iterable[int], plan: int, *, on: date, is_demo: bool
) -> tuple[dict[int, list[Ruling]], Lineage, list[Inspection]]:
    """Return the ledger, and the plan's inspections held until a day; a remedy due is given only while it is open."""
    ids = list(assignments)
    rows = list(extensions(ids).union(events(ids), changes(), inspections(plan, on=on, is_demo=is_demo), all=True))
    return rulings_in(rows), lineage_in(rows), inspections_in(rows)


def inspections_in(rows: Iterable[tuple[Any, ...]]) -> list[Inspection]:
    return [
        Inspection(pk=key, body_id=body, inspected_on=day, remedy_due_on=due, findings=findings, team=team)
        for what, _assignment, body, day, due, findings, team, _symbol, key in rows
        if what == INSPECTION
    ]


def lineage_in(rows: Iterable[tuple[Any, ...]]) -> Lineage:
    """Return the successions of a ledger: their rows hold the two bodies, the day, and the last day of the first."""
    return Lineage(
        tuple(
            Link(before, after, day, kind, last_day)
            for what, before, after, day, last_day, _words, kind, *_rest in rows
            if what == CHANGE
        )
    )


def rulings_in(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[Ruling]]:
    rulings: dict[int, list[Ruling]] = defaultdict(list)
    for what, assignment, body, decided_on, due_on, words, *_rest in rows:
        if what in {EXTENSION, EVENT}:
            rulings[assignment].append(Ruling(decided_on, due_on, words, body, what == EVENT))
    return rulings


def issued_in(rows: Iterable[tuple[Any, ...]]) -> dict[tuple[int, int], list[IssuedDocument]]:
    issued: dict[tuple[int, int], list[IssuedDocument]] = defaultdict(list)
    for what, assignment, body, issued_on, _due_on, title, kind, symbol, key in rows:
        if what == DOCUMENT:
            document = IssuedDocument(pk=key, body_id=body, issued_on=issued_on, title=title, kind=kind, symbol=symbol)
            issued[assignment, body].append(document)
    return issued


def extensions(assignments: list[int]) -> QuerySet[Extension, tuple[Any, ...]]:
    """Return the extensions as rows of the ledger: what, assignment, body, day, due day, words, kind, symbol, key."""
    rows = Extension.objects.filter(assignment__in=assignments).order_by()
    return rows.values_list(
        text(EXTENSION), "assignment_id", "body_id", F("decided_on"), "due_on", "document", text(""), text(""), "pk"
    )


def events(assignments: list[int]) -> QuerySet[TriggerEvent, tuple[Any, ...]]:
    """Return the events as rows of the ledger."""
    rows = TriggerEvent.objects.filter(assignment__in=assignments).order_by()
    body = Cast(Value(None), BigIntegerField())
    return rows.values_list(
        text(EVENT), "assignment_id", body, F("happened_on"), "due_on", "document", text(""), text(""), "pk"
    )


def issued(assignments: list[int], *, on: date, is_demo: bool) -> QuerySet[IssuedDocument, tuple[Any, ...]]:
    """Return the documents that bodies issued for the assignments as rows of the ledger."""
    rows = IssuedDocument.objects.filter(assignments__in=assignments, is_demo=is_demo, issued_on__lte=on).order_by()
    never = Cast(Value(None), DateField())
    return rows.values_list(
        text(DOCUMENT), "assignments", "body_id", F("issued_on"), never, "title", "kind", "symbol", "pk"
    )


def changes() -> QuerySet[Succession, tuple[Any, ...]]:
    """Return the successions of bodies as rows of the ledger: the bodies stand where assignment and body do."""
    rows = Succession.objects.order_by()
    ended = F("predecessor__valid_to")
    return rows.values_list(
        text(CHANGE), "predecessor_id", "successor_id", F("happened_on"), ended, text(""), "kind", text(""), "pk"
    )


def inspections(plan: int, *, on: date, is_demo: bool) -> QuerySet[Inspection, tuple[Any, ...]]:
    """Return the inspections held until a day as rows of the ledger; of what is remedied no due day is told."""
    rows = Inspection.objects.filter(plan=plan, is_demo=is_demo, inspected_on__lte=on).order_by()
    still_due = Case(
        When(remedied_on__lte=on, then=Cast(Value(None), DateField())),
        default=F("remedy_due_on"),
        output_field=DateField(),
    )
    nothing = Cast(Value(None), BigIntegerField())
    return rows.values_list(
        text(INSPECTION), nothing, "body_id", F("inspected_on"), still_due, "findings", "team", text(""), "pk"
    )


def text(words: str) -> Value:
    """Return words as a column."""
    return Value(words, output_field=CharField())
