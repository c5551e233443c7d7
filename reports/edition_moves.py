"""One step of an edition on its way: what was asked for, by whom and when, and what was typed for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from tasks.permissions import Standing

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User
    from reports.models import Edition
    from tasks.models import Body


@dataclass(frozen=True)
class Signing:
    """How a report is numbered, dated and signed, as it was typed; `number` is “45” or “45-BC/BDVTU”.

    `with_all_reports` annexes who has sent what, in place of the names of those who have not.
    """

    number: str
    signed_on: date | None
    term: str
    authority: str
    position: str
    signatory: str
    recipients: tuple[str, ...]
    place: str = ""
    with_all_reports: bool = False


@dataclass(frozen=True)
class EditionData:
    """What some steps need beside the press of a button; `draft_number` is the draft that the form was made for."""

    signing: Signing | None = None
    draft_number: int | None = None
    bodies: tuple[Body, ...] = ()
    comments_by: date | None = None


@dataclass(frozen=True)
class EditionMove:
    """A step that is being taken; `edition` is locked."""

    step: str
    edition: Edition
    actor: User
    standing: Standing
    at: datetime
    reason: str = ""
    data: EditionData = field(default_factory=EditionData)
    on_behalf_of: str = ""
