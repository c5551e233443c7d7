"""What a file of a period is called: ASCII, for the name goes into a header, and Vietnamese, for people read it."""

from __future__ import annotations

import re

from plan_tracker.lib.text import vn_key
from reports.models import Period
from reports.sentences import period_in_words

LONGEST = 60
_OTHER = re.compile(r"[^a-z0-9]+")


def file_words(period: Period) -> str:
    """Return “6-thang-dau-nam-2024”, “quy-i-nam-2024” or the words of the period's own title."""
    words = period_in_words(period.kind, period.year, period.ordinal, period.own_title)
    return _OTHER.sub("-", vn_key(words)).strip("-")[:LONGEST].rstrip("-") or f"ky-bao-cao-{period.year}"
