"""A workbook beside its report as it stands now: what is new, changed, unchanged, wrong, or changed by others too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.checks import cumulative_before
from reports.choices import Addressee
from reports.closing import Closing, stored_closing
from reports.conflicts import Verdict, digest, judge
from reports.figures import Figures, counter_figures, reading_figures, shown_number
from reports.filling import EMPTY, Content, Stored, stored_lines
from reports.models import Submission
from reports.outline import CLOSING, CLOSING_FIELDS, FormOutline
from reports.wording import marked_changes
from reports.workbooks import layout
from reports.workbooks.cells import Notebook, Problem, order_of
from reports.workbooks.reading import ReadWorkbook, read_workbook
from reports.workbooks.registering import Register, register_documents
from tasks.choices import WorkState
from tasks.models import Task

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User


class Kind(StrEnum):
    """What becomes of a line."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Part:
    """One thing that a line says: how it is called, what stands now, what the workbook says."""

    label: str
    old: str
    new: str

    @property
    def is_changed(self) -> bool:
        """Return whether the two differ."""
        return self.old != self.new

    @property
    def marked(self) -> SafeString:
        """Return what the workbook says, with what it adds and takes out marked."""
        return marked_changes(self.old, self.new)


@dataclass(frozen=True)
class Change:
    """What becomes of one line when the workbook is applied; `stored` is the digest of what stands now."""

    key: str
    label: str
    sheet: str
    kind: Kind
    parts: tuple[Part, ...] = ()
    stored: str = ""
    saved_by: str = ""

    @property
    def shown(self) -> tuple[Part, ...]:
        """Return the parts that differ."""
        return tuple(part for part in self.parts if part.is_changed)


