"""Indicator figures of the demonstration: invented levels that move a little from year to year, body by body."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from random import Random

from reports.models import Reading, Submission
from reports.outline import FormOutline
from targets.choices import OverBodies
from targets.models import Indicator

FIRST_YEAR = 2024
# Wholes that shares are taken of, by indicator: from … to … for one body.
WHOLES = {
    "T1.1": (18, 60),
    "T3.1": (7000, 19000),
    "T4.1": (9, 21),
    "T4.2": (9, 21),
    "T6.1": (30, 70),
    "T6.2": (2400, 6800),
    "T6.3": (180, 200),
    "T6.4": (180, 200),
    "T6.5": (1500, 1700),
    "T6.6": (900, 1600),
    "T6.7": (1300, 1650),
    "T7.1": (200, 212),
}
# Share in the first year, and by how many points it moves in a year, in per cent.
SHARES = {
    "T1.1": ((88, 100), 4.0),
    "T3.1": ((4, 12), -1.6),
    "T4.1": ((35, 60), 7.0),
    "T4.2": ((4, 14), 4.0),
    "T7.1": ((94, 100), 1.5),
}
USUAL_SHARE = ((87, 97), 0.6)
# The province's own figures: value in the first year, and the step from year to year.
PROVINCIAL = {
    "T0.1": (8, -1),
    "T0.2": (7, -1),
    "T2.1": (6.4, 0.5),
    "T2.2": (62.0, 5.2),
    "T3.2": (2, -1),
    "T4.3": (1, 1),
}


def readings(submission: Submission, outline: FormOutline) -> Iterator[Reading]:
    """Yield a figure for every indicator that the form asks this body for."""
    elapsed = outline.period.year - FIRST_YEAR
    for indicator in outline.indicators:
        yield reading_of(submission, indicator, outline.body.code, elapsed)


def reading_of(submission: Submission, indicator: Indicator, body: str, elapsed: int) -> Reading:
    """Return the figure of one indicator, so many years after the first."""
    random = Random(f"reading:{body}:{indicator.code}")  # noqa: S311 - the same figures on every machine
    if indicator.over_bodies == OverBodies.RATIO:
        return share_of(submission, indicator, random, elapsed)
    first, step = PROVINCIAL.get(indicator.code, (random.randint(1, 7), -1))
    value = Decimal(str(round(max(0, first + step * elapsed), indicator.decimals)))
    return Reading(submission=submission, indicator=indicator, value=value)


def share_of(submission: Submission, indicator: Indicator, random: Random, elapsed: int) -> Reading:
    """Return a share with the two numbers behind it; the share itself is computed, never drawn."""
    denominator = random.randint(*WHOLES.get(indicator.code, (20, 200)))
    (low, high), step = SHARES.get(indicator.code, USUAL_SHARE)
    share = min(100.0, max(0.0, random.uniform(low, high) + step * elapsed))
    numerator = min(denominator, round(denominator * share / 100))
    value = (Decimal(numerator) * 100 / denominator).quantize(Decimal("0.0001"))
    return Reading(
        submission=submission,
        indicator=indicator,
        numerator=Decimal(numerator),
        denominator=Decimal(denominator),
        value=value,
    )
