"""The whole exchange about one report: every step of every version, every delivery, every remark with its answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from reports.choices import SubmissionState
from reports.delivered import receipt_number
from reports.models import Delivery, Submission, Tombstone, Transition
from reports.remarks import RemarkView, remarks_by_line
from reports.steps import STEPS
from tasks.permissions import Standing


@dataclass(frozen=True)
class Thread:
    """The remarks at one line, oldest first."""

    label: str
    remarks: tuple[RemarkView, ...]


@dataclass(frozen=True)
class Sent:
    """One delivery in the list: its version, its receipt, and whether it still counts."""

    delivery: Delivery
    version: int
    receipt: str


@dataclass(frozen=True)
class Exchange:
    """Everything that both sides said and did, newest first; threads in the order of their first remark."""

    events: tuple[dict[str, Any], ...]
    deliveries: tuple[Sent, ...]
    threads: tuple[Thread, ...]

    @property
    def open_count(self) -> int:
        """Return how many remarks are not settled."""
        return sum(remark.is_open for thread in self.threads for remark in thread.remarks)


def read_exchange(submission: Submission, labels: Mapping[str, str], standing: Standing) -> Exchange:
    """Return the exchange about the report that a body owes, over all its versions; five queries."""
    rows = Delivery.objects.filter(submission__expectation=submission.expectation_id).defer("content")
    deliveries = rows.select_related("submission", "delivered_by").order_by("-delivered_at", "-pk")
    remarks = remarks_by_line(submission.expectation, standing)
    events = [*events_of(submission), *_withdrawals(submission)]
    return Exchange(
        events=tuple(sorted(events, key=lambda event: event["at"], reverse=True)),
        deliveries=tuple(Sent(row, row.submission.version, receipt_number(row)) for row in deliveries),
        threads=tuple(
            Thread(labels.get(line) or line.partition(":")[2] or line, tuple(found)) for line, found in remarks.items()
        ),
    )


def events_of(submission: Submission) -> list[dict[str, Any]]:
    """Return the steps of every version of a report for a timeline, newest first; one query."""
    rows = Transition.objects.filter(submission__expectation=submission.expectation_id)
    rows = rows.select_related("taken_by", "submission").order_by("-taken_at", "-pk")
    return [
        {
            "at": row.taken_at,
            "who": row.who,
            "what": step_words(row),
            "state": SubmissionState(row.to_state),
            "version": row.submission.version,
            "text": row.reason,
        }
        for row in rows
    ]


def _withdrawals(submission: Submission) -> list[dict[str, Any]]:
    """Return the withdrawals of secret content from a report as events, without a word of it; one query."""
    rows = Tombstone.objects.filter(submission__expectation=submission.expectation_id, confirmed_at__isnull=False)
    return [
        {
            "at": row.confirmed_at,
            "who": f"{row.asked_by}, {row.confirmed_by}",
            "what": _("Secret content withdrawn"),
            "state": SubmissionState(row.submission.state),
            "version": row.submission.version,
            "text": "",
        }
        for row in rows.select_related("asked_by", "confirmed_by", "submission")
    ]


def step_words(row: Transition) -> str:
    """Return what was done, as a word for a list."""
    return str(STEPS[row.step].label) if row.step in STEPS else _("Begin the report")
