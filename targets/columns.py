"""The columns of a table of figures: what they are called in files, in which order, and how they are read back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, TypeVar

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from plan_tracker.lib.dates import parse_day
from plan_tracker.lib.numbers import TOO_PRECISE, NumberError, parse_decimal
from plan_tracker.lib.spreadsheets import Cell
from plan_tracker.lib.text import vn_key
from targets.choices import Measure, ObservationStatus
from targets.models import Observation

STORED_PLACES = 4
LANGUAGES = ("vi", "en")
Member = TypeVar("Member", bound=TextChoices)


@dataclass(frozen=True)
class Column:
    """One column; `is_needed` ones make the key of a figure or say where it comes from, `is_told` ones are not read."""

    name: str
    label: Promise
    is_needed: bool = False
    is_told: bool = False


COLUMNS = (
    Column("indicator", gettext_lazy("Indicator code"), is_needed=True),
    Column("indicator_title", gettext_lazy("Indicator"), is_told=True),
    Column("unit", gettext_lazy("Unit"), is_told=True),
    Column("body", gettext_lazy("Body code"), is_needed=True),
    Column("body_name", gettext_lazy("Body"), is_told=True),
    Column("covers_from", gettext_lazy("First day"), is_needed=True),
    Column("covers_to", gettext_lazy("Last day"), is_needed=True),
    Column("measure", gettext_lazy("Kind of value"), is_needed=True),
    Column("status", gettext_lazy("Status"), is_needed=True),
    Column("value", gettext_lazy("Value")),
    Column("numerator", gettext_lazy("Numerator")),
    Column("denominator", gettext_lazy("Denominator")),
    Column("source", gettext_lazy("Source"), is_needed=True),
    Column("published_on", gettext_lazy("Published on")),
    Column("reason", gettext_lazy("Why restated")),
    Column("note", gettext_lazy("Note")),
    Column("plan", gettext_lazy("Plan code")),
)
BY_NAME = {column.name: column for column in COLUMNS}


def headers() -> list[str]:
    """Return what the columns are called in the language of the person."""
    return [str(column.label) for column in COLUMNS]


def cells_of(row: Observation) -> list[Cell]:
    """Return the cells of a figure, with its indicator, its plan and body read along."""
    return [
        row.indicator.code,
        row.indicator.short_title,
        row.indicator.unit,
        row.body.code,
        row.body.short_name,
        row.covers_from,
        row.covers_to,
        str(Measure(row.measure).label),
        str(ObservationStatus(row.status).label),
        row.value,
        row.numerator,
        row.denominator,
        row.source,
        row.published_on,
        row.reason,
        row.note,
        row.indicator.target.plan.code,
    ]


@cache
def _names() -> dict[str, str]:
    """Return the column that each header means: its name, or what it is called in any of our languages."""
    known: dict[str, str] = {}
    for language in LANGUAGES:
        with override(language):
            known |= {vn_key(str(column.label)): column.name for column in COLUMNS}
    return {vn_key(column.name): column.name for column in COLUMNS} | known


def column_of(header: str) -> str:
    """Return the column that a header names, or the header itself where it names none."""
    # “indicator” is a name, the code; “Indicator” is what the column of titles is called.
    return header if header in BY_NAME else _names().get(vn_key(header), header)


def missing(names: Iterable[str]) -> list[str]:
    """Return what the columns are called that a file must have and this one has not."""
    there = set(names)
    return [str(column.label) for column in COLUMNS if column.is_needed and column.name not in there]


@cache
def _members(kind: type[TextChoices]) -> dict[str, Any]:
    """Return the members by code and by their words in any of our languages, as they are looked for."""
    known: dict[str, Any] = {}
    for language in reversed(LANGUAGES):
        with override(language):
            known |= {vn_key(str(member.label)): member for member in kind}
    return known | {vn_key(str(member.value)): member for member in kind}


@lru_cache(maxsize=512)
def read_member(value: Any, kind: type[Member]) -> Member:
    """Return the member that a cell names by code or by its word in any language, or raise ValueError."""
    member: Member | None = _members(kind).get(vn_key(str(value or "")))
    if member is not None:
        return member
    words = ", ".join(str(member.label) for member in kind)
    raise ValueError(_("“%(text)s” is none of: %(words)s.") % {"text": value or "", "words": words})


def read_day(value: Any) -> date | None:
    """Return the day of a cell: a real one, or a text that is read as one."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else parse_day(str(value))


def read_number(value: Any, decimals: int, *, is_made: bool = False) -> Decimal | None:
    """Return the number of a cell: a real number as it is, a text as offices write it.

    A share that was worked out from two counts (`is_made`) may have all the places that are stored.
    """
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        text = str(value)
        try:
            return parse_decimal(text, decimals)
        except NumberError as error:
            if error.code == TOO_PRECISE and is_made:
                return parse_decimal(text, STORED_PLACES)
            raise
    number = Decimal(str(value))
    return number.to_integral_value() if number == number.to_integral_value() else number


def read_text(value: Any) -> str:
    """Return the text of a cell."""
    return "" if value is None else str(value).strip()
