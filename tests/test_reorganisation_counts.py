"""After the reorganisation what was given once counts once, and every day of a year is counted once."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from plan_tracker.lib.dates import ZONE
from reports.choices import Depth, PeriodKind, SubmissionState
from reports.counters import read_counters
from reports.models import CounterValue, Period, Submission
from reports.narrative import assignment
from reports.summaries import build_summary
from targets.models import Counter
from tasks.answering import read_charges
from tasks.choices import BodyKind
from tasks.models import Body, Plan
from tests.factories import make_period, make_submission
from tests.pages import page
from tests.people import Cast
from tests.plandata import plan as plan  # noqa: PLC0414 - a fixture of the tests below
from tests.test_reorganisation import FIRST, TODAY, load
from tests.test_reorganisation import cast as cast  # noqa: PLC0414 - the same

LATER = datetime(2026, 1, 15, 8, tzinfo=ZONE)


def issued_plans(plan: Plan, on: date) -> tuple[int, int, int]:
    """Return how many of the plans of IV.1a are issued, late, and asked for."""
    charge = read_charges(plan, on=on, is_demo=False, codes=["IV.1a"])[0]
    return charge.done, charge.overdue, charge.total


def test_a_plan_that_was_issued_once_counts_once(cast: Cast, plan: Plan) -> None:
    before = issued_plans(plan, date(2025, 2, 1))
    load()
    assert issued_plans(plan, TODAY) == before == (6, 19, 25)
    html = page(cast.viewer, "/nhiem-vu-duoc-giao/IV.1a/")
    assert "6/25" in html
    assert html.count("12-KH/") == 6
    assert html.count("12-KH/hu-") == 6


def test_the_summary_after_it_counts_the_works_as_the_plan_gave_them(cast: Cast, plan: Plan) -> None:
    load()
    start, end = date(2024, 12, 15), date(2025, 12, 14)
    communes = Body.objects.filter(kind=BodyKind.COMMUNE)
    period = make_period(plan, PeriodKind.YEAR, 2025, bodies=list(communes), data_from=start, data_to=end)
    period = Period.objects.select_related("plan__issuer").get(pk=period.pk)
    item = next(one for one in build_summary(period, at=LATER).assignments if one.code == "IV.1a")
    assert (item.done, item.asked, item.late) == (6, 25, 19)
    assert sum(number for _state, number in item.counts) + item.unreported == 25
    told = assignment(item)
    assert told is not None
    assert "06/25 cơ quan, đơn vị hoàn thành; còn 19 phần việc quá hạn" in str(told)


def test_a_year_of_districts_and_communes_counts_every_day_once(cast: Cast, plan: Plan) -> None:
    load()
    communes = list(Body.objects.filter(kind=BodyKind.COMMUNE))
    window = {"data_from": date(2024, 12, 15), "data_to": date(2025, 12, 14)}
    made = make_period(plan, PeriodKind.YEAR, 2025, bodies=communes, depth=Depth.FULL, **window)
    period = Period.objects.select_related("plan__issuer").get(pk=made.pk)
    counter = Counter.objects.get(code="C01")
    for body in communes:
        report = make_submission(period.expectations.get(body=body), cast.reviewer, SubmissionState.ACCEPTED)
        CounterValue.objects.create(submission=report, counter=counter, in_period=1, cumulative=1)
    found = next(one for one in build_summary(period, at=LATER).counters if one.code == "C01")
    # The districts told 66 of the first half and 132 in all; the communes, who began in July, 1 each.
    told = [found.in_period, found.year_to_date, found.cumulative]
    assert told == [Decimal(65), Decimal(66 + 65), Decimal(132 + 65)]
    record = next(one for one in read_counters(plan, Submission.objects.all()).records if one.counter == counter)
    assert sum(one.years.get(2025, Decimal(0)) for one in record.sums()) == 66 + 65
    assert record.cumulative_on(period) == 132 + 65


def test_a_body_that_began_within_the_window_is_told_from_which_day_it_counts(cast: Cast, plan: Plan) -> None:
    load()
    commune = Body.objects.get(code="du-06112")
    cast.preparer.memberships.update(body=commune)
    for kind, start in ((PeriodKind.YEAR, date(2024, 12, 15)), (PeriodKind.NINE_MONTHS, FIRST)):
        end = date(2025, 12, 14)
        period = make_period(plan, kind, 2025, bodies=[commune], depth=Depth.FULL, data_from=start, data_to=end)
        report = make_submission(period.expectations.get(), cast.preparer, SubmissionState.DRAFT)
        html = page(cast.preparer, f"/bao-cao/{report.pk}/so-lieu/")
        assert ("thành lập từ ngày 01/07/2025" in html) is (start < FIRST)
