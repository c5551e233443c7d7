"""Activity figures of accepted reports: no day counted twice, only the owning line added, each sees what is his."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from plan_tracker.accounts.models import User
from reports.choices import PeriodKind, ReportForm, SubmissionState
from reports.counter_pages import counter_list, counter_page
from reports.counters import CounterBook, CounterRecord, Told, counted, read_counters, sum_of_body
from reports.models import CounterValue, Expectation, Period, Submission
from targets.models import Counter, IndicatorReporter
from tasks.choices import BodyKind
from tasks.models import Body
from tests.factories import make_body, make_counter, make_period, make_plan, make_submission
from tests.people import Cast

pytestmark = pytest.mark.django_db
YEAR, HALF, NINE = PeriodKind.YEAR, PeriodKind.FIRST_HALF, PeriodKind.NINE_MONTHS
ENDS = {PeriodKind.QUARTER: (3, 14), HALF: (6, 14), NINE: (9, 14), YEAR: (12, 14)}


@pytest.fixture
def counter(cast: Cast) -> Counter:
    """Meetings held, supplied by the districts."""
    found = make_counter(make_plan(), "C02")
    IndicatorReporter.objects.create(code="c02", counter=found, body_kind=BodyKind.DISTRICT, channel="area")
    return found


def period(kind: PeriodKind, year: int = 2024, **fields: Any) -> Period:
    """Return the period of this kind and year; the districts owe a report for it."""
    found = Period.objects.filter(kind=kind, year=year, is_demo=fields.get("is_demo", False)).first()
    month, day = ENDS.get(kind, (12, 14))
    return found or make_period(kind=kind, year=year, **({"data_to": date(year, month, day)} | fields))


def tell(
    counter: Counter, body: Body, of: Period, in_period: int, cumulative: int | None = None, **fields: Any
) -> Submission:
    """Make an accepted report with one figure."""
    expectation, _new = Expectation.objects.get_or_create(period=of, body=body)
    submission = expectation.submissions.filter(state=SubmissionState.ACCEPTED).first()
    state = fields.pop("state", SubmissionState.ACCEPTED)
    if submission is None or state != SubmissionState.ACCEPTED:
        by = User.objects.get(username="reviewer")
        submission = make_submission(expectation, by, state, **fields)
    CounterValue.objects.create(submission=submission, counter=counter, in_period=in_period, cumulative=cumulative)
    return submission


def book(demo: bool | None = None) -> CounterBook:
    return read_counters(make_plan(), Submission.objects.all(), demo=demo)


def record(code: str = "C02") -> CounterRecord:
    return next(one for one in book().records if one.counter.code == code)


def years(code: str = "C02") -> dict[str, dict[int, int]]:
    return {one.body.code: {year: int(value) for year, value in one.years.items()} for one in record(code).sums()}


def test_what_lies_in_a_longer_window_is_not_counted_again(cast: Cast, counter: Counter) -> None:
    tell(counter, cast.district, period(HALF), 10, 10)
    assert years() == {"hu-a": {2024: 10}}
    tell(counter, cast.district, period(NINE), 16, 16)
    assert years() == {"hu-a": {2024: 16}}
    tell(counter, cast.district, period(YEAR), 25, 25)
    tell(counter, cast.district, period(HALF, 2025), 7, 32)
    assert years() == {"hu-a": {2024: 25, 2025: 7}}
    assert record().sums()[0].cumulative == 32


def test_quarters_that_follow_each_other_are_added(cast: Cast, counter: Counter) -> None:
    tell(counter, cast.district, period(HALF), 10)
    third = make_period(kind=PeriodKind.QUARTER, ordinal=3, data_from=date(2024, 6, 15), data_to=date(2024, 9, 14))
    tell(counter, cast.district, third, 5)
    assert years() == {"hu-a": {2024: 15}}
    # Nobody told a cumulative figure: the reports add up to it.
    assert record().sums()[0].cumulative == 15


def test_a_review_over_several_years_is_shown_and_never_added(cast: Cast, counter: Counter) -> None:
    tell(counter, cast.district, period(YEAR), 25, 25)
    review = make_period(
        kind=PeriodKind.PRELIMINARY, year=2026, data_from=date(2023, 12, 15), data_to=date(2026, 7, 31)
    )
    tell(counter, cast.district, review, 90, 90)
    assert years() == {"hu-a": {2024: 25}}
    page = counter_page(book(), record(), "vi")
    assert [(row.value, row.is_inside) for row in page.periods] == [("90", True), ("25", False)]


def test_only_accepted_reports_with_content_count(cast: Cast, counter: Counter) -> None:
    tell(counter, cast.district, period(HALF), 10, state=SubmissionState.SUBMITTED)
    assert record().told == ()
    tell(counter, cast.other_district, period(HALF), 3, form=ReportForm.NIL)
    assert record().told == ()
    tell(counter, cast.other_district, period(YEAR), 4)
    assert years() == {"hu-b": {2024: 4}}


def test_the_two_lines_of_reporting_are_never_added(cast: Cast, counter: Counter) -> None:
    front = make_body("mttq", BodyKind.FRONT)
    IndicatorReporter.objects.create(code="c02-b", counter=counter, body=front, channel="branch")
    tell(counter, cast.district, period(HALF), 10)
    tell(counter, front, period(HALF), 99)
    page = counter_page(book(), record(), "vi")
    assert [cell.value for cell in page.totals if cell] == ["10"]
    assert [(row.body.code, row.cells[0][0]) for row in page.beside] == [("mttq", "99")]
    assert page.periods[0].value == "10"


def test_a_state_is_the_last_one_told_and_not_added_up(cast: Cast, counter: Counter) -> None:
    counter.is_level = True
    counter.save()
    tell(counter, cast.district, period(HALF), 100)
    tell(counter, cast.district, period(YEAR), 103)
    tell(counter, cast.district, period(HALF, 2025), 101)
    assert years() == {"hu-a": {2024: 103, 2025: 101}}
    assert record().sums()[0].cumulative == 101


def test_who_is_missing_is_named_and_a_shorter_year_is_told(cast: Cast, counter: Counter) -> None:
    tell(counter, cast.district, period(YEAR), 25)
    tell(counter, cast.other_district, period(HALF), 10)
    Expectation.objects.create(period=period(YEAR), body=cast.other_district)
    page = counter_page(book(), record(), "vi")
    assert [(row.coverage, [body.code for body in row.missing], row.is_inside) for row in page.periods] == [
        ("01/02", ["hu-b"], False),
        ("01/01", [], False),
    ]
    assert [row.cells[0] for row in page.bodies] == [("25", ""), ("10", "14/06/2024")]
    assert [(cell.value, cell.coverage) for cell in page.totals if cell] == [("35", "01/02")]


def test_the_share_of_a_whole_is_taken_over_those_who_told_both(cast: Cast, counter: Counter) -> None:
    part = make_counter(make_plan(), "C12", part_of=counter)
    IndicatorReporter.objects.create(code="c12", counter=part, body_kind=BodyKind.DISTRICT, channel="area")
    tell(counter, cast.district, period(HALF), 10)
    tell(part, cast.district, period(HALF), 9)
    tell(part, cast.other_district, period(HALF), 500)
    page = counter_page(book(), record("C12"), "vi")
    assert page.periods[0].share == "90%"


def test_demonstration_and_real_figures_never_stand_in_one_sum(client: Client, cast: Cast, counter: Counter) -> None:
    tell(counter, cast.district, period(YEAR, is_demo=True), 77)
    assert book().is_demo
    tell(counter, cast.district, period(YEAR), 25)
    assert (book().is_demo, years()) == (False, {"hu-a": {2024: 25}})
    client.force_login(cast.reviewer)
    assert ">77<" not in client.get("/so-lieu/").content.decode()
    page = client.get("/so-lieu/?so-lieu=minh-hoa").content.decode()
    assert "77" in page and "minh hoạ" in page and ">25<" not in page


def test_a_district_reads_its_own_figures_and_nothing_of_others(client: Client, cast: Cast, counter: Counter) -> None:
    tell(counter, cast.district, period(YEAR), 4321)
    tell(counter, cast.other_district, period(YEAR), 1111)
    client.force_login(cast.preparer)
    for address in ("/so-lieu/", "/so-lieu/C02/"):
        page = client.get(address).content.decode()
        assert "4.321" in page and "1.111" not in page and "5.432" not in page and "Huyện uỷ B" not in page
    for person in (cast.reviewer, cast.leader, cast.viewer):
        client.force_login(person)
        assert "5.432" in client.get("/so-lieu/").content.decode()
        assert "Huyện uỷ B" in client.get("/so-lieu/C02/").content.decode()
    assert client.get("/so-lieu/C99/").status_code == 404
    client.logout()
    assert client.get("/so-lieu/").status_code == 302


def test_an_empty_page_says_why(client: Client, cast: Cast) -> None:
    make_plan()
    client.force_login(cast.viewer)
    assert "Chưa có số liệu hoạt động" in client.get("/so-lieu/").content.decode()


@pytest.mark.parametrize("address", ["/so-lieu/", "/so-lieu/C02/"])
def test_the_pages_take_the_same_queries_however_much_was_told(
    client: Client, cast: Cast, counter: Counter, address: str
) -> None:
    client.force_login(cast.reviewer)
    counts = []
    for size in (1, 5):
        for number in range(size):
            body = make_body(f"hu-{size}-{number}")
            for year in range(2024, 2024 + size):
                tell(counter, body, period(YEAR, year), number)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_the_list_and_the_page_of_a_counter_agree(cast: Cast, counter: Counter) -> None:
    tell(counter, cast.district, period(YEAR), 25, 25)
    tell(counter, cast.other_district, period(YEAR), 5, 5)
    listed = counter_list(book(), "vi").sections[0][1][0]
    page = counter_page(book(), record(), "vi")
    assert (listed.cells, listed.cumulative) == (page.totals, page.cumulative)


WINDOWS = st.tuples(st.dates(date(2023, 12, 15), date(2026, 1, 1)), st.integers(0, 380))


@given(st.lists(WINDOWS, max_size=10), st.randoms())
def test_no_day_is_ever_counted_twice_and_the_order_does_not_matter(windows: list[Any], random: Any) -> None:
    told = [
        Told(
            1,
            1,
            place,
            True,
            start.year,
            start,
            date.fromordinal(start.toordinal() + days),
            Decimal(1),
            None,
            False,
            False,
        )
        for place, (start, days) in enumerate(windows)
    ]
    chosen = counted(told)
    assert not any(one.overlaps(other) for one in chosen for other in chosen if one is not other)
    # What was left out overlaps something that was chosen.
    assert all(any(one.overlaps(other) for other in chosen) for one in told)
    random.shuffle(told)
    assert sum(one.days for one in counted(told)) == sum(one.days for one in chosen)


def test_a_body_that_told_nothing_has_no_sum() -> None:
    nothing = sum_of_body(Body(code="x"), [], is_level=False)
    assert (nothing.years, nothing.cumulative) == ({}, None)
