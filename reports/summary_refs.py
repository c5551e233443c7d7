"""What a summary says of its plan, its period and the period before: as sentences cite them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class PlanRef:
    """The plan as a sentence cites it."""

    code: str
    symbol: str
    issued_on: date | None
    resolution: str
    issuer: str

    @property
    def lacks_number_or_date(self) -> bool:
        """Return whether the plan's own number or date is still missing."""
        return not self.symbol or self.issued_on is None


@dataclass(frozen=True)
class PeriodRef:
    """The period that is summed up."""

    pk: int
    kind: str
    year: int
    ordinal: int | None
    own_title: str
    title: str
    depth: str
    data_from: date
    data_to: date
    due_at: datetime
    request_symbol: str
    request_date: date | None


@dataclass(frozen=True)
class ComparedRef:
    """The period that a summary is compared with."""

    pk: int
    kind: str
    year: int
    ordinal: int | None
    own_title: str
    title: str


@dataclass(frozen=True)
class CoverageThen:
    """Who had reported for the period that a summary is compared with."""

    expected: int
    received: int
    on_time: int
    accepted: int
