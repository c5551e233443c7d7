"""What the pages of counters and indicators show: each row with its cells, the last figure, and what would follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from reports.checks import WRITTEN_STATES
from reports.figures import (
    Figures,
    TypedRow,
    counter_fields,
    following,
    indicator_fields,
    shown_number,
)
from reports.models import CounterValue, Reading, Remark, Submission
from reports.outline import line_anchor
from targets.models import Counter, Indicator

Row = TypeVar("Row", CounterValue, Reading)
OLDEST_FIRST = (
    "submission__expectation__period__data_to",
    "submission__expectation__period__data_from",
    "submission__version",
)


@dataclass(frozen=True)
class Cell:
    """One input: its name, label, text, and what is wrong in it."""

    name: str
    label: str
    text: str
    error: str = ""


@dataclass(frozen=True)
class RowView:
    """One counter or indicator as the page shows it."""

    key: str
    title: str
    unit: str
    seen: str
    cells: tuple[Cell, ...]
    note: str = ""
    note_error: str = ""
    is_estimate: bool = False
    section: str = ""
    last: str = ""
    last_title: str = ""
    before: str = ""
    after: str = ""
    own_total: Cell | None = None
    finding: str = ""
    look: str = ""
    register: str = ""
    conflict: Figures | None = None
    conflict_text: str = ""
    choice_error: str = ""
    hint: str = ""
    remarks: tuple[Remark, ...] = ()
    label: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def anchor(self) -> str:
        """Return the id of the row on its page."""
        return line_anchor(self.key)

    @property
    def findings(self) -> list[dict[str, Any]]:
        """Return what stands in the way, and what is to be looked at again."""
        said = ((self.finding, True), (self.look, False))
        return [{"sentence": sentence, "is_error": is_error} for sentence, is_error in said if sentence]


def earlier(submission: Submission) -> dict[str, Any]:
    """Return the condition that a row stands in a report of this body for an earlier period."""
    period, to = submission.expectation.period, "submission__expectation__period__"
    return {
        "submission__state__in": WRITTEN_STATES,
        "submission__expectation__body_id": submission.expectation.body_id,
        f"{to}plan_id": period.plan_id,
        f"{to}is_demo": period.is_demo,
        f"{to}data_to__lt": period.data_to,
    }


def last_counters(submission: Submission) -> tuple[str, dict[int, CounterValue]]:
    """Return the last value of each counter, with the title of the newest report among them; one query."""
    rows = CounterValue.objects.filter(**earlier(submission), in_period__isnull=False)
    rows = rows.select_related("submission__expectation__period").order_by(*OLDEST_FIRST)
    return _newest({row.counter_id: row for row in rows})


def last_readings(submission: Submission) -> tuple[str, dict[int, Reading]]:
    """Return the last reading of each indicator, with the title of the newest report among them; one query."""
    rows = Reading.objects.filter(**earlier(submission)).select_related("submission__expectation__period")
    return _newest({row.indicator_id: row for row in rows.order_by(*OLDEST_FIRST)})


def _newest(found: dict[int, Row]) -> tuple[str, dict[int, Row]]:
    """Put the title of the newest report before the rows."""
    periods = [row.submission.expectation.period for row in found.values()]
    newest = max(periods, key=lambda period: period.data_to, default=None)
    return (str(newest) if newest else ""), found


def counter_row(  # noqa: PLR0913 - what is stored, typed, known from before
    counter: Counter,
    stored: Figures,
    *,
    typed: TypedRow | None,
    last: CounterValue | None,
    before: Decimal | None,
    finding: str,
    look: str,
    clash: Figures | None,
    remarks: tuple[Remark, ...],
) -> RowView:
    """Return a counter as the page shows it."""
    now = typed.figures if typed else stored
    texts = _texts(counter_fields(counter), now, typed)
    errors = typed.errors if typed else {}
    number, own = now.numbers.get("in_period"), now.numbers.get("cumulative")
    after = own if own is not None else following(number, before)
    total = texts.get("cumulative")
    return RowView(
        key=f"counter:{counter.code}",
        title=counter.title,
        label=counter.title,
        unit=counter.unit,
        section=counter.section,
        seen=stored.digest if typed is None or clash else typed.seen,
        cells=(Cell("in_period", _("In the period"), texts["in_period"], errors.get("in_period", "")),),
        own_total=None
        if total is None
        else Cell("cumulative", _("Own cumulative figure"), total, errors.get("cumulative", "")),
        note=now.note,
        note_error=errors.get("note", ""),
        is_estimate=now.is_estimate,
        last=shown_number(last.in_period, counter.decimals) if last else "",
        last_title=str(last.submission.expectation.period) if last else "",
        before="" if counter.is_level else shown_number(before, counter.decimals),
        after="" if counter.is_level else shown_number(after, counter.decimals),
        finding=finding,
        look=look,
        conflict=clash,
        conflict_text=_said(counter_fields(counter), clash),
        choice_error=errors.get("choice", ""),
        remarks=remarks,
        errors=errors,
    )


def indicator_row(  # noqa: PLR0913 - what is stored, typed, known from before
    indicator: Indicator,
    stored: Figures,
    *,
    typed: TypedRow | None,
    last: Reading | None,
    finding: str,
    look: str,
    clash: Figures | None,
    remarks: tuple[Remark, ...],
) -> RowView:
    """Return an indicator as the page shows it."""
    fields = indicator_fields(indicator)
    now = typed.figures if typed else stored
    texts, errors = _texts(fields, now, typed), typed.errors if typed else {}
    labels = {
        "value": _("Value (%(unit)s)") % {"unit": indicator.unit} if indicator.unit else _("Value"),
        "numerator": indicator.numerator_label or _("Part"),
        "denominator": indicator.denominator_label or _("Whole"),
    }
    return RowView(
        key=f"indicator:{indicator.code}",
        title=indicator.title,
        label=f"{indicator.code} {indicator.short_title}",
        unit=indicator.unit,
        seen=stored.digest if typed is None or clash else typed.seen,
        cells=tuple(Cell(name, labels[name], texts[name], errors.get(name, "")) for name in fields),
        note=now.note,
        note_error=errors.get("note", ""),
        last=indicator_text(indicator, last),
        last_title=str(last.submission.expectation.period) if last else "",
        finding=finding,
        look=look,
        conflict=clash,
        conflict_text=_said(fields, clash),
        choice_error=errors.get("choice", ""),
        hint=indicator.printed,
        remarks=remarks,
        errors=errors,
    )


def indicator_text(indicator: Indicator, row: Reading | None) -> str:
    """Return what a reading said of its indicator in one line: “120 / 400”."""
    fields = indicator_fields(indicator)
    return _said(fields, Figures({name: getattr(row, name) for name in fields})) if row else ""


def _texts(fields: Mapping[str, int], figures: Figures, typed: TypedRow | None) -> dict[str, str]:
    """Return the text of each cell: as typed after a refusal, else the stored number."""
    if typed is not None:
        return dict(typed.raw)
    return {name: shown_number(figures.numbers.get(name), decimals) for name, decimals in fields.items()}


def _said(fields: Mapping[str, int], figures: Figures | None) -> str:
    """Return a row in words: “120 / 400”, with its note."""
    if figures is None:
        return ""
    said = [shown_number(figures.numbers.get(name), decimals) for name, decimals in fields.items()]
    numbers = " / ".join(text for text in said if text) or "–"
    return f"{numbers} ({figures.note})" if figures.note else numbers
