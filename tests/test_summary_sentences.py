"""Sentences made from figures: a table of examples, each as a careful official would write it."""

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
    ("expected", "received", "on_time", "sentence"),
    [
        (
            25,
            22,
            20,
            "Đến ngày 18/6/2024, đã có 22/25 địa phương, cơ quan gửi báo cáo, trong đó 20 báo cáo đúng thời hạn; "
            "còn 03 địa phương, cơ quan chưa gửi báo cáo.",
        ),
        (25, 25, 25, "Đến ngày 18/6/2024, đã có 25/25 địa phương, cơ quan gửi báo cáo, đều đúng thời hạn."),
        (11, 11, 0, "Đến ngày 18/6/2024, đã có 11/11 địa phương, cơ quan gửi báo cáo, đều sau thời hạn."),
        (
            9,
            1,
            1,
            "Đến ngày 18/6/2024, đã có 01/09 địa phương, cơ quan gửi báo cáo, đúng thời hạn; "
            "còn 08 địa phương, cơ quan chưa gửi báo cáo.",
        ),
        (5, 0, 0, "Đến ngày 18/6/2024, chưa có địa phương, cơ quan nào gửi báo cáo."),
        (0, 0, 0, ""),
    ],
)
def test_who_has_sent(expected: int, received: int, on_time: int, sentence: str) -> None:
    day = date(2024, 6, 18)
    told = sentences.coverage_sentence(on=day, expected=expected, received=received, on_time=on_time)
    assert told == sentence


@pytest.mark.parametrize(
    ("kinds", "bodies", "sentence"),
    [
        (
            (("công văn", 4), ("kế hoạch", 6), ("chương trình hành động", 2)),
            11,
            "Trong kỳ, 11 địa phương, cơ quan đã ban hành 12 văn bản lãnh đạo, chỉ đạo, triển khai thực hiện, gồm: "
            "06 kế hoạch, 04 công văn và 02 chương trình hành động.",
        ),
        (
            (("kế hoạch", 3),),
            3,
            "Trong kỳ, 03 địa phương, cơ quan đã ban hành 03 văn bản lãnh đạo, chỉ đạo, triển khai thực hiện "
            "(03 kế hoạch).",
        ),
        ((), 0, ""),
    ],
)
def test_what_was_issued(kinds: tuple[tuple[str, int], ...], bodies: int, sentence: str) -> None:
    assert sentences.documents_sentence(kinds, bodies) == sentence


@pytest.mark.parametrize(
    ("cumulative", "words"),
    [
        (Decimal(34), "cuộc đối thoại cấp xã: 06 cuộc (luỹ kế 34)"),
        (Decimal(6), "cuộc đối thoại cấp xã: 06 cuộc"),
        (None, "cuộc đối thoại cấp xã: 06 cuộc"),
    ],
)
def test_an_activity_figure(cumulative: Decimal | None, words: str) -> None:
    assert sentences.counter_words("Cuộc đối thoại cấp xã", "cuộc", Decimal(6), cumulative) == words


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        ((("a: 06 cuộc", 11, 11), ("b: 12 nhà", 11, 11)), "Dân vận: a: 06 cuộc; b: 12 nhà."),
        (
            (("a: 06 cuộc", 9, 11), ("b: 12 nhà", 9, 11)),
            "Dân vận: a: 06 cuộc; b: 12 nhà (số liệu của 09/11 địa phương, cơ quan).",
        ),
        (
            (("a: 06 cuộc", 9, 11), ("b: 12 nhà", 11, 11)),
            "Dân vận: a: 06 cuộc (số liệu của 09/11 địa phương, cơ quan); b: 12 nhà.",
        ),
    ],
)
def test_figures_say_how_many_bodies_they_come_from(figures: tuple[tuple[str, int, int], ...], sentence: str) -> None:
    assert sentences.counters_sentence("Dân vận", figures) == sentence


@pytest.mark.parametrize(
    ("overdue", "done", "sentence"),
    [
        ((), 25, "Xây dựng kế hoạch (thời hạn 30/6/2024): 25/25 cơ quan, đơn vị hoàn thành."),
        (
            ("Huyện uỷ A", "Huyện uỷ B", "Hội Nông dân tỉnh"),
            22,
            "Xây dựng kế hoạch (thời hạn 30/6/2024): 22/25 cơ quan, đơn vị hoàn thành; "
            "còn 03 cơ quan, đơn vị quá hạn: Huyện uỷ A, Huyện uỷ B và Hội Nông dân tỉnh.",
        ),
    ],
)
def test_dated_work(overdue: tuple[str, ...], done: int, sentence: str) -> None:
    told = sentences.assignment_sentence(
        "Xây dựng kế hoạch", due=date(2024, 6, 30), done=done, asked=25, overdue=overdue
    )
    assert told == sentence


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


def test_an_indicator_is_figure_date_and_source() -> None:
    told = sentences.indicator_sentence(
        "GRDP bình quân đầu người",
        Decimal("59.8"),
        "triệu đồng",
        decimals=1,
        when="năm 2023",
        firmness="ước thực hiện",
        source="Cục Thống kê",
    )
    assert told == "GRDP bình quân đầu người: 59,8 triệu đồng (năm 2023; ước thực hiện; nguồn: Cục Thống kê)."


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
