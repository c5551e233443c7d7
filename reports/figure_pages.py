"""What the pages of counters and indicators show: each row with its cells, the last figure, and what would follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Subquery
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
    before: str = ""
    after: str = ""
    own_total: Cell | None = None
    finding: str = ""
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


def last_sent(submission: Submission) -> Subquery:
    """Return the key of the last report that this body wrote for an earlier period, to be used inside a query."""
    period = submission.expectation.period
    rows = Submission.objects.filter(
        state__in=WRITTEN_STATES,
        expectation__body_id=submission.expectation.body_id,
        expectation__period__plan_id=period.plan_id,
        expectation__period__is_demo=period.is_demo,
        expectation__period__data_to__lt=period.data_to,
    ).order_by("-expectation__period__data_to", "-expectation__period__data_from", "-version")
    return Subquery(rows.values("pk")[:1])


def last_counters(submission: Submission) -> tuple[str, dict[int, CounterValue]]:
    """Return the title of the last report's period and its counters; one query."""
    rows = list(
        CounterValue.objects.filter(submission_id=last_sent(submission)).select_related(
            "submission__expectation__period"
        )
    )
    title = str(rows[0].submission.expectation.period) if rows else ""
    return title, {row.counter_id: row for row in rows}


def last_readings(submission: Submission) -> tuple[str, dict[int, Reading]]:
    """Return the title of the last report with readings and those readings; one query."""
    period = submission.expectation.period
    rows = (
        Reading.objects.filter(
            submission__state__in=WRITTEN_STATES,
            submission__expectation__body_id=submission.expectation.body_id,
            submission__expectation__period__plan_id=period.plan_id,
            submission__expectation__period__is_demo=period.is_demo,
            submission__expectation__period__data_to__lt=period.data_to,
        )
        .select_related("submission__expectation__period")
        .order_by("submission__expectation__period__data_to", "submission__version")
    )
    found = {row.indicator_id: row for row in rows}
    newest = max(found.values(), key=lambda row: row.submission.expectation.period.data_to, default=None)
    return (str(newest.submission.expectation.period) if newest else ""), found


def counter_row(  # noqa: PLR0913 - what is stored, typed, known from before
    counter: Counter,
    stored: Figures,
    *,
    typed: TypedRow | None,
    last: CounterValue | None,
    before: Decimal | None,
    finding: str,
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
        before="" if counter.is_level else shown_number(before, counter.decimals),
        after="" if counter.is_level else shown_number(after, counter.decimals),
        finding=finding,
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
    before = Figures({name: getattr(last, name) for name in fields}) if last else None
    return RowView(
        key=f"indicator:{indicator.code}",
        title=indicator.title,
        label=f"{indicator.code} {indicator.short_title}",
        unit=indicator.unit,
        seen=stored.digest if typed is None or clash else typed.seen,
        cells=tuple(Cell(name, labels[name], texts[name], errors.get(name, "")) for name in fields),
        note=now.note,
        note_error=errors.get("note", ""),
        last=_said(fields, before),
        finding=finding,
        conflict=clash,
        conflict_text=_said(fields, clash),
        choice_error=errors.get("choice", ""),
        hint=indicator.printed,
        remarks=remarks,
        errors=errors,
    )


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
