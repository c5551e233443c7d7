"""What a summary is compared with: the period before, who reported then, and what the year has brought so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from django.db.models import Count, F, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from reports.choices import SubmissionState
from reports.choices_recommendations import RecommendationState
from reports.counters import REGULAR, Told, counted
from reports.models import Period
from reports.summary_refs import ComparedRef, CoverageThen
from reports.summary_rows import compared_with

YearSums: TypeAlias = Mapping[int, Mapping[int, Decimal]]


@dataclass(frozen=True)
class Beside:
    """What stands beside a period: the one before, who reported then, and what became of its own recommendations."""

    compared: ComparedRef | None
    then: CoverageThen | None
    recommendations: tuple[tuple[RecommendationState, int], ...]


def read_beside(period: Period) -> Beside:
    """Return what stands beside a period; the period before only where it has accepted reports; one query."""
    owed = Q(expectations__exempt_reason="")
    sent = owed & Q(expectations__first_delivered_at__isnull=False)
    due = Coalesce(F("expectations__extended_to"), F("due_at"))
    accepted = owed & Q(expectations__submissions__state=SubmissionState.ACCEPTED)
    rows: QuerySet[Any] = Period.objects.filter(
        Q(pk=period.pk) | Q(pk=Subquery(compared_with(period).values("pk")))
    ).annotate(
        expected=Count("expectations", filter=owed, distinct=True),
        received=Count("expectations", filter=sent, distinct=True),
        on_time=Count("expectations", filter=sent & Q(expectations__first_delivered_at__lt=due), distinct=True),
        accepted=Count("expectations", filter=accepted, distinct=True),
        **{
            f"made_{state}": Count("recommendations", filter=Q(recommendations__state=state), distinct=True)
            for state in RecommendationState
        },
    )
    found = {row.pk: row for row in rows}
    own = found.pop(period.pk, None)
    last = next((row for row in found.values() if row.accepted), None)
    return Beside(
        ComparedRef(last.pk, last.kind, last.year, last.ordinal, last.own_title, str(last)) if last else None,
        CoverageThen(last.expected, last.received, last.on_time, last.accepted) if last else None,
        tuple((state, getattr(own, f"made_{state}", 0)) for state in RecommendationState),
    )


def in_year(period: Period) -> Q:
    """Return the condition for lines of the regular periods of the same year, up to the end of the window."""
    of = "submission__expectation__period__"
    if period.kind not in REGULAR:
        return Q(**{f"{of}pk": period.pk})
    same = {"plan": period.plan_id, "is_demo": period.is_demo, "year": period.year}
    found = Q(**{f"{of}{name}": value for name, value in same.items()})
    return found & Q(**{f"{of}kind__in": REGULAR, f"{of}data_to__lte": period.data_to})


def year_sums(told: Iterable[Told]) -> YearSums:
    """Return what each body did of each counter.

    Windows lie inside each other: of what overlaps only the longest counts, so that quarters add up and no day of a
    half year or of nine months is counted twice.
    """
    found: dict[tuple[int, int], list[Told]] = defaultdict(list)
    for one in told:
        found[one.counter, one.body].append(one)
    sums: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for (counter, body), windows in found.items():
        if used := counted(windows):
            sums[counter][body] = sum((one.in_period or Decimal(0) for one in used), Decimal(0))
    return sums
