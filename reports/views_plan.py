"""The plan read as a document; level with each passage stands what became of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from reports.verdict_notes import IndicatorNote, indicator_notes
from tasks.answering import Charge, read_charges
from tasks.deadlines import in_words
from tasks.models import Plan, Task, TaskGroup
from tasks.permissions import can_edit_plan, standing_of
from tasks.progress import Tallies, Tally, read_tallies
from tasks.reading import Block, blocks_of, current_plan, outline_of, read_passages


@dataclass
class Margin:
    """What stands beside one passage."""

    group: tuple[TaskGroup, Tally] | None = None
    tasks: list[tuple[Task, Tally]] = field(default_factory=list)
    indicators: list[IndicatorNote] = field(default_factory=list)
    charges: list[tuple[Charge, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """A passage with its margin, if it has one."""

    block: Block
    margin: Margin | None


@require_GET
def plan_detail(request: HttpRequest) -> HttpResponse:
    """Show the plan with tasks, indicators and assignments in the margin."""
    today = localdate()
    standing = standing_of(request.user, on=today)
    plan = current_plan()
    passages, citations = read_passages(plan)
    tallies = read_tallies(on=today)
    margins = _margins(plan, tallies)
    for charge in read_charges(plan, on=today, is_demo=tallies.is_demo):
        margins[charge.assignment.passage_id].charges.append((charge, in_words(charge.deadline)))
    for note in indicator_notes(plan, on=today):
        margins[note.passage_id].indicators.append(note)
    context = {
        "plan_shown": plan,
        "outline": outline_of(passages, {pk: str(one.group[0]) for pk, one in margins.items() if one.group}),
        "rows": [Row(block, margins.get(block.passage.pk)) for block in blocks_of(passages, citations)],
        "can_edit": can_edit_plan(standing),
    }
    return render(request, "reports/plan_detail.html", context)


def _margins(plan: Plan, tallies: Tallies) -> dict[int, Margin]:
    """Return the margins of groups and tasks by passage; one query."""
    margins: dict[int, Margin] = defaultdict(Margin)
    for task in Task.objects.filter(group__plan=plan).select_related("group"):
        group = task.group
        margins[group.heading_id].group = (group, tallies.of_group(group.pk))
        margins[task.passage_id].tasks.append((task, tallies.of_task(task.pk)))
    return margins
