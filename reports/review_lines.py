"""A report as a reviewer reads it: each line beside the previous period and the last delivery, with its remarks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.delivered import closing_words, frozen_figure, proposals_of
from reports.models import Delivery, Submission
from reports.outline import CLOSING, CLOSING_FIELDS, line_anchor, outline_for
from reports.periods import previous_period
from reports.remarks import RemarkView
from reports.steps import STEPS
from reports.wording import marked_changes
from tasks.choices import WorkState

Content = dict[str, Any]
FIGURES = {"counters": ("in_period", "cumulative"), "indicators": ("value", "numerator", "denominator")}


@dataclass(frozen=True)
class ReviewLine:
    """One line: what stands there now, how it changed since the last delivery, and what stood there last time."""

    key: str
    label: str
    state: WorkState | None
    text: SafeString
    difficulties: tuple[str, ...]
    proposals: tuple[tuple[str, str], ...]
    before_state: WorkState | None
    before_text: str
    is_changed: bool
    remarks: list[RemarkView]
    also_serves: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """Return the id of the line on the page."""
        return line_anchor(self.key)


@dataclass(frozen=True)
class FigureLine:
    """One counter or indicator, with the figure of the previous period."""

    key: str
    label: str
    unit: str
    figures: tuple[str, ...]
    earlier: str
    note: str
    is_estimate: bool
    is_changed: bool
    remarks: list[RemarkView]

    @property
    def anchor(self) -> str:
        """Return the id of the line on the page."""
        return line_anchor(self.key)


@dataclass(frozen=True)
class Review:
    """Everything of a report that a reviewer reads."""

    lines: tuple[ReviewLine, ...] = ()
    closing: tuple[tuple[str, SafeString], ...] = ()
    closing_line: ReviewLine | None = None
    counters: tuple[FigureLine, ...] = ()
    indicators: tuple[FigureLine, ...] = ()
    before_title: str = ""
    compares_deliveries: bool = False
    labels: dict[str, str] = field(default_factory=dict)


def review_of(submission: Submission, remarks: dict[str, list[RemarkView]]) -> Review:
    """Return the review of a report that was sent, in eight queries; nothing where it has never been sent."""
    deliveries = list(
        Delivery.objects.filter(submission__expectation=submission.expectation_id, is_recalled=False)
        .filter(submission__version__lte=submission.version)
        .order_by("-submission__version", "-number")[:2]
    )
    if not deliveries or deliveries[0].submission_id != submission.pk:
        return Review()
    now: Content = deliveries[0].content
    last: Content = deliveries[1].content if len(deliveries) > 1 else {}
    before, before_title = _previous(submission)
    outline = outline_for(submission)
    labels = outline.labels()
    keys = [line.key for line in outline.entry_lines()]
    return Review(
        lines=tuple(_lines(keys, labels, now, last, before, remarks)),
        closing=tuple(_closing(now, last)),
        closing_line=_closing_line(now, last, before, remarks) if outline.has_closing else None,
        counters=tuple(_figures("counters", now, last, before, remarks)),
        indicators=tuple(_figures("indicators", now, last, before, remarks)),
        before_title=before_title,
        compares_deliveries=bool(last),
        labels=labels,
    )


def _previous(submission: Submission) -> tuple[Content, str]:
    """Return what the body sent for the previous period, and what that period is called."""
    period = previous_period(submission.expectation.period)
    if period is None:
        return {}, ""
    delivery = (
        Delivery.objects.filter(
            submission__expectation__period=period,
            submission__expectation__body_id=submission.expectation.body_id,
            is_recalled=False,
        )
        .order_by("-submission__version", "-number")
        .first()
    )
    return (delivery.content, period.title) if delivery else ({}, "")


def _by_line(content: Content, kind: str) -> dict[str, Content]:
    return {row["line"]: row for row in content.get(kind, ())}


def _lines(  # noqa: PLR0913, PLR0917 - three versions of one content, with its words
    keys: list[str],
    labels: dict[str, str],
    now: Content,
    last: Content,
    before: Content,
    remarks: dict[str, list[RemarkView]],
) -> Iterator[ReviewLine]:
    """Yield the lines of the form in its order, then any that the form no longer asks for."""
    rows, last_rows, before_rows = (_by_line(content, "entries") for content in (now, last, before))
    for key in [*keys, *(key for key in rows if key not in keys)]:
        row, old, earlier = rows.get(key, {}), last_rows.get(key, {}), before_rows.get(key, {})
        yield ReviewLine(
            key=key,
            label=labels.get(key, key.partition(":")[2]),
            state=_state(row),
            text=marked_changes(old.get("text", ""), row.get("text", "")),
            difficulties=tuple(item["text"] for item in row.get("difficulties", ())),
            proposals=tuple(proposals_of(row)),
            before_state=_state(earlier),
            before_text=earlier.get("text", ""),
            is_changed=bool(last) and row != old,
            remarks=remarks.get(key, []),
            also_serves=tuple(row.get("also_serves", ())),
        )


def _state(row: Content) -> WorkState | None:
    return WorkState(row["state"]) if row.get("state") else None


def _closing(now: Content, last: Content) -> Iterator[tuple[str, SafeString]]:
    """Yield the closing part with what changed in it."""
    words = closing_words()
    closing, old = now.get("closing", {}), last.get("closing", {})
    for name in CLOSING_FIELDS:
        yield words[name], marked_changes(old.get(name, ""), closing.get(name, ""))


def _closing_line(now: Content, last: Content, before: Content, remarks: dict[str, list[RemarkView]]) -> ReviewLine:
    """Return the closing part's difficulties, proposals and remarks."""
    closing, earlier = now.get("closing", {}), before.get("closing", {})
    return ReviewLine(
        key=CLOSING,
        label=_("General assessment and proposals"),
        state=None,
        text=SafeString(""),
        difficulties=tuple(item["text"] for item in closing.get("difficulties", ())),
        proposals=tuple(proposals_of(closing)),
        before_state=None,
        before_text="\n\n".join(text for name in CLOSING_FIELDS if (text := earlier.get(name, ""))),
        is_changed=bool(last) and closing != last.get("closing", {}),
        remarks=remarks.get(CLOSING, []),
    )


def _figures(
    kind: str, now: Content, last: Content, before: Content, remarks: dict[str, list[RemarkView]]
) -> Iterator[FigureLine]:
    """Yield the counters or the indicators as they were sent."""
    last_rows, before_rows = _by_line(last, kind), _by_line(before, kind)
    for key, row in _by_line(now, kind).items():
        yield FigureLine(
            key=key,
            label=row["title"],
            unit=row["unit"],
            figures=tuple(frozen_figure(row.get(name)) for name in FIGURES[kind]),
            earlier=frozen_figure(before_rows.get(key, {}).get(FIGURES[kind][0])),
            note=row.get("note", ""),
            is_estimate=row.get("is_estimate", False),
            is_changed=bool(last) and row != last_rows.get(key),
            remarks=remarks.get(key, []),
        )


def history_of(submission: Submission) -> list[dict[str, Any]]:
    """Return the steps of a report for a timeline, newest first; one query."""
    rows = submission.transitions.select_related("taken_by").order_by("-taken_at", "-pk")
    return [
        {
            "at": row.taken_at,
            "who": row.who,
            "what": STEPS[row.step].label if row.step in STEPS else _("Begin the report"),
            "text": row.reason,
        }
        for row in rows
    ]
