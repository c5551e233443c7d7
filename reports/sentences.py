"""The small words of a report: counts as 06, figures with their units, periods, spans, and beginnings of passages."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from plan_tracker.lib.dates import document_day, roman_quarter
from plan_tracker.lib.numbers import format_exact
from reports.choices import PeriodKind
from targets import wording
from targets.choices import Evaluation

FOR_SHOW = "Kế hoạch số 00-KH/TU, ngày 01/01/2024 (minh hoạ)"
BODIES = "địa phương, cơ quan"
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[^\W\d_])")


def period_in_words(kind: str, year: int, ordinal: int | None = None, own_title: str = "") -> str:
    """Return “6 tháng đầu năm 2024”, “quý I năm 2024” or the period's own title."""
    if own_title:
        return own_title
    return {
        PeriodKind.MONTH: f"tháng {ordinal} năm {year}",
        PeriodKind.QUARTER: f"quý {roman_quarter(ordinal or 1)} năm {year}",
        PeriodKind.FIRST_HALF: f"6 tháng đầu năm {year}",
        PeriodKind.NINE_MONTHS: f"9 tháng năm {year}",
        PeriodKind.YEAR: f"năm {year}",
        PeriodKind.PRELIMINARY: f"sơ kết đến năm {year}",
        PeriodKind.FINAL: f"tổng kết đến năm {year}",
        PeriodKind.THEMATIC: f"chuyên đề năm {year}",
        PeriodKind.AD_HOC: f"đột xuất năm {year}",
    }[PeriodKind(kind)]


def count(number: int | Decimal) -> str:
    """Return a count as a report writes it: 06, 12, 1.240."""
    whole = int(number)
    return f"{whole:02d}" if whole < 10 else f"{whole:,}".replace(",", ".")


def amount(value: Decimal, decimals: int = 0) -> str:
    """Return a figure: whole ones as counts, others with their decimals and a comma; nothing is rounded away."""
    if value == value.to_integral_value() and value >= 0:
        return count(value)
    return format_exact(value, decimals, "vi")


def table_figure(value: Decimal, decimals: int = 0) -> str:
    """Return a figure as tables write it: 6, 1.240, 72,5; nothing is rounded away."""
    return format_exact(value, decimals, "vi")


def with_unit(value: Decimal, unit: str, decimals: int) -> str:
    """Return 72,5% without a space, 06 xã with one, thứ 7 for a place in a ranking."""
    is_counted = unit and not unit.startswith("%") and unit != wording.RANK
    return wording.with_unit(amount(value, decimals) if is_counted else table_figure(value, decimals), unit)


def measured(title: str, evaluation: str, unit: str) -> str:
    """Return what a figure of an indicator says: where the goal is a change, it is the level that changes."""
    if evaluation != Evaluation.ANNUAL_CHANGE:
        return title
    return f"{title} ({'tỷ lệ' if unit.startswith('%') else 'số'} cuối kỳ)"


def change_in_words(latest: Decimal, before: Decimal, unit: str, decimals: int) -> str:
    """Return by how much a level moved since the year before: “giảm 1,04 điểm phần trăm so với 3,36%”."""
    return "".join(change_in_parts(latest, before, unit, decimals))


def change_in_parts(latest: Decimal, before: Decimal, unit: str, decimals: int) -> tuple[str, str, str, str]:
    """Return the words of a change in turn with its figures: what happened, by how much, in what, and since what."""
    then = with_unit(before, unit, decimals)
    if latest == before:
        return "không thay đổi so với ", "", "", then
    moved = "giảm " if latest < before else "tăng "
    is_share, moving = unit.startswith("%"), abs(before - latest)
    by = table_figure(moving, decimals) if is_share else amount(moving, decimals)
    points = "điểm phần trăm" if is_share else unit
    return moved, by, f" {points} so với ", then


def plan_in_words(symbol: str, issued_on: date | None, resolution: str = "", *, is_demo: bool = False) -> str:
    """Return the plan's name in a sentence; dots stand where its number or date is still missing.

    A demonstration prints a number that no plan bears, and says so.
    """
    if is_demo and not (symbol and issued_on):
        return FOR_SHOW
    number = f"Kế hoạch số {symbol or '…-KH/TU'}"
    day = document_day(issued_on) if issued_on else "…/…/…"
    tail = f" về thực hiện {resolution}" if resolution else ""
    return f"{number}, ngày {day}{tail}"


def span_in_words(covers_from: date, covers_to: date) -> str:
    """Return “năm 2023” for a whole year, “giai đoạn 2021 - 2025” for whole years, else the last day."""
    whole = (covers_from.month, covers_from.day, covers_to.month, covers_to.day) == (1, 1, 12, 31)
    if whole and covers_from.year == covers_to.year:
        return f"năm {covers_to.year}"
    if whole:
        return f"giai đoạn {covers_from.year} - {covers_to.year}"
    return f"đến ngày {document_day(covers_to)}"


def first_sentences(text: str, limit: int = 420) -> str:
    """Return the beginning of a passage, in whole sentences where they fit, for use as an example."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    taken = ""
    for sentence in _SENTENCE.split(flat):
        if taken and len(taken) + len(sentence) + 1 > limit:
            break
        taken = f"{taken} {sentence}".strip()
    if len(taken) <= limit:
        return taken
    return f"{taken[:limit].rsplit(' ', 1)[0].rstrip(',;:.')} …"


def moment_in_words(moment: datetime) -> str:
    """Return “16 giờ ngày 17/6/2024”, or “16 giờ 30 phút …”."""
    local = timezone.localtime(moment)
    minutes = f" {local.minute:02d} phút" if local.minute else ""
    return f"{local.hour:02d} giờ{minutes} ngày {document_day(local.date())}"
