"""A report as a reviewer reads it: each line beside the previous period, marked word by word, with its remarks.

Everything comes from what was sent and kept, so that nobody reviews what was not sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.choices import Addressee
from reports.delivered import closing_words, frozen_figure
from reports.models import Delivery, Submission
from reports.outline import CLOSING, CLOSING_FIELDS, line_anchor
from reports.periods import previous_period
from reports.remarks import RemarkView
from reports.wording import marked_changes, marked_items
from tasks.choices import WorkState

Content = dict[str, Any]
Remarks = dict[str, list[RemarkView]]
FIGURES = {"counters": ("in_period", "cumulative"), "indicators": ("value", "numerator", "denominator")}


class Against(TextChoices):
    """What the marks of change compare with."""

    DELIVERY = "lan-gui", gettext_lazy("the last delivery")
    PERIOD = "ky-truoc", gettext_lazy("the previous period")
    NOTHING = "khong", gettext_lazy("nothing, without marks")


@dataclass(frozen=True)
class Versions:
    """What was sent now, what was sent before for the same period, and what for the previous one."""

    delivery: Delivery | None = None
    now: Content = field(default_factory=dict)
    last: Content = field(default_factory=dict)
    before: Content = field(default_factory=dict)
    before_title: str = ""

    def marked_from(self, against: Against) -> Content:
        """Return the content that the marks compare with."""
        return {Against.DELIVERY: self.last, Against.PERIOD: self.before}.get(against, {})

    @property
    def offered(self) -> list[Against]:
        """Return the comparisons that there is something for."""
        found = [Against.DELIVERY] * bool(self.last) + [Against.PERIOD] * bool(self.before)
        return [*found, Against.NOTHING] if found else []


@dataclass(frozen=True)
class ReviewLine:
    """One line: what stands there now, how it changed, and what stood there in the previous period."""

    key: str
    label: str
    state: WorkState | None
    last_state: WorkState | None
    texts: tuple[tuple[str, SafeString], ...]
    difficulties: tuple[SafeString, ...]
    proposals: tuple[SafeString, ...]
    before_state: WorkState | None
    before_texts: tuple[tuple[str, str], ...]
    is_changed: bool
    remarks: list[RemarkView]
    also_serves: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """Return the id of the line on the page."""
        return line_anchor(self.key)


@dataclass(frozen=True)
class FigureLine:
    """One counter or indicator, with the figure of the last delivery and of the previous period."""

    key: str
    label: str
    unit: str
    figures: tuple[tuple[str, str], ...]
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

    versions: Versions = field(default_factory=Versions)
    against: Against = Against.NOTHING
    lines: tuple[ReviewLine, ...] = ()
    counters: tuple[FigureLine, ...] = ()
    indicators: tuple[FigureLine, ...] = ()


def read_versions(submission: Submission) -> Versions:
    """Return what was sent, in three queries; nothing where this version has never been sent."""
    rows = Delivery.objects.filter(submission__expectation=submission.expectation_id, is_recalled=False)
    rows = rows.filter(submission__version__lte=submission.version).order_by("-submission__version", "-number")
    sent = list(rows[:2])
    if not sent or sent[0].submission_id != submission.pk:
        return Versions()
    before, title = _previous(submission)
    return Versions(sent[0], sent[0].content, sent[1].content if len(sent) > 1 else {}, before, title)


def _previous(submission: Submission) -> tuple[Content, str]:
    """Return what the body sent for the previous period, and what that period is called."""
    period = previous_period(submission.expectation.period)
    if period is None:
        return {}, ""
    rows = Delivery.objects.filter(
        submission__expectation__period=period,
        submission__expectation__body_id=submission.expectation.body_id,
        is_recalled=False,
    )
    delivery = rows.order_by("-submission__version", "-number").first()
    return (delivery.content, period.title) if delivery else ({}, "")


def review_of(versions: Versions, remarks: Remarks, asked: str = "") -> Review:
    """Return the review of what was sent, marked against what is asked for; no query."""
    if versions.delivery is None:
        return Review()
    offered = versions.offered
    against = Against(asked) if asked in offered else (offered or [Against.NOTHING])[0]
    return Review(
        versions=versions,
        against=against,
        lines=tuple(_lines(versions, against, remarks)),
        counters=tuple(_figures("counters", versions, remarks)),
        indicators=tuple(_figures("indicators", versions, remarks)),
    )


def by_line(content: Content, kind: str) -> dict[str, Content]:
    """Return the rows of a frozen content by their line keys."""
    return {row["line"]: row for row in content.get(kind, ())}


def _lines(versions: Versions, against: Against, remarks: Remarks) -> Iterator[ReviewLine]:
    """Yield the lines as they were sent, then those that the last delivery still had, then the closing part."""
    base = versions.marked_from(against)
    now, last, before, marks = (
        by_line(part, "entries") for part in (versions.now, versions.last, versions.before, base)
    )
    gone = [key for key in last if key not in now]
    for key in [*now, *gone]:
        row, old = now.get(key, {}), last.get(key, {})
        yield ReviewLine(
            key=key,
            label=row.get("title") or old.get("title") or key.partition(":")[2],
            state=_state(row),
            last_state=_state(old) if _state(old) != _state(row) else None,
            texts=_texts([("", row.get("text", ""), marks.get(key, {}).get("text", ""))], against),
            difficulties=_difficulties(marks.get(key, {}), row),
            proposals=_proposals(marks.get(key, {}), row),
            before_state=_state(before.get(key, {})),
            before_texts=_plain([("", before.get(key, {}).get("text", ""))]),
            is_changed=bool(last) and _says(row) != _says(old),
            remarks=remarks.get(key, []),
            also_serves=tuple(row.get("also_serves", ())),
        )
    closing = versions.now.get("closing") or {}
    if any(closing.values()):
        yield _closing(versions, against, closing, remarks)


def _closing(versions: Versions, against: Against, closing: Content, remarks: Remarks) -> ReviewLine:
    """Return the closing part as one line of several texts."""
    words, marks = closing_words(), versions.marked_from(against).get("closing") or {}
    last, earlier = versions.last.get("closing") or {}, versions.before.get("closing") or {}
    return ReviewLine(
        key=CLOSING,
        label=_("General assessment and proposals"),
        state=None,
        last_state=None,
        texts=_texts([(words[name], closing.get(name, ""), marks.get(name, "")) for name in CLOSING_FIELDS], against),
        difficulties=_difficulties(marks, closing),
        proposals=_proposals(marks, closing),
        before_state=None,
        before_texts=_plain([(words[name], earlier.get(name, "")) for name in CLOSING_FIELDS]),
        is_changed=bool(last) and closing != last,
        remarks=remarks.get(CLOSING, []),
    )


def _says(row: Content) -> Content:
    """Return what a line says, without its heading."""
    return {name: value for name, value in row.items() if name != "title"}


def _texts(rows: Sequence[tuple[str, str, str]], against: Against) -> tuple[tuple[str, SafeString], ...]:
    """Return the texts with their marks; what the previous period said stands beside them anyway."""
    beside = against == Against.PERIOD
    shown = [row for row in rows if row[1] or (row[2] and not beside)]
    return tuple((name, marked_changes(old, text, beside=beside)) for name, text, old in shown)


def _plain(rows: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name, text in rows if text)


def _state(row: Content) -> WorkState | None:
    return WorkState(row["state"]) if row.get("state") else None


def _difficulties(old: Content, row: Content) -> tuple[SafeString, ...]:
    before, after = ([item["text"] for item in part.get("difficulties", ())] for part in (old, row))
    return marked_items(before if old else after, after)


def _proposals(old: Content, row: Content) -> tuple[SafeString, ...]:
    before, after = (
        [f"{item['text']} – {Addressee(item['addressee']).label}" for item in part.get("proposals", ())]
        for part in (old, row)
    )
    return marked_items(before if old else after, after)


def _figures(kind: str, versions: Versions, remarks: Remarks) -> Iterator[FigureLine]:
    """Yield the counters or the indicators as they were sent, each figure with what it was where it changed."""
    last_rows, before_rows = by_line(versions.last, kind), by_line(versions.before, kind)
    for key, row in by_line(versions.now, kind).items():
        last = last_rows.get(key, {})
        pairs = [(frozen_figure(last.get(name)), frozen_figure(row.get(name))) for name in FIGURES[kind]]
        yield FigureLine(
            key=key,
            label=row["title"],
            unit=row["unit"],
            figures=tuple((old if last and old != now else "", now) for old, now in pairs),
            earlier=frozen_figure(before_rows.get(key, {}).get(FIGURES[kind][0])),
            note=row.get("note", ""),
            is_estimate=row.get("is_estimate", False),
            is_changed=bool(versions.last) and row != last,
            remarks=remarks.get(key, []),
        )
