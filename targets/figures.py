"""A figure as somebody gives it, and what may stand as one: counts, shares, decimals, span and source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from plan_tracker.lib.numbers import format_exact
from targets.choices import Evaluation, Measure, ObservationStatus, OverBodies, OverTime
from targets.models import Definition, Indicator
from tasks.models import Body

PLACES = Decimal("0.0001")
HUNDRED = Decimal(100)
MOST = Decimal(10) ** 14
LONGEST_REASON = 300


@dataclass(frozen=True)
class Span:
    """The days that a figure covers, what kind of value it is and how firm."""

    covers_from: date
    covers_to: date
    measure: Measure
    status: ObservationStatus


@dataclass(frozen=True)
class Figure:
    """A figure as somebody gives it; the value may be left to numerator and denominator."""

    indicator: Indicator
    body: Body
    span: Span
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    source: str = ""
    published_on: date | None = None
    note: str = ""
    is_demo: bool = False
    source_ref: str = ""


@dataclass(frozen=True)
class Definitions:
    """The versions of what an indicator measures, the earliest first."""

    rows: tuple[Definition, ...] = field(default_factory=tuple)

    @classmethod
    def of(cls, indicator: Indicator) -> Definitions:
        """Read the versions of one indicator; with `definitions` prefetched, no query."""
        return cls(tuple(sorted(indicator.definitions.all(), key=lambda one: (one.valid_from, one.version))))

    def on(self, day: date) -> Definition | None:
        """Return the version in force on a day: the last that had begun, else the first; None with no object left."""
        begun = [one for one in self.rows if one.valid_from <= day]
        found = begun[-1] if begun else next(iter(self.rows), None)
        ended = found is not None and found.valid_to is not None and found.valid_to < day
        return None if found is not None and ended and found.ends_without_object else found


def share(indicator: Indicator, numerator: Decimal, denominator: Decimal) -> Decimal:
    """Return the share that two counts make, of 100 where the unit is per cent, to the places that are stored."""
    whole = HUNDRED if indicator.unit.startswith("%") else Decimal(1)
    return (numerator * whole / denominator).quantize(PLACES, rounding=ROUND_HALF_UP)


def is_share(indicator: Indicator) -> bool:
    """Say whether figures of the indicator have a numerator and a denominator."""
    return indicator.over_bodies == OverBodies.RATIO


def usual_measure(indicator: Indicator) -> Measure:
    """Return the kind of value that the indicator has at the end of a year."""
    if indicator.over_time == OverTime.LEVEL and indicator.evaluation != Evaluation.AVERAGE_OVER_WINDOW:
        return Measure.LEVEL
    return Measure.ANNUAL_RATE


def places_of(value: Decimal) -> int:
    """Return how many decimals a number really has."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def checked(figure: Figure, province: int) -> Decimal:
    """Return the value that will stand, or raise ValidationError that names each field that is wrong."""
    errors: dict[str, list[str]] = {}
    if figure.indicator.evaluation == Evaluation.QUALITATIVE:
        raise ValidationError({"indicator": [_("This indicator is judged in words and has no figure.")]})
    for name, sentence in (*_wrong_span(figure), *_wrong_counts(figure, province), *_wrong_text(figure)):
        errors.setdefault(name, []).append(sentence)
    value = None if errors.keys() & {"numerator", "denominator"} else _value(figure, errors)
    if errors or value is None:
        raise ValidationError(errors or {"value": [_("Write a number.")]})
    return value


def _wrong_span(figure: Figure) -> Iterator[tuple[str, str]]:
    span = figure.span
    if span.covers_from > span.covers_to:
        yield "covers_to", _("The last day of a figure cannot come before its first.")
    if figure.published_on is not None and figure.published_on < span.covers_from:
        yield "published_on", _("A figure cannot be published before the days that it covers.")


def _wrong_text(figure: Figure) -> Iterator[tuple[str, str]]:
    if not figure.source.strip():
        yield "source", _("Say where the figure comes from.")
    for name, text, most in (("source", figure.source, 400), ("note", figure.note, 300)):
        if len(text) > most:
            yield name, _("At most %(most)s characters.") % {"most": most}


def _wrong_counts(figure: Figure, province: int) -> Iterator[tuple[str, str]]:
    above, below = figure.numerator, figure.denominator
    if not is_share(figure.indicator):
        if above is not None:
            yield "numerator", _("This indicator has no numerator.")
        if below is not None:
            yield "denominator", _("This indicator has no denominator.")
        return
    if above is not None and above < 0:
        yield "numerator", _("A count cannot be less than nothing.")
    if below is not None and below <= 0:
        yield "denominator", _("The denominator must be more than nothing.")
    if above is not None and below is not None and above > below > 0:
        yield "numerator", _("The numerator is larger than the denominator.")
    if figure.body.pk != province and (above is None or below is None):
        missing = "numerator" if above is None else "denominator"
        yield missing, _("A body's share needs numerator and denominator, so that it can be added up.")


def _value(figure: Figure, errors: dict[str, list[str]]) -> Decimal | None:
    """Return the value given, or made by the two counts; note in `errors` what cannot stand."""
    given, decimals = figure.value, figure.indicator.decimals
    made = None
    if figure.numerator is not None and figure.denominator is not None:
        made = share(figure.indicator, figure.numerator, figure.denominator)
    if given is None or given == made:
        return made
    if not given.is_finite() or abs(given) >= MOST:
        errors["value"] = [_("“%(text)s” is too large.") % {"text": given}]
    elif places_of(given) > decimals:
        sentence = _("“%(text)s” has too many decimals: this figure has at most %(decimals)s.")
        errors["value"] = [sentence % {"text": format_exact(given, decimals, "vi"), "decimals": decimals}]
    elif made is not None and made.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP) != given:
        sentence = _("Numerator and denominator make %(made)s, not %(given)s.")
        words = {"made": format_exact(made, decimals, "vi"), "given": format_exact(given, decimals, "vi")}
        errors["value"] = [sentence % words]
    elif sentence := _impossible(figure, given):
        errors["value"] = [sentence]
    return given


def _impossible(figure: Figure, value: Decimal) -> str:
    """Return why a number cannot be a value of the indicator; only a rate of growth may be below nothing."""
    if figure.indicator.evaluation == Evaluation.AVERAGE_OVER_WINDOW:
        return ""
    if value < 0:
        return _("This figure cannot be less than nothing.")
    if figure.indicator.unit.startswith("%") and value > HUNDRED:
        return _("This share cannot be more than 100%.")
    return ""
