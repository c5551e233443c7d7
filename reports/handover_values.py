"""What waits for a decision when bodies change, and what was decided: open reports, seats, receivers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from reports.choices import SubmissionState
from reports.models import Expectation, Submission
from tasks.models import Body, Membership
from tasks.reorganisation import Draft


@dataclass(frozen=True)
class OpenReport:
    """A report of a body that ends, not accepted yet; `is_begun` where a version is on its way."""

    expectation: Expectation
    submission: Submission | None
    remarks: int
    receivers: tuple[Body, ...]
    is_inside: bool
    """The window ends after the change: those that follow owe the report, the old body only a closing one."""

    @property
    def is_begun(self) -> bool:
        """Return whether somebody has written."""
        return self.submission is not None

    @property
    def state(self) -> SubmissionState | None:
        """Return where the version on its way stands."""
        return SubmissionState(self.submission.state) if self.submission else None


@dataclass(frozen=True)
class SeatToMove:
    """A person's membership of a body that ends, and where it can go."""

    membership: Membership
    receivers: tuple[Body, ...]


@dataclass(frozen=True)
class Handover:
    """Everything that waits for a decision when a change is confirmed."""

    draft: Draft
    reports: tuple[OpenReport, ...]
    seats: tuple[SeatToMove, ...]


@dataclass(frozen=True)
class Choices:
    """What the administrator decided: receivers (by code) of reports and of seats, and which closing reports are due.

    A report or a seat without a receiver stays with the old body.
    """

    reports: Mapping[int, str] = field(default_factory=dict)
    seats: Mapping[int, str] = field(default_factory=dict)
    closing: frozenset[int] = frozenset()


def chosen(code: str, receivers: Iterable[Body]) -> Body | None:
    """Return the receiver that was chosen; a code that is none of them is nobody."""
    return next((body for body in receivers if body.code == code), None)
