"""One step on its way: what was asked for, by whom and when, with what data; and the refusal that may answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from reports.signed_copies import CopyData
from tasks.permissions import Standing

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User
    from reports.models import Expectation, Submission

MOVED = "moved"
NOT_MET = "not_met"
OTHER_CONTENT = "other_content"


class StepRefused(Exception):
    """A step that was not taken, with sentences for the person.

    `code` says why: the report had moved on, a condition is not met, or a used form came with other content.
    """

    def __init__(self, sentences: Sequence[str], code: str = NOT_MET) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = tuple(sentences)
        self.code = code

    @property
    def status(self) -> int:
        """Return the HTTP status that fits."""
        return 409 if self.code == MOVED else 422


@dataclass(frozen=True)
class StepData:
    """What some steps need beside the press of a button."""

    declared_no_secret: bool = False
    copy: CopyData | None = None
    correcting_symbol: str = ""
    correcting_date: date | None = None
    came_at: datetime | None = None


@dataclass(frozen=True)
class Move:
    """A step being taken on a report that is locked and freshly read, with its expectation, period and body."""

    step: str
    submission: Submission
    actor: User
    standing: Standing
    at: datetime
    reason: str = ""
    data: StepData = field(default_factory=StepData)
    token: str = ""
    # Whose right it is, where the person acts by delegation alone.
    on_behalf_of: str = ""

    @property
    def expectation(self) -> Expectation:
        """Return what the body owes."""
        return self.submission.expectation
