"""What is missing or contradictory in a report: one finding a fault, each naming its line and leading to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from reports.choices import DELIVERED_STATES, ReportForm, SubmissionState
from reports.figure_fields import fields_in, figures_of
from reports.models import CounterValue, Entry, Reading, Submission
from reports.outline import CLOSING, CLOSING_FIELDS, FormOutline, Line, line_url, outline_for
from tasks.choices import WorkState

# What a body wrote for an earlier period counts from the moment it was handed up, also while it is being completed.
WRITTEN_STATES = (*DELIVERED_STATES, SubmissionState.RETURNED, SubmissionState.AWAITING_SIGNATURE)
ERROR = "error"
ASK = "ask"
WITHOUT_TEXT = frozenset({WorkState.NOT_OURS, WorkState.SEPARATE, WorkState.NOT_STARTED, WorkState.NOT_DONE})
# A report is empty of strengths or coming work only by oversight; weaknesses and causes may truly be none.
CLOSING_REQUIRED = frozenset({"strengths", "coming_work"})


@dataclass(frozen=True)
class Finding:
    """One thing to correct (`error`) or to look at again (`ask`)."""

    line: str
    label: str
    sentence: str
    severity: str
    url: str

    @property
    def is_error(self) -> bool:
        """Return whether the report cannot go on before this is corrected."""
        return self.severity == ERROR


@dataclass(frozen=True)
class Completeness:
    """Every finding of a report in the order of its form, and how many lines are done."""

    findings: tuple[Finding, ...]
    outline: FormOutline

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Return the findings that stand in the way."""
        return tuple(finding for finding in self.findings if finding.is_error)

    @property
    def is_complete(self) -> bool:
        """Return whether nothing stands in the way."""
        return not self.errors

    @property
    def open_lines(self) -> frozenset[str]:
        """Return the keys of the lines with an error."""
        return frozenset(finding.line for finding in self.errors)


@dataclass(frozen=True)
class Fault:
    """A finding before it knows its report."""

    line: str
    sentence: str
    severity: str = ERROR

    @property
    def is_error(self) -> bool:
        """Return whether the report cannot go on before this is corrected."""
        return self.severity == ERROR


@dataclass(frozen=True)
class Told:
    """What a report says, read once: entries by subject, which of them have difficulties, and its figures."""

    entries: Mapping[tuple[str, int], Entry]
    difficult: frozenset[int | None]
    counters: Mapping[int, CounterValue]
    readings: Mapping[int, Reading]


def read_told(submission: Submission, outline: FormOutline) -> Told:
    """Return what a report says; five queries at most."""
    rows = submission.entries.prefetch_related("also_serves")
    return Told(
        entries={entry_key(entry): entry for entry in rows},
        difficult=frozenset(submission.difficulties.values_list("entry_id", flat=True)),
        counters={row.counter_id: row for row in submission.counter_values.all()} if outline.counters else {},
        readings={row.indicator_id: row for row in submission.readings.all()} if outline.indicators else {},
    )


def completeness(submission: Submission, outline: FormOutline | None = None, told: Told | None = None) -> Completeness:
    """Return what is missing in a report; a nil report and a separate confidential one need nothing more.

    Six queries beside the outline's; give the outline, and what the report says, where they are at hand.
    """
    outline = outline or outline_for(submission)
    faults: tuple[Fault, ...] = ()
    if submission.form == ReportForm.CONTENT:
        faults = tuple(_faults(submission, outline, told or read_told(submission, outline)))
    labels = outline.labels()
    findings = tuple(
        Finding(
            line=fault.line,
            label=labels.get(fault.line, ""),
            sentence=fault.sentence,
            severity=fault.severity,
            url=line_url(submission.pk, fault.line),
        )
        for fault in faults
    )
    return Completeness(findings, outline)


