"""The drawn body of a summary, kept until anything that it rests on may have changed: data, day, deadline, release."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from plan_tracker.audit.version import tables_changed_since
from plan_tracker.lib.release import release
from reports.kept_pieces import Piece, Pieces
from reports.models import Period
from reports.summaries import build_summary
from reports.summary_page import summary_page
from reports.summary_values import Summary
from tasks.models import Body, Plan

KEPT_SECONDS = 24 * 3600
MOST_DRAWINGS = 8


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


@dataclass(frozen=True)
class _Drawing:
    """The pieces of a body as this process drew it last: after a change only what rests on it is drawn anew."""

    state: tuple[str, ...]
    at: datetime
    until: datetime
    pieces: Mapping[str, Piece]


_drawings: dict[str, _Drawing] = {}
_lock = Lock()


def drawn_summary(period: Period, *, at: datetime, reviews: bool, version: str | None) -> DrawnSummary:
    """Return the body of the page of a summary as of a moment, drawn anew only where something may have changed.

    Of the reader nothing is known here but whether he or she reviews, and the language of the screen; who may read
    the summary at all is asked before. Give the period as `build_summary` wants it, and as `version` the data version
    from before the period was read; with None nothing is taken from the cache and nothing is kept.
    """
    if version is None or settings.DEBUG:
        return _draw(build_summary(period, at=at), period, Pieces(), reviews=reviews)
    # One place for each page, written over: old bodies never pile up.
    key = f"summary:{period.pk}:{get_language()}:{'reviews' if reviews else 'reads'}:{get_script_prefix()}"
    state = (version, release(), timezone.get_current_timezone_name(), *_thresholds())
    kept = cache.get(key)
    if isinstance(kept, _Kept) and kept.state == state and _holds(kept, at):
        return DrawnSummary(mark_safe(zlib.decompress(kept.packed).decode()), kept.compared_with)  # noqa: S308 - drawn by our own template
    pieces = _pieces(key, state, at)
    summary = build_summary(period, at=at, pieces=pieces)
    drawn = _draw(summary, period, pieces, reviews=reviews)
    # What is committed while this is drawn may be in it in part, as on every page of several queries. Such a body
    # serves only those who asked for the version before that: everybody after them is told the next version.
    until = _until(summary)
    packed = zlib.compress(drawn.body.encode(), 1)
    cache.set(key, _Kept(state, at, until, packed, drawn.compared_with), KEPT_SECONDS)
    _remember(key, _Drawing(state, at, until, pieces.made))
    return drawn


def _pieces(key: str, state: tuple[str, ...], at: datetime) -> Pieces:
    """Return the pieces of the last drawing of this page in this process, as far as what they rest on has stayed."""
    last = _drawings.get(key)
    if last is None or last.state[1:] != state[1:] or not _holds(last, at):
        return Pieces()
    changed = tables_changed_since(last.state[0])
    # The period comes with its plan and the plan's issuer; no piece has read them itself.
    given = {model._meta.db_table for model in (Period, Plan, Body)}
    return Pieces() if changed is None or changed & given else Pieces(last.pieces, changed)


def _remember(key: str, drawing: _Drawing) -> None:
    """Keep a drawing, and no more than some: a summary of 45 bodies takes about two megabytes."""
    with _lock:
        _drawings.pop(key, None)
        _drawings[key] = drawing
        while len(_drawings) > MOST_DRAWINGS:
            del _drawings[next(iter(_drawings))]


def _draw(summary: Summary, period: Period, pieces: Pieces, *, reviews: bool) -> DrawnSummary:
    """Return the body; the context holds nothing of the reader but `reviews`."""
    page = summary_page(summary, pieces)
    context: dict[str, Any] = {"period": period, "page": page, "pieces": pieces, "reviews": reviews}
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


def _holds(kept: _Kept | _Drawing, at: datetime) -> bool:
    """Return whether a body speaks of this moment too."""
    return at == kept.at or kept.at < at < kept.until
