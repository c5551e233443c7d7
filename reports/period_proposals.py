"""What is proposed for periods without a usual window: reviews of the whole span, questions between the periods."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db.models import Max, Min

from plan_tracker.lib.dates import CUT_OFF_DAY, DUE_TIME, ZONE, add_working_days, proposed_due
from reports.choices import Depth, PeriodKind, PeriodState
from reports.periods import Proposal
from tasks.models import Plan

REVIEWS = frozenset({PeriodKind.PRELIMINARY, PeriodKind.FINAL})
DAYS_TO_ANSWER = 5
LAST_MONTH = 12


def propose_occasion(  # noqa: PLR0913 - what is asked, of which plan, on which day, for show or not, on which days
    kind: str, year: int, *, plan: Plan, today: date, is_demo: bool, decided: Mapping[date, bool]
) -> Proposal:
    """Return window, due moment and depth.

    A review runs from the plan's beginning to the year's cut-off; a question asked between the periods from the end of
    the last one to today, and is answered within five working days.
    """
    known = plan.periods.filter(is_demo=is_demo).exclude(state=PeriodState.CANCELLED)
    if PeriodKind(kind) in REVIEWS:
        first = plan.issued_on or known.aggregate(first=Min("data_from"))["first"] or date(year, 1, 1)
        end = date(year, LAST_MONTH, CUT_OFF_DAY)
        return Proposal(Depth.DETAILED, (min(first, end), end), proposed_due(end, decided))
    last = known.filter(data_to__lt=today).aggregate(last=Max("data_to"))["last"]
    start = last + timedelta(days=1) if last else date(today.year, 1, 1)
    due = datetime.combine(add_working_days(today, DAYS_TO_ANSWER, decided), DUE_TIME, tzinfo=ZONE)
    return Proposal(Depth.BRIEF, (min(start, today), today), due)
