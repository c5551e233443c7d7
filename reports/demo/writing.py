"""Fills a demonstration report: its entries, counters, readings and closing part, all drawn from one seed."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from random import Random

from plan_tracker.accounts.models import User
from reports.checks import figures_around
from reports.choices import Addressee
from reports.demo.readings import readings
from reports.demo.texts import CLOSING, DIFFICULTIES, PROPOSALS, Figures, result_text
from reports.models import CounterValue, Difficulty, Entry, Proposal, Reading, Submission
from reports.outline import FormOutline, Line
from targets.models import Counter
from tasks.choices import DATED_STATES, WorkState
from tasks.models import IssuedDocument

# Shares of a counter's total that the part of it usually makes, in per cent.
PART_SHARE = (70, 98)


def write_report(submission: Submission, outline: FormOutline, *, actor: User, at: datetime, seed: str) -> None:
    """Fill every line that the form asks for; the same seed writes the same report."""
    random = Random(seed)  # noqa: S311 - the same report on every machine
    # What the register put into the new report is written anew with everything else.
    submission.entries.all().delete()
    submission.readings.all().delete()
    window = (outline.period.data_to - outline.period.data_from).days
    figures = scaled(Figures.drawn(random), window)
    entries = [entry_of(submission, line, figures, random, actor, at) for line in outline.entry_lines()]
    Entry.objects.bulk_create(entries)
    add_difficulties(submission, entries, random)
    write_counters(submission, outline.counters, figures, random)
    Reading.objects.bulk_create(readings(submission, outline))
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
    """Return the task group whose words suit the line; 0 for the items of section IV."""
    kind, _colon, code = line.key.partition(":")
    return int(code.partition(".")[0]) if kind in {"group", "task"} else 0


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
    """Write the counters; a whole is drawn to hold its part, and a state stays what it was in the last period."""
    before, inside = figures_around(submission)
    body = submission.expectation.body.code
    parts = {counter.part_of_id: counter for counter in counters if counter.part_of_id}
    drawn: dict[int, int] = {}
    for counter in sorted(counters, key=lambda row: (row.part_of_id is not None, row.order)):
        if counter.part_of_id in drawn:
            drawn[counter.pk] = part_of(counter, drawn[counter.part_of_id], figures, random)
        else:
            drawn[counter.pk] = whole(counter, parts.get(counter.pk), figures, body, random)
    rows = []
    for counter in counters:
        inner = Decimal(0) if counter.is_level else inside.get(counter.pk, Decimal(0))
        # What also stands in the text is not raised but explained.
        note = REVISED if counter.code in KNOWN and drawn[counter.pk] < inner else ""
        value = Decimal(drawn[counter.pk]) if note else max(Decimal(drawn[counter.pk]), inner)
        cumulative = value if counter.is_level else before.get(counter.pk, Decimal(0)) + value
        row = CounterValue(submission=submission, counter=counter, in_period=value, cumulative=cumulative, note=note)
        rows.append(row)
    CounterValue.objects.bulk_create(rows)


REVISED = "Số liệu kỳ trước đã được rà soát, điều chỉnh."
# Counters whose number also stands in the text of the report.
KNOWN = {
    "C02": "meetings",
    "C03": "attendees",
    "C06": "inspections",
    "C07": "supervisions",
    "C09": "dialogues",
    "C11": "opinions",
    "C12": "answered",
    "C16": "settled",
    "C18": "models",
    "C21": "houses",
    "C26": "watch",
}
LARGE = {"C05": (2400, 6800), "C22": (160, 420), "C29": (90, 260), "C19": (60, 180), "C25": (40, 400), "C30": (80, 900)}


def whole(counter: Counter, part: Counter | None, figures: Figures, body: str, random: Random) -> int:
    """Return a figure that stands by itself or holds a part."""
    low, high = LARGE.get(counter.code, (2, 60))
    if counter.is_level:
        return Random(f"level:{body}:{counter.code}").randint(low, high)  # noqa: S311 - the same in every period
    if counter.code in KNOWN:
        return int(getattr(figures, KNOWN[counter.code]))
    if part is not None and part.code in KNOWN:
        return int(getattr(figures, KNOWN[part.code])) + random.randint(0, 8)
    return random.randint(low, high)


def part_of(counter: Counter, total: int, figures: Figures, random: Random) -> int:
    """Return a figure that is a share of another."""
    if counter.code in KNOWN:
        return min(int(getattr(figures, KNOWN[counter.code])), total)
    return total * random.randint(*PART_SHARE) // 100
