"""The figures of a report: counters and indicator readings, read cell by cell and saved whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from plan_tracker.lib.numbers import NumberError, format_exact, parse_decimal
from reports.conflicts import THEIRS, Verdict, digest, judge
from reports.figure_fields import renew
from reports.filling import clean_text, lock, mark_saved, text_error
from reports.models import CounterValue, Reading, Submission
from reports.outline import line_anchor
from targets.choices import OverBodies
from targets.models import Counter, Indicator
from tasks.permissions import Standing

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User

NOTE_LENGTH = 300
# The table keeps fourteen digits before the comma.
TOO_LARGE = Decimal(10) ** 13
PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Figures:
    """What one row says, as it is stored: numbers by field, an estimate or not, a note."""

    numbers: Mapping[str, Decimal | None] = field(default_factory=dict)
    is_estimate: bool = False
    note: str = ""

    @property
    def digest(self) -> str:
        """Return the digest that tells two rows apart; 1 and 1.0000 are one number."""
        said = sorted((name, str(value.normalize())) for name, value in self.numbers.items() if value is not None)
        return digest(said, self.is_estimate, self.note)

    @property
    def is_empty(self) -> bool:
        """Return whether the row says nothing."""
        return not self.note and all(value is None for value in self.numbers.values())


@dataclass(frozen=True)
class TypedRow:
    """What a person sent for one row: the cells as typed, what they mean, what is wrong in them."""

    key: str
    raw: Mapping[str, str]
    figures: Figures
    seen: str
    errors: Mapping[str, str] = field(default_factory=dict)
    takes_theirs: bool = False

    @property
    def anchor(self) -> str:
        """Return the id of the row on its page, with which the names of its fields begin."""
        return line_anchor(self.key)


class _Saving(TypedDict):
    """Who saves, when, and whether each row stands alone."""

    actor: User
    standing: Standing
    at: datetime
    each_alone: bool


def counter_fields(counter: Counter) -> dict[str, int]:
    """Return the number cells of a counter with their decimals; a level has no cumulative figure."""
    fields = {"in_period": counter.decimals}
    return fields if counter.is_level else fields | {"cumulative": counter.decimals}


def indicator_fields(indicator: Indicator) -> dict[str, int]:
    """Return the number cells of an indicator: part and whole for a ratio, else the value."""
    if indicator.over_bodies == OverBodies.RATIO:
        return {"numerator": 0, "denominator": 0}
    return {"value": indicator.decimals}


def read_row(key: str, fields: Mapping[str, int], data: QueryDict) -> TypedRow:
    """Return what the form says of one counter or indicator; each cell has its own error."""
    prefix = line_anchor(key)
    raw = {name: data.get(f"{prefix}-{name}", "").strip()[:60] for name in fields}
    numbers: dict[str, Decimal | None] = {}
    errors: dict[str, str] = {}
    for name, decimals in fields.items():
        try:
            numbers[name] = read_number(raw[name], decimals, above_zero=name == "denominator")
        except NumberError as error:
            numbers[name], errors[name] = None, error.sentence
    note = " ".join(clean_text(data.get(f"{prefix}-note", "")).split())
    if sentence := note_error(note):
        errors["note"] = sentence
    choice = data.get(f"{prefix}-choice", "")
    if data.get(f"{prefix}-asked") and not choice:
        errors["choice"] = _("Choose which figures to keep.")
    figures = Figures(numbers, bool(data.get(f"{prefix}-estimate")), note)
    return TypedRow(key, raw, figures, data.get(f"{prefix}-seen", ""), errors, takes_theirs=choice == THEIRS)


def read_number(text: str, decimals: int, *, above_zero: bool) -> Decimal | None:
    """Return the number in a cell, None for an empty one; below zero and beyond the table is refused."""
    if not text:
        return None
    value = parse_decimal(text, decimals, percent=decimals > 0)
    if value < 0:
        raise NumberError("negative", _("This figure cannot be below zero."))
    if above_zero and not value:
        raise NumberError("zero", _("The whole must be above zero."))
    if value >= TOO_LARGE:
        raise NumberError("too_large", _("“%(text)s” is too large.") % {"text": text})
    return value


def note_error(note: str) -> str:
    """Return the sentence that refuses a note, or nothing."""
    if len(note) > NOTE_LENGTH:
        return _("The note is too long: at most %(most)s characters.") % {"most": NOTE_LENGTH}
    return text_error(note)


def shown_number(value: Decimal | None, decimals: int) -> str:
    """Return a number as the form's cells write and read it, in every language: 1.234,5."""
    return "" if value is None else format_exact(value, decimals, "vi")


def counter_figures(row: CounterValue, before: Decimal | None) -> Figures:
    """Return what a counter says; the cumulative figure only where the body set it by hand."""
    own = None if row.cumulative == following(row.in_period, before) else row.cumulative
    return Figures({"in_period": row.in_period, "cumulative": own}, row.is_estimate, row.note)


def following(in_period: Decimal | None, before: Decimal | None) -> Decimal | None:
    """Return the cumulative figure that follows from the one before."""
    return None if in_period is None else in_period + (before or 0)


