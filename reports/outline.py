"""What a body's form asks for in a period, and what is still missing from a report: lines with keys, and findings.

A line key names one thing that can be filled, remarked on or linked to: `group:3`, `task:2.5`, `assignment:IV.1a`,
`counter:C01`, `indicator:T3.1`, `question:1`, `closing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from reports.choices import Depth, PeriodKind
from reports.models import Period, PeriodQuestion, Submission
from targets.models import Counter, Indicator, IndicatorReporter
from tasks.choices import DATED_STATES, ONGOING_STATES, DeadlineKind, PartyRole, ScopeMode, WorkState
from tasks.models import Assignment, Body, BodyGroup, ScopeRule, Task, TaskGroup
from tasks.succession import followed_by, followers_of

OWN_LINE_MODES = frozenset({ScopeMode.LEAD, ScopeMode.OWN_LINE, ScopeMode.CONFIDENTIAL})
CLOSING = "closing"
CLOSING_FIELDS = ("strengths", "weaknesses", "causes", "coming_work")
GROUP_STATES = tuple(state for state in ONGOING_STATES if state != WorkState.SEPARATE)
ASSIGNED_STATES = tuple(state for state in GROUP_STATES if state != WorkState.NOT_OURS)


@dataclass(frozen=True)
class Line:
    """One line of the form that takes a state and a text; `subject` is the field of `Entry` that it fills."""

    key: str
    label: str
    subject: str
    subject_id: int
    states: tuple[WorkState, ...]
    mode: str = ""

    @property
    def anchor(self) -> str:
        """Return the id of the line on its page."""
        return line_anchor(self.key)


@dataclass(frozen=True)
class GroupOutline:
    """One of the plan's groups: its box, and the tasks that have a line of their own."""

    group: TaskGroup
    tasks: tuple[Task, ...]
    lines: tuple[Line, ...]

    @property
    def key(self) -> str:
        """Return the line key of the group's own box."""
        return self.lines[0].key


@dataclass(frozen=True)
class FormOutline:
    """Everything that a body's form asks for in a period, in the order of the form; `tasks` are all of the plan."""

    period: Period
    body: Body
    groups: tuple[GroupOutline, ...]
    assignments: tuple[Assignment, ...]
    assignment_lines: tuple[Line, ...]
    counters: tuple[Counter, ...]
    indicators: tuple[Indicator, ...]
    questions: tuple[PeriodQuestion, ...]
    question_lines: tuple[Line, ...]
    has_closing: bool
    tasks: tuple[Task, ...] = ()

    def entry_lines(self) -> Iterator[Line]:
        """Yield every line that takes an entry: groups and tasks, assignments, questions."""
        for group in self.groups:
            yield from group.lines
        yield from self.assignment_lines
        yield from self.question_lines

    def labels(self) -> dict[str, str]:
        """Return the words for every line key."""
        words = {line.key: line.label for line in self.entry_lines()}
        words |= {f"counter:{counter.code}": counter.title for counter in self.counters}
        words |= {f"indicator:{row.code}": f"{row.code} {row.short_title}" for row in self.indicators}
        if self.has_closing:
            words[CLOSING] = _("General assessment and proposals")
        return words


def line_anchor(key: str) -> str:
    """Return the id that a line has on its page."""
    return "line-" + key.replace(":", "-").replace(".", "-")


def line_url(submission_pk: int, key: str) -> str:
    """Return the address of a line on the page of the form where it is filled."""
    kind, _colon, code = key.partition(":")
    page = {
        "assignment": "report_assignments",
        "question": "report_assignments",
        "counter": "report_counters",
        "indicator": "report_indicators",
        CLOSING: "report_closing",
    }
    if kind in {"group", "task"}:
        number = code.partition(".")[0]
        return reverse("reports:report_group", args=[submission_pk, number]) + f"#{line_anchor(key)}"
    if kind not in page:
        return reverse("reports:report_detail", args=[submission_pk])
    return reverse(f"reports:{page[kind]}", args=[submission_pk]) + f"#{line_anchor(key)}"


def outline_of(period: Period, body: Body) -> FormOutline:
    """Return the form of a body for a period, in five queries."""
    questions = tuple(period.questions.all())
    # A question asked between the periods stands alone; otherwise the depth decides.
    only_questions = period.kind == PeriodKind.AD_HOC and bool(questions)
    tasks = tuple(_scoped_tasks(period, body))
    groups = _groups(period, tasks, only_focus=only_questions)
    assignments = () if only_questions else tuple(led_assignments(period, body))
    counters, indicators = _figures(period, body)
    return FormOutline(
        period=period,
        body=body,
        groups=groups,
        assignments=assignments,
        assignment_lines=tuple(_assignment_line(row) for row in assignments),
        counters=counters,
        indicators=indicators,
        questions=questions,
        question_lines=tuple(_question_line(row) for row in questions),
        has_closing=period.depth != Depth.BRIEF and not only_questions,
        tasks=tasks,
    )


