"""A report's year ends on 14 December and an official one on the 31st: both are the figure of that year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from reports.choices import PeriodKind, SubmissionState
from reports.models import Expectation, Reading, Submission
from reports.moves import Move
from reports.publishing import publish
from targets.board import Row
from targets.choices import Evaluation, GoalRule, Measure, ObservationStatus, Verdict
from targets.comparison import compare
from targets.models import Indicator, IndicatorReporter, Observation
from targets.records import read
from tasks.choices import BodyKind
from tests.factories import at, make_indicator, make_period, make_plan, make_submission
from tests.indicator_rows import aim, observe, row_on
from tests.people import Cast, standing

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 1)


@pytest.fixture
def good_work(cast: Cast) -> Indicator:
    """More than 90 % in every year, from the districts."""
    return supplied(make_indicator(make_plan(), "T6.1", evaluation=Evaluation.ANNUAL), GoalRule.MORE_THAN, "90")


@pytest.fixture
def poverty(cast: Cast) -> Indicator:
    """Down by two to three points in every year, from the districts."""
    found = make_indicator(make_plan(), "T3.1", evaluation=Evaluation.ANNUAL_CHANGE, direction="down", decimals=2)
    return supplied(found, GoalRule.BETWEEN, "2", high=Decimal(3))


def supplied(indicator: Indicator, rule: GoalRule, low: str, **fields: object) -> Indicator:
    aim(indicator, rule, low, starts_on=date(2024, 1, 1), **fields)
    IndicatorReporter.objects.create(
        code=indicator.code, indicator=indicator, body_kind=BodyKind.DISTRICT, channel="area"
    )
    return indicator


def accept(cast: Cast, indicator: Indicator, year: int, *parts: tuple[int, int]) -> None:
    """Accept the yearly reports of both districts, whose window is 15/12 to 14/12."""
    start, end = date(year - 1, 12, 15), date(year, 12, 14)
    period = make_period(kind=PeriodKind.YEAR, year=year, data_from=start, data_to=end)
    for body, (numerator, denominator) in zip((cast.district, cast.other_district), parts, strict=False):
        expectation = Expectation.objects.create(period=period, body=body)
        submission: Submission = make_submission(expectation, cast.reviewer, SubmissionState.ACCEPTED)
        Reading.objects.create(submission=submission, indicator=indicator, numerator=numerator, denominator=denominator)
        publish(Move("accept", submission, cast.reviewer, standing(cast.reviewer), at()), None)
    Observation.objects.filter(covers_to__year=year).update(published_on=date(year + 1, 1, 10))


def row(indicator: Indicator) -> Row:
    return row_on(indicator.code, ON)


def test_a_yearly_report_is_the_figure_of_its_year(cast: Cast, good_work: Indicator) -> None:
    accept(cast, good_work, 2024, (90, 100), (90, 100))
    accept(cast, good_work, 2025, (92, 100), (91, 100))
    found = row(good_work)
    assert [(year.year, year.verdict) for year in found.finding.years] == [
        (2024, Verdict.MISSED),
        (2025, Verdict.ACHIEVED),
    ]
    assert (found.value, found.when, found.coverage) == ("91,5%", "2025", "02/02")


def test_a_change_is_taken_between_two_yearly_reports(cast: Cast, poverty: Indicator) -> None:
    accept(cast, poverty, 2024, (60, 1000), (50, 1000))
    accept(cast, poverty, 2025, (30, 1000), (30, 1000))
    found = row(poverty)
    assert (found.finding.value, found.finding.year, found.verdict) == (Decimal("2.5"), 2025, Verdict.ACHIEVED)


def test_the_official_figure_of_the_year_goes_before_the_reports(cast: Cast, good_work: Indicator) -> None:
    accept(cast, good_work, 2025, (92, 100), (91, 100))
    observe(good_work, make_plan().province, 2025, "89.9", published_on=date(2026, 2, 1))
    found = row(good_work)
    assert (found.verdict, found.value, len(found.finding.years)) == (Verdict.MISSED, "89,9%", 2)
    comparison = compare(read([good_work], up_to=ON)[0][0], "vi")
    assert comparison is not None and len(comparison.rows) == 1
    official, reported = comparison.rows[0].cells
    assert official is not None and reported is not None
    assert (official.value, official.speaks) == ("89,9%", True)
    assert (reported.value, reported.difference, reported.speaks) == ("91,5%", "+1,6 điểm phần trăm", False)
    assert "14/12/2025" in reported.note and "02/02" in reported.note


def test_a_change_is_never_taken_between_a_report_and_an_official_figure(cast: Cast, poverty: Indicator) -> None:
    accept(cast, poverty, 2024, (60, 1000), (50, 1000))
    observe(poverty, make_plan().province, 2025, "2.32")
    assert row(poverty).finding.reason == "other_status"


def test_a_december_report_ends_the_window_of_the_plan(cast: Cast) -> None:
    level = make_indicator(make_plan(), "T4.1")
    aim(level, GoalRule.AT_LEAST, "80", due_on=date(2025, 12, 31))
    observe(level, make_plan().province, 2025, "81", on=date(2025, 12, 14), status=ObservationStatus.REPORTED)
    assert row(level).verdict == Verdict.ACHIEVED


def test_a_reported_rate_of_the_year_covers_that_year_only(cast: Cast) -> None:
    growth = make_indicator(make_plan(), "T2.1", evaluation=Evaluation.AVERAGE_OVER_WINDOW, over_time="flow_figure")
    aim(growth, GoalRule.AT_LEAST, "8", starts_on=date(2024, 1, 1))
    for year in (2024, 2025):
        observe(
            growth,
            make_plan().province,
            year,
            "8",
            covers_from=date(year - 1, 12, 15),
            covers_to=date(year, 12, 14),
            measure=Measure.ANNUAL_RATE,
        )
    finding = row(growth).finding
    assert (finding.value, finding.missing_years, finding.verdict) == (Decimal(8), (), Verdict.ON_TRACK)
