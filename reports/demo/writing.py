"""Fills a demonstration report: its entries, counters, readings and closing part, all drawn from one seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from random import Random

from plan_tracker.accounts.models import User
from reports.checks import cumulative_before
from reports.choices import Addressee
from reports.demo.texts import CLOSING, DIFFICULTIES, PROPOSALS, Figures, result_text
from reports.models import CounterValue, Difficulty, Entry, Proposal, Reading, Submission
from reports.outline import FormOutline, Line
from targets.choices import OverBodies
from targets.models import Counter, Indicator
from tasks.choices import DATED_STATES, WorkState
from tasks.models import IssuedDocument

# Shares of a counter's total that the part of it usually makes, in per cent.
PART_SHARE = (70, 98)


def write_report(submission: Submission, outline: FormOutline, *, actor: User, at: datetime, seed: str) -> None:
    """Fill every line that the form asks for; the same seed writes the same report."""
    random = Random(seed)  # noqa: S311 - the same report on every machine
    window = (outline.period.data_to - outline.period.data_from).days
    figures = scaled(Figures.drawn(random), window)
    entries = [entry_of(submission, line, figures, random, actor, at) for line in outline.entry_lines()]
    Entry.objects.bulk_create(entries)
    add_difficulties(submission, entries, random)
    write_counters(submission, outline.counters, figures, random)
    Reading.objects.bulk_create(readings(submission, outline, random))
    if outline.has_closing:
        for name, text in CLOSING.items():
            setattr(submission, name, text)
    submission.saved_by = actor
    submission.saved_at = at
    submission.save(update_fields=[*CLOSING, "saved_by", "saved_at"])


def scaled(figures: Figures, days: int) -> Figures:
    """Return half-a-year figures for a window of this length."""
    share = days / 182
    return Figures(**{part.name: max(1, round(getattr(figures, part.name) * share)) for part in fields(figures)})


def entry_of(  # noqa: PLR0913, PLR0917 - who writes what, where and when
    submission: Submission, line: Line, figures: Figures, random: Random, actor: User, at: datetime
) -> Entry:
    """Return the entry of one line."""
    group = group_number(line)
    state = drawn_state(submission, line, random)
    silent = state in {WorkState.NOT_STARTED, WorkState.NOT_OURS, WorkState.SEPARATE, WorkState.NOT_DONE}
    entry = Entry(
        submission=submission,
        state=state,
        text="" if silent else result_text(group, figures, random),
        saved_by=actor,
        saved_at=at,
    )
    setattr(entry, f"{line.subject}_id", line.subject_id)
    return entry


def group_number(line: Line) -> int:
    """Return the task group whose words suit the line; items of section IV speak of leading and spreading the word."""
    kind, _colon, code = line.key.partition(":")
    return int(code.partition(".")[0]) if kind in {"group", "task"} else 1


def drawn_state(submission: Submission, line: Line, random: Random) -> WorkState | str:
    """Return a state that the line offers; dated work is done where the register holds the document."""
    if not line.states:
        return ""
    if line.states == DATED_STATES:
        served = IssuedDocument.objects.filter(
            body=submission.expectation.body,
            assignments=line.subject_id,
            issued_on__lte=submission.expectation.period.data_to,
        )
        return WorkState.DONE if served.exists() else WorkState.DOING
    chosen = random.choices(
        (WorkState.WITH_RESULTS, WorkState.IN_PROGRESS, WorkState.IN_DIFFICULTY, WorkState.NOT_STARTED),
        weights=(52, 36, 8, 4),
    )[0]
    return chosen if chosen in line.states else WorkState.IN_PROGRESS


def add_difficulties(submission: Submission, entries: list[Entry], random: Random) -> None:
    """Write a difficulty where the state says so, and now and then a proposal to somebody."""
    difficulties, proposals = [], []
    for entry in entries:
        if entry.state != WorkState.IN_DIFFICULTY:
            continue
        group = entry.group_id and entry.group.number if entry.group else (entry.task.group.number if entry.task else 1)
        difficulties.append(Difficulty(submission=submission, entry=entry, order=1, text=DIFFICULTIES[group or 1]))
        text, addressee = random.choice(PROPOSALS)
        proposals.append(
            Proposal(submission=submission, entry=entry, order=1, text=text, addressee=Addressee(addressee))
        )
    Difficulty.objects.bulk_create(difficulties)
    Proposal.objects.bulk_create(proposals)


def write_counters(submission: Submission, counters: tuple[Counter, ...], figures: Figures, random: Random) -> None:
    """Write the counters: totals first, so that a part is never more than its whole."""
    before = cumulative_before(submission)
    totals: dict[int, int] = {}
    rows = []
    for counter in sorted(counters, key=lambda row: row.part_of_id is not None):
        whole = totals.get(counter.part_of_id or 0)
        number = known_figure(counter, figures)
        if number is None:
            number = random.randint(3, 60) if whole is None else whole * random.randint(*PART_SHARE) // 100
        if whole is not None:
            number = min(number, whole)
        totals[counter.pk] = number
        value = Decimal(number)
        cumulative = value if counter.is_level else before.get(counter.pk, Decimal(0)) + value
        rows.append(CounterValue(submission=submission, counter=counter, in_period=value, cumulative=cumulative))
    CounterValue.objects.bulk_create(rows)


# Counters whose number also stands in the text of the report, by a word of their title.
KNOWN = (
    ("hội nghị quán triệt", "meetings"),
    ("lượt người dự", "attendees"),
    ("cuộc kiểm tra", "inspections"),
    ("cuộc giám sát", "supervisions"),
    ("đã giải quyết", "answered"),
    ("ý kiến tiếp nhận", "opinions"),
    ("nhà dột nát đã xoá", "houses"),
    ("hoà giải thành", "settled"),
)


def known_figure(counter: Counter, figures: Figures) -> int | None:
    """Return the figure of the text that this counter counts, if there is one."""
    title = counter.title.lower()
    for words, name in KNOWN:
        if words in title:
            return int(getattr(figures, name))
    return None


def readings(submission: Submission, outline: FormOutline, random: Random) -> Iterator[Reading]:
    """Yield the indicator figures that the form asks this body for."""
    for indicator in outline.indicators:
        if indicator.over_bodies == OverBodies.OFFICIAL:
            continue
        yield reading_of(submission, indicator, random)


def reading_of(submission: Submission, indicator: Indicator, random: Random) -> Reading:
    """Return a plausible figure: a share with its two numbers, or a small count."""
    if indicator.over_bodies == OverBodies.RATIO:
        denominator = random.randint(20, 900)
        numerator = denominator * random.randint(85, 100) // 100
        share = Decimal(numerator) * 100 / Decimal(denominator)
        return Reading(
            submission=submission,
            indicator=indicator,
            numerator=Decimal(numerator),
            denominator=Decimal(denominator),
            value=share.quantize(Decimal("0.0001")),
        )
    return Reading(submission=submission, indicator=indicator, value=Decimal(random.randint(0, 6)))
