"""What is worth a second look and stands in nobody's way: figures far from the last ones, and texts seen before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from reports.checks import ASK, Fault
from reports.figures import shown_number
from reports.models import CounterValue, Entry, Period, Reading
from reports.outline import Line
from reports.similarity import jaccard, shingles
from targets.models import Counter, Indicator

# Two texts are one when so much of their runs of five words is common; shorter texts say too little to tell.
SAME, FEWEST_WORDS = 0.8, 12
# A figure is far off when it is three times the last one or a third of it; counts below ten jump by nature.
TIMES, LEAST = 3, 10


def is_same(one: str, other: str) -> bool:
    """Return whether two texts are nearly word for word the same."""
    if min(len(one.split()), len(other.split())) < FEWEST_WORDS:
        return False
    return jaccard(shingles(one), shingles(other)) >= SAME


def copied_fault(line: Line, text: str, last: Entry | None) -> Iterator[Fault]:
    """Yield that a line says again what it said last time; one that was taken over on request says so by itself."""
    if last is not None and is_same(text, last.text):
        yield Fault(line.key, _("The text is nearly that of the last report: is there nothing new?"), ASK)


def is_far(now: Decimal, last: Decimal) -> bool:
    """Return whether a figure is far from the last one."""
    return max(now, last) >= LEAST and min(now, last) * TIMES <= max(now, last)


def counter_looks(counter: Counter, value: CounterValue | None, last: CounterValue | None, period: Period) -> str:
    """Return the sentence about a counter that is far from what the last report makes expect, or nothing.

    Windows differ in length: what was counted in a quarter is stretched to the length of this one.
    """
    if value is None or last is None or value.in_period is None or last.in_period is None or value.note:
        return ""
    before = last.submission.expectation.period
    expected = last.in_period
    if not counter.is_level:
        expected = expected * _days(period) / _days(before)
    if not is_far(value.in_period, expected):
        return ""
    return _far(shown_number(last.in_period, counter.decimals), shown_number(value.in_period, counter.decimals))


def reading_looks(indicator: Indicator, value: Reading | None, last: Reading | None) -> str:
    """Return the sentence about a reading that is far from the last one, or nothing."""
    if value is None or last is None or value.value is None or last.value is None or value.note:
        return ""
    if not is_far(value.value, last.value):
        return ""
    return _far(shown_number(last.value, indicator.decimals), shown_number(value.value, indicator.decimals))


def _days(period: Period) -> int:
    return (period.data_to - period.data_from).days + 1


def _far(last: str, now: str) -> str:
    words = {"last": last, "now": now}
    return _("Far from the last report (%(last)s → %(now)s): check it, or say why in the note.") % words


def copied_lines(
    lines: Iterable[Line], entries: Mapping[tuple[str, int], Entry], last: Mapping[tuple[str, int], Entry]
) -> Iterator[Fault]:
    """Yield the lines that repeat the last report, those taken over on request aside; no query."""
    for line in lines:
        entry = entries.get((line.subject, line.subject_id))
        if entry is not None and not entry.is_copied:
            yield from copied_fault(line, entry.text, last.get((line.subject, line.subject_id)))
