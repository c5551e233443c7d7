"""The summaries of periods: their list, and one of them as a page."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from plan_tracker.audit.version import data_version
from reports.choices import SubmissionState
from reports.permissions import can_read_summary, periods_visible_to
from reports.querysets import PeriodQuerySet
from reports.summaries import as_of
from reports.summary_kept import drawn_summary
from tasks.permissions import standing_of
from tasks.reading import shown_plans


def _readable_periods(request: HttpRequest) -> PeriodQuerySet:
    """Return the periods whose summary this person reads; everybody else is told that there is no such page."""
    standing = standing_of(request.user, on=timezone.localdate())
    if not can_read_summary(standing):
        raise Http404
    return periods_visible_to(standing).shown()


def one_period(request: HttpRequest, pk: int) -> Any:
    """Return a period with its plan and `last_accepted`, the moment when its last report was accepted."""
    last = Max("expectations__submissions__accepted_at")
    periods = _readable_periods(request).select_related("plan__issuer").annotate(last_accepted=last)
    return get_object_or_404(periods, pk=pk)


@require_GET
def summary_list(request: HttpRequest) -> HttpResponse:
    """List the periods with how many reports each summary rests on."""
    owed = Q(expectations__exempt_reason="")
    sent = owed & Q(expectations__first_delivered_at__isnull=False)
    accepted = owed & Q(expectations__submissions__state=SubmissionState.ACCEPTED)
    periods = (
        _readable_periods(request)
        .filter(plan__in=shown_plans(request))
        .annotate(
            expected=Count("expectations", filter=owed, distinct=True),
            received=Count("expectations", filter=sent, distinct=True),
            accepted=Count("expectations", filter=accepted, distinct=True),
        )
        .order_by("-data_to", "-data_from", "pk")
    )
    return render(request, "reports/summary_list.html", {"periods": periods})


@require_GET
def summary_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the summary of one period."""
    version = data_version()
    period = one_period(request, pk)
    at = as_of(period, now=timezone.now())
    standing = standing_of(request.user, on=timezone.localdate())
    drawn = drawn_summary(period, at=at, reviews=standing.is_reviewer, version=version)
    known = {"period": period, "drawn": drawn, "at": at, "demo": period.is_demo}
    return render(request, "reports/summary_detail.html", known)
