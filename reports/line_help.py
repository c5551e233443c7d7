"""What stands beside a line to help write it: the plan's own words, the last report's text, documents on record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from reports.filling import last_entries
from reports.form_pages import Opened, remarks_by_line
from reports.outline import GroupOutline, Line
from tasks.choices import DeadlineKind
from tasks.models import Assignment, IssuedDocument, Task

Help = dict[str, Any]


def group_help(opened: Opened, group: GroupOutline) -> dict[str, Help]:
    """Return the help of every line on a group's page; six queries."""
    tasks = list(Task.objects.filter(group=group.group).select_related("passage").order_by("number"))
    words = {f"task:{task.code}": (("", task.passage.text),) for task in tasks}
    lead = (("", group.group.lead.text),) if group.group.lead else ()
    words[group.key] = (*lead, *((f"{task.code}. {task.title}", task.passage.text) for task in tasks))
    documents = task_documents(opened, [task.pk for task in tasks])
    helps = _common(opened, group.lines)
    for line in group.lines:
        found = documents if line.subject == "group" else [pair for pair in documents if pair[0] == line.subject_id]
        helps[line.key] |= {
            "words": words.get(line.key, ()),
            "documents": tuple({document.pk: document for _task, document in found}.values()),
            "level": 2 if line.subject == "group" else 3,
        }
    return helps


def assignment_help(opened: Opened) -> dict[str, Help]:
    """Return the help of every assignment and question; five queries."""
    outline = opened.outline
    documents = assignment_documents(opened, [row.pk for row in outline.assignments])
    helps = _common(opened, (*outline.assignment_lines, *outline.question_lines))
    for assignment, line in zip(outline.assignments, outline.assignment_lines, strict=True):
        found = tuple(document for pk, document in documents if pk == assignment.pk)
        helps[line.key] |= {
            "words": (("", assignment.action),),
            "documents": found,
            "hint": _hint(assignment, found),
        }
    for question, line in zip(outline.questions, outline.question_lines, strict=True):
        helps[line.key]["hint"] = question.text
    return helps


def _common(opened: Opened, lines: tuple[Line, ...]) -> dict[str, Help]:
    """Return the last report's entry and the remarks of each line."""
    last, remarks = last_entries(opened.submission, lines), remarks_by_line(opened)
    return {
        line.key: {"last": last.get((line.subject, line.subject_id)), "remarks": remarks.get(line.key, ())}
        for line in lines
    }


def _hint(assignment: Assignment, documents: tuple[IssuedDocument, ...]) -> str:
    """Return when an assignment is due, and whether a document on record says that it is done."""
    if assignment.deadline_kind == DeadlineKind.FIXED and documents:
        return _("A document on record serves this assignment: “completed” fits.")
    return ""


def _own_documents(opened: Opened, *, prefix: str) -> Q:
    """Return the condition that a document is one of the body's own, up to the end of the window."""
    expectation = opened.submission.expectation
    period, body = expectation.period, expectation.body_id
    own = Q(**{f"{prefix}body_id": body}) | Q(**{f"{prefix}body__reports_through_id": body})
    return own & Q(
        **{
            f"{prefix}plan_id": period.plan_id,
            f"{prefix}is_demo": period.is_demo,
            f"{prefix}issued_on__lte": period.data_to,
        }
    )


def task_documents(opened: Opened, tasks: list[int]) -> list[tuple[int, IssuedDocument]]:
    """Return (task, document) for what the body issued within the window and says serves these tasks; one query."""
    start = opened.submission.expectation.period.data_from
    rows = IssuedDocument.tasks.through.objects.filter(
        _own_documents(opened, prefix="issueddocument__"), task_id__in=tasks, issueddocument__issued_on__gte=start
    )
    return _pairs(rows.select_related("issueddocument"), "task_id")


def assignment_documents(opened: Opened, assignments: list[int]) -> list[tuple[int, IssuedDocument]]:
    """Return (assignment, document) for what the body has ever issued for these assignments; one query."""
    rows = IssuedDocument.assignments.through.objects.filter(
        _own_documents(opened, prefix="issueddocument__"), assignment_id__in=assignments
    )
    return _pairs(rows.select_related("issueddocument"), "assignment_id")


def _pairs(rows: Any, subject: str) -> list[tuple[int, IssuedDocument]]:
    found = [(getattr(row, subject), row.issueddocument) for row in rows]
    return sorted(found, key=lambda pair: (pair[1].issued_on, pair[1].symbol))


def helps_of(opened: Opened, group: GroupOutline | None) -> Mapping[str, Help]:
    """Return the help of a group's page, or of the page of assignments and questions."""
    return assignment_help(opened) if group is None else group_help(opened, group)
