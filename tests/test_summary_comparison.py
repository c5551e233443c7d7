"""What a summary is compared with, and what the year has brought: quarters add up, nested windows count once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from reports.choices import Depth, PeriodKind, SubmissionState
from reports.counter_pages import counter_page
from reports.counters import read_counters
from reports.figure_values import CounterTotal
from reports.models import CounterValue, Expectation, Period, Submission
from reports.narrative import counter, counters
from reports.summaries import build_summary
from reports.summary_refs import CoverageThen
from reports.summary_values import Summary
from reports.told import plain
from targets.models import Counter, IndicatorReporter
from tasks.choices import BodyKind
from tasks.models import Body
from tests.factories import at, make_body, make_counter, make_group, make_period, make_plan, make_submission
from tests.people import Cast

pytestmark = pytest.mark.django_db
K = PeriodKind
WINDOWS = {
    "Q1": (K.QUARTER, 1, date(2023, 12, 15), date(2024, 3, 14)),
    "Q2": (K.QUARTER, 2, date(2024, 3, 15), date(2024, 6, 14)),
    "H1": (K.FIRST_HALF, None, date(2023, 12, 15), date(2024, 6, 14)),
    "Q3": (K.QUARTER, 3, date(2024, 6, 15), date(2024, 9, 14)),
    "9M": (K.NINE_MONTHS, None, date(2023, 12, 15), date(2024, 9, 14)),
    "Q4": (K.QUARTER, 4, date(2024, 9, 15), date(2024, 12, 14)),
    "Y": (K.YEAR, None, date(2023, 12, 15), date(2024, 12, 14)),
}


@pytest.fixture
def houses(cast: Cast) -> Counter:
    plan = make_plan()
    make_group(plan, 1)
    counter = make_counter(plan, "C21", title="Nhà tạm đã xoá", unit="nhà", section="An sinh xã hội")
    IndicatorReporter.objects.create(code="c21", counter=counter, body_kind=BodyKind.DISTRICT, channel="area")
    IndicatorReporter.objects.create(code="c21-b", counter=counter, body_kind=BodyKind.FRONT, channel="branch")
    return counter


def tell(period: Period, body: Body, cast: Cast, counter: Counter, value: int, cumulative: int | None = None) -> None:
    owed = Expectation.objects.get_or_create(period=period, body=body)[0]
    report = make_submission(owed, cast.reviewer, SubmissionState.ACCEPTED)
    CounterValue.objects.create(submission=report, counter=counter, in_period=value, cumulative=cumulative)


def window(name: str, bodies: list[Body]) -> Period:
    kind, ordinal, start, end = WINDOWS[name]
    return make_period(kind=kind, ordinal=ordinal, data_from=start, data_to=end, bodies=bodies)


def summed(period: Period) -> Summary:
    return build_summary(Period.objects.select_related("plan__issuer").get(pk=period.pk), at=at(20, month=12))


def total(period: Period) -> CounterTotal:
    return summed(period).counters[0]


@pytest.mark.parametrize(
    ("told", "year_to_date"),
    [
        ({"Q1": 10}, 10),
        ({"Q1": 10, "Q2": 15}, 25),
        ({"Q1": 10, "H1": 25}, 25),
        ({"Q1": 10, "Q2": 15, "H1": 26}, 26),
        ({"H1": 25, "Q3": 5}, 30),
        ({"Q1": 10, "H1": 25, "9M": 32}, 32),
        ({"9M": 32, "Q4": 8}, 40),
        ({"Q1": 10, "Q2": 15, "Q3": 5, "Q4": 8}, 38),
        ({"Q1": 10, "H1": 25, "9M": 32, "Q4": 8, "Y": 41}, 41),
    ],
)
def test_what_the_year_brought(cast: Cast, houses: Counter, told: dict[str, int], year_to_date: int) -> None:
    periods = [window(name, [cast.district]) for name in told]
    for period, value in zip(periods, told.values(), strict=True):
        tell(period, cast.district, cast, houses, value)
    assert total(periods[-1]).year_to_date == year_to_date


def test_bodies_that_report_in_different_windows_are_each_counted_once(cast: Cast, houses: Counter) -> None:
    both = [cast.district, cast.other_district]
    quarter, half = window("Q1", both), window("H1", both)
    tell(quarter, cast.district, cast, houses, 10)
    tell(half, cast.district, cast, houses, 25)
    tell(quarter, cast.other_district, cast, houses, 7)
    assert total(half).year_to_date == 32
    assert total(quarter).year_to_date == 17


def test_area_and_branch_stay_apart_in_the_year_too(cast: Cast, houses: Counter) -> None:
    front = make_body("mttq", BodyKind.FRONT)
    quarter, half = window("Q1", [cast.district, front]), window("H1", [cast.district, front])
    for period, value in ((quarter, 10), (half, 25)):
        tell(period, cast.district, cast, houses, value)
        tell(period, front, cast, houses, 100 * value)
    found = total(half)
    assert [found.in_period, found.year_to_date, found.beside] == [25, 25, 2500]


def test_other_years_and_demonstrations_are_not_counted(cast: Cast, houses: Counter) -> None:
    half = window("H1", [cast.district])
    tell(half, cast.district, cast, houses, 25)
    last = make_period(year=2023, bodies=[cast.district])
    shown = make_period(kind=K.QUARTER, ordinal=1, is_demo=True, bodies=[cast.district], data_to=date(2024, 3, 14))
    for period in (last, shown):
        tell(period, cast.district, cast, houses, 900)
    assert total(half).year_to_date == 25


def test_a_state_is_never_added_up(cast: Cast, houses: Counter) -> None:
    Counter.objects.filter(pk=houses.pk).update(is_level=True)
    quarter, half = window("Q1", [cast.district]), window("H1", [cast.district])
    for period in (quarter, half):
        tell(period, cast.district, cast, houses, 40)
    assert total(half).year_to_date is None


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        (6, 4, "nhà tạm đã xoá: 06 nhà (luỹ kế 10, tăng 02 so với cùng kỳ năm trước)"),
        (4, 16, "nhà tạm đã xoá: 04 nhà (luỹ kế 20, giảm 12 so với cùng kỳ năm trước)"),
        (4, 4, "nhà tạm đã xoá: 04 nhà (luỹ kế 08, bằng cùng kỳ năm trước)"),
    ],
)
def test_the_year_before_is_told_where_the_same_bodies_gave_it(
    cast: Cast, houses: Counter, now: int, then: int, words: str
) -> None:
    both = [cast.district, cast.other_district]
    before, period = make_period(year=2023, bodies=both), make_period(year=2024, bodies=both)
    tell(before, cast.district, cast, houses, then)
    tell(period, cast.district, cast, houses, now)
    summary = summed(period)
    assert summary.is_a_year_after
    assert summary.counters[0].is_comparable
    assert plain(counter(summary.counters[0], with_change=True)) == words
    tell(before, cast.other_district, cast, houses, 1)
    assert not summed(period).counters[0].is_comparable


def test_who_had_reported_the_last_time_stands_beside(cast: Cast, houses: Counter) -> None:
    both = [cast.district, cast.other_district]
    before, period = (make_period(year=year, bodies=both, depth=Depth.DETAILED) for year in (2023, 2024))
    assert summed(period).coverage_then is None
    tell(before, cast.district, cast, houses, 4)
    summary = summed(period)
    assert summary.coverage_then == CoverageThen(expected=2, received=1, on_time=0, accepted=1)
    assert summary.compared_with is not None
    assert (summary.compared_with.kind, summary.compared_with.year) == (K.FIRST_HALF, 2023)
    assert summary.counters[0].before == Decimal(4)


def test_who_is_silent_keeps_the_total_told_before_and_the_summary_says_so(cast: Cast, houses: Counter) -> None:
    both = [cast.district, cast.other_district]
    first, second = window("Q1", both), window("Q2", both)
    tell(first, cast.district, cast, houses, 10, cumulative=110)
    tell(first, cast.other_district, cast, houses, 7, cumulative=57)
    tell(second, cast.district, cast, houses, 4, cumulative=114)
    now = total(second)
    assert [now.in_period, now.cumulative, total(first).cumulative] == [4, 114 + 57, 110 + 57]
    assert [(row.source.body.code, row.cumulative, row.until) for row in now.carried] == [
        ("hu-b", Decimal(57), first.data_to)
    ]
    (told,) = counters([now])
    assert str(told) == (
        "An sinh xã hội: nhà tạm đã xoá: 04 nhà (luỹ kế 171) (số liệu của 01/02 địa phương, cơ quan; luỹ kế tính cả số "
        "đã báo cáo trước đó của 01 địa phương, cơ quan không có số liệu kỳ này)."
    )


def test_what_was_told_in_years_before_and_what_comes_later(cast: Cast, houses: Counter) -> None:
    both = [cast.district, cast.other_district]
    last, year = make_period(kind=K.YEAR, year=2023, bodies=both), window("Y", both)
    for period, value in ((last, 90), (year, 41)):
        tell(period, cast.district, cast, houses, value, cumulative=value + 500)
    tell(last, cast.other_district, cast, houses, 8, cumulative=8)
    assert [total(year).cumulative, total(last).cumulative] == [541 + 8, 590 + 8]
    quarter = window("Q1", both)
    tell(quarter, cast.district, cast, houses, 3)
    assert [total(quarter).in_period, total(quarter).cumulative] == [3, 590 + 3 + 8]


def test_a_review_between_the_periods_brings_its_own_total(cast: Cast, houses: Counter) -> None:
    both = [cast.district, cast.other_district]
    quarter = window("Q1", both)
    review = make_period(kind=K.PRELIMINARY, data_from=date(2023, 6, 1), data_to=date(2024, 6, 1), bodies=both)
    tell(review, cast.district, cast, houses, 30, cumulative=130)
    tell(quarter, cast.other_district, cast, houses, 5, cumulative=55)
    assert total(review).cumulative == 130 + 55
    second = window("Q2", both)
    tell(second, cast.other_district, cast, houses, 5, cumulative=60)
    assert total(second).cumulative == 60


def test_the_whole_of_a_summary_is_the_whole_on_the_page_of_the_counter(cast: Cast, houses: Counter) -> None:
    both = [cast.district, cast.other_district]
    first, second = window("Q1", both), window("Q2", both)
    tell(first, cast.other_district, cast, houses, 7, cumulative=57)
    tell(second, cast.district, cast, houses, 4)
    book = read_counters(make_plan(), Submission.objects.all())
    page = counter_page(book, book.records[0], "vi")
    assert [row.cumulative for row in page.periods] == [f"{total(period).cumulative:.0f}" for period in (second, first)]
    assert page.cumulative is not None
    assert page.cumulative.value == f"{total(second).cumulative:.0f}" == "61"
