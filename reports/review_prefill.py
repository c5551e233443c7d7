"""A preliminary or final review (sơ kết, tổng kết) begins with what the body's stored reports say of its span.

Of windows that lie inside each other only the longest counts, so that no day's work and no figure stands twice. Texts
are marked as taken over until somebody changes them; nothing is sent by this.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from reports.choices import PeriodKind, ReportForm
from reports.counters import REGULAR, Told, sum_of_body
from reports.models import CounterValue, Entry, Reading, Submission
from reports.outline import Line, outline_of
from reports.sentences import period_in_words

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User

REVIEWS = frozenset({PeriodKind.PRELIMINARY, PeriodKind.FINAL})
CLOSING = ("strengths", "weaknesses", "causes")


@dataclass(frozen=True)
class Stored:
    """The accepted reports with content that a review rests on, the earliest first; `counted` overlap nowhere."""

    reports: tuple[Submission, ...]
    counted: tuple[Submission, ...]


def prefill(report: Submission, *, actor: User, at: datetime) -> int:
    """Fill an empty report of a review from the stored ones, and return how many reports it rests on."""
    stored = stored_reports(report)
    if not stored.reports:
        return 0
    outline = outline_of(report.expectation.period, report.expectation.body)
    _entries(report, stored, list(outline.entry_lines()), actor=actor, at=at)
    _counters(report, stored, {counter.pk for counter in outline.counters})
    _readings(report, stored, {indicator.pk for indicator in outline.indicators})
    last = stored.reports[-1]
    for field in CLOSING if outline.has_closing else ():
        setattr(report, field, getattr(last, field))
    report.save(update_fields=CLOSING)
    return len(stored.counted)


def stored_reports(report: Submission) -> Stored:
    """Return the body's accepted reports whose window lies in the span of the review; one query."""
    period = report.expectation.period
    rows = Submission.objects.accepted().filter(
        form=ReportForm.CONTENT,
        expectation__body_id=report.expectation.body_id,
        expectation__period__plan_id=period.plan_id,
        expectation__period__is_demo=period.is_demo,
        expectation__period__kind__in=REGULAR,
        expectation__period__data_to__gte=period.data_from,
        expectation__period__data_to__lte=period.data_to,
    )
    found = tuple(rows.select_related("expectation__period").order_by("expectation__period__data_to", "pk"))
    return Stored(found, tuple(apart(found)))


def apart(reports: Iterable[Submission]) -> list[Submission]:
    """Return the reports whose windows have no day in common, the longest windows first chosen, in their order."""
    chosen: list[Submission] = []
    for one in sorted(reports, key=lambda row: (-_days(row), _window(row))):
        start, end = _window(one)
        if all(end < other[0] or other[1] < start for other in map(_window, chosen)):
            chosen.append(one)
    return sorted(chosen, key=_window)


def _window(report: Submission) -> tuple[date, date]:
    period = report.expectation.period
    return period.data_from, period.data_to


def _days(report: Submission) -> int:
    start, end = _window(report)
    return (end - start).days


def _entries(report: Submission, stored: Stored, lines: Sequence[Line], *, actor: User, at: datetime) -> None:
    """Write for each line what the stored reports said of it, each under the name of its period; the last state."""
    said: dict[tuple[str, int], list[Entry]] = {}
    rows = Entry.objects.filter(submission__in=stored.counted, question__isnull=True)
    order = {row.pk: place for place, row in enumerate(stored.counted)}
    for entry in sorted(
        rows.select_related("submission__expectation__period"), key=lambda row: order[row.submission_id]
    ):
        subject = next(name for name in ("group", "task", "assignment") if getattr(entry, f"{name}_id") is not None)
        said.setdefault((subject, getattr(entry, f"{subject}_id")), []).append(entry)
    Entry.objects.bulk_create(
        Entry(
            submission=report,
            state=found[-1].state,
            text=_text(found),
            is_copied=True,
            row_version=1,
            saved_by=actor,
            saved_at=at,
            **{f"{line.subject}_id": line.subject_id},
        )
        for line in lines
        if (found := said.get((line.subject, line.subject_id)))
    )


def _text(entries: Iterable[Entry]) -> str:
    """Return the texts, each after the name of its period."""
    parts = []
    for entry in entries:
        period = entry.submission.expectation.period
        words = period_in_words(period.kind, period.year, period.ordinal, period.own_title)
        if entry.text.strip():
            parts.append(f"{words[:1].upper()}{words[1:]}: {entry.text.strip()}")
    return "\n".join(parts)


def _counters(report: Submission, stored: Stored, asked: set[int]) -> None:
    """Write the sums of the counters that the form asks for; a level stays as it was last."""
    body = report.expectation.body
    told: dict[int, list[Told]] = {}
    levels: set[int] = set()
    rows = CounterValue.objects.filter(submission__in=stored.reports, counter_id__in=asked)
    for row in rows.select_related("counter", "submission__expectation__period"):
        told.setdefault(row.counter_id, []).append(_told(row, body.pk))
        if row.counter.is_level:
            levels.add(row.counter_id)
    values = []
    for counter, found in told.items():
        total = sum_of_body(body, found, is_level=counter in levels)
        years = [total.years[year] for year in sorted(total.years)]
        in_period = (years[-1] if counter in levels else sum(years, Decimal(0))) if years else None
        values.append(
            CounterValue(
                submission=report,
                counter_id=counter,
                in_period=in_period,
                cumulative=total.cumulative,
                is_estimate=total.has_estimate,
            )
        )
    CounterValue.objects.bulk_create(values)


def _told(row: CounterValue, body: int) -> Told:
    period = row.submission.expectation.period
    return Told(
        counter=row.counter_id,
        body=body,
        period=period.pk,
        is_regular=True,
        year=period.year,
        start=period.data_from,
        end=period.data_to,
        in_period=row.in_period,
        cumulative=row.cumulative,
        is_estimate=row.is_estimate,
        is_demo=period.is_demo,
    )


def _readings(report: Submission, stored: Stored, asked: set[int]) -> None:
    """Write each indicator as the body told it last."""
    order = {row.pk: place for place, row in enumerate(stored.reports)}
    rows = Reading.objects.filter(submission__in=stored.reports, indicator_id__in=asked)
    last = {row.indicator_id: row for row in sorted(rows, key=lambda row: order[row.submission_id])}
    Reading.objects.bulk_create(
        Reading(
            submission=report,
            indicator_id=row.indicator_id,
            value=row.value,
            numerator=row.numerator,
            denominator=row.denominator,
        )
        for row in last.values()
    )
