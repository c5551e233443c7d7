"""The plan's own goals, each judged on figures that were published or could be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from targets.choices import Direction, Evaluation, GoalRule, Measure, Verdict
from targets.goals import Judged, Point, Reason
from tests.figures import goal, level, on, rate, year_end

UP, DOWN = Direction.UP, Direction.DOWN
GROWTH = goal(Evaluation.AVERAGE_OVER_WINDOW, UP, GoalRule.BETWEEN, "8", "9")
PER_HEAD = goal(Evaluation.END_STATE, UP, GoalRule.ABOUT, "150", baseline="44.2", tolerance="5")
POVERTY = goal(Evaluation.ANNUAL_CHANGE, DOWN, GoalRule.BETWEEN, "2", "3", start=date(2024, 1, 1))
GOOD_WORK = goal(Evaluation.ANNUAL, UP, GoalRule.MORE_THAN, "90", start=date(2024, 1, 1))
RANK = goal(Evaluation.END_STATE, DOWN, GoalRule.RANK_AT_MOST, "5")
IN_2026 = date(2026, 3, 1)


def rounded(value: Decimal | None, places: str = "0.1") -> Decimal:
    assert value is not None
    return value.quantize(Decimal(places))


def test_growth_of_7_1_over_five_years_needs_8_9_a_year_to_reach_8() -> None:
    finding = on(GROWTH, IN_2026, rate(2021, "7.1", "estimate", until=2025))
    assert finding.verdict == Verdict.AT_RISK
    assert finding.value == Decimal("7.1")
    assert rounded(finding.needed) == Decimal("8.9")
    assert finding.ratio is not None and rounded(finding.ratio, "0.0001") == Decimal("0.8875")


def test_single_years_fill_only_what_the_published_average_does_not_cover() -> None:
    single = [rate(2023, "7.0", "estimate"), rate(2025, "8.06")]
    average = rate(2021, "7.1", "estimate", until=2025)
    assert on(GROWTH, IN_2026, *single, average).value == Decimal("7.1")
    finding = on(GROWTH, IN_2026, *single)
    assert finding.missing_years == (2021, 2022, 2024)
    assert rounded(finding.value, "0.01") == Decimal("7.53")


def test_half_a_year_and_the_average_before_the_window_never_enter() -> None:
    half = Point(Decimal("8.37"), date(2025, 6, 30), date(2025, 1, 1), Measure.YEAR_TO_DATE)
    before = rate(2016, "4.67", "estimate", until=2020)
    finding = on(GROWTH, IN_2026, half, before)
    assert (finding.verdict, finding.reason) == (Verdict.NO_DATA, Reason.NO_FIGURE)


def test_eight_per_cent_every_year_averages_to_exactly_eight() -> None:
    for years in range(2021, 2031):
        points = [rate(year, "8") for year in range(2021, years + 1)]
        assert on(GROWTH, date(years + 1, 1, 1), *points).verdict == (
            Verdict.ACHIEVED if years == 2030 else Verdict.ON_TRACK
        )


def test_ten_per_cent_so_far_is_at_best_on_track_and_beyond_the_range() -> None:
    finding = on(GROWTH, IN_2026, rate(2021, "10", until=2025))
    assert finding.verdict == Verdict.ON_TRACK
    assert finding.beyond


def test_the_window_closes_without_the_last_year() -> None:
    points = [rate(2021, "9", until=2029)]
    finding = on(GROWTH, date(2031, 1, 1), *points)
    assert (finding.verdict, finding.reason, finding.missing_years) == (
        Verdict.NO_DATA,
        Reason.YEARS_MISSING,
        (2030,),
    )
    assert on(GROWTH, date(2031, 1, 1), *points, rate(2030, "-20")).verdict == Verdict.MISSED


def test_per_head_from_44_2_to_71_1_is_half_the_way_that_the_path_wants() -> None:
    finding = on(PER_HEAD, IN_2026, level(2020, "44.2"), level(2025, "71.1"))
    assert finding.verdict == Verdict.OFF_TRACK
    assert finding.share == Decimal("0.5")
    assert finding.expected == Decimal("94.6")
    assert rounded(finding.ratio, "0.001") == Decimal("0.534")
    assert rounded(finding.needed, "0.01") == Decimal("14.78")


def test_about_150_is_reached_at_150_less_the_tolerance() -> None:
    assert on(PER_HEAD, IN_2026, level(2025, "145")).verdict == Verdict.ACHIEVED
    assert on(PER_HEAD, IN_2026, level(2025, "144.9")).verdict == Verdict.ON_TRACK
    assert on(PER_HEAD, date(2031, 1, 1), level(2030, "144.9")).verdict == Verdict.MISSED


def test_poverty_down_by_1_04_misses_two_points_and_3_4_meets_them() -> None:
    missed = on(POVERTY, IN_2026, level(2024, "3.36"), level(2025, "2.32"))
    assert (missed.verdict, missed.value, missed.year) == (Verdict.MISSED, Decimal("1.04"), 2025)
    met = on(POVERTY, IN_2026, level(2024, "6.8"), level(2025, "3.4"))
    assert (met.verdict, met.value, met.beyond) == (Verdict.ACHIEVED, Decimal("3.4"), True)


def test_below_the_cut_there_is_no_room_left_and_the_rule_becomes_zero() -> None:
    def finding(after: str):  # type: ignore[no-untyped-def]
        return on(POVERTY, date(2027, 3, 1), level(2025, "1.9"), level(2026, after))

    assert finding("0.1").verdict == Verdict.MISSED
    assert finding("0").verdict == Verdict.ACHIEVED
    assert finding("0").no_room
    assert not on(POVERTY, date(2027, 3, 1), level(2025, "2"), level(2026, "0")).no_room


def test_the_poverty_line_of_2027_breaks_the_series() -> None:
    new_line = goal(Evaluation.ANNUAL_CHANGE, DOWN, GoalRule.BETWEEN, "2", "3", start=date(2027, 1, 1))
    old = level(2026, "1.5", definition=2)
    finding = on(new_line, date(2028, 3, 1), old, level(2027, "9.2"))
    assert (finding.verdict, finding.reason) == (Verdict.NO_DATA, Reason.BREAK)
    finding = on(new_line, date(2029, 3, 1), old, level(2027, "9.2"), level(2028, "6.9"))
    assert (finding.verdict, finding.value) == (Verdict.ACHIEVED, Decimal("2.3"))


def test_a_year_without_a_figure_and_another_status_give_no_change() -> None:
    gap = on(POVERTY, IN_2026, level(2023, "5.6"), level(2025, "2.32"))
    assert (gap.verdict, gap.reason) == (Verdict.NO_DATA, Reason.GAP)
    mixed = on(POVERTY, IN_2026, level(2024, "3.36"), level(2025, "1.36", "estimate"))
    assert (mixed.verdict, mixed.reason) == (Verdict.NO_DATA, Reason.OTHER_STATUS)
    both = on(POVERTY, IN_2026, level(2024, "3.36"), level(2025, "1.36", "estimate"), level(2025, "2.32"))
    assert both.value == Decimal("1.04")


def test_every_closed_year_stands_on_the_page() -> None:
    finding = on(POVERTY, date(2027, 1, 1), level(2023, "5.6"), level(2024, "3.36"), level(2025, "2.32"))
    assert [(year.year, year.verdict) for year in finding.years] == [
        (2024, Verdict.ACHIEVED),
        (2025, Verdict.MISSED),
        (2026, Verdict.NO_DATA),
    ]
    assert finding.verdict == Verdict.MISSED
    assert finding.missing_years == (2026,)


def test_no_object_comes_before_everything() -> None:
    units = goal(Evaluation.END_STATE, UP, GoalRule.AT_LEAST, "3")
    ended = {"object_ended_on": date(2025, 7, 1)}
    assert on(units, date(2025, 6, 30), level(2024, "1"), **ended).verdict == Verdict.NO_DATA
    finding = on(units, date(2025, 7, 1), level(2024, "5"), **ended)
    assert (finding.verdict, finding.reason) == (Verdict.NO_OBJECT, Reason.OBJECT_ENDED)
    opinion = Judged(Verdict.ACHIEVED, "…", date(2025, 1, 1))
    assert on(units, date(2026, 1, 1), judged=opinion, **ended).verdict == Verdict.NO_OBJECT


def test_no_poor_district_with_a_tolerance_for_basically_none() -> None:
    poor = goal(Evaluation.END_STATE, DOWN, GoalRule.AT_MOST, high="0", baseline="88", tolerance="2")
    assert on(poor, IN_2026, level(2025, "2")).verdict == Verdict.ACHIEVED
    assert on(poor, IN_2026, level(2025, "45")).verdict == Verdict.ON_TRACK
    assert on(poor, IN_2026, level(2025, "46")).verdict == Verdict.AT_RISK
    assert on(poor, IN_2026, level(2025, "80")).verdict == Verdict.OFF_TRACK


def test_eighty_per_cent_of_communes_without_a_baseline() -> None:
    communes = goal(Evaluation.END_STATE, UP, GoalRule.ABOUT, "80")
    finding = on(communes, IN_2026, level(2025, "57.4"))
    assert (finding.verdict, finding.reason) == (Verdict.NO_DATA, Reason.NO_BASELINE)
    assert on(communes, IN_2026, level(2025, "80")).verdict == Verdict.ACHIEVED


@pytest.mark.parametrize(("value", "verdict"), [("90.0", "missed"), ("90.1", "achieved"), ("89.99", "missed")])
def test_more_than_90_is_not_met_by_90(value: str, verdict: str) -> None:
    assert on(GOOD_WORK, IN_2026, level(2025, value)).verdict == verdict


def test_a_hundred_per_cent_a_year() -> None:
    whole = goal(Evaluation.ANNUAL, UP, GoalRule.EQUAL, "100", start=date(2024, 1, 1))
    assert on(whole, IN_2026, level(2025, "100")).verdict == Verdict.ACHIEVED
    assert on(whole, IN_2026, level(2025, "99.9")).verdict == Verdict.MISSED


@pytest.mark.parametrize(
    ("rank", "verdict"), [("5", "achieved"), ("1", "achieved"), ("6", "at_risk"), ("7", "off_track")]
)
def test_rank(rank: str, verdict: str) -> None:
    finding = on(RANK, IN_2026, level(2025, rank))
    assert (finding.verdict, finding.ratio) == (verdict, None)
    closed = on(RANK, date(2031, 1, 1), level(2030, rank))
    assert closed.verdict == ("achieved" if verdict == "achieved" else "missed")


def test_a_qualitative_goal_waits_for_a_person() -> None:
    words = goal(Evaluation.QUALITATIVE, Direction.NONE, GoalRule.EQUAL)
    assert on(words, IN_2026).reason == Reason.NOT_JUDGED
    opinion = Judged(Verdict.ON_TRACK, "Đã kiện toàn", date(2026, 1, 1), "Trưởng ban", expires=date(2026, 12, 31))
    finding = on(words, IN_2026, judged=opinion)
    assert (finding.verdict, finding.judged) == (Verdict.ON_TRACK, opinion)
    assert on(words, date(2027, 1, 1), judged=opinion).reason == Reason.NOT_JUDGED
    assert on(words, date(2025, 12, 31), judged=opinion).reason == Reason.NOT_JUDGED


def test_an_override_shows_both_and_expires() -> None:
    opinion = Judged(Verdict.ON_TRACK, "Dự án lớn sắp vận hành", date(2026, 2, 1), expires=date(2026, 6, 30))
    finding = on(PER_HEAD, IN_2026, level(2025, "71.1"), judged=opinion)
    assert (finding.verdict, finding.computed) == (Verdict.ON_TRACK, Verdict.OFF_TRACK)
    assert on(PER_HEAD, date(2026, 7, 1), level(2025, "71.1"), judged=opinion).verdict == Verdict.OFF_TRACK


def test_the_first_due_day_and_the_first_closed_year() -> None:
    later = goal(Evaluation.ANNUAL, UP, GoalRule.MORE_THAN, "90", start=date(2024, 1, 1), first_due=year_end(2024))
    figures = [level(2023, "95"), level(2024, "95")]
    assert on(later, date(2024, 12, 30), *figures).reason == Reason.BEFORE_FIRST_DUE
    assert on(later, date(2024, 12, 31), *figures).reason == Reason.NO_YEAR_CLOSED
    assert on(later, date(2025, 1, 1), *figures).verdict == Verdict.ACHIEVED


def test_a_report_year_ends_on_14_december() -> None:
    assert on(GOOD_WORK, IN_2026, level(2025, "95", "reported", on=date(2025, 12, 14))).year == 2025
    assert on(GOOD_WORK, IN_2026, level(2025, "95", on=date(2025, 6, 30))).reason == Reason.NO_FIGURE