def _scoped_tasks(period: Period, body: Body) -> Iterator[Task]:
    """Yield the plan's tasks with `mode` (the body's own rule first, then its kind's) and `in_focus`.

    A body that followed others is asked what they were asked by a rule of their own, the strongest first.
    """
    rules = ScopeRule.objects.filter(task=OuterRef("pk")).values("mode")
    before = Body.objects.filter(followers_of([body.pk], on=period.data_to)).values("pk")
    strongest = Case(*(When(mode=mode, then=place) for place, mode in enumerate(ScopeMode)))
    modes: dict[str, Any] = {
        "mode": Coalesce(
            Subquery(rules.filter(body=body)[:1]),
            Subquery(rules.filter(body__in=before).order_by(strongest)[:1]),
            Subquery(rules.filter(body__isnull=True, body_kind=body.kind)[:1]),
            Value(""),
            output_field=CharField(),
        ),
        "in_focus": Exists(period.focus_tasks.through.objects.filter(period_id=period.pk, task_id=OuterRef("pk"))),
    }
    yield from Task.objects.filter(group__plan_id=period.plan_id).annotate(**modes).order_by("group__number", "number")


def _has_own_line(period: Period, task: Any) -> bool:
    """Return whether a task stands on its own: in a detailed report by its scope, in every report while in focus."""
    if task.in_focus:
        return bool(task.mode != ScopeMode.NOT_ASKED)
    return period.depth == Depth.DETAILED and task.mode in OWN_LINE_MODES


def _groups(period: Period, tasks: Iterable[Task], *, only_focus: bool) -> tuple[GroupOutline, ...]:
    """Return the plan's groups, each with its box and its own lines; one query."""
    own: dict[int, list[Task]] = {}
    for task in tasks:
        if _has_own_line(period, task):
            own.setdefault(task.group_id, []).append(task)
    groups = TaskGroup.objects.filter(plan_id=period.plan_id).select_related("heading", "lead").order_by("number")
    return tuple(
        _group_outline(group, tuple(own.get(group.pk, ()))) for group in groups if not only_focus or group.pk in own
    )


def _group_outline(group: TaskGroup, tasks: tuple[Task, ...]) -> GroupOutline:
    """Return a group with its lines."""
    label = _("Group %(number)s. %(title)s") % {"number": group.number, "title": group.short_title}
    box = Line(f"group:{group.number}", label, "group", group.pk, GROUP_STATES)
    return GroupOutline(group, tasks, (box, *(_task_line(task) for task in tasks)))


def _task_line(task: Any) -> Line:
    """Return the line of a task; only where the scope says so may it be reported separately."""
    states = ONGOING_STATES if task.mode == ScopeMode.CONFIDENTIAL else GROUP_STATES
    return Line(f"task:{task.code}", f"{task.code}. {task.title}", "task", task.pk, states, task.mode)


def _assignment_line(assignment: Assignment) -> Line:
    """Return the line of an assignment: states of dated work where the plan gives a date."""
    states = DATED_STATES if assignment.deadline_kind == DeadlineKind.FIXED else ASSIGNED_STATES
    label = f"{assignment.code}. {assignment.title}"
    return Line(f"assignment:{assignment.code}", label, "assignment", assignment.pk, states)


def _question_line(question: PeriodQuestion) -> Line:
    """Return the line of a period's own question; it takes a text, no state."""
    label = _("Question %(number)s") % {"number": question.order}
    return Line(f"question:{question.order}", label, "question", question.pk, ())


def led_assignments(period: Period, body: Body) -> list[Assignment]:
    """Return the assignments that the body leads: by itself, in a set, for a body that it reports for or follows."""
    bodies = followed_by(body, on=period.data_to).values("pk")
    leads = Q(parties__body__in=bodies) | Q(parties__body_group__in=BodyGroup.objects.filter(members__in=bodies))
    found = Assignment.objects.filter(leads, plan_id=period.plan_id, parties__role=PartyRole.LEAD)
    rows = Assignment.objects.filter(pk__in=found.values("pk"))
    return list(rows.select_related("passage").order_by("order"))


def _figures(period: Period, body: Body) -> tuple[tuple[Counter, ...], tuple[Indicator, ...]]:
    """Return the counters and the indicators that the body supplies in this kind of period; one query."""
    if period.depth == Depth.BRIEF:
        return (), ()
    plan = Q(counter__plan_id=period.plan_id) | Q(indicator__target__plan_id=period.plan_id)
    before = Body.objects.filter(followers_of([body.pk], on=period.data_to)).values("pk")
    sets = BodyGroup.objects.filter(Q(members=body) | Q(members__in=before))
    asked = Q(body=body) | Q(body__in=before) | Q(body_kind=body.kind) | Q(body_group__in=sets)
    rows = (
        IndicatorReporter.objects.filter(plan, asked)
        .select_related("counter", "indicator__target")
        .order_by(F("counter__order"), F("indicator__target__order"), F("indicator__order"), "pk")
    )
    counters: dict[int, Counter] = {}
    indicators: dict[int, Indicator] = {}
    for row in rows:
        if row.period_kinds and period.kind not in row.period_kinds:
            continue
        if row.counter is not None:
            counters[row.counter.pk] = row.counter
        elif row.indicator is not None:
            indicators[row.indicator.pk] = row.indicator
    return tuple(counters.values()), tuple(indicators.values())


def outline_for(submission: Submission) -> FormOutline:
    """Return the form of a report's own period and body."""
    return outline_of(submission.expectation.period, submission.expectation.body)
