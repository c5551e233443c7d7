"""Who holds what after bodies changed: on any day the holders of what was given to a body, and what they took over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from tasks.choices import SuccessionKind
from tasks.models import Body, Succession

# A query looks this many changes back; a body that followed a body that followed a body is found.
GENERATIONS = 3


class Link(NamedTuple):
    """One body followed another on a day; `ended_on` is the last day of the one before (None: it goes on)."""

    predecessor: int
    successor: int
    happened_on: date
    kind: str
    ended_on: date | None


End = Callable[[Link], int]


@dataclass(frozen=True)
class Lineage:
    """All successions of bodies (by primary key); no query. What nobody followed stays with its body."""

    links: tuple[Link, ...] = ()

    @cached_property
    def after(self) -> Mapping[int, list[Link]]:
        """Return the links that lead away from each body, the earliest first."""
        return self._by(lambda link: link.predecessor)

    @cached_property
    def before(self) -> Mapping[int, list[Link]]:
        """Return the links that lead to each body, the earliest first."""
        return self._by(lambda link: link.successor)

    def _by(self, end: End) -> dict[int, list[Link]]:
        found: dict[int, list[Link]] = defaultdict(list)
        for link in sorted(self.links, key=lambda link: (link.happened_on, link.predecessor, link.successor)):
            found[end(link)].append(link)
        return found

    def holders(self, body: int, *, on: date) -> dict[int, tuple[int, ...]]:
        """Return who holds on a day what was given to a body, each with the bodies that it took over from.

        A body holds while it exists; once it has ended, those that followed it hold. What splits off from a body
        that goes on holds beside it. A body that ended with nobody to follow stays named.
        """
        found: dict[int, tuple[int, ...]] = {}
        self._follow(body, (), on, found)
        return found

    def _follow(self, body: int, path: tuple[int, ...], on: date, found: dict[int, tuple[int, ...]]) -> None:
        """Write down the holders that stand at the ends of every way from a body."""
        links = [link for link in self.after.get(body, ()) if link.happened_on <= on]
        gone = any(link.ended_on is not None and link.ended_on < on for link in links)
        if not gone:
            found[body] = tuple(dict.fromkeys((*found.get(body, ()), *path)))
            links = [link for link in links if link.kind == SuccessionKind.SPLIT]
        for link in links:
            if link.successor != body and link.successor not in path:
                self._follow(link.successor, (*path, body), on, found)

    def forebears(self, bodies: Iterable[int]) -> set[int]:
        """Return every body that one of these follows, however many changes ago."""
        return self._reach(bodies, self.before, lambda link: link.predecessor)

    def heirs(self, bodies: Iterable[int]) -> set[int]:
        """Return every body that follows one of these, however many changes later."""
        return self._reach(bodies, self.after, lambda link: link.successor)

    @staticmethod
    def _reach(bodies: Iterable[int], links: Mapping[int, list[Link]], end: End) -> set[int]:
        found: set[int] = set()
        waiting = list(bodies)
        while waiting:
            for link in links.get(waiting.pop(), ()):
                if end(link) not in found:
                    found.add(end(link))
                    waiting.append(end(link))
        return found


NO_CHANGE = Lineage()


def read_lineage() -> Lineage:
    """Return every succession; one query."""
    columns = ("predecessor", "successor", "happened_on", "kind", "predecessor__valid_to")
    return Lineage(tuple(Link(*row) for row in Succession.objects.order_by().values_list(*columns)))


@dataclass(frozen=True)
class Family:
    """The bodies that one body follows, and those that follow it, with the change between them."""

    before: tuple[Succession, ...]
    after: tuple[Succession, ...]
    lineage: Lineage
    bodies: Mapping[int, Body]

    def forebears(self, bodies: Iterable[int]) -> list[Body]:
        """Return every body that one of these follows, in the official order."""
        found = [self.bodies[pk] for pk in self.lineage.forebears(bodies)]
        return sorted(found, key=lambda body: (body.order, body.code))


def read_family(body: Body) -> Family:
    """Return what a body's page tells of its changes; one query."""
    rows = list(Succession.objects.select_related("predecessor", "successor").order_by("happened_on"))
    links = (
        Link(row.predecessor_id, row.successor_id, row.happened_on, row.kind, row.predecessor.valid_to) for row in rows
    )
    return Family(
        before=tuple(row for row in rows if row.successor_id == body.pk),
        after=tuple(row for row in rows if row.predecessor_id == body.pk),
        lineage=Lineage(tuple(links)),
        bodies={one.pk: one for row in rows for one in (row.predecessor, row.successor)},
    )


def followers_of(bodies: Iterable[int] | QuerySet[Body, Any], *, on: date | None = None) -> Q:
    """Return the condition on `Body` that one of these follows it, up to three changes later (until a day)."""
    heirs = bodies if isinstance(bodies, QuerySet) else list(bodies)
    found, path = Q(), "succeeded_by"
    for _generation in range(GENERATIONS):
        step = Q(**{f"{path}__successor__in": heirs})
        found |= step & Q(**{f"{path}__happened_on__lte": on}) if on else step
        path = f"{path}__successor__succeeded_by"
    return found


def followed_by(body: Body, *, on: date) -> QuerySet[Body]:
    """Return a body, those that report through it, and every body that one of them follows on a day; no query yet."""
    together = Body.objects.filter(Q(pk=body.pk) | Q(reports_through=body.pk)).values("pk")
    return Body.objects.filter(Q(pk__in=together) | Q(pk__in=Body.objects.filter(followers_of(together, on=on))))