def _faults(submission: Submission, outline: FormOutline, told: Told) -> Iterator[Fault]:
    """Yield every fault in the order of the form."""
    served = told_elsewhere(told.entries.values())
    figures = figures_of(submission) if any(entry.written for entry in told.entries.values()) else {}
    for line in outline.entry_lines():
        entry = told.entries.get((line.subject, line.subject_id))
        if line.key not in served or (entry and (entry.state or entry.text.strip())):
            yield from _entry_faults(line, entry, told.difficult)
        if entry and fields_in(entry.written) - figures.keys():
            yield Fault(line.key, missing_figure())
    if outline.counters:
        yield from counter_faults(outline, told.counters, *figures_around(submission))
    if outline.indicators:
        yield from reading_faults(outline, told.readings)
    if outline.has_closing:
        yield from _closing_faults(submission)


def told_elsewhere(entries: Iterable[Entry]) -> frozenset[str]:
    """Return the keys of the tasks of which another line of the report already speaks; `also_serves` was prefetched."""
    return frozenset(f"task:{task.code}" for entry in entries if entry.text.strip() for task in entry.also_serves.all())


def entry_key(entry: Entry) -> tuple[str, int]:
    """Return which subject an entry is about, as lines name it."""
    for subject in ("group", "task", "assignment", "question"):
        found = getattr(entry, f"{subject}_id")
        if found is not None:
            return subject, found
    msg = f"entry {entry.pk} is about nothing"
    raise ValueError(msg)


def _entry_faults(line: Line, entry: Entry | None, difficult: frozenset[int | None]) -> Iterator[Fault]:
    """Yield what is missing in one line."""
    if entry is None or not (entry.state or entry.text.strip()):
        yield Fault(line.key, _("Nothing has been entered yet."))
        return
    yield from line_faults(
        line,
        state=entry.state,
        text=entry.text,
        has_difficulty=entry.pk in difficult,
        is_copied=entry.is_copied,
    )


def missing_figure() -> str:
    """Return the sentence about a field whose figure is not there."""
    return _("A figure that stands in the text has not been entered yet: dots stand in its place.")


def line_faults(line: Line, *, state: str, text: str, has_difficulty: bool, is_copied: bool) -> Iterator[Fault]:
    """Yield what is missing in a line in which something stands; no query."""
    if line.states and state not in line.states:
        yield Fault(line.key, _("Choose the state of the work."))
    if not text.strip() and state not in WITHOUT_TEXT:
        yield Fault(line.key, _("Write the results."))
    if state == WorkState.IN_DIFFICULTY and not has_difficulty:
        yield Fault(line.key, _("The state is “in difficulty”: write at least one difficulty."))
    if is_copied and text.strip():
        yield Fault(line.key, _("The text is that of the last period, unchanged: look at it again."), ASK)


def counter_faults(
    outline: FormOutline,
    values: Mapping[int, CounterValue],
    before: Mapping[int, Decimal],
    inside: Mapping[int, Decimal] | None = None,
) -> Iterator[Fault]:
    """Yield what is missing or contradictory in the counters; no query.

    `before` are the last cumulative figures, `inside` the largest figures of windows inside this one.
    """
    for counter in outline.counters:
        key, value = f"counter:{counter.code}", values.get(counter.pk)
        if value is None or value.in_period is None:
            if value is None or not value.note:
                yield Fault(key, _("Enter the figure (0 where there was none), or say in the note why it is missing."))
            continue
        whole = values.get(counter.part_of_id) if counter.part_of_id else None
        if whole is not None and whole.in_period is not None and value.in_period > whole.in_period:
            # What was carried over (letters received last year, settled this year) is said in the note.
            yield Fault(key, _("The part is larger than the whole it belongs to."), ASK if value.note else ERROR)
        if not counter.is_level:
            yield from _cumulative_faults(key, value, before.get(counter.pk))
            yield from _inner_faults(key, value, (inside or {}).get(counter.pk))


