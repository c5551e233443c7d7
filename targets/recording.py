"""One door for writing figures: a restatement keeps the figure that stood before, with who, when and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from plan_tracker.lib.text import nfc
from targets.figures import LONGEST_REASON, Definitions, Figure, checked, share
from targets.models import Definition, Observation

if TYPE_CHECKING:
    from decimal import Decimal

    from plan_tracker.accounts.models import User

TOLD = ("value", "numerator", "denominator", "source", "published_on", "note")


class Outcome(StrEnum):
    """What became of a figure."""

    CREATED = "created"
    RESTATED = "restated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Writer:
    """Who writes a figure, when, and why a figure that stands is restated."""

    user: User | None
    at: datetime
    reason: str = ""


@dataclass(frozen=True)
class Recorded:
    """What stands now, and what became of the figure that was given."""

    outcome: Outcome
    observation: Observation


@dataclass(frozen=True)
class Seen:
    """The figure that a person had before the eyes when writing another one; None where there was none."""

    pk: int | None


@contextmanager
def under_lock(definition: Definition) -> Iterator[None]:
    """Let nobody else write a figure of this definition until the end of the transaction."""
    with transaction.atomic():
        Definition.objects.select_for_update().get(pk=definition.pk)
        yield


def current_figure(definition: Definition, figure: Figure) -> Observation | None:
    """Return the figure that stands for the same span, measure and status, real or for demonstration."""
    rows = Observation.objects.current().filter(**_key(definition, figure)).select_related("recorded_by")
    return rows.first()


def _key(definition: Definition, figure: Figure) -> dict[str, Any]:
    span = figure.span
    return {
        "definition": definition,
        "body": figure.body,
        "covers_from": span.covers_from,
        "covers_to": span.covers_to,
        "measure": span.measure,
        "status": span.status,
        "is_demo": figure.is_demo,
    }


def write(figure: Figure, definition: Definition, value: Decimal, writer: Writer) -> Observation:
    """Put a checked figure in the place of the one that stands: that one is withdrawn and kept, with its follower."""
    with under_lock(definition):
        before = current_figure(definition, figure)
        if before is not None:
            before.withdrawn_at = writer.at
            before.save(update_fields=["withdrawn_at"])
        return Observation.objects.create(
            **_key(definition, figure),
            indicator=figure.indicator,
            value=value,
            numerator=figure.numerator,
            denominator=figure.denominator,
            source=nfc(figure.source.strip()),
            source_ref=figure.source_ref,
            published_on=figure.published_on,
            recorded_by=writer.user,
            recorded_at=writer.at,
            supersedes=before,
            reason=nfc(writer.reason.strip()) if before else "",
            note=nfc(figure.note.strip()),
        )


def record(figure: Figure, writer: Writer, seen: Seen | None = None) -> Recorded:
    """Check and write one figure: new, restated with a reason, or unchanged. ValidationError says what is refused.

    `seen` is the figure that the person had before the eyes; where another one stands by now, nothing is written.
    """
    definition = Definitions.of(figure.indicator).on(figure.span.covers_to)
    if definition is None:
        raise ValidationError({"covers_to": [_("There was nothing left to measure on that day.")]})
    with under_lock(definition):
        before = current_figure(definition, figure)
        if before is not None and same(before, figure):
            return Recorded(Outcome.UNCHANGED, before)
        value = checked(figure, figure.indicator.target.plan.province_id)
        if seen is not None and seen.pk != (before.pk if before else None):
            raise ValidationError({"value": [_overtaken(before)]})
        if before is not None and not writer.reason.strip():
            raise ValidationError({"reason": [_("Say why the figure that stands is restated.")]})
        if len(writer.reason) > LONGEST_REASON:
            raise ValidationError({"reason": [_("At most %(most)s characters.") % {"most": LONGEST_REASON}]})
        row = write(figure, definition, value, writer)
    return Recorded(Outcome.RESTATED if before else Outcome.CREATED, row)


def same(row: Any, figure: Figure) -> bool:
    """Say whether the figure that stands says all that is given; a day or a note left out says nothing."""
    given = {name: getattr(figure, name) for name in TOLD}
    if given["value"] is None and given["numerator"] is not None and given["denominator"]:
        given["value"] = share(figure.indicator, given["numerator"], given["denominator"])
    left_out = {name for name in ("published_on", "note") if not given[name]}
    return all(_bare(getattr(row, name)) == _bare(value) for name, value in given.items() if name not in left_out)


def _bare(told: object) -> object:
    """Return what is told without what nobody sees: blanks around a text, and how its letters are composed."""
    return nfc(told.strip()) if isinstance(told, str) else told


def _overtaken(row: Observation | None) -> str:
    """Return what happened since the person looked."""
    if row is None:
        return _("The figure shown here was withdrawn meanwhile; nothing was saved.")
    who = str(row.recorded_by or "–")
    return _("%(who)s has entered another figure meanwhile; nothing was saved.") % {"who": who}


def record_all(
    figures: Iterable[tuple[str, Figure, Writer, Seen]], *, dry_run: bool = False
) -> tuple[list[Recorded], dict[str, ValidationError]]:
    """Record every figure or none (none at all in a dry run); the second part says by key what is wrong."""
    done: list[Recorded] = []
    errors: dict[str, ValidationError] = {}
    with transaction.atomic():
        for key, figure, writer, seen in figures:
            try:
                done.append(record(figure, writer, seen))
            except ValidationError as error:
                errors[key] = error
        if errors or dry_run:
            transaction.set_rollback(True)
    return ([] if errors or dry_run else done), errors
