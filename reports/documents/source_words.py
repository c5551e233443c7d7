"""Where a passage or a figure comes from, as the internal copy prints it: the body and the line of its report."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from reports import sentences
from reports.coverage_values import Source
from reports.figure_values import CounterTotal, IndicatorValue

LINES = {
    "group": "nhóm",
    "task": "nhiệm vụ",
    "assignment": "mục",
    "counter": "biểu số liệu, dòng",
    "indicator": "chỉ tiêu",
}
LINES_ALONE = {"question": "nội dung theo yêu cầu của kỳ", "closing": "phần đánh giá, phương hướng"}


def source_words(source: Source) -> str:
    """Return “Huyện uỷ A, nhóm 3”."""
    kind, _colon, code = source.line.partition(":")
    line = LINES_ALONE.get(kind) or f"{LINES.get(kind, kind)} {code}".strip()
    return f"{source.body.short_name}, {line}" if line else source.body.short_name


def sources_words(sources: Iterable[Source]) -> tuple[str, ...]:
    """Return each source once, in the order given."""
    return tuple(dict.fromkeys(source_words(source) for source in sources))


def _figures(title: str, figures: Iterable[tuple[Source, Decimal | None]], decimals: int) -> str:
    """Return “Mô hình: Huyện uỷ A 3, Huyện uỷ B 4”; nothing where no body gave a figure."""
    given = [
        f"{source.body.short_name} {sentences.table_figure(value, decimals)}"
        for source, value in figures
        if value is not None
    ]
    return f"{title}: {', '.join(given)}" if given else ""


def counter_sources(counters: Iterable[CounterTotal]) -> tuple[str, ...]:
    """Return for each activity figure who gave how much of it."""
    words = (
        _figures(row.title, ((figure.source, figure.in_period) for figure in row.figures), row.decimals)
        for row in counters
    )
    return tuple(word for word in words if word)


def indicator_sources(indicator: IndicatorValue) -> tuple[str, ...]:
    """Return what bodies report of an indicator."""
    readings = ((row.source, row.value) for row in indicator.readings)
    words = _figures("Theo báo cáo của các địa phương, cơ quan", readings, indicator.decimals)
    return (words,) if words else ()
