"""The daily seal: a digest over the entries of one day that includes the digest of the day before, and its proof.

A day is sealed once it has ended for an hour, so that no transaction of that day is still on its way. What is sealed
are the digests of the entries: an entry out of which a secret was taken keeps the digest that it had, so that the seal
still proves all others, and its redaction is told by name.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.utils import timezone

from plan_tracker.audit.choices import Action
from plan_tracker.audit.models import Entry, Redaction, Seal

SETTLING = timedelta(hours=1)
ONE_DAY = timedelta(days=1)
FIELDS = (
    "pk",
    "at",
    "actor_id",
    "actor",
    "actor_name",
    "on_behalf_of",
    "address",
    "source",
    "request",
    "action",
    "table",
    "record",
    "note",
    "old",
    "new",
)
Redactions = dict[int, list[Redaction]]


@dataclass(frozen=True)
class Fault:
    """One day whose entries are not what was sealed; `what` is digest, chain, gap or redaction."""

    day: date
    what: str


@dataclass(frozen=True)
class Act:
    """One decision by which a secret was taken out of the trail: its name, when, and out of how many entries."""

    name: str
    at: datetime
    entries: int


def midnight(day: date) -> datetime:
    """Return the moment at which a day of the portal's time zone begins."""
    return timezone.make_aware(datetime.combine(day, time.min))


def digest_of_entry(row: Sequence[Any]) -> str:
    """Return the digest of one entry, given as the values of FIELDS."""
    moment = row[1].astimezone(tz=None).timestamp()
    plain = [row[0], f"{moment:.6f}", *row[2:]]
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()


def redactions() -> Redactions:
    """Return what was taken out of the trail, by the number of the entry, oldest first; one query."""
    found: Redactions = defaultdict(list)
    for row in Redaction.objects.order_by("pk"):
        found[row.entry_number].append(row)
    return found


def sealed_digest(row: Sequence[Any], taken_out: Redactions) -> str:
    """Return the digest under which an entry is sealed: that of before, where it is what its redactions left."""
    own = digest_of_entry(row)
    steps = taken_out.get(row[0])
    if not steps or any(one.after != two.before for one, two in pairwise(steps)):
        return own
    return steps[0].before if steps[-1].after == own else own


def digest_of(day: date, previous: str, taken_out: Redactions) -> tuple[str, int, int]:
    """Return digest, number of entries and number of the last entry of a day; the rows pass by one at a time."""
    taken = hashlib.sha256(f"{previous}\n{day.isoformat()}\n".encode())
    count = last = 0
    rows = Entry.objects.filter(at__gte=midnight(day), at__lt=midnight(day + ONE_DAY)).order_by("pk")
    for row in rows.values_list(*FIELDS).iterator(chunk_size=2000):
        taken.update(sealed_digest(row, taken_out).encode() + b"\n")
        count, last = count + 1, row[0]
    return taken.hexdigest(), count, last


@transaction.atomic
def seal_until(now: datetime) -> list[Seal]:
    """Seal every day that has ended and is not sealed yet, and return the new seals; a second call makes none."""
    last = Seal.objects.order_by("-day").first()
    first_entry = Entry.objects.order_by("at").values_list("at", flat=True).first()
    if last is None and first_entry is None:
        return []
    previous = last.digest if last else ""
    day = last.day + ONE_DAY if last else timezone.localdate(first_entry)
    made, taken_out = [], redactions()
    while midnight(day + ONE_DAY) + SETTLING <= now:
        digest, count, highest = digest_of(day, previous, taken_out)
        made.append(
            Seal.objects.create(
                day=day, entries=count, last_entry=highest, previous=previous, digest=digest, sealed_at=now
            )
        )
        previous, day = digest, day + ONE_DAY
    return made


def faults() -> Iterator[Fault]:
    """Yield every sealed day whose entries or whose place in the chain are not what they were when it was sealed."""
    before: Seal | None = None
    taken_out = redactions()
    for seal in Seal.objects.order_by("day"):
        if before is not None and seal.day != before.day + ONE_DAY:
            yield Fault(seal.day, "gap")
        if seal.previous != (before.digest if before else ""):
            yield Fault(seal.day, "chain")
        if digest_of(seal.day, seal.previous, taken_out)[0] != seal.digest:
            yield Fault(seal.day, "digest")
        before = seal
    yield from _unfounded(taken_out)


def digest_of_redactions(rows: Iterable[Redaction]) -> str:
    """Return the digest over what one decision changed; the entry that tells of the decision bears it."""
    lines = sorted(f"{row.entry_number} {row.before} {row.after}" for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _by_act(taken_out: Redactions) -> dict[str, list[Redaction]]:
    acts: dict[str, list[Redaction]] = defaultdict(list)
    for rows in taken_out.values():
        for row in rows:
            acts[row.act].append(row)
    return acts


def _unfounded(taken_out: Redactions) -> Iterator[Fault]:
    """Yield the decisions that no entry of the trail tells of, with what they changed."""
    for name, rows in _by_act(taken_out).items():
        told = Entry.objects.filter(action=Action.WITHDRAWN, record=name, note__contains=digest_of_redactions(rows))
        if not told.exists():
            yield Fault(timezone.localdate(rows[0].at), "redaction")


def acts() -> list[Act]:
    """Return the decisions by which secrets were taken out of the trail, oldest first."""
    found = [Act(name, rows[0].at, len(rows)) for name, rows in _by_act(redactions()).items()]
    return sorted(found, key=lambda act: act.at)
