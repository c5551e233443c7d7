"""Everything in a report that its body is asked to look at again before it goes on."""

from __future__ import annotations

from collections.abc import Iterator

from reports.checks import ASK, Fault, Finding, Told
from reports.figure_pages import last_counters, last_readings
from reports.filling import last_entries
from reports.models import Submission
from reports.outline import FormOutline, line_url
from reports.quality import copied_lines, counter_looks, reading_looks


def second_looks(submission: Submission, outline: FormOutline, told: Told) -> list[Finding]:
    """Return texts that repeat the last report and figures that are far from it; three queries at most."""
    labels = outline.labels()
    return [
        Finding(
            fault.line, labels.get(fault.line, ""), fault.sentence, fault.severity, line_url(submission.pk, fault.line)
        )
        for fault in _faults(submission, outline, told)
    ]


def _faults(submission: Submission, outline: FormOutline, told: Told) -> Iterator[Fault]:
    """Yield them in the order of the form."""
    lines = list(outline.entry_lines())
    if told.entries:
        yield from copied_lines(lines, told.entries, last_entries(submission, lines))
    period = submission.expectation.period
    if outline.counters:
        _title, last = last_counters(submission)
        for counter in outline.counters:
            if sentence := counter_looks(counter, told.counters.get(counter.pk), last.get(counter.pk), period):
                yield Fault(f"counter:{counter.code}", sentence, ASK)
    if outline.indicators:
        _title, known = last_readings(submission)
        for indicator in outline.indicators:
            if sentence := reading_looks(indicator, told.readings.get(indicator.pk), known.get(indicator.pk)):
                yield Fault(f"indicator:{indicator.code}", sentence, ASK)
