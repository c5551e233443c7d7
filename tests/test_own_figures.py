"""Numbers in a person's own words: found again as figures of the summary, or named as in no report."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reports.own_figures import places, stated_in, unsourced, with_figures
from reports.told import Figure, Sentence, Words, plain, said, valued

HOUSES, TALKS, SENT = "counter-C21", "counter-C04", "coverage"
GENERATED = (
    said("Đã có ", valued(Decimal(9), SENT), "/", valued(Decimal(11), SENT), " địa phương, cơ quan gửi báo cáo."),
    said(
        "An sinh xã hội: nhà tạm đã xoá: ",
        valued(Decimal(1240), HOUSES, "nhà"),
        "; cuộc đối thoại cấp xã: ",
        valued(Decimal(6), TALKS, "cuộc"),
        " (luỹ kế ",
        valued(Decimal(34), TALKS),
        ").",
    ),
)
SHARE = Sentence(("Tỉ lệ hộ nghèo: ", Figure(Decimal("5.75"), "5,75%", "indicator-T1.2"), " (năm 2024)."))
STATED = stated_in((*GENERATED, SHARE))


def linked(words: Words) -> list[tuple[str, str]]:
    return [(part.shown, part.rows) for part in words if isinstance(part, Figure)]


@pytest.mark.parametrize(
    ("line", "figures"),
    [
        ("Toàn tỉnh đã xoá 1.240 nhà tạm, nhà dột nát.", [("1.240", HOUSES)]),
        ("Trong kỳ đã mở 6 cuộc đối thoại ở cấp xã.", [("6", TALKS)]),
        ("Các xã tổ chức 06 cuộc đối thoại, luỹ kế 34 cuộc.", [("06", TALKS), ("34", TALKS)]),
        ("09/11 địa phương, cơ quan đã gửi báo cáo.", [("09", SENT), ("11", SENT)]),
        ("Tỉ lệ hộ nghèo còn 5,75%.", [("5,75", "indicator-T1.2")]),
        ("Năm 2026 có 1.240 đảng viên mới.", []),
        ("Đến quý 6 sẽ xong.", []),
        ("Thực hiện Nghị quyết số 43-NQ/TW ngày 24/11/2023, khoá 6.", []),
        ("Không có số nào.", []),
    ],
)
def test_a_number_is_that_of_the_sentence_with_the_same_words_around(line: str, figures: list[tuple[str, str]]) -> None:
    words = with_figures(line, STATED)
    assert plain(words) == line
    assert linked(words) == figures


def test_where_two_figures_fit_equally_well_none_is_chosen() -> None:
    same = stated_in([said("Số cuộc họp là ", valued(Decimal(5), rows, "cuộc")) for rows in (HOUSES, TALKS)])
    assert linked(with_figures("Số cuộc họp là 5 cuộc", same)) == []


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("Đã xoá 1.240 nhà tạm; trao 57 suất quà.", ["57"]),
        ("Đã xoá 1.241 nhà tạm.", ["1.241"]),
        ("1. Đạt từ 80% số xã, giai đoạn 2026 - 2030.", []),
        ("Tiết kiệm 2,5 tỉ đồng.", ["2,5"]),
        ("Có 12 hội nghị như báo cáo.", []),
    ],
)
def test_a_number_that_nobody_reported_is_named(line: str, numbers: list[str]) -> None:
    found = list(unsourced(with_figures(line, STATED), ["Đã mở 12 hội nghị", "mục tiêu từ 80% số xã"]))
    assert len(found) == len(numbers)
    assert all(number in words for number, words in zip(numbers, found, strict=True))


def test_what_names_something_is_no_figure() -> None:
    text = "Ngày 5 tháng 6 năm 2026, nhóm 3, lần 2, C04, 43-NQ/TW, 30/6/2026, 6 tháng đầu năm, sau 2 năm và 7 xã"
    assert [place.value for place in places(text)] == [Decimal(7)]


def test_sentences_without_figures_state_nothing() -> None:
    assert list(stated_in([Sentence(("Không có số liệu 12.",))])) == []
