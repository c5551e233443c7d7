"""Days in documents and on screens, working days, and the windows and due moments proposed for a period."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plan_tracker.lib import dates


@pytest.mark.parametrize(
    ("day", "document", "long"),
    [
        (date(2024, 2, 5), "05/02/2024", "ngày 05 tháng 02 năm 2024"),
        (date(2024, 3, 19), "19/3/2024", "ngày 19 tháng 3 năm 2024"),
        (date(2024, 7, 5), "05/7/2024", "ngày 05 tháng 7 năm 2024"),
        (date(2024, 11, 23), "23/11/2024", "ngày 23 tháng 11 năm 2024"),
    ],
)
def test_a_document_writes_a_zero_before_small_days_and_the_first_two_months(
    day: date, document: str, long: str
) -> None:
    assert dates.document_day(day) == document
    assert dates.document_long_day(day) == long


def test_a_screen_writes_every_zero() -> None:
    assert dates.screen_day(date(2024, 3, 9)) == "09/03/2024"


@pytest.mark.parametrize("text", ["9/3/2024", "09/03/2024", "2024-03-09", " 9-3-2024 ", "09.03.2024"])
def test_the_day_comes_before_the_month(text: str) -> None:
    assert dates.parse_day(text) == date(2024, 3, 9)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "day_empty"),
        ("29/2/2023", "day_no_such"),
        ("31/4/2024", "day_no_such"),
        ("12/13/2024", "day_no_such"),
        ("0/1/2024", "day_no_such"),
        ("1/1/0000", "day_no_such"),
        ("45321", "day_malformed"),
        ("9/3/24", "day_malformed"),
        ("mai", "day_malformed"),
        ("٩/3/2024", "day_malformed"),
    ],
)
def test_a_day_that_cannot_be_read_is_refused(text: str, code: str) -> None:
    with pytest.raises(dates.DayError) as caught:
        dates.parse_day(text)
    assert caught.value.code == code


@given(st.dates())
def test_every_printed_day_is_read_back(day: date) -> None:
    if day.year >= 1000:
        assert dates.parse_day(dates.screen_day(day)) == dates.parse_day(dates.document_day(day)) == day


def test_ends_of_spans() -> None:
    assert dates.quarter_end(2024, 2) == date(2024, 6, 30)
    assert dates.half_end(2024, 2) == dates.year_end(2024) == date(2024, 12, 31)
    assert dates.month_end(2024, 2) == date(2024, 2, 29)
    assert dates.quarter_of(date(2024, 10, 1)) == 4
    assert [dates.roman_quarter(number) for number in (1, 2, 3, 4)] == ["I", "II", "III", "IV"]
    assert dates.add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)


def test_holidays_bridge_days_and_worked_saturdays() -> None:
    assert not dates.is_working_day(date(2024, 4, 29))
    assert dates.is_working_day(date(2024, 5, 4))
    assert not dates.is_working_day(date(2024, 5, 11))
    assert not dates.is_working_day(date(2024, 2, 12))
    assert dates.next_working_day(date(2024, 8, 31)) == date(2024, 9, 4)
    assert dates.next_working_day(date(2024, 9, 4), {date(2024, 9, 4): False}) == date(2024, 9, 5)


@pytest.mark.parametrize(
    ("kind", "ordinal", "data_from", "data_to"),
    [
        ("month", 1, date(2023, 12, 15), date(2024, 1, 14)),
        ("month", 3, date(2024, 2, 15), date(2024, 3, 14)),
        ("quarter", 1, date(2023, 12, 15), date(2024, 3, 14)),
        ("quarter", 2, date(2024, 3, 15), date(2024, 6, 14)),
        ("quarter", 3, date(2024, 6, 15), date(2024, 9, 14)),
        ("quarter", 4, date(2024, 9, 15), date(2024, 12, 14)),
        ("half", 1, date(2023, 12, 15), date(2024, 6, 14)),
        ("half", 2, date(2024, 6, 15), date(2024, 12, 14)),
        ("nine_months", 1, date(2023, 12, 15), date(2024, 9, 14)),
        ("year", 1, date(2023, 12, 15), date(2024, 12, 14)),
    ],
)
def test_the_cut_off_rule(kind: str, ordinal: int, data_from: date, data_to: date) -> None:
    assert dates.proposed_window(kind, 2024, ordinal) == (data_from, data_to)


def test_there_is_no_fifth_quarter_and_no_second_nine_months() -> None:
    for kind, ordinal in (("quarter", 5), ("nine_months", 2), ("year", 2), ("month", 0), ("week", 1)):
        with pytest.raises(ValueError, match=r"number|week"):
            dates.proposed_window(kind, 2024, ordinal)


def test_a_report_is_due_at_four_on_the_second_working_day() -> None:
    due = dates.proposed_due(date(2024, 6, 14))
    assert due.isoformat() == "2024-06-18T16:00:00+07:00"
    assert dates.proposed_due(date(2024, 6, 14), {date(2024, 6, 18): False}).date() == date(2024, 6, 19)
