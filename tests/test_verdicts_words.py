"""A verdict explains itself: the goal, the rule, the inputs, the formula and what to note, in both languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given

from targets.choices import Direction, Evaluation, GoalRule, Verdict
from targets.explanations import explain
from targets.goals import GoalSpec, Judged, Point
from targets.wording import goal_words, with_unit
from tests.figures import goal, level, on, rate
from tests.test_verdicts_properties import DAYS, SERIES, goals

UP, DOWN = Direction.UP, Direction.DOWN
IN_2026 = date(2026, 3, 1)
GROWTH = goal(Evaluation.AVERAGE_OVER_WINDOW, UP, GoalRule.BETWEEN, "8", "9", unit="%", decimals=1)
PER_HEAD = goal(
    Evaluation.END_STATE, UP, GoalRule.ABOUT, "150", baseline="44.2", tolerance="5", unit="triệu đồng", decimals=1
)
POVERTY = goal(Evaluation.ANNUAL_CHANGE, DOWN, GoalRule.BETWEEN, "2", "3", unit="%", decimals=2)
GOOD_WORK = goal(Evaluation.ANNUAL, UP, GoalRule.MORE_THAN, "90", unit="%", decimals=1)
RANK = goal(Evaluation.END_STATE, DOWN, GoalRule.RANK_AT_MOST, "5", unit="thứ hạng")


@pytest.mark.parametrize(
    ("target", "vietnamese", "english"),
    [
        (GROWTH, "bình quân 2021–2030: 8–9%/năm", "on average over 2021–2030: 8–9% a year"),
        (PER_HEAD, "đến năm 2030: khoảng 150 triệu đồng", "by 2030: about 150 triệu đồng"),
        (POVERTY, "giảm 2–3 điểm phần trăm mỗi năm", "down 2–3 percentage points a year"),
        (GOOD_WORK, "hằng năm: trên 90%", "every year: more than 90%"),
        (RANK, "đến năm 2030: từ thứ 5 trở lên", "by 2030: among the first 5"),
    ],
)
def test_the_goal_in_one_line(target: GoalSpec, vietnamese: str, english: str) -> None:
    assert goal_words(target, "vi") == vietnamese
    assert goal_words(target, "en") == english


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [("72,5", "%", "72,5%"), ("150", "triệu đồng", "150 triệu đồng"), ("7", "thứ hạng", "thứ 7"), ("–", "", "–")],
)
def test_a_figure_with_its_unit(number: str, unit: str, words: str) -> None:
    assert with_unit(number, unit) == words


def test_the_growth_that_is_left_to_need() -> None:
    words = explain(on(GROWTH, IN_2026, rate(2021, "7.1", "estimate", until=2025)), "vi")
    assert words.inputs[1] == ("Số liệu", "7,1% (ước thực hiện, 2021–2025)")
    assert words.formula == (
        "((1 + 7,1%)^5)^(1/5) − 1 = 7,1%",
        "r = 7,1 ÷ 8 = 0,887",
        "((1 + 8%)^10 ÷ ((1 + 7,1%)^5))^(1/5) − 1 = 8,9%",
    )
    assert words.rule == "Đạt khi từ 8% trở lên; vượt 9% cũng tính là đạt."
    assert "Các năm còn lại cần bình quân 8,9%/năm." in words.notes


def test_the_tolerance_of_a_share_is_in_points() -> None:
    share = goal(Evaluation.END_STATE, UP, GoalRule.ABOUT, "80", baseline="20", tolerance="2", unit="%")
    assert ("Sai số cho phép", "2 điểm phần trăm") in explain(on(share, IN_2026, level(2025, "56")), "vi").inputs
    assert ("Tolerance", "5 triệu đồng") in explain(on(PER_HEAD, IN_2026, level(2025, "71.1")), "en").inputs


def test_the_way_to_a_level() -> None:
    words = explain(on(PER_HEAD, IN_2026, level(2025, "71.1")), "en")
    assert words.formula[0] == "r = (v − v₀) ÷ (p − v₀) = (71.1 − 44.2) ÷ (94.6 − 44.2) = 0.533"
    assert words.formula[1].startswith("p = 94.6: where the planned path stands after 50.0% of the time")
    assert ("Baseline", "44.2 triệu đồng (31/12/2020)") in words.inputs
    assert ("Limits", "r ≥ 1 on track; r ≥ 0.85 at risk; below off track") in words.inputs


def test_the_cut_that_is_missed_and_the_one_without_room() -> None:
    missed = explain(on(POVERTY, IN_2026, level(2024, "3.36"), level(2025, "2.32")), "vi")
    assert missed.formula == ("v(t−1) − v(t) = 3,36 − 2,32 = 1,04", "1,04 < 2,00 → không đạt")
    no_room = explain(on(POVERTY, date(2027, 3, 1), level(2025, "1.9"), level(2026, "1")), "vi")
    assert any(note.startswith("Không còn dư địa") for note in no_room.notes)


def test_ninety_is_printed_as_not_enough() -> None:
    words = explain(on(GOOD_WORK, IN_2026, level(2025, "90.0")), "vi")
    assert words.formula == ("90,0 = 90,0 → không đạt",)
    assert words.rule == "Đạt khi trên 90%; bằng đúng 90% là chưa đạt."


def test_no_data_says_why() -> None:
    assert explain(on(GOOD_WORK, IN_2026), "vi").reason == "Chưa có số liệu để đánh giá."
    assert explain(on(None, IN_2026), "vi").reason == "Mục tiêu chưa được lượng hoá."


def test_an_override_names_person_reason_and_expiry() -> None:
    opinion = Judged(Verdict.ON_TRACK, "Dự án sắp vận hành.", date(2026, 2, 1), "Trưởng ban", date(2026, 6, 30))
    note = explain(on(PER_HEAD, IN_2026, level(2025, "71.1"), judged=opinion), "vi").notes[-1]
    assert note == (
        "Trưởng ban đánh giá ngày 01/02/2026, áp dụng đến 30/06/2026: Dự án sắp vận hành. "
        "Nếu chỉ theo số liệu: khó có khả năng đạt."
    )


def test_a_ratio_just_below_a_limit_is_not_printed_as_the_limit() -> None:
    target = goal(Evaluation.END_STATE, UP, GoalRule.AT_LEAST, "80", baseline="0")
    finding = on(target, IN_2026, level(2025, Decimal("39.9999")))
    assert finding.verdict == Verdict.AT_RISK
    assert "= 0,999" in explain(finding, "vi").formula[0]


@given(goals(), SERIES, DAYS)
def test_every_finding_can_be_explained(target: GoalSpec, series: list[Point], day: date) -> None:
    finding = on(target, day, *series)
    for language in ("vi", "en"):
        words = explain(finding, language)
        assert words.goal and words.rule
        assert bool(words.reason) == (finding.reason is not None)
