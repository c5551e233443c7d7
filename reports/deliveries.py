"""What is sent, kept whole: the content of a report as one JSON value with its hash, and the row that holds it."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.db.models import Max, Min
from django.utils.translation import gettext as _
from django.utils.translation import override

from reports.attachments import frozen_files
from reports.models import Delivery, Entry, Submission
from reports.moves import Move
from reports.outline import CLOSING_FIELDS
from reports.signed_copies import copy_of, digest

SIGNED = ("symbol", "signed_on", "signatory", "position", "authority", "scan", "scan_name", "scan_sha256", "follows_by")


def canonical(content: Any) -> str:
    """Return one spelling of a JSON value: keys in order, no blanks, days and figures as text."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_as_text)


def sha256_of(content: Any) -> str:
    """Return the SHA-256 of a JSON value in its one spelling."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def _as_text(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def line_of(entry: Entry) -> str:
    """Return the key of the line that an entry fills."""
    if entry.group is not None:
        return f"group:{entry.group.number}"
    if entry.task is not None:
        return f"task:{entry.task.code}"
    if entry.assignment is not None:
        return f"assignment:{entry.assignment.code}"
    return f"question:{entry.question.order}" if entry.question else "closing"


def place_of(entry: Entry) -> tuple[int, int, int]:
    """Return where an entry stands in the form: groups with their tasks, then assignments, then questions."""
    if entry.group is not None:
        return 0, entry.group.number, 0
    if entry.task is not None:
        return 0, entry.task.group.number, entry.task.number
    if entry.assignment is not None:
        return 1, entry.assignment.order, 0
    return 2, entry.question.order if entry.question else 0, 0


def title_of(entry: Entry) -> str:
    """Return the words over the line that an entry fills, as the form prints them."""
    if entry.group is not None:
        return _("Group %(number)s. %(title)s") % {"number": entry.group.number, "title": entry.group.short_title}
    if entry.task is not None:
        return f"{entry.task.code}. {entry.task.title}"
    if entry.assignment is not None:
        return f"{entry.assignment.code}. {entry.assignment.title}"
    return entry.question.text if entry.question else ""


def freeze(submission: Submission) -> dict[str, Any]:
    """Return the whole content of a report as plain JSON, in nine queries; titles as documents print them."""
    with override("vi"):
        period, body = submission.expectation.period, submission.expectation.body
        due = submission.expectation.due_at
        content = {
            "period": {"title": period.title, "from": period.data_from, "to": period.data_to, "due": due},
            "body": {"code": body.code, "name": body.name},
            "version": submission.version,
            "form": submission.form,
            "on_behalf": submission.is_on_behalf,
            "corrects": {"symbol": submission.corrects_symbol, "date": submission.corrects_date},
            "entries": _entries(submission),
            "closing": {name: getattr(submission, name) for name in CLOSING_FIELDS} | _closing_rows(submission),
            "counters": _counters(submission),
            "indicators": _indicators(submission),
            "signed_copy": _signed(submission),
            "attachments": frozen_files(submission),
        }
    frozen: dict[str, Any] = json.loads(canonical(content))
    return frozen


def _rows_by_entry(submission: Submission, kind: str) -> dict[int | None, list[dict[str, str]]]:
    """Return difficulties or proposals by entry; those of the closing part stand under None."""
    rows: dict[int | None, list[dict[str, str]]] = defaultdict(list)
    names = ("entry_id", "text", "addressee") if kind == "proposals" else ("entry_id", "text")
    for entry_id, *values in getattr(submission, kind).order_by("entry", "order", "pk").values_list(*names):
        rows[entry_id].append(dict(zip(names[1:], values, strict=True)))
    return rows


def _entries(submission: Submission) -> list[dict[str, Any]]:
    difficulties = _rows_by_entry(submission, "difficulties")
    proposals = _rows_by_entry(submission, "proposals")
    rows = submission.entries.select_related("group", "task__group", "assignment", "question")
    return [
        {
            "line": line_of(entry),
            "title": title_of(entry),
            "state": entry.state,
            "text": entry.text,
            "also_serves": sorted(task.code for task in entry.also_serves.all()),
            "difficulties": difficulties[entry.pk],
            "proposals": proposals[entry.pk],
        }
        for entry in sorted(rows.prefetch_related("also_serves"), key=place_of)
    ]


def _closing_rows(submission: Submission) -> dict[str, Any]:
    return {
        "difficulties": list(submission.difficulties.filter(entry=None).values("text")),
        "proposals": list(submission.proposals.filter(entry=None).values("text", "addressee")),
    }


def _counters(submission: Submission) -> list[dict[str, Any]]:
    return [
        {
            "line": f"counter:{row.counter.code}",
            "title": row.counter.title,
            "unit": row.counter.unit,
            "in_period": row.in_period,
            "cumulative": row.cumulative,
            "is_estimate": row.is_estimate,
            "note": row.note,
        }
        for row in submission.counter_values.select_related("counter").order_by("counter__order")
    ]


def _indicators(submission: Submission) -> list[dict[str, Any]]:
    return [
        {
            "line": f"indicator:{row.indicator.code}",
            "title": row.indicator.short_title,
            "unit": row.indicator.unit,
            "value": row.value,
            "numerator": row.numerator,
            "denominator": row.denominator,
            "note": row.note,
        }
        for row in submission.readings.select_related("indicator").order_by("indicator__target", "indicator__order")
    ]


def _signed(submission: Submission) -> dict[str, Any] | None:
    copy = copy_of(submission)
    return {name: getattr(copy, name) for name in SIGNED} if copy else None


def request_hash(move: Move) -> str:
    """Return the hash of what was asked for, so that the same form pressed twice is known from another one."""
    data, copy = move.data, move.data.copy
    asked: dict[str, Any] = {"step": move.step, "no_secret": data.declared_no_secret, "came_at": data.came_at}
    if copy is not None:
        asked |= {name: getattr(copy, name) for name in ("symbol", "signed_on", "signatory", "position", "authority")}
        asked |= {"follows_by": copy.follows_by, "scan": digest(copy.scan) if copy.scan else ""}
    return sha256_of(asked)


def delivery_with_token(move: Move) -> Delivery | None:
    """Return the delivery that this very form has made already."""
    if not move.token:
        return None
    return Delivery.objects.filter(submission__expectation=move.expectation, token=move.token).first()


def deliver(move: Move) -> Delivery:
    """Keep what is sent, whole, and note the first valid delivery."""
    content = freeze(move.submission)
    last = move.submission.deliveries.aggregate(last=Max("number"))["last"] or 0
    delivery = Delivery.objects.create(
        submission=move.submission,
        number=last + 1,
        token=move.token or uuid4().hex,
        request_hash=request_hash(move),
        content=content,
        sha256=sha256_of(content),
        delivered_by=move.actor,
        delivered_at=move.data.came_at or move.at,
    )
    note_first_delivery(move)
    return delivery


def recall_delivery(move: Move) -> None:
    """Mark the last delivery as recalled: it does not count for being on time any more."""
    last = move.submission.deliveries.filter(is_recalled=False).order_by("-number").first()
    if last is not None:
        last.is_recalled = True
        last.save(update_fields=["is_recalled"])
    note_first_delivery(move)


def note_first_delivery(move: Move) -> None:
    """Set when the first delivery that still counts was made; None when there is none."""
    counting = Delivery.objects.filter(submission__expectation=move.expectation, is_recalled=False)
    move.expectation.first_delivered_at = counting.aggregate(first=Min("delivered_at"))["first"]
    move.expectation.save(update_fields=["first_delivered_at"])
