"""Who has sent what in a period, as one value: every body once, its report, and the versions that count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, FilteredRelation, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from reports.choices import OPEN_STATES, ReportForm, ReportStanding, SubmissionState
from reports.coverage_values import BodyRef, BodyReport, ClosingPart, Coverage, Source
from reports.expectations import report_standing
from reports.models import Expectation, Period
from tasks.models import Body, BodyName
from tasks.querysets import alive

CLOSING = "closing"


@dataclass(frozen=True)
class Field:
    """The bodies of a summary: all of them by key, who reports, and whose report each accepted submission is."""

    rows: Mapping[int, Body]
    bodies: Mapping[int, BodyRef]
    coverage: Coverage
    accepted: Mapping[int, BodyRef]
    closing: tuple[ClosingPart, ...]

    @property
    def reporting(self) -> tuple[BodyRef, ...]:
        """Return the bodies that owe a report, in the official order."""
        return tuple(row.body for row in self.coverage.reports if row.standing != ReportStanding.EXEMPT)

    @property
    def with_content(self) -> frozenset[int]:
        """Return the bodies whose accepted report has content: not nil, not separate under confidentiality."""
        rows = self.coverage.reports
        return frozenset(row.body.pk for row in rows if row.accepted_pk and row.form == ReportForm.CONTENT)


def _named(field: str, on: date) -> Coalesce:
    """Return the name that a body bore on a day; its present one where the record has none."""
    names = BodyName.objects.filter(alive(on), body=OuterRef("pk")).order_by(F("valid_from").desc(nulls_last=True))
    return Coalesce(Subquery(names.values(field)[:1]), F(field))


def _rows(period: Period) -> Iterable[Any]:
    """Return every body, once for each version of its report, with what the period expects of it; one query."""
    versions = {
        name: F(f"owed__submissions__{name}") for name in ("strengths", "weaknesses", "causes", "coming_work", "form")
    }
    return Body.objects.annotate(
        owed=FilteredRelation("expectations", condition=Q(expectations__period=period)),
        name_then=_named("name", period.data_to),
        short_then=_named("short_name", period.data_to),
        owes=F("owed__pk"),
        extended_to=F("owed__extended_to"),
        exempt_reason=F("owed__exempt_reason"),
        delivered_at=F("owed__first_delivered_at"),
        submission=F("owed__submissions__pk"),
        state=F("owed__submissions__state"),
        **versions,
    ).order_by("order", "code", "owed__submissions__version")


def read_field(period: Period, *, at: datetime) -> Field:
    """Return the bodies and their reports as of a moment; one query."""
    rows: dict[int, Body] = {}
    bodies: dict[int, BodyRef] = {}
    versions: dict[int, list[Any]] = {}
    for row in _rows(period):
        if row.pk not in bodies:
            rows[row.pk] = row
            bodies[row.pk] = BodyRef(row.pk, row.code, row.name_then, row.short_then, row.kind, row.order)
        if row.owes is not None:
            versions.setdefault(row.pk, []).append(row)
    reports = [_report(period, bodies[pk], found, at=at) for pk, found in versions.items()]
    counted = [row for found in versions.values() for row in found if row.state == SubmissionState.ACCEPTED]
    closing = [_closing(bodies[row.pk], row) for row in counted]
    return Field(
        rows=rows,
        bodies=bodies,
        coverage=_coverage(reports),
        accepted={row.submission: bodies[row.pk] for row in counted},
        closing=tuple(part for part in closing if part is not None),
    )


def _report(period: Period, body: BodyRef, rows: list[Any], *, at: datetime) -> BodyReport:
    """Return how one body stands: by its open version if there is one, else by the last."""
    first = rows[0]
    owed = Expectation(
        pk=first.owes,
        period=period,
        body_id=body.pk,
        extended_to=first.extended_to,
        exempt_reason=first.exempt_reason or "",
        first_delivered_at=first.delivered_at,
    )
    stands = [row for row in rows if row.state in OPEN_STATES or row.state == SubmissionState.ACCEPTED]
    accepted = next((row for row in rows if row.state == SubmissionState.ACCEPTED), None)
    return BodyReport(
        body=body,
        standing=report_standing(owed, at=at),
        state=SubmissionState(stands[-1].state) if stands else None,
        accepted_pk=accepted.submission if accepted else None,
        delivered_at=first.delivered_at,
        due_at=owed.due_at,
        exempt_reason=owed.exempt_reason,
        form=ReportForm(accepted.form) if accepted and accepted.form else None,
    )


def _closing(body: BodyRef, row: Any) -> ClosingPart | None:
    """Return the closing part of an accepted report, or None where it is empty."""
    texts = [row.strengths or "", row.weaknesses or "", row.causes or "", row.coming_work or ""]
    if not any(text.strip() for text in texts):
        return None
    return ClosingPart(Source(body, row.submission, CLOSING), *texts)


def _coverage(reports: Iterable[BodyReport]) -> Coverage:
    """Count the reports; exempt bodies leave the denominator."""
    rows = tuple(reports)
    owed = [row for row in rows if row.standing != ReportStanding.EXEMPT]
    sent = [row for row in owed if row.delivered_at is not None]
    return Coverage(
        reports=rows,
        expected=len(owed),
        received=len(sent),
        on_time=sum(row.standing == ReportStanding.SENT_ON_TIME for row in sent),
        late=sum(row.standing == ReportStanding.SENT_LATE for row in sent),
        exempt=len(rows) - len(owed),
        accepted=sum(row.accepted_pk is not None for row in owed),
        missing=tuple(row.body for row in owed if row.delivered_at is None),
        not_yet_accepted=tuple(row.body for row in sent if row.accepted_pk is None),
    )
