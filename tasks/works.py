"""Counts dated work as the plan gave it: what one body finished is one piece of work, whoever followed it since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from tasks.choices import Timeliness, WorkState
from tasks.deadlines import Timing


class Held(Protocol):
    """What a body has before it: which bodies the plan gave it to, and where it stands."""

    @property
    def given_to(self) -> frozenset[int]:
        """Return the bodies that had it when it fell due."""

    @property
    def timing(self) -> Timing:
        """Return how it stands in time."""

    @property
    def state(self) -> WorkState | Timeliness | None:
        """Return the one word for it."""


@dataclass(frozen=True)
class Work:
    """What the plan gave to one body, with everybody who holds a part of it now."""

    held: tuple[Held, ...]

    @property
    def is_done(self) -> bool:
        """Return whether it is finished: by the body that had it, or by everyone who followed."""
        return all(one.timing.is_done for one in self.held)

    @property
    def state(self) -> WorkState | Timeliness | None:
        """Return the one word: finished, overdue where a part is, else what was reported of a part."""
        if self.is_done:
            return WorkState.DONE
        told = [one.state for one in self.held if not one.timing.is_done and one.state is not None]
        return Timeliness.OVERDUE if Timeliness.OVERDUE in told else told[0] if told else None


def works_of(held: Iterable[Held]) -> list[Work]:
    """Return the works behind some bodies' parts, in the order in which they first stand there."""
    parts: dict[int, list[Held]] = defaultdict(list)
    for one in held:
        for body in sorted(one.given_to):
            parts[body].append(one)
    return [Work(tuple(found)) for found in parts.values()]