def without_what_follows(row: TypedRow, before: Decimal | None) -> TypedRow:
    """Return a typed counter without a cumulative figure of its own where that is the one that follows anyway."""
    numbers = row.figures.numbers
    own = numbers.get("cumulative")
    if own is None or own != following(numbers.get("in_period"), before):
        return row
    return replace(row, figures=replace(row.figures, numbers={**numbers, "cumulative": None}))


def reading_figures(row: Reading, indicator: Indicator) -> Figures:
    """Return what a reading says in the cells of its indicator; a share that was worked out is not typed."""
    return Figures({name: getattr(row, name) for name in indicator_fields(indicator)}, note=row.note)


def value_of(indicator: Indicator, figures: Figures) -> Decimal | None:
    """Return the value that was typed, or the share that part and whole make (of 100 where the unit is per cent)."""
    part, whole = figures.numbers.get("numerator"), figures.numbers.get("denominator")
    if part is None or not whole:
        return figures.numbers.get("value")
    return (part * (100 if indicator.unit.startswith("%") else 1) / whole).quantize(PLACES)


def save_counters(  # noqa: PLR0913 - what was typed, over what, who and when
    submission: Submission,
    typed: Sequence[tuple[Counter, TypedRow]],
    before: Mapping[int, Decimal],
    *,
    actor: User,
    standing: Standing,
    at: datetime,
    each_alone: bool = False,
) -> dict[str, Figures]:
    """Save every counter that was changed, or none; return those that somebody else changed meanwhile, by key."""

    def write(locked: Submission, place: int, row: TypedRow) -> None:
        counter, figures = typed[place][0], row.figures
        rows = CounterValue.objects.filter(submission=locked, counter=counter)
        if figures.is_empty:
            rows.delete()
            return
        in_period, own = figures.numbers["in_period"], figures.numbers.get("cumulative")
        total = None if counter.is_level else own if own is not None else following(in_period, before.get(counter.pk))
        values = {"in_period": in_period, "cumulative": total, "is_estimate": figures.is_estimate, "note": figures.note}
        rows.update_or_create(submission=locked, counter=counter, defaults=values)

    def stored(locked: Submission) -> list[Figures]:
        known = {row.counter_id: row for row in locked.counter_values.all()}
        return [
            counter_figures(known[counter.pk], before.get(counter.pk)) if counter.pk in known else Figures()
            for counter, _row in typed
        ]

    who: _Saving = {"actor": actor, "standing": standing, "at": at, "each_alone": each_alone}
    return _save(submission, [row for _counter, row in typed], stored, write, **who)


def save_readings(  # noqa: PLR0913 - what was typed, how it is to be saved, who and when
    submission: Submission,
    typed: Sequence[tuple[Indicator, TypedRow]],
    *,
    actor: User,
    standing: Standing,
    at: datetime,
    each_alone: bool = False,
) -> dict[str, Figures]:
    """Save every reading that was changed, or none; return those that somebody else changed meanwhile, by key."""

    def write(locked: Submission, place: int, row: TypedRow) -> None:
        indicator, figures = typed[place][0], row.figures
        rows = Reading.objects.filter(submission=locked, indicator=indicator)
        if figures.is_empty:
            rows.delete()
            return
        values = {**figures.numbers, "value": value_of(indicator, figures), "note": figures.note}
        rows.update_or_create(submission=locked, indicator=indicator, defaults=values)

    def stored(locked: Submission) -> list[Figures]:
        known = {row.indicator_id: row for row in locked.readings.all()}
        return [
            reading_figures(known[indicator.pk], indicator) if indicator.pk in known else Figures()
            for indicator, _row in typed
        ]

    who: _Saving = {"actor": actor, "standing": standing, "at": at, "each_alone": each_alone}
    return _save(submission, [row for _indicator, row in typed], stored, write, **who)


@transaction.atomic
def _save(  # noqa: PLR0913 - what was typed, how it is read and written, who and when
    submission: Submission,
    typed: Sequence[TypedRow],
    stored: Callable[[Submission], list[Figures]],
    write: Callable[[Submission, int, TypedRow], None],
    *,
    actor: User,
    standing: Standing,
    at: datetime,
    each_alone: bool,
) -> dict[str, Figures]:
    """Write the rows that changed when nobody else changed them; else say which, and write nothing.

    `each_alone`: a row that clashes does not keep the others from being saved.
    """
    locked = lock(submission, standing)
    conflicts: dict[str, Figures] = {}
    writing: list[tuple[int, TypedRow]] = []
    for place, (row, now) in enumerate(zip(typed, stored(locked), strict=True)):
        verdict = judge(typed=row.figures.digest, seen=row.seen, stored=now.digest)
        if row.takes_theirs or verdict == Verdict.UNTOUCHED:
            continue
        if verdict == Verdict.CONFLICT:
            conflicts[row.key] = now
            continue
        writing.append((place, row))
    if each_alone or not conflicts:
        for place, row in writing:
            write(locked, place, row)
        renew(locked)
        mark_saved(locked, actor=actor, at=at)
    return conflicts
