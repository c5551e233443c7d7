"""The official denominator of a share on a day, beside the one that the bodies' figures make together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from plan_tracker.lib.numbers import format_exact
from targets.aggregation import Total
from targets.models import Denominator, Indicator
from tasks.querysets import alive


@dataclass(frozen=True)
class Official:
    """The denominator that the state's list gives for a day; `told` is what the bodies make, where it is another."""

    value: str
    day: date
    label: str
    source: str
    certainty: str
    told: str


def official_on(indicator: Indicator, day: date) -> Denominator | None:
    """Return the denominator in force on a day; one query."""
    return Denominator.objects.filter(alive(day), indicator=indicator).order_by("-valid_from").first()


def official_beside(indicator: Indicator, total: Total | None, *, on: date, language: str) -> Official | None:
    """Return the official denominator on the day of a total (on `on`, where there is none); one query.

    It is compared only with a total of every body: a part of them has a smaller denominator.
    """
    day = total.covers_to if total is not None else on
    row = official_on(indicator, day)
    if row is None:
        return None
    made = total.denominator if total is not None and total.is_complete else None
    return Official(
        value=_whole(row.value, language),
        day=day,
        label=indicator.denominator_label,
        source=row.source,
        certainty=row.get_certainty_display(),
        told=_whole(made, language) if made is not None and made != row.value else "",
    )


def _whole(value: Decimal, language: str) -> str:
    return format_exact(value, 0, language)
