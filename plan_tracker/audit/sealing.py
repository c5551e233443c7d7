"""The daily seal: a digest over the entries of one day that includes the digest of the day before, and its proof.

A day is sealed once it has ended for an hour, so that no transaction of that day is still on its way.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from plan_tracker.audit.models import Entry, Seal

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


@dataclass(frozen=True)
class Fault:
    """One day whose entries are not what was sealed; `what` is digest, chain or gap."""

    day: date
    what: str


def midnight(day: date) -> datetime:
    """Return the moment at which a day of the portal's time zone begins."""
    return timezone.make_aware(datetime.combine(day, time.min))


def digest_of(day: date, previous: str) -> tuple[str, int, int]:
    """Return digest, number of entries and number of the last entry of a day; the rows pass by one at a time."""
    taken = hashlib.sha256(f"{previous}\n{day.isoformat()}\n".encode())
    count = last = 0
    rows = Entry.objects.filter(at__gte=midnight(day), at__lt=midnight(day + ONE_DAY)).order_by("pk")
    for row in rows.values_list(*FIELDS).iterator(chunk_size=2000):
        moment = row[1].astimezone(tz=None).timestamp()
        plain = [row[0], f"{moment:.6f}", *row[2:]]
        taken.update(json.dumps(plain, ensure_ascii=False).encode() + b"\n")
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
    made = []
    while midnight(day + ONE_DAY) + SETTLING <= now:
        digest, count, highest = digest_of(day, previous)
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
    for seal in Seal.objects.order_by("day"):
        if before is not None and seal.day != before.day + ONE_DAY:
            yield Fault(seal.day, "gap")
        if seal.previous != (before.digest if before else ""):
            yield Fault(seal.day, "chain")
        if digest_of(seal.day, seal.previous)[0] != seal.digest:
            yield Fault(seal.day, "digest")
        before = seal
