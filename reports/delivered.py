"""A delivery as it was sent, read back from what was kept: lines, figures, closing part, signed copy, and its hash."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plan_tracker.lib.numbers import format_decimal
from reports.choices import Addressee, ReportForm
from reports.deliveries import sha256_of
from reports.lateness import days_past
from reports.models import Delivery
from reports.outline import CLOSING, CLOSING_FIELDS, line_anchor
from tasks.choices import WorkState

Content = dict[str, Any]


@dataclass(frozen=True)
class SentLine:
    """One line of a delivery."""

    key: str
    title: str
    state: WorkState | None
    texts: tuple[tuple[str, str], ...]
    difficulties: tuple[str, ...]
    proposals: tuple[tuple[str, str], ...]
    also_serves: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """Return the id of the line on its page."""
        return line_anchor(self.key)

    @property
    def has_words(self) -> bool:
        """Return whether anything is said in words."""
        return bool(self.texts or self.difficulties or self.proposals)

    @property
    def level(self) -> int:
        """Return how deep its heading stands: a task under its group."""
        return 3 if self.key.startswith("task:") else 2


@dataclass(frozen=True)
class SentFigure:
    """One counter or indicator of a delivery; `numbers` as the page prints them."""

    key: str
    title: str
    unit: str
    numbers: tuple[str, ...]
    is_estimate: bool
    note: str


@dataclass(frozen=True)
class SentReport:
    """A whole delivery; `is_intact` says whether the content still gives the hash that was noted when it came.

    `withdrawn` explains why it does not, where a secret was taken out of it.
    """

    delivery: Delivery
    title: str
    body: str
    form: ReportForm
    data_from: date
    data_to: date
    due_at: datetime
    lines: tuple[SentLine, ...]
    counters: tuple[SentFigure, ...]
    indicators: tuple[SentFigure, ...]
    copy: Content
    corrects: Content
    is_on_behalf: bool
    is_intact: bool
    withdrawn: str = ""

    @property
    def first_sent_at(self) -> datetime:
        """Return when the report came first: sent again after a return it is no later than it was."""
        first = self.delivery.submission.expectation.first_delivered_at
        return min(first, self.delivery.delivered_at) if first else self.delivery.delivered_at

    @property
    def days_late(self) -> int:
        """Return by how many days the report came late."""
        return days_past(self.due_at, self.first_sent_at)

    @property
    def signed_on(self) -> date | None:
        """Return the date of the signed document."""
        return _day(self.copy.get("signed_on"))

    @property
    def follows_by(self) -> date | None:
        """Return the day by which the signed document follows."""
        return _day(self.copy.get("follows_by"))

    @property
    def corrects_on(self) -> date | None:
        """Return the date of the correcting document."""
        return _day(self.corrects.get("date"))

    @property
    def number(self) -> str:
        """Return the number of its receipt."""
        return receipt_number(self.delivery)


def receipt_number(delivery: Delivery) -> str:
    """Return the number of a receipt, such as BN-000123: one for each delivery, never given twice."""
    return f"BN-{delivery.pk:06d}"


def sent_report(delivery: Delivery) -> SentReport:
    """Return what a delivery holds; no query beside the rows that came with it."""
    content, expectation = delivery.content, delivery.submission.expectation
    period = content["period"]
    due = period.get("due")
    return SentReport(
        delivery=delivery,
        title=period["title"],
        body=content["body"]["name"],
        form=ReportForm(content["form"]),
        data_from=date.fromisoformat(period["from"]),
        data_to=date.fromisoformat(period["to"]),
        due_at=datetime.fromisoformat(due) if due else expectation.due_at,
        lines=tuple(_lines(content)),
        counters=tuple(_figures(content.get("counters", ()), ("in_period", "cumulative"))),
        indicators=tuple(_figures(content.get("indicators", ()), ("value", "numerator", "denominator"))),
        copy=content.get("signed_copy") or {},
        corrects=content.get("corrects") or {},
        is_on_behalf=content.get("on_behalf", delivery.submission.is_on_behalf),
        is_intact=sha256_of(content) == delivery.sha256,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _lines(content: Content) -> Iterator[SentLine]:
    """Yield the lines in the order in which they were sent, then the closing part where there is one."""
    for row in content.get("entries", ()):
        yield SentLine(
            key=row["line"],
            title=row.get("title") or row["line"].partition(":")[2],
            state=WorkState(row["state"]) if row.get("state") else None,
            texts=(("", row["text"]),) if row.get("text") else (),
            difficulties=tuple(item["text"] for item in row.get("difficulties", ())),
            proposals=tuple(proposals_of(row)),
            also_serves=tuple(row.get("also_serves", ())),
        )
    closing = content.get("closing") or {}
    if any(closing.values()):
        words = closing_words()
        yield SentLine(
            key=CLOSING,
            title=_("General assessment and proposals"),
            state=None,
            texts=tuple((words[name], text) for name in CLOSING_FIELDS if (text := closing.get(name, ""))),
            difficulties=tuple(item["text"] for item in closing.get("difficulties", ())),
            proposals=tuple(proposals_of(closing)),
        )


def closing_words() -> dict[str, str]:
    """Return what the parts of the closing part are called."""
    return {
        "strengths": _("Strengths"),
        "weaknesses": _("Weaknesses"),
        "causes": _("Causes"),
        "coming_work": _("Coming work"),
    }


def proposals_of(row: Content) -> Iterator[tuple[str, str]]:
    """Yield the proposals of a frozen line with the words of their addressees."""
    for item in row.get("proposals", ()):
        yield item["text"], str(Addressee(item["addressee"]).label)


def _figures(rows: Iterable[Content], names: tuple[str, ...]) -> Iterator[SentFigure]:
    for row in rows:
        yield SentFigure(
            key=row["line"],
            title=row["title"],
            unit=row["unit"],
            numbers=tuple(frozen_figure(row.get(name)) for name in names),
            is_estimate=row.get("is_estimate", False),
            note=row.get("note", ""),
        )


def frozen_figure(text: str | None) -> str:
    """Return a frozen figure with the separators of the page's language, and a dash for nothing."""
    if text is None:
        return "–"
    value = Decimal(text)
    decimals = max(0, -int(value.as_tuple().exponent))
    return format_decimal(value, decimals, get_language() or "vi")