@dataclass(frozen=True)
class Comparison:
    """The whole preview, and the workbook that it was made from."""

    book: ReadWorkbook
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]

    def of_kind(self, *kinds: Kind) -> tuple[Change, ...]:
        """Return the lines of these kinds in the order of the workbook."""
        return tuple(change for change in self.changes if change.kind in kinds)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Return what must be mended before anything is saved."""
        return tuple(problem for problem in self.problems if not problem.is_note)

    @property
    def notes(self) -> tuple[Problem, ...]:
        """Return what was passed over."""
        return tuple(problem for problem in self.problems if problem.is_note)

    @property
    def basis(self) -> str:
        """Return what tells this preview from one made after somebody has saved something else."""
        return digest([(change.key, change.kind, change.stored) for change in self.changes])


def compare(told: Mapping[str, object], submission: Submission, outline: FormOutline, actor: User) -> Comparison:
    """Return the preview; about sixteen queries, and some more for each document that is not in the register yet."""
    closing = stored_closing(submission)
    tasks = Task.objects.filter(group__plan_id=submission.expectation.period.plan_id).values_list("code", flat=True)
    book = read_workbook(told, outline, closing, frozenset(tasks))
    notebook = Notebook(list(book.problems))
    changes = [
        *_lines(book, submission),
        *_counters(book, submission),
        *_readings(book, submission),
        *_closing(book, closing),
        *_documents(book, submission, actor, notebook),
    ]
    return Comparison(book, tuple(changes), tuple(sorted(notebook.problems, key=order_of)))


def _kind(typed: str, seen: str, stored: str, *, is_new: bool) -> Kind:
    verdict = judge(typed=typed, seen=seen, stored=stored)
    if verdict == Verdict.UNTOUCHED:
        return Kind.UNCHANGED
    if verdict == Verdict.CONFLICT:
        return Kind.CONFLICT
    return Kind.NEW if is_new else Kind.CHANGED


def _lines(book: ReadWorkbook, submission: Submission) -> Iterator[Change]:
    stored = stored_lines(submission)
    for typed in book.lines:
        line = typed.line
        now = stored.get((line.subject, line.subject_id), Stored(EMPTY))
        kind = _kind(typed.content.digest, typed.seen, now.content.digest, is_new=now.content.is_empty)
        sheet = layout.LINES if line.subject in {"group", "task"} else layout.ASSIGNED
        saved_by = str(now.entry.saved_by or "") if now.entry else ""
        parts = tuple(_line_parts(now.content, typed.content))
        yield Change(line.key, line.label, sheet.title, kind, parts, now.content.digest, saved_by)


def _line_parts(old: Content, new: Content) -> Iterator[Part]:
    yield Part(_("State of the work"), _state(old.state), _state(new.state))
    yield Part(_("Results"), old.text, new.text)
    yield from _row_parts(old, new)
    yield Part(_("Also serves"), ", ".join(old.serves), ", ".join(new.serves))


def _row_parts(old: Content, new: Content) -> Iterator[Part]:
    yield Part(_("Difficulties"), _listed(old.difficulties), _listed(new.difficulties))
    yield Part(_("Proposals"), _listed(_proposals(old)), _listed(_proposals(new)))


def _state(state: str) -> str:
    return str(WorkState(state).label) if state else ""


def _listed(texts: Iterable[str]) -> str:
    return "\n".join(f"– {text}" for text in texts)


def _proposals(content: Content) -> Iterator[str]:
    return (f"{text} ({Addressee(to).label})" for text, to in content.proposals)


def _counters(book: ReadWorkbook, submission: Submission) -> Iterator[Change]:
    if not book.counters:
        return
    before = cumulative_before(submission)
    values = {row.counter_id: row for row in submission.counter_values.all()}
    labels = {"in_period": _("In the period"), "cumulative": _("Own cumulative figure")}
    for counter, typed in book.counters:
        row = values.get(counter.pk)
        now = counter_figures(row, before.get(counter.pk)) if row else Figures()
        kind = _kind(typed.figures.digest, typed.seen, now.digest, is_new=now.is_empty)
        fields = {name: (label, counter.decimals) for name, label in labels.items()}
        parts = tuple(_figure_parts(now, typed.figures, fields))
        yield Change(typed.key, counter.title, layout.COUNTERS.title, kind, parts, now.digest)


def _readings(book: ReadWorkbook, submission: Submission) -> Iterator[Change]:
    if not book.readings:
        return
    readings = {row.indicator_id: row for row in submission.readings.all()}
    for indicator, typed in book.readings:
        row = readings.get(indicator.pk)
        now = reading_figures(row, indicator) if row else Figures()
        kind = _kind(typed.figures.digest, typed.seen, now.digest, is_new=now.is_empty)
        fields = {
            "value": (_("Value"), indicator.decimals),
            "numerator": (indicator.numerator_label or _("Part"), 0),
            "denominator": (indicator.denominator_label or _("Whole"), 0),
        }
        label = f"{indicator.code} {indicator.short_title}"
        parts = tuple(_figure_parts(now, typed.figures, fields))
        yield Change(typed.key, label, layout.INDICATORS.title, kind, parts, now.digest)


def _figure_parts(old: Figures, new: Figures, fields: Mapping[str, tuple[str, int]]) -> Iterator[Part]:
    for name, (label, decimals) in fields.items():
        told = (shown_number(figures.numbers.get(name), decimals) for figures in (old, new))
        yield Part(label, *told)
    yield Part(_("Estimated"), *(_("yes") if figures.is_estimate else "" for figures in (old, new)))
    yield Part(_("Note"), old.note, new.note)


def _closing(book: ReadWorkbook, stored: Closing) -> Iterator[Change]:
    typed = book.closing
    if typed is None:
        return
    is_new = not any(stored.texts.values()) and stored.rows.is_empty
    kind = _kind(typed.closing.digest, typed.seen, stored.digest, is_new=is_new)
    labels = {
        "strengths": _("Strengths, outstanding results"),
        "weaknesses": _("Weaknesses"),
        "causes": _("Causes"),
        "coming_work": _("Coming work"),
    }
    parts = [Part(labels[name], stored.texts[name], typed.closing.texts[name]) for name in CLOSING_FIELDS]
    parts += _row_parts(stored.rows, typed.closing.rows)
    label = _("General assessment and proposals")
    yield Change(CLOSING, label, layout.CLOSING.title, kind, tuple(parts), stored.digest)


def _documents(book: ReadWorkbook, submission: Submission, actor: User, notebook: Notebook) -> Iterator[Change]:
    kinds = {"new": Kind.NEW, "update": Kind.CHANGED, "skip": Kind.UNCHANGED}
    for row in register_documents(book.documents, Register.of(submission), actor, notebook, dry_run=True):
        parts = (Part(_("Document"), "", row.title),) if row.kind != "skip" else ()
        yield Change(
            f"document:{row.number}",
            _("Row %(row)s") % {"row": row.number},
            layout.DOCUMENTS.title,
            kinds[row.kind],
            parts,
        )


def chosen(book: ReadWorkbook, comparison: Comparison, choices: Mapping[str, str]) -> ReadWorkbook:
    """Return the workbook as the form's doors take it: over what stands now, and theirs where that was chosen."""
    stored = {change.key: change.stored for change in comparison.changes if change.kind != Kind.UNCHANGED}
    theirs = {key for key, choice in choices.items() if choice == "theirs"}
    return replace(
        book,
        lines=tuple(
            replace(typed, seen=stored[typed.line.key], takes_theirs=typed.line.key in theirs)
            for typed in book.lines
            if typed.line.key in stored
        ),
        counters=tuple(
            (counter, replace(typed, seen=stored[typed.key], takes_theirs=typed.key in theirs))
            for counter, typed in book.counters
            if typed.key in stored
        ),
        readings=tuple(
            (indicator, replace(typed, seen=stored[typed.key], takes_theirs=typed.key in theirs))
            for indicator, typed in book.readings
            if typed.key in stored
        ),
        closing=replace(book.closing, seen=stored[CLOSING], takes_theirs=CLOSING in theirs)
        if book.closing and CLOSING in stored
        else None,
    )
