"""What a withdrawal reaches: the texts that are sought, every row that holds them, and what is nearly the same."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeAlias

from django.db.models import Model
from django.utils.text import capfirst

from plan_tracker.lib.dates import document_day
from plan_tracker.lib.redacting import is_known_again, parts, whole
from plan_tracker.lib.text import nfc
from reports.choices_tombstones import Scope
from reports.deliveries import line_of, title_of
from reports.models import Edition, EditionFile, Entry, Submission
from reports.similarity import jaccard, shingles
from reports.tombstone_editions import editions_saying
from reports.tombstone_files import file_hits
from reports.tombstone_lines import STAND_IN, LineRows, delivered_without, is_withdrawn, rows_of, sent_texts, whole_line
from reports.tombstone_reach import Hit, Sought, search

FILE_NAME = "[Tệp đã được thu hồi]"
NEARLY = 0.4
Owner: TypeAlias = tuple[str, int]
MOST_NEAR = 20


@dataclass(frozen=True)
class Asked:
    """What an administrator asks to be withdrawn: a line of a report, or a passage, or files by their hashes."""

    line: str
    scope: Scope
    reason: str
    words: str = ""
    files: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reach:
    """All that a withdrawal would touch."""

    sought: Sought
    texts: tuple[str, ...]
    rows: LineRows
    hits: tuple[Hit, ...]
    editions: frozenset[int] = frozenset()

    @property
    def sha256(self) -> str:
        """Return the hash of the texts that are taken away, in their composed form, one after the other."""
        return hashlib.sha256("\n".join(map(nfc, self.texts)).encode()).hexdigest()


def stand_in(on: date) -> str:
    """Return what stands in the place of the secret from a day on."""
    return f"{STAND_IN}, ngày {document_day(on)}]"


def sought_for(texts: Iterable[str], on: date, *, is_passage: bool) -> Sought:
    """Return what is looked for everywhere; of a whole line only texts that are long enough to be known again."""
    known = [text for text in texts if is_passage or is_known_again(text)]
    pieces = (piece for text in known for piece in parts(text))
    return Sought(tuple(whole(text) for text in known), tuple(dict.fromkeys(pieces)), stand_in(on))


def reach_of(submission: Submission, asked: Asked, *, on: date) -> Reach:
    """Return everything that a withdrawal touches; reads every table with texts once."""
    rows = rows_of(submission, asked.line)
    texts: tuple[str, ...] = ()
    if asked.scope == Scope.PASSAGE:
        texts = (asked.words,)
    elif asked.scope == Scope.LINE:
        said = dict.fromkeys([*rows.texts, *sent_texts(submission, asked.line)])
        texts = tuple(text for text in said if not is_withdrawn(text))
    sought = sought_for(texts, on, is_passage=asked.scope == Scope.PASSAGE)
    is_line = asked.scope == Scope.LINE
    own = list(whole_line(rows, sought.stand_in)) if is_line else []
    own += file_hits(asked.files, FILE_NAME)
    line = asked.line if is_line else None
    own += delivered_without(submission, line, asked.files, stand_in=sought.stand_in, file_name=FILE_NAME)
    found = search(sought) if sought.exact else ()
    hits = tuple(_merged(own, found, sought))
    editions = editions_saying(hits, (*sought.exact, *sought.parts)) if texts else frozenset()
    return Reach(sought, texts, rows, hits, editions)


def _merged(own: Iterable[Hit], found: Iterable[Hit], sought: Sought) -> list[Hit]:
    """Return every row once: what the line itself loses, and what is found in it besides."""
    hits = {(hit.table, hit.pk): hit for hit in own}
    for hit in found:
        key = hit.table, hit.pk
        before = hits.get(key)
        changes: dict[str, tuple[Any, Any]] = dict(before.changes) if before else {}
        for name, (old, new) in hit.changes.items():
            if name in changes:
                changes[name] = (old, sought.without(hit.table, changes[name][1]))
            else:
                changes[name] = (old, new)
        hits[key] = replace(hit, changes=changes, owner=hit.owner or (before.owner if before else None))
    return list(hits.values())


def in_words(reach: Reach, trail: int, trail_name: str) -> list[list[Any]]:
    """Return [what, where, how many] of everything found, in plain words; three queries.

    Reports of other bodies stand at the end as ["", which, how many]: there the words may be what everybody says.
    """
    counted: Counter[tuple[type[Model], Owner | None]] = Counter((hit.model, hit.owner) for hit in reach.hits)
    files = EditionFile.objects.filter(edition__in=reach.editions).exclude(content=b"")
    counted.update((EditionFile, ("edition", edition)) for edition in files.values_list("edition_id", flat=True))
    names, others = _names({owner for _model, owner in counted if owner}, reach.rows.submission)
    rows: Counter[tuple[str, str]] = Counter()
    elsewhere: Counter[str] = Counter()
    for (model, owner), number in counted.items():
        if owner in others:
            elsewhere[others[owner]] += number
        else:
            rows[capfirst(str(model._meta.verbose_name)), names.get(owner, "") if owner else ""] += number
    if trail:
        rows[trail_name, ""] = trail
    found: list[list[Any]] = [[what, where, number] for (what, where), number in rows.items()]
    return found + [["", where, number] for where, number in sorted(elsewhere.items())]


def _names(keys: set[Owner], own: Submission) -> tuple[dict[Owner, str], dict[Owner, str]]:
    """Return what the body's own reports and the editions are called, and what the reports of other bodies are."""
    reports = Submission.objects.filter(pk__in=[pk for kind, pk in keys if kind == "submission"])
    names: dict[Owner, str] = {}
    others: dict[Owner, str] = {}
    for row in reports.select_related("expectation__period", "expectation__body"):
        is_own = row.expectation.body_id == own.expectation.body_id
        (names if is_own else others)["submission", row.pk] = str(row)
    editions = Edition.objects.filter(pk__in=[pk for kind, pk in keys if kind == "edition"]).select_related("period")
    return names | {("edition", row.pk): f"{row} · {row.version}" for row in editions}, others


def nearly(submission: Submission, reach: Reach) -> list[list[Any]]:
    """Return [report, line, where] of the lines of the same body that say nearly the same and stay; one query."""
    touched = {hit.pk for hit in reach.hits if hit.model is Entry}
    runs = [shingles(text) for text in reach.texts if is_known_again(text)]
    rows = Entry.objects.filter(submission__expectation__body_id=submission.expectation.body_id)
    rows = rows.exclude(pk__in=touched).exclude(text="").order_by("-pk")
    found: list[list[Any]] = []
    subjects = ("group", "task__group", "assignment", "question")
    for row in rows.select_related(*subjects, "submission__expectation__period", "submission__expectation__body"):
        if any(jaccard(run, shingles(row.text)) >= NEARLY for run in runs):
            found.append([row.submission_id, line_of(row), f"{row.submission} · {title_of(row)}"])
        if len(found) == MOST_NEAR:
            break
    return found
