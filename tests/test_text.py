"""Finding and sorting Vietnamese text, and the guard against markings of secrecy."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_tracker.lib.text import has_secrecy_marking, join_vietnamese, nfc, sort_key, vn_key


@pytest.mark.parametrize(
    "other", ["huyện ủy", "HUYỆN UỶ", "Huyen uy", unicodedata.normalize("NFD", "Huyện uỷ"), "  huyện\u00a0 uỷ "]
)
def test_one_key_for_every_spelling(other: str) -> None:
    assert vn_key(other) == vn_key("Huyện uỷ") == "huyen uy"


def test_the_letter_d_with_a_bar_is_found_without_it() -> None:
    assert vn_key("Đại đoàn kết, hoá/hóa") == "dai doan ket, hoa/hoa"


@given(st.text())
def test_the_key_of_a_key_is_itself_and_nothing_fails(text: str) -> None:
    assert vn_key(nfc(text)) == vn_key(unicodedata.normalize("NFD", text))
    sort_key(text)
    has_secrecy_marking(text)


def test_names_stand_in_the_order_of_the_vietnamese_alphabet() -> None:
    right = ["Bình Gia", "Bắc Sơn", "Cao Lộc", "Chi Lăng", "Đình Lập", "Hữu Lũng", "Lạng Sơn", "Lộc Bình", "Tràng Định"]
    right = ["Bắc Sơn", *[name for name in right if name != "Bắc Sơn"]]
    assert sorted(reversed(right), key=sort_key) == right


def test_letters_come_before_tones_and_tones_in_their_order() -> None:
    right = ["a", "à", "ả", "ã", "á", "ạ", "ai", "ăn", "ân", "b", "d", "đ", "e", "ê"]
    assert sorted(sorted(right), key=sort_key) == right
    assert sort_key("uỷ ban") == sort_key("ủy ban") == sort_key("ỦY BAN")


def test_numbers_in_names_sort_as_numbers() -> None:
    assert sorted(["Tổ 10", "Tổ 2"], key=sort_key) == ["Tổ 2", "Tổ 10"]


def test_a_list_reads_as_a_sentence() -> None:
    assert join_vietnamese([]) == ""
    assert join_vietnamese(["a"]) == "a"
    assert join_vietnamese(["a", "b", "c"]) == "a, b và c"


@pytest.mark.parametrize(
    "text",
    [
        "MẬT",
        "mật",
        " Tối Mật ",
        "TUYỆT MẬT",
        "Độ mật: Mật",
        "độ mật : TỐI MẬT",
        "[Độ mật:] MẬT",
        "(MẬT)",
        "M Ậ T",
        unicodedata.normalize("NFD", "TỐI MẬT"),
        "BÁO CÁO\nTUYỆT MẬT\nkết quả",
        "Số 12\tMẬT\tghi chú",
        "M\u200bẬT",
    ],
)
def test_a_marking_alone_on_a_line_is_found(text: str) -> None:
    assert has_secrecy_marking(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bí mật nhà nước",
        "BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "quan hệ mật thiết với Nhân dân",
        "không chứa bí mật nhà nước",
        "Mật độ dân số",
        "Độ mật: không",
        "mắt",
        "Có báo cáo riêng theo chế độ mật",
    ],
)
def test_words_about_secrecy_pass(text: str) -> None:
    assert not has_secrecy_marking(text)
