"""What an accepted report publishes to the lower apps, and what of an earlier version it withdraws."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from reports.choices import PeriodKind, ReportForm
from reports.models import Entry, Reading, Submission
from reports.moves import Move
from reports.periods import title_within
from targets.choices import Evaluation, Measure, ObservationStatus, OverBodies, OverTime
from targets.figures import Figure, Span, share
from targets.models import Definition, Observation
from targets.recording import Writer, write
from tasks.choices import BodyLevel, WorkState
from tasks.models import Body, Progress


def source_ref(submission: Submission) -> str:
    """Return how published rows name the report that they came from."""
    return f"submission:{submission.pk}"


def source_label(submission: Submission) -> str:
    """Return the source as a document names it."""
    with override("vi"):
        words = {"period": title_within(submission.expectation.period), "body": submission.expectation.body.short_name}
        return (_("Report %(period)s of %(body)s") % words)[:200]


def publish(move: Move, superseded: Submission | None) -> None:
    """Publish an accepted report's progress and figures; withdraw what the version before had published."""
    references = [source_ref(superseded)] if superseded else []
    Progress.objects.current().filter(source__in=references).update(withdrawn_at=move.at)
    if move.submission.form == ReportForm.CONTENT:
        Progress.objects.bulk_create(_progress(move))
        published = [_observe(move, reading) for reading in _readings(move.submission)]
    else:
        published = []
    kept = [row.pk for row in published if row is not None]
    old = Observation.objects.current().filter(source_ref__in=references).exclude(pk__in=kept)
    old.update(withdrawn_at=move.at)


def _progress(move: Move) -> Iterator[Progress]:
    """Yield one row for each group, task and assignment that has a state; a task's own line goes first."""
    entries = list(
        move.submission.entries.filter(question=None)
        .exclude(state="")
        .select_related("group", "task", "assignment")
        .prefetch_related("also_serves")
    )
    for entry in entries:
        yield _progress_row(move, entry, group=entry.group, task=entry.task, assignment=entry.assignment)
    told = {entry.task_id for entry in entries if entry.task_id}
    for entry in entries:
        for task in entry.also_serves.all():
            if task.pk not in told:
                told.add(task.pk)
                yield _progress_row(move, entry, task=task)


def _progress_row(move: Move, entry: Entry, **subject: Any) -> Progress:
    period = move.expectation.period
    return Progress(
        **subject,
        body=move.expectation.body,
        as_of=period.data_to,
        state=entry.state,
        text="" if entry.state == WorkState.SEPARATE else entry.text,
        source=source_ref(move.submission),
        source_label=source_label(move.submission),
        published_at=move.at,
        is_demo=period.is_demo,
    )


def _readings(submission: Submission) -> list[Reading]:
    return list(submission.readings.select_related("indicator"))


def _observe(move: Move, reading: Reading) -> Observation | None:
    """Publish one figure as reported, in place of the current one for the same span; None where there is no figure."""
    value, definition = _value(reading), _definition(reading, move)
    if value is None or definition is None:
        return None
    period = move.expectation.period
    measure = measure_of(reading, period.kind)
    figure = Figure(
        indicator=reading.indicator,
        body=_body(reading, move),
        span=Span(period.data_from, period.data_to, measure, ObservationStatus.REPORTED),
        numerator=reading.numerator,
        denominator=reading.denominator,
        source=source_label(move.submission),
        published_on=timezone.localtime(move.at).date(),
        note=reading.note,
        is_demo=period.is_demo,
        source_ref=source_ref(move.submission),
    )
    return write(figure, definition, value, Writer(move.actor, move.at))


def measure_of(reading: Reading, kind: str) -> Measure:
    """Return which kind of value a reported figure is."""
    indicator = reading.indicator
    if indicator.over_time == OverTime.LEVEL and indicator.evaluation != Evaluation.AVERAGE_OVER_WINDOW:
        return Measure.LEVEL
    return Measure.ANNUAL_RATE if kind == PeriodKind.YEAR else Measure.YEAR_TO_DATE


def _value(reading: Reading) -> Decimal | None:
    """Return the figure, or the share that numerator and denominator make (of 100 where the unit is per cent)."""
    if reading.value is not None:
        return reading.value
    if reading.numerator is None or reading.denominator is None:
        return None
    return share(reading.indicator, reading.numerator, reading.denominator)


def _definition(reading: Reading, move: Move) -> Definition | None:
    """Return what was measured on the last day of the window; None once there is nothing left to measure."""
    on = move.expectation.period.data_to
    rows = reading.indicator.definitions.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)
    return rows.order_by("-version").first()


def _body(reading: Reading, move: Move) -> Body:
    """Return whose figure it is: the province's own figures are supplied by a provincial body."""
    expectation = move.expectation
    if reading.indicator.over_bodies == OverBodies.OFFICIAL and expectation.body.level == BodyLevel.PROVINCE:
        return expectation.period.plan.province
    return expectation.body
