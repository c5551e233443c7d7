"""Preliminary and final reviews begin with what the stored periods say; no day and no figure stands in them twice."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from plan_tracker.lib.dates import ZONE
from reports.choices import Depth, PeriodKind, SubmissionState
from reports.forms_periods import proposal_for
from reports.models import CounterValue, Entry, Period, Reading, Submission
from reports.workflow import start_submission
from targets.models import Counter, Indicator, IndicatorReporter
from tasks.choices import BodyKind, WorkState
from tasks.models import TaskGroup
from tests.factories import at, make_counter, make_entry, make_group, make_indicator, make_period, make_plan
from tests.factories import make_submission as submitted
from tests.people import Cast, standing

pytestmark = pytest.mark.django_db
WINDOWS = {
    PeriodKind.FIRST_HALF: (date(2023, 12, 15), date(2024, 6, 14)),
    PeriodKind.NINE_MONTHS: (date(2023, 12, 15), date(2024, 9, 14)),
    PeriodKind.YEAR: (date(2023, 12, 15), date(2024, 12, 14)),
}


@pytest.fixture
def group() -> TaskGroup:
    return make_group(make_plan(), 1)


@pytest.fixture
def counter() -> Counter:
    counter = make_counter(make_plan())
    IndicatorReporter.objects.create(code="c", counter=counter, body_kind=BodyKind.DISTRICT, channel="area")
    return counter


def stored(cast: Cast, kind: PeriodKind, year: int = 2024, number: int = 0) -> Submission:
    """An accepted report of the district with a text, a figure and a closing part."""
    start, end = (day.replace(year=day.year + year - 2024) for day in WINDOWS[kind])
    period = make_period(kind=kind, year=year, bodies=[cast.district], data_from=start, data_to=end, depth=Depth.FULL)
    report = submitted(period.expectations.get(), cast.preparer, SubmissionState.ACCEPTED, weaknesses=f"Hạn chế {year}")
    make_entry(report, f"Kết quả {kind} {year}", group=make_plan().groups.get(), state=WorkState.WITH_RESULTS)
    CounterValue.objects.create(submission=report, counter=Counter.objects.get(), in_period=number, cumulative=number)
    return report


def review(cast: Cast, **fields: object) -> Submission:
    """The district begins its report for a review of 2024 and 2025."""
    window = {"data_from": date(2023, 12, 15), "data_to": date(2025, 12, 14), "opens_on": date(2024, 1, 1)}
    period = make_period(
        kind=PeriodKind.PRELIMINARY, year=2025, bodies=[cast.district], depth=Depth.FULL, **(window | fields)  # type: ignore[arg-type]
    )  # fmt: skip
    owed = period.expectations.get()
    return start_submission(owed, actor=cast.preparer, standing=standing(cast.preparer), at=at())


def test_texts_of_windows_that_lie_apart_stand_under_the_names_of_their_periods(
    cast: Cast, group: TaskGroup, counter: Counter
) -> None:
    stored(cast, PeriodKind.FIRST_HALF)
    stored(cast, PeriodKind.YEAR)
    stored(cast, PeriodKind.NINE_MONTHS, 2025)
    entry = Entry.objects.get(submission=review(cast), group=group)
    assert entry.text == "Năm 2024: Kết quả year 2024\n9 tháng năm 2025: Kết quả nine_months 2025"
    assert entry.is_copied and entry.state == WorkState.WITH_RESULTS


def test_a_figure_of_nested_windows_is_counted_once(cast: Cast, group: TaskGroup, counter: Counter) -> None:
    stored(cast, PeriodKind.FIRST_HALF, number=4)
    stored(cast, PeriodKind.NINE_MONTHS, number=6)
    stored(cast, PeriodKind.YEAR, number=9)
    stored(cast, PeriodKind.FIRST_HALF, 2025, number=5)
    value = CounterValue.objects.get(submission=review(cast))
    assert value.in_period == Decimal(14)


def test_the_closing_part_and_the_readings_are_those_told_last_and_what_comes_stays_open(
    cast: Cast, group: TaskGroup, counter: Counter
) -> None:
    indicator: Indicator = make_indicator(make_plan())
    IndicatorReporter.objects.create(code="i", indicator=indicator, body_kind=BodyKind.DISTRICT, channel="area")
    for year in (2024, 2025):
        report = stored(cast, PeriodKind.YEAR, year)
        Reading.objects.create(submission=report, indicator=indicator, value=year, numerator=1, denominator=2)
    found = review(cast)
    assert (found.weaknesses, found.coming_work) == ("Hạn chế 2025", "")
    assert found.readings.get().value == 2025


def test_what_is_not_accepted_of_another_body_or_outside_the_span_stays_out(
    cast: Cast, group: TaskGroup, counter: Counter
) -> None:
    report = stored(cast, PeriodKind.YEAR)
    Submission.objects.filter(pk=report.pk).update(state=SubmissionState.RECEIVED, accepted_at=None, accepted_by=None)
    other = make_period(kind=PeriodKind.YEAR, bodies=[cast.other_district], own_title="B")
    make_entry(
        submitted(other.expectations.get(), cast.other_preparer, SubmissionState.ACCEPTED), "Của nơi khác", group=group
    )
    stored(cast, PeriodKind.YEAR, 2022)
    assert not review(cast).entries.exists()


def test_other_kinds_of_period_begin_empty(cast: Cast, group: TaskGroup, counter: Counter) -> None:
    stored(cast, PeriodKind.FIRST_HALF)
    period = make_period(kind=PeriodKind.NINE_MONTHS, bodies=[cast.district])
    begun = start_submission(period.expectations.get(), actor=cast.preparer, standing=standing(cast.preparer), at=at())
    assert not begun.entries.exists()


def test_a_review_is_proposed_over_the_whole_span_and_a_question_since_the_last_period(cast: Cast) -> None:
    plan = make_plan()
    Period.objects.all().delete()
    make_period(plan, PeriodKind.FIRST_HALF, bodies=[cast.district])
    values = proposal_for(PeriodKind.PRELIMINARY, 2028, None, plan=plan, today=date(2028, 11, 1))
    assert (values["data_from"], values["data_to"]) == (date(2023, 12, 15), date(2028, 12, 14))
    assert values["depth"] == Depth.DETAILED
    asked = proposal_for(PeriodKind.AD_HOC, 2024, None, plan=plan, today=date(2024, 8, 28))
    assert (asked["data_from"], asked["data_to"]) == (date(2024, 6, 15), date(2024, 8, 28))
    # Five working days from 28 August run over 2 and 3 September, when offices are closed.
    assert (asked["due_on"], asked["due_hour"]) == (date(2024, 9, 6), "16:00")
    assert datetime(2024, 9, 6, 16, tzinfo=ZONE) > at()
