"""Numbers as a Vietnamese office writes them: read without guessing, printed with a decimal comma."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

_PLAIN = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")
_SHAPE = re.compile(r"(?P<sign>[-−–]?)\s*(?P<whole>[0-9.]+)(?:,(?P<fraction>[0-9]+))?\s*(?P<percent>%?)")
_MOST_DIGITS = 15
_MOST_STORED_PLACES = 4
_LONGEST_ROW_NUMBER = 18

EMPTY = "number_empty"
MALFORMED = "number_malformed"
AMBIGUOUS = "number_ambiguous"
TOO_PRECISE = "number_too_precise"
TOO_LARGE = "number_too_large"
NOT_PERCENT = "number_not_percent"


class NumberError(ValueError):
    """A text that is not read as a number: `code` for programs, the message as a sentence for the person."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


def _whole_part(text: str, whole: str, fraction: str, decimals: int) -> str:
    """Return the digits before the comma, or refuse a point that could mean two things."""
    if _PLAIN.fullmatch(whole):
        return whole
    grouped = _GROUPED.fullmatch(whole) is not None and not whole.startswith("0")
    # One point and no comma in a figure with decimals: 1.234 may be a thousand, or one and a bit.
    if grouped and (decimals == 0 or fraction or whole.count(".") > 1):
        return whole.replace(".", "")
    sentence = _(
        "“%(text)s” can be read in two ways: write a comma before the decimals, and points only between thousands."
    )
    raise NumberError(AMBIGUOUS, sentence % {"text": text})


def _check_precision(text: str, fraction: str, decimals: int) -> None:
    """Refuse more decimals than the figure has; nothing is rounded in silence."""
    if len(fraction) <= decimals:
        return
    if decimals == 0:
        raise NumberError(TOO_PRECISE, _("“%(text)s” is not a whole number.") % {"text": text})
    sentence = _("“%(text)s” has too many decimals: this figure has at most %(decimals)s.")
    raise NumberError(TOO_PRECISE, sentence % {"text": text, "decimals": decimals})


def parse_decimal(text: str, decimals: int, *, percent: bool = True) -> Decimal:
    """Return the number that the text says, or raise NumberError; `percent` allows a % sign after it."""
    shown = " ".join(text.split())[:40]
    if not shown:
        raise NumberError(EMPTY, _("Write a number."))
    match = _SHAPE.fullmatch(text.strip())
    if match is None:
        raise NumberError(MALFORMED, _("“%(text)s” is not a number such as 1.234,5.") % {"text": shown})
    fraction = match["fraction"] or ""
    whole = _whole_part(shown, match["whole"], fraction, decimals)
    _check_precision(shown, fraction, decimals)
    if match["percent"] and not percent:
        raise NumberError(NOT_PERCENT, _("“%(text)s” must be a number, not a percentage.") % {"text": shown})
    if len(whole.lstrip("0")) > _MOST_DIGITS:
        raise NumberError(TOO_LARGE, _("“%(text)s” is too large.") % {"text": shown})
    value = Decimal(f"{whole}.{fraction}" if fraction else whole)
    return -value if match["sign"] and value else value


_SWAPPED = str.maketrans(",.", ".,")


def format_decimal(value: Decimal | int, decimals: int, language: str) -> str:
    """Return the number with its decimals: 1.234,5 in Vietnamese, 1,234.5 in English."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    if not rounded:
        rounded = abs(rounded)
    english = f"{rounded:,f}"
    if language.startswith("vi"):
        return english.translate(_SWAPPED)
    return english


def format_exact(value: Decimal, decimals: int, language: str) -> str:
    """Return the number with its decimals, or with more where rounding would hide something (89,96 is not 90,0).

    The endless rest of a division gets one place more than the figure has.
    """
    exponent = Decimal(value).normalize().as_tuple().exponent
    needed = -exponent if isinstance(exponent, int) else 0
    return format_decimal(value, max(decimals, needed if needed <= _MOST_STORED_PLACES else decimals + 1), language)


def two_digits(number: int) -> str:
    """Return a count as reports write it: 06, 11."""
    return f"{number:02d}"


def row_number(text: str) -> int | None:
    """Return the number of a row, a year or a version as a form or an address sends it; None where it is none.

    Digits of other scripts, signs, and numbers that no database holds are none.
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_ROW_NUMBER else None