def _cumulative_faults(key: str, value: CounterValue, before: Decimal | None) -> Iterator[Fault]:
    """Yield a cumulative figure that fell; with a note it is only asked about."""
    if before is None or value.cumulative is None or value.cumulative >= before:
        return
    sentence = _("The cumulative figure is below that of the last report: correct it, or say why in the note.")
    yield Fault(key, sentence, ASK if value.note else ERROR)


def _inner_faults(key: str, value: CounterValue, inner: Decimal | None) -> Iterator[Fault]:
    """Yield a figure below that of a shorter window inside this one; with a note it is only asked about."""
    if inner is None or value.in_period is None or value.in_period >= inner:
        return
    sentence = _("The figure is below the one already reported for a part of this period: correct it, or say why.")
    yield Fault(key, sentence, ASK if value.note else ERROR)


def cumulative_before(submission: Submission) -> dict[int, Decimal]:
    """Return the last cumulative figure of each counter that this body wrote before this window began; one query.

    A window inside this one (a quarter inside a half year) does not count: its figures are in this window already.
    """
    return figures_around(submission)[0]


def figures_around(submission: Submission) -> tuple[dict[int, Decimal], dict[int, Decimal]]:
    """Return what came before, and the largest figures of the body's accepted reports on windows inside; one query.

    A half year cannot have more than its year.
    """
    period = submission.expectation.period
    of = "submission__expectation__period"
    earlier = Q(**{f"{of}__data_to__lt": period.data_from}, submission__state__in=WRITTEN_STATES)
    inner = Q(**{f"{of}__data_from__gte": period.data_from, f"{of}__data_to__lte": period.data_to})
    rows = (
        CounterValue.objects.filter(
            earlier | (inner & Q(submission__state=SubmissionState.ACCEPTED)),
            submission__expectation__body_id=submission.expectation.body_id,
            **{f"{of}__plan_id": period.plan_id, f"{of}__is_demo": period.is_demo},
        )
        .exclude(submission__expectation_id=submission.expectation_id)
        .order_by(f"{of}__data_to", "submission__version")
        .values_list("counter_id", "cumulative", "in_period", f"{of}__data_to")
    )
    before: dict[int, Decimal] = {}
    inside: dict[int, Decimal] = {}
    for counter, cumulative, figure, end in rows:
        if end < period.data_from:
            before |= {counter: cumulative} if cumulative is not None else {}
        elif figure is not None:
            inside[counter] = max(figure, inside.get(counter, figure))
    return before, inside


def reading_faults(outline: FormOutline, readings: Mapping[int, Reading]) -> Iterator[Fault]:
    """Yield what is missing or contradictory in the indicators; no query."""
    for indicator in outline.indicators:
        key, reading = f"indicator:{indicator.code}", readings.get(indicator.pk)
        if reading is None or is_blank(reading):
            if reading is None or not reading.note:
                yield Fault(key, _("Enter the figure, or say in the note why it is missing."))
        elif reading.value is None and (reading.numerator is None or reading.denominator is None):
            yield Fault(key, _("Enter both the part and the whole."))
        elif reading.numerator is not None and reading.denominator and reading.numerator > reading.denominator:
            yield Fault(key, _("The part is larger than the whole it belongs to."))


def is_blank(reading: Reading) -> bool:
    """Return whether a reading holds no figure."""
    return reading.value is None and reading.numerator is None and reading.denominator is None


def _closing_faults(submission: Submission) -> Iterator[Fault]:
    """Yield the parts of the closing part that are empty, and a figure that is missing in them."""
    written = " ".join(submission.closing_written.values())
    if fields_in(written) and fields_in(written) - figures_of(submission).keys():
        yield Fault(CLOSING, missing_figure())
    sentences = {
        "strengths": _("Write the strengths."),
        "weaknesses": _("No weaknesses are named."),
        "causes": _("No causes are named."),
        "coming_work": _("Write the coming work."),
    }
    for name in CLOSING_FIELDS:
        if not getattr(submission, name).strip():
            yield Fault(CLOSING, sentences[name], ERROR if name in CLOSING_REQUIRED else ASK)
