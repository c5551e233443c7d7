"""A change of bodies as it is drawn up, and what confirming it does to the bodies: ends, beginnings, successions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from tasks.choices import BodyKind, BodyLevel, Certainty, SuccessionKind
from tasks.journal import Journal
from tasks.models import Body, BodyChange, BodyName, Succession
from tasks.succession import Lineage, Link

REFERENCES = ("parent", "reports_through")


class ChangeRefused(Exception):
    """A change cannot be drawn up or confirmed like this; the message is a sentence for the person."""


@dataclass(frozen=True)
class Pair:
    """One body followed by another, by code."""

    before: str
    after: str
    kind: SuccessionKind
    certainty: Certainty
    note: str


@dataclass(frozen=True)
class Draft:
    """A change with its bodies; those that it will make are not saved yet."""

    change: BodyChange
    pairs: tuple[Pair, ...]
    ends: tuple[str, ...]
    go_on: tuple[str, ...]
    bodies: Mapping[str, Body]
    new: tuple[str, ...]
    parents: Mapping[str, str]
    """What a body that goes on belongs to from now on, by code."""

    @property
    def before(self) -> tuple[Body, ...]:
        """Return the bodies that the change begins with, in the official order."""
        return self._ordered({*(pair.before for pair in self.pairs), *self.ends})

    @property
    def after(self) -> tuple[Body, ...]:
        """Return the bodies that receive, in the official order."""
        return self._ordered({pair.after for pair in self.pairs})

    @property
    def ending(self) -> tuple[Body, ...]:
        """Return the bodies that exist no longer afterwards."""
        return tuple(body for body in self.before if body.code not in self.go_on)

    @property
    def last_day(self) -> date:
        """Return the last day of the bodies that end."""
        return self.change.happened_on - timedelta(days=1)

    def receivers(self, code: str) -> list[Body]:
        """Return the bodies that follow one, in the official order."""
        return list(self._ordered({pair.after for pair in self.pairs if pair.before == code}))

    def _ordered(self, codes: set[str]) -> tuple[Body, ...]:
        return tuple(sorted((self.bodies[code] for code in codes), key=lambda body: (body.order, body.code)))


def read_draft(change: BodyChange) -> Draft:
    """Return a change as it is drawn up; one query."""
    proposal = change.proposal
    pairs = tuple(_pairs(proposal.get("pairs", ())))
    ends, go_on = tuple(proposal.get("ends", ())), tuple(proposal.get("go_on", ()))
    made = {fields["code"]: fields for fields in proposal.get("bodies", ())}
    wanted = {code for pair in pairs for code in (pair.before, pair.after)} | set(ends)
    parents: dict[str, str] = proposal.get("parents", {})
    wanted |= {*parents, *parents.values()}
    named = wanted | {fields.get(name) for fields in made.values() for name in REFERENCES}
    known = {body.code: body for body in Body.objects.filter(code__in=[code for code in named if code])}
    bodies = dict(known)
    for code, fields in made.items():
        bodies.setdefault(code, _unsaved(fields, known, change.happened_on))
    missing = sorted(wanted - set(bodies))
    if missing:
        raise ChangeRefused(_("There is no body with the code “%(code)s”.") % {"code": missing[0]})
    new = tuple(code for code in made if code not in known)
    return Draft(change, pairs, ends, go_on, bodies, new, parents)


def _pairs(rows: Any) -> Iterator[Pair]:
    for before, after, kind, *more in rows:
        certainty, note = [*more, "", ""][:2]
        yield Pair(before, after, SuccessionKind(kind), Certainty(certainty or Certainty.UNKNOWN), note)


def _unsaved(fields: Mapping[str, Any], known: Mapping[str, Body], begins: date) -> Body:
    """Return a body that does not exist yet."""
    values = {name: value for name, value in fields.items() if name not in REFERENCES}
    body = Body(**({"kind": BodyKind.OTHER, "level": BodyLevel.PROVINCE, "valid_from": begins} | values))
    for name in REFERENCES:
        setattr(body, name, known.get(fields.get(name) or ""))
    return body


def faults_of(draft: Draft) -> list[str]:
    """Return why a change cannot be confirmed, as sentences."""
    found = []
    if not draft.before and not draft.parents:
        found.append(_("Name at least one body that changes."))
    for pair in draft.pairs:
        if pair.before == pair.after:
            found.append(_("A body cannot follow itself: %(body)s.") % {"body": draft.bodies[pair.before].name})
    day = draft.change.happened_on
    for body in draft.before:
        if body.valid_from is not None and body.valid_from >= day:
            found.append(_("%(body)s does not exist before that day.") % {"body": body.name})
        if body.pk and body.valid_to is not None and body.valid_to < draft.last_day:
            found.append(_("%(body)s has ended before that day.") % {"body": body.name})
    for body in draft.after:
        if body.valid_to is not None and body.valid_to < day:
            found.append(_("%(body)s has ended before that day.") % {"body": body.name})
    return found


def links_of(draft: Draft) -> list[Link]:
    """Return the successions that confirming writes; bodies that are not saved yet are left out."""
    return [
        Link(
            before.pk,
            after.pk,
            draft.change.happened_on,
            pair.kind,
            None if pair.before in draft.go_on else draft.last_day,
        )
        for pair in draft.pairs
        if (before := draft.bodies[pair.before]).pk and (after := draft.bodies[pair.after]).pk
    ]


def closes_a_circle(draft: Draft, lineage: Lineage) -> bool:
    """Return whether a body would follow itself by way of others."""
    whole = Lineage((*lineage.links, *links_of(draft)))
    return any(body.pk in whole.heirs([body.pk]) for body in draft.before if body.pk)


def carry_out(draft: Draft, journal: Journal) -> None:
    """Make the new bodies, end the old ones with their names, and write who follows whom."""
    for code in draft.new:
        _make(draft.bodies[code], journal)
    for body in draft.ending:
        journal.alter(body, valid_to=draft.last_day)
        for name in body.names.filter(valid_to=None):
            journal.alter(name, valid_to=draft.last_day)
    for code, parent in draft.parents.items():
        journal.alter(draft.bodies[code], parent=draft.bodies[parent])
    for pair in draft.pairs:
        row = Succession(
            predecessor=draft.bodies[pair.before],
            successor=draft.bodies[pair.after],
            kind=pair.kind,
            happened_on=draft.change.happened_on,
            legal_basis=draft.change.legal_basis,
            certainty=pair.certainty,
            note=pair.note,
            change=draft.change,
        )
        journal.create(row)


def _make(body: Body, journal: Journal) -> None:
    """Save a new body with its first name."""
    journal.create(body)
    journal.create(
        BodyName(
            body=body,
            name=body.name,
            short_name=body.short_name,
            symbol=body.symbol,
            valid_from=body.valid_from,
            source=body.source,
        )
    )
