"""Days as documents and screens write them, the working days of Viet Nam, and the windows that a cut-off day gives."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

import holidays
from django.utils.translation import gettext as _

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ROMAN = ("I", "II", "III", "IV")
# Proposals for a period: windows run from the 15th to the 14th; reports are due on the second working day after.
CUT_OFF_DAY = 14
DUE_AFTER_WORKING_DAYS = 2
DUE_TIME = time(16, 0)

AS_USUAL: Mapping[date, bool] = {}

_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")

EMPTY = "day_empty"
MALFORMED = "day_malformed"
NO_SUCH_DAY = "day_no_such"


class DayError(ValueError):
    """A text that is not read as a day: `code` for programs, the message as a sentence for the person."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


class WindowKind(StrEnum):
    """The spans of a year that have a usual cut-off."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    NINE_MONTHS = "nine_months"
    YEAR = "year"


_MONTHS_IN = {
    WindowKind.MONTH: 1,
    WindowKind.QUARTER: 3,
    WindowKind.HALF: 6,
    WindowKind.NINE_MONTHS: 9,
    WindowKind.YEAR: 12,
}


def document_day(day: date) -> str:
    """Return 05/02/2024 or 19/3/2024: in a document only days below ten and months one and two take a zero."""
    return f"{day.day:02d}/{document_month(day.month)}/{day.year}"


def document_month(month: int) -> str:
    """Return 01, 02, 3 … 12."""
    return f"{month:02d}" if month < 3 else str(month)


def document_long_day(day: date) -> str:
    """Return “ngày 05 tháng 02 năm 2024”, for the head of a document."""
    return f"ngày {day.day:02d} tháng {document_month(day.month)} năm {day.year}"


def screen_day(day: date) -> str:
    """Return 05/02/2024, for screens and inputs."""
    return f"{day:%d/%m}/{day.year}"


def parse_day(text: str) -> date:
    """Return the day that dd/mm/yyyy or yyyy-mm-dd says, or raise DayError; the day always comes before the month."""
    shown = " ".join(text.split())[:40]
    if not shown:
        raise DayError(EMPTY, _("Write a day."))
    day_first, year_first = _DAY_FIRST.fullmatch(shown), _YEAR_FIRST.fullmatch(shown)
    if day_first:
        day, month, year = (int(part) for part in day_first.groups())
    elif year_first:
        year, month, day = (int(part) for part in year_first.groups())
    else:
        raise DayError(MALFORMED, _("“%(text)s” is not a day such as 23/11/2026.") % {"text": shown})
    try:
        return date(year, month, day)
    except ValueError as error:
        raise DayError(NO_SUCH_DAY, _("There is no day %(text)s.") % {"text": shown}) from error


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def quarter_of(day: date) -> int:
    """Return 1 to 4."""
    return (day.month + 2) // 3


def quarter_end(year: int, quarter: int) -> date:
    """Return the last day of a quarter: “trong quý II/2024” ends on 30/6/2024."""
    return month_end(year, quarter * 3)


def half_end(year: int, half: int) -> date:
    """Return the last day of a half year."""
    return month_end(year, half * 6)


def year_end(year: int) -> date:
    """Return 31 December."""
    return date(year, 12, 31)


def roman_quarter(quarter: int) -> str:
    """Return I, II, III or IV."""
    return ROMAN[quarter - 1]


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@cache
def _calendar(year: int) -> holidays.HolidayBase:
    """Return the public holidays of one year, with the Saturdays that are worked instead of a bridge day."""
    return holidays.country_holidays("VN", years=year, expand=False, language="vi")


def is_working_day(day: date, decided: Mapping[date, bool] = AS_USUAL) -> bool:
    """Say whether offices work; `decided` are days decided on after the calendar was made, true for work."""
    return decided[day] if day in decided else bool(_calendar(day.year).is_working_day(day))


def holiday_name(day: date) -> str:
    """Return what a public holiday is called, as the calendar of Viet Nam names it; nothing on other days."""
    return str(_calendar(day.year).get(day) or "")


def next_working_day(day: date, decided: Mapping[date, bool] = AS_USUAL) -> date:
    """Return the day itself where it is a working day, else the first one after it."""
    while not is_working_day(day, decided):
        day += timedelta(days=1)
    return day


def add_working_days(day: date, count: int, decided: Mapping[date, bool] = AS_USUAL) -> date:
    """Return the working day that comes `count` working days after a day."""
    for _step in range(count):
        day = next_working_day(day + timedelta(days=1), decided)
    return day


def proposed_window(kind: WindowKind | str, year: int, ordinal: int = 1) -> tuple[date, date]:
    """Return the days that a period's data would cover: from the 15th before to the 14th of its last month."""
    months = _MONTHS_IN[WindowKind(kind)]
    if not 1 <= ordinal <= 12 // months:
        msg = f"a year has no {kind} number {ordinal}"
        raise ValueError(msg)
    data_to = date(year, months * ordinal, CUT_OFF_DAY)
    return add_months(data_to, -months) + timedelta(days=1), data_to


def proposed_due(data_to: date, decided: Mapping[date, bool] = AS_USUAL) -> datetime:
    """Return the moment at which a period would be due: 16:00 on the second working day after its data end."""
    day = add_working_days(data_to, DUE_AFTER_WORKING_DAYS, decided)
    return datetime.combine(day, DUE_TIME, tzinfo=ZONE)
