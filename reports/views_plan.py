"""The plan read as a document; level with each passage stands what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from reports.choices import PeriodState
from reports.context import plan_of
from reports.verdict_notes import IndicatorNote, indicator_notes
from tasks.answering import Charge, read_charges
from tasks.deadlines import in_words
from tasks.models import Body, Plan, Task, TaskGroup
from tasks.permissions import can_edit_plan, standing_of
from tasks.progress import Tallies, Tally, read_tallies
from tasks.reading import PLAN_ADDRESS, Block, blocks_of, current_plan, outline_of, read_plan


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
def plan_list(request: HttpRequest) -> HttpResponse:
    """List the plans that are tracked, each with the address under which the portal speaks of it."""
    root = request.META.get("SCRIPT_NAME", "").rstrip("/")
    shown, first = plan_of(request), True
    rows = []
    asked = Count("periods", filter=Q(periods__state=PeriodState.OPEN))
    # A count drops the order of the table, which decides what is shown first.
    for plan in Plan.objects.annotate(asked=asked).order_by("-is_current", "code"):
        # The plan shown first keeps the addresses without a beginning.
        rows.append((plan, f"{root}/" if first else f"{root}/{PLAN_ADDRESS}/{plan.code}/", plan == shown))
        first = False
    return render(request, "reports/plan_list.html", {"rows": rows})


@require_GET
def plan_detail(request: HttpRequest) -> HttpResponse:
    """Show the plan with tasks, indicators and assignments in the margin."""
    today = localdate()
    standing = standing_of(request.user, on=today)
    plan = current_plan(request, plan_of(request))
    reading = read_plan(plan)
    passages = list(reading.passages.values())
    tallies = read_tallies(on=today)
    bodies = {body.pk: body for body in Body.objects.all()}
    margins = _margins(reading.tasks.values(), tallies)
    charges = read_charges(plan, on=today, is_demo=tallies.is_demo, bodies=bodies, progress=tallies.words)
    for charge in charges:
        margins[charge.assignment.passage_id].charges.append((charge, in_words(charge.deadline)))
    for note in indicator_notes(plan, on=today, bodies=bodies):
        margins[note.passage_id].indicators.append(note)
    context = {
        "plan_shown": plan,
        "issuer": bodies[plan.issuer_id],
        "outline": outline_of(passages, {pk: str(one.group[0]) for pk, one in margins.items() if one.group}),
        "rows": [Row(block, margins.get(block.passage.pk)) for block in blocks_of(passages, reading.citations)],
        "can_edit": can_edit_plan(standing),
    }
    return render(request, "reports/plan_detail.html", context)


def _margins(tasks: Iterable[Task], tallies: Tallies) -> dict[int, Margin]:
    """Return the margins of groups and tasks by passage."""
    margins: dict[int, Margin] = defaultdict(Margin)
    for task in tasks:
        group = task.group
        margins[group.heading_id].group = (group, tallies.of_group(group.pk))
        margins[task.passage_id].tasks.append((task, tallies.of_task(task.pk)))
    return margins
