"""Takes a secret out of the audit trail: the one change of entries there is, with the digest of before kept.

Call it inside `plan_tracker.lib.refusals.lifted`, in the transaction that takes the secret out of everything else, and
write the entry that bears the digest it returns: `audit_verify` looks for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import unquote_plus

from plan_tracker.audit.models import Entry, Redaction
from plan_tracker.audit.sealing import FIELDS, digest_of_entry, digest_of_redactions

Values = Mapping[str, Any]
# Given table, number of the record and what an entry says of it: the same without the secret.
Rewrite = Callable[[str, str, Values], Values]
OLD, NEW, NOTE = FIELDS.index("old"), FIELDS.index("new"), FIELDS.index("note")
TABLE, RECORD = FIELDS.index("table"), FIELDS.index("record")


def redact(rewrite: Rewrite, *, act: str, at: datetime) -> tuple[int, str]:
    """Rewrite every entry that holds the secret; return how many there were, and the digest over all of them."""
    made: list[Redaction] = []
    for row, texts in list(_holding(rewrite)):
        Entry.objects.filter(pk=row[0]).update(**texts)
        after = Entry.objects.values_list(*FIELDS).get(pk=row[0])
        digests = {"before": digest_of_entry(row), "after": digest_of_entry(after)}
        made.append(Redaction(entry_number=row[0], act=act, at=at, **digests))
    Redaction.objects.bulk_create(made)
    return len(made), digest_of_redactions(made)


def count(rewrite: Rewrite) -> int:
    """Return how many entries hold the secret."""
    return sum(1 for _holding_it in _holding(rewrite))


def _holding(rewrite: Rewrite) -> Iterator[tuple[tuple[Any, ...], dict[str, str]]]:
    """Yield the entries that hold the secret, each with the texts that it would have without."""
    for row in Entry.objects.order_by("pk").values_list(*FIELDS).iterator(chunk_size=2000):
        texts = {"old": _told(row, OLD, rewrite), "new": _told(row, NEW, rewrite), "note": _note(row, rewrite)}
        if texts != {"old": row[OLD], "new": row[NEW], "note": row[NOTE]}:
            yield row, texts


def _told(row: tuple[Any, ...], place: int, rewrite: Rewrite) -> str:
    """Return the values of one side of an entry without the secret; the very same text where it is not in them."""
    text = str(row[place])
    if not text:
        return text
    values = dict(json.loads(text))
    changed = rewrite(row[TABLE], row[RECORD], values)
    return text if changed == values else json.dumps(changed, ensure_ascii=False)


def _note(row: tuple[Any, ...], rewrite: Rewrite) -> str:
    """Return the note without the secret; what was asked of the trail stands there as in an address."""
    note = str(row[NOTE])
    if not note:
        return note
    changed = rewrite("", "", {"note": note})["note"]
    plain = unquote_plus(note)
    if changed == note and plain != note:
        shown = rewrite("", "", {"note": plain})["note"]
        return note if shown == plain else str(shown)
    return str(changed)
