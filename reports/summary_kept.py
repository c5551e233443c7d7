"""The drawn body of a summary, kept until anything that it rests on may have changed: data, day, deadline, release."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from plan_tracker.lib.release import release
from reports.models import Period
from reports.summaries import build_summary
from reports.summary_page import summary_page
from reports.summary_values import Summary

KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True)
class DrawnSummary:
    """What the page shows between its frame: the body, and with which period it compares ("" with none)."""

    body: SafeString
    compared_with: str


@dataclass(frozen=True)
class _Kept:
    """A body as it lies in the cache: packed, with what must still hold when it is taken out again."""

    state: tuple[str, ...]
    at: datetime
    until: datetime
    packed: bytes
    compared_with: str


def drawn_summary(period: Period, *, at: datetime, reviews: bool, version: str | None) -> DrawnSummary:
    """Return the body of the page of a summary as of a moment, drawn anew only where something may have changed.

    Of the reader nothing is known here but whether he or she reviews, and the language of the screen; who may read
    the summary at all is asked before. Give the period as `build_summary` wants it, and as `version` the data version
    from before the period was read; with None nothing is taken from the cache and nothing is kept.
    """
    if version is None or settings.DEBUG:
        return _draw(build_summary(period, at=at), period, reviews=reviews)
    # One place for each page, written over: old bodies never pile up.
    key = f"summary:{period.pk}:{get_language()}:{'reviews' if reviews else 'reads'}:{get_script_prefix()}"
    state = (version, release(), timezone.get_current_timezone_name(), *_thresholds())
    kept = cache.get(key)
    if isinstance(kept, _Kept) and kept.state == state and _holds(kept, at):
        return DrawnSummary(mark_safe(zlib.decompress(kept.packed).decode()), kept.compared_with)  # noqa: S308 - drawn by our own template
    summary = build_summary(period, at=at)
    drawn = _draw(summary, period, reviews=reviews)
    # What is committed while this is drawn may be in it in part, as on every page of several queries. Such a body
    # serves only those who asked for the version before that: everybody after them is told the next version.
    packed = zlib.compress(drawn.body.encode(), 1)
    cache.set(key, _Kept(state, at, _until(summary), packed, drawn.compared_with), KEPT_SECONDS)
    return drawn


def _draw(summary: Summary, period: Period, *, reviews: bool) -> DrawnSummary:
    """Return the body; the context holds nothing of the reader but `reviews`."""
    context: dict[str, Any] = {"period": period, "page": summary_page(summary), "reviews": reviews}
    other = summary.compared_with.title if summary.compared_with else ""
    return DrawnSummary(render_to_string("reports/_summary_body.html", context), other)


def _thresholds() -> tuple[str, ...]:
    """Return the settings that a summary depends on."""
    return str(settings.VERDICT_ON_TRACK), str(settings.VERDICT_AT_RISK)


def _until(summary: Summary) -> datetime:
    """Return when the same data would read otherwise: the next midnight or the next deadline of a report."""
    day = timezone.localtime(summary.at).date() + timedelta(days=1)
    midnight = timezone.make_aware(datetime.combine(day, time.min))
    return min([midnight, *(row.due_at for row in summary.coverage.reports if row.due_at >= summary.at)])


def _holds(kept: _Kept, at: datetime) -> bool:
    """Return whether a body speaks of this moment too."""
    return at == kept.at or kept.at < at < kept.until
