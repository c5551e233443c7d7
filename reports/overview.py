"""The overview of a report: each group with its state, and the lines that the body has of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reports.filling import EMPTY, Content, Stored
from reports.outline import FormOutline, Line
from tasks.choices import WorkState

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User


@dataclass(frozen=True)
class LineRow:
    """One line on the overview."""

    line: Line
    content: Content
    is_done: bool
    is_copied: bool
    assignee: User | None = None

    @property
    def state(self) -> WorkState | None:
        """Return the state that was chosen."""
        return WorkState(self.content.state) if self.content.state else None


@dataclass(frozen=True)
class GroupRow:
    """One group on the overview: its box first, then its own lines."""

    number: int
    lines: tuple[LineRow, ...]


def group_rows(outline: FormOutline, stored: Mapping[tuple[str, int], Stored], done: frozenset[str]) -> list[GroupRow]:
    """Return the groups of a form with what is said of each."""
    return [
        GroupRow(group.group.number, tuple(line_row(line, stored, done) for line in group.lines))
        for group in outline.groups
    ]


def assignee_of(now: Stored) -> User | None:
    """Return to whom a line was given."""
    return now.entry.assignee if now.entry else None


def line_row(line: Line, stored: Mapping[tuple[str, int], Stored], done: frozenset[str]) -> LineRow:
    """Return one line with what is said of it, the figures of its text in their places."""
    now = stored.get((line.subject, line.subject_id), Stored(EMPTY))
    shown = replace(now.content, text=now.entry.text) if now.entry else now.content
    return LineRow(line, shown, line.key in done, bool(now.entry and now.entry.is_copied), assignee_of(now))
