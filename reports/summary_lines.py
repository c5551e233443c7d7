"""What the accepted reports say in words: groups, tasks and questions over the bodies, difficulties and proposals."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from plan_tracker.lib.text import vn_key
from reports.choices import Addressee
from reports.coverage import CLOSING, Field
from reports.coverage_values import BodyRef, ClosingPart, Source
from reports.models import Period
from reports.similarity import near_groups
from reports.summary_rows import Noted, read_rows
from reports.summary_values import AddressedNotes, Assessment, Change, EntryValue, GatheredNote, Note, Part, StateCounts
from tasks.choices import WorkState
from tasks.models import Plan, TaskGroup

# The fields of the closing part, in the order of a report.
ASSESSED = ("strengths", "weaknesses", "causes", "coming_work")
# The order of a bar: what is finished first, what is not asked last.
STATE_ORDER = {
    state: place
    for place, state in enumerate(
        (
            WorkState.WITH_RESULTS,
            WorkState.DONE,
            WorkState.IN_PROGRESS,
            WorkState.DOING,
            WorkState.IN_DIFFICULTY,
            WorkState.NOT_STARTED,
            WorkState.NOT_DONE,
            WorkState.SEPARATE,
            WorkState.NOT_OURS,
        )
    )
}


@dataclass(frozen=True)
class Lines:
    """Everything said in words: this period's entries and notes by line, and the states of the period before."""

    entries: Mapping[str, Sequence[EntryValue]]
    questions: Mapping[str, str]
    before: Mapping[str, Mapping[WorkState, int]]
    difficulties: tuple[Note, ...]
    proposals: tuple[Note, ...]


def read_lines(period: Period, field: Field) -> Lines:
    """Return what the accepted reports of a period say, and the states of the period before; one query."""
    said, noted, before = read_rows(period)
    sources = {row.pk: Source(field.accepted[row.submission], row.submission, row.line) for row in said}
    notes = _notes(noted, field, sources)
    entries: dict[str, list[EntryValue]] = defaultdict(list)
    for row in sorted(said, key=lambda row: sources[row.pk].body.place):
        here = [note for note in notes.get(row.submission, ()) if note.source.line == row.line]
        entries[row.line].append(
            EntryValue(
                source=sources[row.pk],
                state=row.state,
                text=row.text.strip(),
                is_copied=row.is_copied,
                difficulties=tuple(note for note in here if note.addressee is None),
                proposals=tuple(note for note in here if note.addressee is not None),
            )
        )
    ordered = [
        note for submission in sorted(notes, key=lambda pk: field.accepted[pk].place) for note in notes[submission]
    ]
    return Lines(
        entries=entries,
        questions={row.line: row.question for row in said if row.question},
        before=before,
        difficulties=tuple(note for note in ordered if note.addressee is None),
        proposals=tuple(note for note in ordered if note.addressee is not None),
    )


def _notes(noted: Iterable[Noted], field: Field, sources: Mapping[int, Source]) -> dict[int, list[Note]]:
    """Return difficulties and proposals by report, in the order of its lines; those of the closing part stand last."""
    ordered = sorted(noted, key=lambda row: (row.entry is None, row.entry or 0, row.order))
    found: dict[int, list[Note]] = defaultdict(list)
    for row in ordered:
        closing = Source(field.accepted[row.submission], row.submission, CLOSING)
        source = closing if row.entry is None else sources[row.entry]
        if row.text:
            found[row.submission].append(Note(source, row.text, row.addressee))
    return found


def read_groups(plan: Plan) -> list[tuple[int, str, list[tuple[str, str]]]]:
    """Return the plan's groups with the codes and titles of their tasks; one query."""
    groups: dict[int, tuple[int, str, list[tuple[str, str]]]] = {}
    rows = TaskGroup.objects.filter(plan=plan).order_by("number", "tasks__number")
    for number, title, code, task in rows.values_list("number", "short_title", "tasks__code", "tasks__title"):
        tasks = groups.setdefault(number, (number, title, []))[2]
        if code is not None:
            tasks.append((code, task))
    return list(groups.values())


