"""Figures of the bodies before a change, read under the one that follows: added up where the indicator's rule allows.

Nothing is written: the figures stay with the bodies whose they are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from plan_tracker.lib.numbers import format_exact
from targets.aggregation import BodyFigure, total
from targets.by_body import parts_of
from targets.choices import OverBodies
from targets.models import Indicator
from targets.records import Record
from targets.wording import with_unit
from tasks.models import Body
from tasks.succession import Lineage


class Hindrance(StrEnum):
    """Why the figures of the bodies before do not make one of the body after."""

    DIVIDED = "divided"
    INCOMPLETE = "incomplete"
    NO_RULE = "no_rule"


@dataclass(frozen=True)
class Inherited:
    """The last figures of the bodies before a change, with what they make together, or why they do not."""

    day: date
    figures: tuple[BodyFigure, ...]
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    hindrance: Hindrance | None = None


def inherit(
    figures: Iterable[BodyFigure], before: Sequence[int], over: OverBodies, *, divided: Collection[int] = ()
) -> Inherited | None:
    """Return what the bodies before make together on the last day that any of them has a figure for.

    `divided` are those whose work went to several bodies: their figures are not comparable with those of one of them.
    """
    known = set(before)
    own = [figure for figure in figures if figure.body in known]
    if not own:
        return None
    last = max(own, key=lambda figure: (figure.covers_to, figure.covers_from))
    span = [
        one
        for one in own
        if (one.covers_to, one.covers_from, one.measure, one.definition)
        == (last.covers_to, last.covers_from, last.measure, last.definition)
    ]
    whole = total(span, before, over)
    shown = tuple(sorted(span, key=lambda one: before.index(one.body)))
    hindrance = None
    if any(body in divided for body in before):
        hindrance = Hindrance.DIVIDED
    elif over == OverBodies.OFFICIAL and len(before) > 1:
        hindrance = Hindrance.NO_RULE
    elif whole is None or not whole.is_complete:
        hindrance = Hindrance.INCOMPLETE
    if hindrance is not None or whole is None:
        return Inherited(last.covers_to, shown, None, hindrance=hindrance)
    return Inherited(last.covers_to, whole.figures, whole.value, whole.numerator, whole.denominator)


def divided_among(lineage: Lineage, bodies: Iterable[int]) -> frozenset[int]:
    """Return the bodies that more than one body follows."""
    return frozenset(pk for pk in bodies if len({link.successor for link in lineage.after.get(pk, ())}) > 1)


@dataclass(frozen=True)
class BeforeRow:
    """One indicator before the change, with every cell ready to print."""

    indicator: Indicator
    is_demo: bool
    value: str
    parts: str
    when: str
    why_not: str
    figures: tuple[tuple[Body, str, str], ...]


def before_rows(records: Iterable[Record], body: Body, lineage: Lineage, language: str) -> list[BeforeRow]:
    """Return the indicators that the bodies before this one had figures of; no query."""
    rows = []
    for record in records:
        before = sorted(lineage.forebears([body.pk]), key=lambda pk: (record.bodies[pk].order, pk))
        over = OverBodies(record.indicator.over_bodies)
        found = inherit(record.figures, before, over, divided=divided_among(lineage, before))
        if found is not None:
            rows.append(_row(record, found, language))
    return rows


def _row(record: Record, found: Inherited, language: str) -> BeforeRow:
    indicator = record.indicator
    words = {
        Hindrance.DIVIDED: _("not comparable: the body was divided among several"),
        Hindrance.INCOMPLETE: _("not comparable: not every body before has a figure for that day"),
        Hindrance.NO_RULE: _("not comparable: figures of several bodies are not added up here"),
    }

    def said(value: Decimal) -> str:
        return with_unit(format_exact(value, indicator.decimals, language), indicator.unit)

    parts = (found.numerator, found.denominator)
    return BeforeRow(
        indicator=indicator,
        is_demo=record.is_demo,
        value=said(found.value) if found.value is not None else "",
        parts=" / ".join(format_exact(one, 0, language) for one in parts if one is not None),
        when=f"{found.day:%d/%m/%Y}",
        why_not=words[found.hindrance] if found.hindrance else "",
        figures=tuple(
            (record.bodies[one.body], said(one.value), parts_of(one, indicator, language)) for one in found.figures
        ),
    )
