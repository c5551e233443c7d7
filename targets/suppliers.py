"""Who supplies an indicator, and whose figures make the whole of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from targets.choices import Channel
from targets.models import IndicatorReporter
from tasks.models import Body


@dataclass(frozen=True)
class Supply:
    """Who supplies an indicator, in words of bodies: kinds, bodies and members of sets of the owning channel."""

    kinds: frozenset[str]
    bodies: frozenset[int]

    def expected(self, bodies: Iterable[Body], on: date) -> list[int]:
        """Return the bodies that exist on a day and send a report of their own, in the official order."""
        return [
            body.pk
            for body in bodies
            if (body.kind in self.kinds or body.pk in self.bodies)
            and body.reports_through_id is None
            and (body.valid_from is None or body.valid_from <= on)
            and (body.valid_to is None or on <= body.valid_to)
        ]

    def speaking(self, bodies: Collection[Body], on: date, told: Collection[int]) -> list[int]:
        """Return whose figures make the whole of a day; `told` are those who have one for it.

        Those who exist on the day speak. Where none of them has said anything, but bodies that had ended by then
        have, these speak, as they stood on their last day: what was reported under the old organisation is not lost.
        """
        expected = self.expected(bodies, on)
        if not told or any(body in told for body in expected):
            return expected
        ends = [body.valid_to for body in bodies if body.pk in told and body.valid_to and body.valid_to < on]
        return self.expected(bodies, max(ends)) if ends else expected


NO_SUPPLY = Supply(frozenset(), frozenset())


# Who follows a named body supplies what it supplied; who exists on a day is asked elsewhere.
HEIRS = tuple(f"body__{'__'.join(['succeeded_by__successor'] * far)}" for far in (1, 2))
SUPPLY_COLUMNS = ("indicator", "channel", "body_kind", "body", "body_group__members", *HEIRS)


def supplies(keys: list[int]) -> dict[int, Supply]:
    """Return who supplies each indicator through its owning channel: by area where any does, else by branch."""
    return supplies_of(IndicatorReporter.objects.filter(indicator__in=keys).values_list(*SUPPLY_COLUMNS))


def supplies_of(told: Iterable[Any]) -> dict[int, Supply]:
    """Return the same from the rows of the table, each with `SUPPLY_COLUMNS`."""
    rows: dict[int, dict[str, list[tuple[str, int | None]]]] = defaultdict(lambda: defaultdict(list))
    for indicator, channel, kind, body, member, *following in told:
        rows[indicator or 0][channel] += [(kind, one) for one in (body or member, *following) if one or kind]
    found: dict[int, Supply] = {}
    for indicator, channels in rows.items():
        owning = channels.get(Channel.AREA) or channels[Channel.BRANCH]
        kinds = frozenset(kind for kind, _body in owning if kind)
        found[indicator] = Supply(kinds, frozenset(body for _kind, body in owning if body is not None))
    return found
