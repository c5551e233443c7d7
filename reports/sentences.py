"""Sentences of a report made from figures: correct Vietnamese, counts below ten as 06, no figure that is not there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from plan_tracker.lib.dates import document_day, roman_quarter
from plan_tracker.lib.numbers import format_exact
from plan_tracker.lib.text import join_vietnamese
from reports.choices import PeriodKind
from targets import wording
from targets.choices import Evaluation

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
    moved = "giảm" if latest < before else "tăng"
    points = "điểm phần trăm" if unit.startswith("%") else unit
    by = table_figure(abs(before - latest), decimals)
    return f"{moved} {by} {points} so với {with_unit(before, unit, decimals)}"


def plan_in_words(symbol: str, issued_on: date | None, resolution: str = "") -> str:
    """Return the plan's name in a sentence; dots stand where its number or date is still missing."""
    number = f"Kế hoạch số {symbol or '…-KH/TU'}"
    day = document_day(issued_on) if issued_on else "…/…/…"
    tail = f" về thực hiện {resolution}" if resolution else ""
    return f"{number}, ngày {day}{tail}"


def coverage_sentence(*, on: date, expected: int, received: int, on_time: int) -> str:
    """Return how many reports have come by a day, how many in time, and how many are missing."""
    if not expected:
        return ""
    parts = [f"Đến ngày {document_day(on)}, đã có {count(received)}/{count(expected)} {BODIES} gửi báo cáo"]
    if received == 0:
        parts = [f"Đến ngày {document_day(on)}, chưa có {BODIES} nào gửi báo cáo"]
    elif on_time == received:
        parts.append("đều đúng thời hạn" if received > 1 else "đúng thời hạn")
    elif on_time:
        parts.append(f"trong đó {count(on_time)} báo cáo đúng thời hạn")
    else:
        parts.append("đều sau thời hạn" if received > 1 else "sau thời hạn")
    sentence = ", ".join(parts)
    missing = missing_sentence(expected - received)
    return f"{sentence}; {missing[0].lower()}{missing[1:]}" if missing and received else f"{sentence}."


def missing_sentence(number: int) -> str:
    """Return “Còn 03 địa phương, cơ quan chưa gửi báo cáo.”, or nothing where all have sent."""
    return f"Còn {count(number)} {BODIES} chưa gửi báo cáo." if number else ""


def documents_sentence(kinds: Sequence[tuple[str, int]], bodies: int) -> str:
    """Return how many documents were issued, and of which types: words with numbers, largest first."""
    total = sum(number for _word, number in kinds)
    if not total:
        return ""
    subject = f"{count(bodies)} {BODIES}" if bodies > 1 else f"01 {BODIES.split(', ', maxsplit=1)[1]}"
    first = f"Trong kỳ, {subject} đã ban hành {count(total)} văn bản lãnh đạo, chỉ đạo, triển khai thực hiện"
    ranked = sorted(kinds, key=lambda pair: -pair[1])
    if len(ranked) == 1:
        return f"{first} ({count(ranked[0][1])} {ranked[0][0]})."
    return f"{first}, gồm: {join_vietnamese([f'{count(number)} {word}' for word, number in ranked])}."


def counter_words(title: str, unit: str, in_period: Decimal, cumulative: Decimal | None, decimals: int = 0) -> str:
    """Return one activity figure inside a sentence: in the period and, where it says more, cumulative."""
    so_far = f" (luỹ kế {amount(cumulative, decimals)})" if cumulative is not None and cumulative != in_period else ""
    return f"{title[:1].lower()}{title[1:]}: {amount(in_period, decimals)} {unit}{so_far}"


def counters_sentence(section: str, figures: Sequence[tuple[str, int, int]]) -> str:
    """Return the figures of one section as a sentence; each comes with how many bodies gave it, of how many asked.

    Where all figures rest on the same number of bodies, that is said once, at the end.
    """
    coverages = {(given, asked) for _words, given, asked in figures}
    if len(coverages) == 1:
        given, asked = coverages.pop()
        words = "; ".join(words for words, _given, _asked in figures)
        return f"{section}: {words}{_gap(given, asked)}."
    return f"{section}: " + "; ".join(f"{words}{_gap(given, asked)}" for words, given, asked in figures) + "."


def _gap(given: int, asked: int) -> str:
    """Return how many bodies a figure comes from, where some are missing."""
    return f" (số liệu của {count(given)}/{count(asked)} {BODIES})" if given < asked else ""


def indicator_sentence(  # noqa: PLR0913 - a figure is nothing without unit, span and source
    title: str, value: Decimal, unit: str, *, decimals: int, when: str, firmness: str, source: str
) -> str:
    """Return figure, date and source of an indicator; what it is worth is for a named person to say."""
    figure = with_unit(value, unit, decimals)
    notes = "; ".join(part for part in (when, firmness, f"nguồn: {source}" if source else "") if part)
    return f"{title}: {figure} ({notes})."


def assignment_sentence(title: str, *, due: date | None, done: int, asked: int, overdue: Sequence[str]) -> str:
    """Return how far dated work is: done by how many, and who is past the date, by name in the official order."""
    when = f" (thời hạn {document_day(due)})" if due else ""
    first = f"{title}{when}: {count(done)}/{count(asked)} cơ quan, đơn vị hoàn thành"
    if not overdue:
        return f"{first}."
    return f"{first}; còn {count(len(overdue))} cơ quan, đơn vị quá hạn: {join_vietnamese(list(overdue))}."


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