def group_parts(plan: Plan, lines: Lines, field: Field) -> tuple[Part, ...]:
    """Return the groups of the plan, each with those tasks that some body has reported on its own line."""
    parts = []
    for number, title, tasks in read_groups(plan):
        own = [
            part_of(f"task:{code}", code, name, lines, silent=())
            for code, name in tasks
            if lines.entries.get(f"task:{code}")
        ]
        said = {entry.source.body.pk for entry in lines.entries.get(f"group:{number}", ())}
        said |= {entry.source.body.pk for part in own for entry in part.entries}
        silent = [body for body in field.reporting if body.pk in field.with_content and body.pk not in said]
        parts.append(part_of(f"group:{number}", str(number), title, lines, silent=silent, tasks=own))
    return tuple(parts)


def question_parts(lines: Lines) -> tuple[Part, ...]:
    """Return the period's own questions that were answered, in their order."""
    keys = sorted(lines.questions, key=lambda line: int(line.partition(":")[2]))
    return tuple(part_of(key, key.partition(":")[2], lines.questions[key], lines, silent=()) for key in keys)


def part_of(  # noqa: PLR0913 - a line, its words, what is said of it and who is silent
    line: str, code: str, title: str, lines: Lines, *, silent: Iterable[BodyRef], tasks: Iterable[Part] = ()
) -> Part:
    """Return one group, task or question over the bodies."""
    entries = tuple(lines.entries.get(line, ()))
    now = Counter(entry.state for entry in entries if entry.state is not None)
    before = lines.before.get(line, {})
    moved = [state for state in STATE_ORDER if before and before.get(state, 0) != now.get(state, 0)]
    return Part(
        line=line,
        code=code,
        title=title,
        counts=in_order(now),
        entries=entries,
        silent=tuple(silent),
        changes=tuple(Change(state, before.get(state, 0), now.get(state, 0)) for state in moved),
        tasks=tuple(tasks),
    )


def in_order(counts: Mapping[WorkState, int]) -> StateCounts:
    """Return the counts in the order of a bar, without the empty ones."""
    return tuple((state, counts[state]) for state in STATE_ORDER if counts.get(state))


def gather(notes: Iterable[Note]) -> tuple[GatheredNote, ...]:
    """Return each text once with everybody who wrote it, the most frequent first; nearly equal texts are one."""
    given = list(notes)
    found = [_one([given[place] for place in places]) for places in near_groups([note.text for note in given])]
    return tuple(sorted(found, key=lambda note: -len(note.sources)))


def _one(notes: Sequence[Note]) -> GatheredNote:
    """Return nearly equal texts as one: the first wording, each body once, and the wordings that differ."""
    sources = {note.source.body: note.source for note in reversed(notes)}
    ordered = tuple(sorted(sources.values(), key=lambda source: source.body.place))
    words = {_bare(notes[0].text)}
    variants = []
    for note in notes[1:]:
        if (bare := _bare(note.text)) not in words:
            words.add(bare)
            variants.append((note.source, note.text))
    wordings = tuple((note.source, note.text) for note in notes)
    return GatheredNote(notes[0].text, ordered, tuple(variants), wordings)


def _bare(text: str) -> str:
    """Return a text without what makes no difference: case, accents, blanks and the mark at its end."""
    return vn_key(text).rstrip(".;")


def assessments(closing: Iterable[ClosingPart]) -> tuple[Assessment, ...]:
    """Return the closing parts by field, paragraph by paragraph; nearly equal paragraphs stand together."""
    parts = list(closing)
    return tuple(Assessment(field, gather(_paragraphs(parts, field))) for field in ASSESSED)


def _paragraphs(parts: Iterable[ClosingPart], field: str) -> Iterator[Note]:
    """Yield what each body writes in one field, without the hyphens before its lines."""
    for part in parts:
        for line in getattr(part, field).splitlines():
            if text := line.strip().lstrip("-+•").strip():
                yield Note(part.source, text)


def by_addressee(proposals: Sequence[Note]) -> tuple[AddressedNotes, ...]:
    """Return the proposals by whom they are addressed to, in the order of the list of addressees."""
    groups = ((to, gather(note for note in proposals if note.addressee == to)) for to in Addressee)
    return tuple(AddressedNotes(to, notes) for to, notes in groups if notes)
