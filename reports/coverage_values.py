"""Who has sent what, and where a line of a report stands, as frozen values that a summary is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reports.choices import ReportForm, ReportStanding, SubmissionState


@dataclass(frozen=True)
class BodyRef:
    """A body as a list names it; `order` is its place in the official order."""

    pk: int
    code: str
    name: str
    short_name: str
    kind: str
    order: int

    @property
    def place(self) -> tuple[int, str]:
        """Return the key that puts bodies in the official order."""
        return self.order, self.code


@dataclass(frozen=True)
class Source:
    """The line of a report that a figure or a passage comes from."""

    body: BodyRef
    submission_pk: int
    line: str


@dataclass(frozen=True)
class BodyReport:
    """How one body stands with its report: sent when, in which state, accepted as which submission."""

    body: BodyRef
    standing: ReportStanding
    state: SubmissionState | None
    accepted_pk: int | None
    delivered_at: datetime | None
    due_at: datetime
    exempt_reason: str
    form: ReportForm | None


@dataclass(frozen=True)
class Coverage:
    """Who has sent what. `expected` leaves the exempt out; the summary counts what was `accepted`."""

    reports: tuple[BodyReport, ...]
    expected: int
    received: int
    on_time: int
    late: int
    exempt: int
    accepted: int
    missing: tuple[BodyRef, ...]
    not_yet_accepted: tuple[BodyRef, ...]


@dataclass(frozen=True)
class ClosingPart:
    """The closing part of one body's report."""

    source: Source
    strengths: str
    weaknesses: str
    causes: str
    coming_work: str
