"""What a line of a report says, now and in every delivery, and what it says once it is withdrawn as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from reports.deliveries import line_of
from reports.models import CounterValue, Delivery, Difficulty, Entry, Proposal, Reading, SectionSource, Submission
from reports.outline import CLOSING, CLOSING_FIELDS
from reports.publishing import source_ref
from reports.tombstone_reach import Hit
from tasks.models import Progress

SUBJECTS = ("group", "task", "assignment")
# How the sentence begins that stands for the secret; in documents too, so it is Vietnamese on every screen.
STAND_IN = "[Nội dung đã được thu hồi theo yêu cầu bảo vệ bí mật nhà nước"


@dataclass(frozen=True)
class LineRows:
    """The rows that hold what stands at a line: its entry, its difficulties and proposals, or the note of a figure."""

    submission: Submission
    line: str
    entry: Entry | None
    notes: tuple[tuple[type[Model], int, str], ...]
    figures: tuple[CounterValue | Reading, ...] = ()

    @property
    def texts(self) -> list[str]:
        """Return every text that stands there now."""
        own = [self.entry.text, self.entry.written] if self.entry else []
        if self.line == CLOSING:
            own += [getattr(self.submission, name) for name in CLOSING_FIELDS]
            own += [str(text) for text in self.submission.closing_written.values()]
        own += [text for _model, _pk, text in self.notes]
        own += [row.note for row in self.figures]
        return [text for text in dict.fromkeys(own) if text.strip()]


def is_withdrawn(text: str) -> bool:
    """Return whether nothing but the sentence of an earlier withdrawal stands in a text."""
    return text.startswith(STAND_IN) and text.endswith("]") and text.count("[") == 1


def rows_of(submission: Submission, line: str) -> LineRows:
    """Return the rows of one line; five queries at most."""
    kind, _colon, code = line.partition(":")
    if kind == "counter":
        counters = submission.counter_values.filter(counter__code=code)
        return LineRows(submission, line, None, (), tuple(counters))
    if kind == "indicator":
        return LineRows(submission, line, None, (), tuple(submission.readings.filter(indicator__code=code)))
    entries = submission.entries.select_related("group", "task", "assignment", "question")
    entry = next((row for row in entries if line_of(row) == line), None)
    if entry is None and line != CLOSING:
        return LineRows(submission, line, None, ())
    notes: list[tuple[type[Model], int, str]] = []
    for model in (Difficulty, Proposal):
        rows = model._default_manager.filter(submission=submission, entry=entry).values_list("pk", "text")
        notes += [(model, pk, text) for pk, text in rows]
    return LineRows(submission, line, entry, tuple(notes))


def sent_texts(submission: Submission, line: str) -> list[str]:
    """Return every text that stood at a line in a delivery of this report; one query."""
    contents = Delivery.objects.filter(submission=submission).values_list("content", flat=True)
    found = [text for content in contents for text in _texts_of(content, line)]
    return [text for text in dict.fromkeys(found) if text.strip()]


def _rows_at(content: dict[str, Any], line: str) -> Iterator[dict[str, Any]]:
    """Yield the parts of a delivery that stand at a line."""
    if line == CLOSING:
        yield content.get("closing") or {}
        return
    for name in ("entries", "counters", "indicators"):
        yield from (row for row in content.get(name, ()) if row.get("line") == line)


def _texts_of(content: dict[str, Any], line: str) -> Iterator[str]:
    for row in _rows_at(content, line):
        yield from (row[name] for name in ("text", "note", *CLOSING_FIELDS) if row.get(name))
        for name in ("difficulties", "proposals"):
            yield from (item["text"] for item in row.get(name, ()))


def lines_with_text(submission: Submission) -> list[str]:
    """Return the keys of the lines that say something now or said it in a delivery."""
    entries = submission.entries.select_related("group", "task__group", "assignment", "question")
    found = [line_of(row) for row in entries]
    contents = list(Delivery.objects.filter(submission=submission).values_list("content", flat=True))
    for content in contents:
        found += [row["line"] for name in ("entries", "counters", "indicators") for row in content.get(name, ())]
    found += [f"counter:{code}" for code in _noted(submission.counter_values, "counter__code")]
    found += [f"indicator:{code}" for code in _noted(submission.readings, "indicator__code")]
    return [*dict.fromkeys(found), CLOSING]


def _noted(rows: Any, code: str) -> Iterable[str]:
    return [str(found) for found in rows.exclude(note="").values_list(code, flat=True)]


def whole_line(rows: LineRows, stand_in: str) -> Iterator[Hit]:
    """Yield what is written at the line itself, wherever it is published or taken over as this very line."""
    submission, owner = rows.submission, ("submission", rows.submission.pk)
    if rows.entry is not None:
        if _stands(rows.entry.text):
            yield Hit(Entry, rows.entry.pk, {"text": (rows.entry.text, stand_in)}, owner)
        yield from _published(submission, rows.entry, stand_in)
    if rows.line == CLOSING:
        said = {name: getattr(submission, name) for name in CLOSING_FIELDS}
        changes = {name: (text, stand_in) for name, text in said.items() if _stands(text)}
        if changes:
            yield Hit(Submission, submission.pk, changes, owner)
    for model, pk, text in filter(lambda note: _stands(note[2]), rows.notes):
        yield Hit(model, pk, {"text": (text, stand_in)}, owner)
    for row in rows.figures:
        if _stands(row.note):
            yield Hit(type(row), row.pk, {"note": (row.note, stand_in)}, owner)
    for source in SectionSource.objects.filter(submission=submission, line=rows.line).select_related("section"):
        if _stands(source.text):
            yield Hit(
                SectionSource, source.pk, {"text": (source.text, stand_in)}, ("edition", source.section.edition_id)
            )


def _stands(text: str) -> bool:
    """Return whether a text says something that is still to be withdrawn."""
    return bool(text) and not is_withdrawn(text)


def _published(submission: Submission, entry: Entry, stand_in: str) -> Iterator[Hit]:
    """Yield the progress that was published from a line."""
    subject = {name: getattr(entry, f"{name}_id") for name in SUBJECTS if getattr(entry, f"{name}_id")}
    if subject:
        for row in Progress.objects.filter(source=source_ref(submission), **subject):
            if _stands(row.text):
                yield Hit(Progress, row.pk, {"text": (row.text, stand_in)}, ("submission", submission.pk))


def delivered_without(
    submission: Submission, line: str | None, files: frozenset[str], *, stand_in: str, file_name: str
) -> Iterator[Hit]:
    """Yield the deliveries that lose a line (none: no line) or the name of a withdrawn file; one query."""
    for row in Delivery.objects.order_by("pk"):
        content = row.content
        if line is not None and row.submission_id == submission.pk:
            content = _without_line(content, line, stand_in)
        content = _without_files(content, files, file_name)
        if content != row.content:
            yield Hit(Delivery, row.pk, {"content": (row.content, content)}, ("submission", row.submission_id))


def _without_line(content: dict[str, Any], line: str, stand_in: str) -> dict[str, Any]:
    if line == CLOSING:
        return content | {"closing": _emptied(content.get("closing") or {}, stand_in)}
    changed = dict(content)
    for name in ("entries", "counters", "indicators"):
        if name in content:
            rows = content[name]
            changed[name] = [_emptied(row, stand_in) if row.get("line") == line else row for row in rows]
    return changed


def _emptied(row: dict[str, Any], stand_in: str) -> dict[str, Any]:
    """Return one line of a delivery with the stand-in for each text that it has."""
    names = ("text", "note", *CLOSING_FIELDS)
    changed = row | {name: stand_in for name in names if _stands(row.get(name, ""))}
    for name in ("difficulties", "proposals"):
        if row.get(name):
            rows = row[name]
            changed[name] = [item | {"text": stand_in} if _stands(item["text"]) else item for item in rows]
    return changed


def _without_files(content: dict[str, Any], files: frozenset[str], file_name: str) -> dict[str, Any]:
    """Return a delivery that names withdrawn files by their hash alone."""
    changed = dict(content)
    if any(row.get("sha256") in files for row in content.get("attachments", ())):
        rows = content["attachments"]
        changed["attachments"] = [row | {"name": file_name} if row.get("sha256") in files else row for row in rows]
    copy = content.get("signed_copy") or {}
    if copy.get("scan") and copy.get("scan_sha256") in files:
        changed["signed_copy"] = copy | {"scan": "", "scan_name": file_name}
    return changed
