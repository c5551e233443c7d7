"""One item of section IV, and every deadline by body: who is late, who is soon due, who has finished."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tasks.answering import Answer, read_charges
from tasks.choices import DeadlineKind, PartyRole, Timeliness
from tasks.deadlines import days_in_words, in_words
from tasks.models import Assignment, AssignmentParty, Body, IssuedDocument
from tasks.permissions import Standing, bodies_read_by, standing_of
from tasks.progress import shows_demo
from tasks.reading import anchor_of, current_plan
from tasks.sources import url_of


@dataclass(frozen=True)
class AnswerRow:
    """One body before one assignment, with every cell as words."""

    answer: Answer
    deadline: str
    days: str
    url: str


@dataclass(frozen=True)
class Filter:
    """One choice above the list of deadlines."""

    key: str
    label: str
    wants: Callable[[Answer], bool]


def rows_of(answers: Iterable[Answer]) -> list[AnswerRow]:
    """Return the rows of a table."""
    return [
        AnswerRow(
            answer,
            in_words(answer.deadline),
            days_in_words(answer.timing),
            url_of(answer.progress.source) if answer.progress else "",
        )
        for answer in answers
    ]


def readable(answers: Iterable[Answer], standing: Standing) -> list[Answer]:
    """Return the answers that the person may read by name."""
    bodies = bodies_read_by(standing)
    if bodies is None:
        return list(answers)
    return [answer for answer in answers if {answer.body.pk, *(mate.pk for mate in answer.also)} & bodies]


@require_GET
def assignment_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show an assignment: parties, deadline with what moved it, and each body's state with the documents it issued."""
    today = localdate()
    standing = standing_of(request.user, on=today)
    plan, is_demo = current_plan(request), shows_demo()
    charges = read_charges(plan, on=today, is_demo=is_demo, codes=[code], with_text=True)
    if not charges:
        raise Http404
    charge = charges[0]
    assignment = charge.assignment
    answers = readable(charge.answers, standing)
    context = {
        "charge": charge,
        "assignment": assignment,
        "deadline": in_words(charge.deadline),
        "parties": _parties(assignment),
        "rows": rows_of(answers),
        "reads_all": bodies_read_by(standing) is None,
        "extensions": [pair for pair in charge.rulings if not pair[0].is_event],
        "events": [ruling for ruling, _body in charge.rulings if ruling.is_event],
        "tasks": assignment.task_links.select_related("task").order_by("task__group__number", "task__number"),
        "documents": _documents(answers),
        "anchor": anchor_of(assignment.passage.code),
        "crumbs": [{"label": _("Deadlines"), "url": reverse("tasks:deadline_list")}, {"label": assignment.code}],
    }
    return render(request, "tasks/assignment_detail.html", context)


def _documents(answers: Iterable[Answer]) -> list[tuple[IssuedDocument, Body]]:
    """Return each document once, with the body that issued it, which may have ended since."""
    found = {document.pk: document for answer in answers for document in answer.documents}
    bodies = Body.objects.in_bulk({document.body_id for document in found.values()})
    return [(document, bodies[document.body_id]) for document in found.values()]


def _parties(assignment: Assignment) -> list[tuple[str, list[AssignmentParty]]]:
    """Return the parties by role, in the order of the plan."""
    rows = list(assignment.parties.select_related("body", "body_group"))
    return [(str(role.label), [row for row in rows if row.role == role]) for role in PartyRole]


def filters() -> list[Filter]:
    """Return the choices above the list of deadlines, in their order."""
    return [
        Filter("", _("all"), lambda _answer: True),
        Filter("qua-han", _("overdue"), lambda answer: answer.timing.timeliness == Timeliness.OVERDUE),
        Filter("sap-den-han", _("due soon"), lambda answer: answer.timing.timeliness == Timeliness.DUE_SOON),
        Filter("co-thoi-han", _("dated, not done"), lambda answer: answer.deadline.is_dated and not is_done(answer)),
        Filter("hoan-thanh", _("completed"), is_done),
        Filter("thuong-xuyen", _("ongoing"), lambda answer: answer.deadline.kind == DeadlineKind.ONGOING),
        Filter("khac", _("when directed, or not stated"), _is_undated),
    ]


def is_done(answer: Answer) -> bool:
    """Return whether the body has finished."""
    return answer.timing.is_done


def _is_undated(answer: Answer) -> bool:
    return not answer.deadline.is_dated and answer.deadline.kind != DeadlineKind.ONGOING


def urgency(answer: Answer) -> tuple[int, int, int, int]:
    """Return the key that puts overdue first, then what is due next, then undated work, then what is finished."""
    timing = answer.timing
    rank = 3 if timing.is_done else 2 if timing.days is None else 0 if timing.days < 0 else 1
    return (rank, timing.days or 0, answer.assignment.order, answer.body.order)


@require_GET
def deadline_list(request: HttpRequest) -> HttpResponse:
    """List what each body has to do by when, overdue first; below it the counts of each body."""
    today = localdate()
    standing = standing_of(request.user, on=today)
    charges = read_charges(current_plan(request), on=today, is_demo=shows_demo())
    answers = readable((answer for charge in charges for answer in charge.answers), standing)
    offered = filters()
    chosen = next((one for one in offered if one.key == request.GET.get("loc", "")), offered[0])
    shown = sorted((answer for answer in answers if chosen.wants(answer)), key=urgency)
    context = {
        "tabs": [_tab(one, answers, current=one is chosen) for one in offered],
        "rows": rows_of(shown),
        "charges": [(charge, in_words(charge.deadline)) for charge in charges],
        "bodies": _by_body(answers),
        "reads_all": bodies_read_by(standing) is None,
        "has_answers": bool(answers),
        "today": today,
    }
    return render(request, "tasks/deadline_list.html", context)


def _tab(one: Filter, answers: Sequence[Answer], *, current: bool) -> dict[str, Any]:
    """Return a filter as a tab with the number behind it."""
    url = f"?loc={one.key}" if one.key else reverse("tasks:deadline_list")
    return {"label": one.label, "url": url, "current": current, "count": sum(map(one.wants, answers))}


def _by_body(answers: Iterable[Answer]) -> list[dict[str, Any]]:
    """Return, for each body in the official order, how many assignments it has and how many are late or finished."""
    bodies: dict[int, Counter[str]] = {}
    known = {}
    for answer in answers:
        known[answer.body.pk] = answer.body
        counter = bodies.setdefault(answer.body.pk, Counter())
        counter["total"] += 1
        counter["done"] += answer.timing.is_done
        counter["overdue"] += answer.timing.timeliness == Timeliness.OVERDUE
        counter["due_soon"] += answer.timing.timeliness == Timeliness.DUE_SOON
    order = sorted(known.values(), key=lambda body: (body.order, body.code))
    return [{"body": body, **bodies[body.pk]} for body in order]
