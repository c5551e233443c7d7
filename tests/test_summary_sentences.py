"""The small words of a report: a table of examples, each as a careful official would write it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from plan_tracker.lib.dates import ZONE
from reports import sentences
from reports.choices import PeriodKind
from targets.choices import Evaluation


@pytest.mark.parametrize(
    ("kind", "ordinal", "own_title", "words"),
    [
        (PeriodKind.FIRST_HALF, None, "", "6 tháng đầu năm 2024"),
        (PeriodKind.QUARTER, 1, "", "quý I năm 2024"),
        (PeriodKind.QUARTER, 4, "", "quý IV năm 2024"),
        (PeriodKind.MONTH, 3, "", "tháng 3 năm 2024"),
        (PeriodKind.NINE_MONTHS, None, "", "9 tháng năm 2024"),
        (PeriodKind.YEAR, None, "", "năm 2024"),
        (PeriodKind.THEMATIC, None, "chuyên đề xoá nhà tạm", "chuyên đề xoá nhà tạm"),
    ],
)
def test_a_period_is_named_as_documents_name_it(kind: str, ordinal: int | None, own_title: str, words: str) -> None:
    assert sentences.period_in_words(kind, 2024, ordinal, own_title) == words


def test_every_kind_of_period_has_its_words() -> None:
    assert all("2024" in sentences.period_in_words(kind, 2024, 1) for kind in PeriodKind)


@pytest.mark.parametrize(("number", "words"), [(0, "00"), (6, "06"), (12, "12"), (1240, "1.240"), (Decimal("9"), "09")])
def test_counts_below_ten_take_a_zero(number: int | Decimal, words: str) -> None:
    assert sentences.count(number) == words


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [
        (Decimal("6"), 0, "06"),
        (Decimal("72.5"), 1, "72,5"),
        (Decimal("234.0"), 1, "234"),
        (Decimal("0.45"), 1, "0,45"),
        (Decimal("1240.5"), 1, "1.240,5"),
    ],
)
def test_amounts_lose_nothing(value: Decimal, decimals: int, words: str) -> None:
    assert sentences.amount(value, decimals) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("6", "xã", "06 xã"),
        ("72.5", "%", "72,5%"),
        ("5", "%", "5%"),
        ("150", "triệu đồng", "150 triệu đồng"),
        ("7", "thứ hạng", "thứ 7"),
    ],
)
def test_a_figure_with_its_unit(value: str, unit: str, words: str) -> None:
    assert sentences.with_unit(Decimal(value), unit, 0) == words


def test_where_the_goal_is_a_change_the_figure_is_called_the_level() -> None:
    assert sentences.measured("Hộ nghèo giảm", Evaluation.ANNUAL_CHANGE, "%") == "Hộ nghèo giảm (tỷ lệ cuối kỳ)"
    assert sentences.measured("Xã đạt chuẩn", Evaluation.END_STATE, "%") == "Xã đạt chuẩn"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2023, 1, 1), date(2023, 12, 31), "năm 2023"),
        (date(2021, 1, 1), date(2025, 12, 31), "giai đoạn 2021 - 2025"),
        (date(2023, 12, 31), date(2023, 12, 31), "đến ngày 31/12/2023"),
        (date(2024, 1, 1), date(2024, 3, 5), "đến ngày 05/3/2024"),
    ],
)
def test_the_span_of_a_figure(first: date, last: date, words: str) -> None:
    assert sentences.span_in_words(first, last) == words


@pytest.mark.parametrize(
    ("symbol", "day", "words"),
    [
        ("128-KH/TU", date(2024, 4, 5), "Kế hoạch số 128-KH/TU, ngày 05/4/2024"),
        ("", None, "Kế hoạch số …-KH/TU, ngày …/…/…"),
        ("128-KH/TU", None, "Kế hoạch số 128-KH/TU, ngày …/…/…"),
    ],
)
def test_the_plan_is_cited_with_dots_for_what_is_not_known(symbol: str, day: date | None, words: str) -> None:
    assert sentences.plan_in_words(symbol, day) == words


@pytest.mark.parametrize(
    ("text", "limit", "words"),
    [
        ("Một câu ngắn.", 50, "Một câu ngắn."),
        ("Câu thứ nhất đạt 97,5%. Câu thứ hai rất dài.", 30, "Câu thứ nhất đạt 97,5%."),
        ("Có 1.240 nhà. Và 2.300 công.", 14, "Có 1.240 nhà."),
        ("Một câu dài không có dấu chấm ở giữa", 20, "Một câu dài không …"),
        ("Dòng một.\n\nDòng hai.", 50, "Dòng một. Dòng hai."),
    ],
)
def test_an_example_is_the_beginning_in_whole_sentences(text: str, limit: int, words: str) -> None:
    assert sentences.first_sentences(text, limit) == words


def test_a_due_moment_in_words() -> None:
    assert sentences.moment_in_words(datetime(2024, 6, 17, 16, tzinfo=ZONE)) == "16 giờ ngày 17/6/2024"
    assert sentences.moment_in_words(datetime(2024, 2, 5, 9, 5, tzinfo=ZONE)) == "09 giờ 05 phút ngày 05/02/2024"
