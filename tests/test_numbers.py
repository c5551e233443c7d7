"""Numbers are read as an office writes them, and never guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from plan_tracker.lib.numbers import NumberError, format_decimal, format_exact, parse_decimal, two_digits


@pytest.mark.parametrize(
    ("text", "decimals", "value"),
    [
        ("72,5", 1, "72.5"),
        ("72,5%", 1, "72.5"),
        (" 72,5 % ", 1, "72.5"),
        ("1.234,5", 1, "1234.5"),
        ("1234,5", 1, "1234.5"),
        ("1.240", 0, "1240"),
        ("1240", 0, "1240"),
        ("1.234.567", 0, "1234567"),
        ("1.234.567", 1, "1234567"),
        ("06", 0, "6"),
        ("0", 2, "0"),
        ("0,123", 3, "0.123"),
        ("-1,5", 1, "-1.5"),
        ("\u00a072,5\u00a0", 2, "72.5"),
        ("-0", 0, "0"),
    ],
)
def test_accepted(text: str, decimals: int, value: str) -> None:
    assert parse_decimal(text, decimals) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "decimals", "code"),
    [
        ("", 0, "number_empty"),
        ("  ", 1, "number_empty"),
        ("0.123", 3, "number_ambiguous"),
        ("0.123", 0, "number_ambiguous"),
        ("1.234", 1, "number_ambiguous"),
        ("1.234", 3, "number_ambiguous"),
        ("72.5", 1, "number_ambiguous"),
        ("1.23.456", 0, "number_ambiguous"),
        ("1.2345", 0, "number_ambiguous"),
        (".5", 1, "number_ambiguous"),
        ("1.", 0, "number_ambiguous"),
        ("1.234.5", 1, "number_ambiguous"),
        ("12345.678,9", 1, "number_ambiguous"),
        ("1,240", 0, "number_too_precise"),
        ("72,55", 1, "number_too_precise"),
        ("1,234.5", 1, "number_malformed"),
        ("72,5,1", 2, "number_malformed"),
        ("12a", 0, "number_malformed"),
        ("mười", 0, "number_malformed"),
        ("1e5", 0, "number_malformed"),
        ("NaN", 0, "number_malformed"),
        ("Infinity", 0, "number_malformed"),
        ("#REF!", 0, "number_malformed"),
        ("=1+1", 0, "number_malformed"),
        ("1 240", 0, "number_malformed"),
        ("+5", 0, "number_malformed"),
        ("١٢", 0, "number_malformed"),
        ("5²", 0, "number_malformed"),
        ("%", 1, "number_malformed"),
        ("-", 1, "number_malformed"),
        ("72,5%%", 1, "number_malformed"),
        ("9" * 16, 0, "number_too_large"),
    ],
)
def test_refused_with_a_code_and_a_sentence(text: str, decimals: int, code: str) -> None:
    with translation.override("en"), pytest.raises(NumberError) as caught:
        parse_decimal(text, decimals)
    assert caught.value.code == code
    assert str(caught.value).endswith(".")


def test_a_count_is_not_a_percentage() -> None:
    with pytest.raises(NumberError) as caught:
        parse_decimal("5%", 0, percent=False)
    assert caught.value.code == "number_not_percent"


def test_a_long_text_is_cut_in_the_sentence() -> None:
    with pytest.raises(NumberError) as caught:
        parse_decimal("x" * 5000, 0)
    assert len(str(caught.value)) < 150


@given(st.text(), st.integers(0, 4))
def test_any_text_is_a_number_or_refused(text: str, decimals: int) -> None:
    try:
        assert parse_decimal(text, decimals).is_finite()
    except NumberError as error:
        assert error.code.startswith("number_")


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_what_is_printed_in_vietnamese_is_read_back(value: Decimal) -> None:
    assert parse_decimal(format_decimal(value, 2, "vi"), 2) == value


def test_printed_for_each_language() -> None:
    assert format_decimal(Decimal("1234.56"), 1, "vi") == "1.234,6"
    assert format_decimal(Decimal("1234.56"), 1, "en") == "1,234.6"
    assert format_decimal(Decimal("-0.04"), 1, "vi") == "0,0"
    assert format_decimal(1240, 0, "vi") == "1.240"


def test_rounding_never_hides_that_a_goal_is_missed() -> None:
    assert format_exact(Decimal("89.96"), 1, "vi") == "89,96"
    assert format_exact(Decimal("90.00"), 1, "vi") == "90,0"
    assert format_exact(Decimal("1200"), 0, "vi") == "1.200"
    assert format_exact(Decimal(100) / 3, 1, "vi") == "33,33"


def test_counts_below_ten_take_a_zero() -> None:
    assert [two_digits(6), two_digits(11), two_digits(0)] == ["06", "11", "00"]
