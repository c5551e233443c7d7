"""The eight groups, one group, and one task: the plan's words, who is asked, and what the bodies have reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tasks.choices import Basis, BodyKind, ScopeMode
from tasks.models import AssignmentTask, Citation, IssuedDocument, Progress, ScopeRule, Task, TaskGroup
from tasks.permissions import Standing, bodies_read_by, standing_of
from tasks.progress import Tally, latest_progress, read_tallies
from tasks.reading import Block, anchor_of, block_of, current_plan
from tasks.sources import Told, told


@dataclass(frozen=True)
class GroupRow:
    """One group with its counts."""

    group: TaskGroup
    tasks: int
    tally: Tally


@dataclass(frozen=True)
class TaskRow:
    """One task with its counts."""

    task: Task
    tally: Tally


@dataclass(frozen=True)
class Asked:
    """The bodies that are asked in one way."""

    mode: ScopeMode
    names: tuple[str, ...]
    is_proposed: bool


@require_GET
def group_list(request: HttpRequest) -> HttpResponse:
    """Show the groups with the number of bodies in each state."""
    plan = current_plan(request)
    tallies = read_tallies(on=localdate())
    groups = TaskGroup.objects.filter(plan=plan).prefetch_related("tasks")
    rows = [GroupRow(group, len(group.tasks.all()), tallies.of_group(group.pk)) for group in groups]
    facts = {"groups": len(rows), "tasks": sum(row.tasks for row in rows)}
    return render(request, "tasks/group_list.html", {"rows": rows, "facts": facts})


@require_GET
def group_detail(request: HttpRequest, number: int) -> HttpResponse:
    """Show a group: its words, its tasks with their counts, and what the bodies report of it."""
    today = localdate()
    groups = TaskGroup.objects.select_related("heading", "lead")
    group = get_object_or_404(groups, plan=current_plan(request), number=number)
    tallies = read_tallies(on=today)
    standing = standing_of(request.user, on=today)
    context = {
        "group": group,
        "lead": block_of(group.lead, _citations([group.lead_id])) if group.lead else None,
        "tally": tallies.of_group(group.pk),
        "rows": [TaskRow(task, tallies.of_task(task.pk)) for task in group.tasks.all()],
        "told": _told(Q(group=group), standing, is_demo=tallies.is_demo),
        "reads_all": bodies_read_by(standing) is None,
        "anchor": anchor_of(group.heading.code),
        "crumbs": [{"label": _("Task groups"), "url": reverse("tasks:group_list")}, {"label": str(group.number)}],
        "neighbours": _neighbours(group),
    }
    return render(request, "tasks/group_detail.html", context)


@require_GET
def task_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show a task: the plan's words, the documents it cites, who is asked, and what each body reported last."""
    today = localdate()
    rows = Task.objects.select_related("group", "passage")
    task = get_object_or_404(rows, group__plan=current_plan(request), code=code)
    tallies = read_tallies(on=today)
    standing = standing_of(request.user, on=today)
    words = _words(task)
    context = {
        "task": task,
        "words": words,
        "anchor": words.anchor,
        "asked": asked_of(task.scope_rules.select_related("body")),
        "tally": tallies.of_task(task.pk),
        "group_tally": tallies.of_group(task.group_id),
        "told": _told(Q(task=task), standing, is_demo=tallies.is_demo),
        "reads_all": bodies_read_by(standing) is None,
        "links": _assignment_links(task),
        "documents": _documents(task, standing, is_demo=tallies.is_demo),
        "crumbs": _task_crumbs(task),
    }
    return render(request, "tasks/task_detail.html", context)


def _words(task: Task) -> Block:
    """Return the task's passage as the plan prints it, with the footnotes; two queries."""
    notes = list(task.passage.footnotes.order_by("order"))
    return block_of(task.passage, _citations([task.passage_id, *(note.pk for note in notes)]), notes)


def _citations(passages: Iterable[int | None]) -> dict[int, list[Citation]]:
    """Return the citations of some passages; one query."""
    found: dict[int, list[Citation]] = defaultdict(list)
    rows = Citation.objects.filter(passage_id__in=[pk for pk in passages if pk]).select_related("document")
    for citation in rows.order_by("passage", "start"):
        found[citation.passage_id].append(citation)
    return found


def asked_of(rules: Iterable[ScopeRule]) -> list[Asked]:
    """Return who is asked in which way; a body of its own stands beside the kinds of bodies."""
    names: dict[ScopeMode, list[str]] = defaultdict(list)
    proposed: set[ScopeMode] = set()
    for rule in rules:
        mode = ScopeMode(rule.mode)
        names[mode].append(rule.body.name if rule.body else str(BodyKind(rule.body_kind).label))
        if rule.basis == Basis.PROPOSED:
            proposed.add(mode)
    return [Asked(mode, tuple(names[mode]), mode in proposed) for mode in ScopeMode if mode in names]


def _told(subject: Q, standing: Standing, *, is_demo: bool) -> list[Told]:
    """Return the newest progress of each body that the person may read by name, in the official order; one query."""
    rows = latest_progress(on=localdate(), is_demo=is_demo).filter(subject).select_related("body")
    readable = bodies_read_by(standing)
    if readable is not None:
        rows = rows.filter(body_id__in=readable)
    found: list[Progress] = list(rows.order_by("body__order"))
    return told(found)


def _assignment_links(task: Task) -> list[AssignmentTask]:
    """Return the assignments that cover a task, by the plan's word or by our proposal."""
    return list(task.assignment_links.select_related("assignment").order_by("assignment__order"))


def _documents(task: Task, standing: Standing, *, is_demo: bool) -> list[IssuedDocument]:
    """Return the documents that bodies have issued for a task, as far as the person reads them."""
    rows = IssuedDocument.objects.filter(tasks=task, is_demo=is_demo).select_related("body")
    readable = bodies_read_by(standing)
    if readable is not None:
        rows = rows.filter(body_id__in=readable)
    return list(rows.order_by("body__order", "issued_on"))


def _task_crumbs(task: Task) -> list[dict[str, Any]]:
    group = task.group
    return [
        {"label": _("Task groups"), "url": reverse("tasks:group_list")},
        {"label": str(group), "url": reverse("tasks:group_detail", args=[group.number])},
        {"label": task.code},
    ]


def _neighbours(group: TaskGroup) -> dict[str, int]:
    """Return the numbers before and after, to turn the leaves."""
    numbers = sorted(TaskGroup.objects.filter(plan_id=group.plan_id).values_list("number", flat=True))
    place = numbers.index(group.number)
    before, after = numbers[place - 1 : place] if place else [], numbers[place + 1 : place + 2]
    return {name: found[0] for name, found in (("before", before), ("after", after)) if found}
