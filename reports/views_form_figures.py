"""Pages where figures of a report are written: the counters and, once a year, the indicators."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from plan_tracker.lib.secrecy import marking_error
from reports.browser_copy import say_saved
from reports.checks import Fault, counter_faults, cumulative_before, figures_around, is_blank, reading_faults
from reports.figure_pages import RowView, counter_row, indicator_row, last_counters, last_readings
from reports.figures import (
    Figures,
    TypedRow,
    counter_fields,
    counter_figures,
    indicator_fields,
    read_row,
    reading_figures,
    save_counters,
    save_readings,
    without_what_follows,
)
from reports.form_access import editable_or_redirect
from reports.form_frame import answer_to_typing, frame_of, saves_by_itself
from reports.form_pages import Opened, remarks_by_line
from reports.form_tabs import Tab, contents_of, done_lines, next_tab, tabs_of
from reports.quality import counter_looks, reading_looks
from reports.register_filling import own_documents
from reports.remark_answers import answer_error, read_answers, save_answers, show_typed
from reports.sentences import count
from reports.withdrawn_texts import ReportMoved
from tasks.models import IssuedDocument

# A figure in this unit counts what the register lists.
DOCUMENTS_UNIT = "văn bản"


@dataclass(frozen=True)
class Sent:
    """What was sent to a page and why it was not saved; empty where the page is only shown."""

    rows: tuple[TypedRow, ...] = ()
    clashes: Mapping[str, Figures] = field(default_factory=dict)
    moved: str = ""
    status: int = 200


Save = Callable[..., dict[str, Figures]]


@require_http_methods(["GET", "POST"])
def report_counters(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the counters: in the period, and the cumulative figure that follows."""
    opened = editable_or_redirect(request, pk)
    if isinstance(opened, HttpResponse):
        return opened
    if not opened.outline.counters:
        raise Http404
    before = cumulative_before(opened.submission) if request.method == "POST" else {}
    pairs = [
        (counter, without_what_follows(row, before.get(counter.pk)))
        for counter in opened.outline.counters
        for row in [read_row(f"counter:{counter.code}", counter_fields(counter), request.POST)]
    ]

    def save(rows: Sequence[TypedRow], **more: Any) -> dict[str, Figures]:
        chosen = [(counter, row) for counter, row in pairs if row in rows]
        return save_counters(opened.submission, chosen, before, **opened.who, **more)

    return _serve(request, opened, "report_counters", [row for _counter, row in pairs], save)


@require_http_methods(["GET", "POST"])
def report_indicators(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the body's own figures of the plan's indicators."""
    opened = editable_or_redirect(request, pk)
    if isinstance(opened, HttpResponse):
        return opened
    if not opened.outline.indicators:
        raise Http404
    pairs = [
        (indicator, read_row(f"indicator:{indicator.code}", indicator_fields(indicator), request.POST))
        for indicator in opened.outline.indicators
    ]

    def save(rows: Sequence[TypedRow], **more: Any) -> dict[str, Figures]:
        chosen = [(indicator, row) for indicator, row in pairs if row in rows]
        return save_readings(opened.submission, chosen, **opened.who, **more)

    return _serve(request, opened, "report_indicators", [row for _indicator, row in pairs], save)


def _serve(request: HttpRequest, opened: Opened, route: str, typed: Sequence[TypedRow], save: Save) -> HttpResponse:
    """Show the table, or take what was typed."""
    if request.method == "GET":
        return _show(request, opened, route, Sent())
    if saves_by_itself(request):
        return _while_typing(request, opened, route, typed, save)
    answers = read_answers(request.POST)
    if any(row.errors for row in typed) or answer_error(answers):
        return _show(request, opened, route, Sent(tuple(typed), moved=answer_error(answers), status=422))
    try:
        with transaction.atomic():
            clashes = save(typed)
            save_answers(opened.submission, {} if clashes else answers, actor=opened.user, at=opened.at)
    except ReportMoved as refusal:
        return _show(request, opened, route, Sent(tuple(typed), moved=str(refusal), status=409))
    if clashes:
        return _show(request, opened, route, Sent(tuple(typed), clashes, status=409))
    return say_saved(request, _go_on(request, opened, route))


def _while_typing(
    request: HttpRequest, opened: Opened, route: str, typed: Sequence[TypedRow], save: Save
) -> HttpResponse:
    """Save each row that can be saved, and say of every row how it stands; answers to remarks wait for the button."""
    waiting = {row.key for row in typed if request.POST.get(f"{row.anchor}-asked")}
    good = [row for row in typed if not row.errors and row.key not in waiting]
    clashes, moved = {}, ""
    try:
        clashes = save(good, each_alone=True)
    except ReportMoved as refusal:
        moved = str(refusal)
    rows = _rows(opened, route, Sent(tuple(typed), clashes))[1]
    # What a row says now is stored, unless somebody else's figures are: those must be answered first.
    kept = {} if moved else {row.key: row.figures.digest for row in good}
    kept |= {row.key: row.seen for row in rows if row.key in clashes}
    said = [
        {
            "anchor": row.anchor,
            "seen": kept.get(row.key, ""),
            "errors": [] if row.key in waiting else row.errors.values(),
            "findings": row.findings,
            "row": row,
            "is_waiting": row.key in waiting,
        }
        for row in rows
    ]
    status = HTTPStatus.OK if len(good) == len(typed) else HTTPStatus.UNPROCESSABLE_ENTITY
    if moved or clashes or waiting:
        status = HTTPStatus.CONFLICT
    frame = frame_of(request, opened, _tabs(opened, route), place=place_of(route), forget=secret_fields(typed))
    return answer_to_typing(request, frame, lines=said, status=status, moved=moved)


def place_of(route: str) -> str:
    """Return what the page is called when somebody else is told who is where."""
    return _("Activity figures") if route == "report_counters" else _("Indicators")


def secret_fields(typed: Sequence[TypedRow]) -> list[str]:
    """Return the names of the fields that the browser may not keep."""
    return [f"{row.anchor}-note" for row in typed if marking_error(row.figures.note)]


def _go_on(request: HttpRequest, opened: Opened, route: str) -> HttpResponse:
    """Go to the next part, or stay with the word that it is saved."""
    if request.POST.get("do") == "next":
        return redirect(next_tab(opened, route)[1])
    messages.success(request, _("Saved."))
    return redirect(f"reports:{route}", opened.submission.pk)


def _rows(opened: Opened, route: str, sent: Sent) -> tuple[str, list[RowView]]:
    """Return the title of the last report and every row of the table."""
    return _counter_rows(opened, sent) if route == "report_counters" else _indicator_rows(opened, sent)


def _counter_rows(opened: Opened, sent: Sent) -> tuple[str, list[RowView]]:
    """Return the counters."""
    before, inside = figures_around(opened.submission)
    title, last = last_counters(opened.submission)
    values = {row.counter_id: row for row in opened.submission.counter_values.all()}
    remarks, typed = remarks_by_line(opened), {row.key: row for row in sent.rows}
    findings = _sentences(counter_faults(opened.outline, values, before, inside))
    period = opened.submission.expectation.period
    rows = [
        counter_row(
            counter,
            counter_figures(value, before.get(counter.pk)) if value else Figures(),
            typed=typed.get(key),
            last=last.get(counter.pk),
            before=before.get(counter.pk),
            finding=findings.get(key, "") if value and value.in_period is not None else "",
            look=counter_looks(counter, value, last.get(counter.pk), period),
            clash=sent.clashes.get(key),
            remarks=remarks.get(key, ()),
        )
        for counter in opened.outline.counters
        for key, value in [(f"counter:{counter.code}", values.get(counter.pk))]
    ]
    return title, [replace(row, register=register_says(opened, row)) for row in rows]


def register_says(opened: Opened, row: RowView) -> str:
    """Return how many documents the register has for the window, beside a figure that counts documents; one query."""
    if row.unit != DOCUMENTS_UNIT:
        return ""
    period = opened.submission.expectation.period
    rows = IssuedDocument.objects.filter(own_documents(opened.submission), issued_on__gte=period.data_from)
    return count(rows.count())


def _indicator_rows(opened: Opened, sent: Sent) -> tuple[str, list[RowView]]:
    """Return the indicators."""
    title, last = last_readings(opened.submission)
    readings = {row.indicator_id: row for row in opened.submission.readings.all()}
    remarks, typed = remarks_by_line(opened), {row.key: row for row in sent.rows}
    findings = _sentences(reading_faults(opened.outline, readings))
    rows = [
        indicator_row(
            indicator,
            reading_figures(reading, indicator) if reading else Figures(),
            typed=typed.get(key),
            last=last.get(indicator.pk),
            finding=findings.get(key, "") if reading and not is_blank(reading) else "",
            look=reading_looks(indicator, reading, last.get(indicator.pk)),
            clash=sent.clashes.get(key),
            remarks=remarks.get(key, ()),
        )
        for indicator in opened.outline.indicators
        for key, reading in [(f"indicator:{indicator.code}", readings.get(indicator.pk))]
    ]
    return title, rows


def _sentences(faults: Iterable[Fault]) -> dict[str, str]:
    """Return the sentence of each line's fault."""
    return {fault.line: fault.sentence for fault in faults}


def _tabs(opened: Opened, route: str) -> list[Tab]:
    """Return the tabs with what is filled now."""
    return tabs_of(opened, done_lines(opened.outline, contents_of(opened.submission)), route)


def _show(request: HttpRequest, opened: Opened, route: str, sent: Sent) -> HttpResponse:
    """Render a table of figures in its tab."""
    last_title, rows = _rows(opened, route, sent)
    show_typed([remark for row in rows for remark in row.remarks], read_answers(request.POST))
    label, url = next_tab(opened, route)
    frame = frame_of(
        request,
        opened,
        _tabs(opened, route),
        place=place_of(route),
        is_typed=bool(sent.rows),
        forget=secret_fields(sent.rows),
    )
    context: dict[str, Any] = {
        **frame,
        "page": {"next_label": label, "next_url": url},
        "rows": rows,
        "last_title": last_title,
        "conflicts": sent.clashes,
        "moved": sent.moved,
        "errors": [(row, sentence) for row in rows for sentence in row.errors.values()],
        "with_remarks": [row for row in rows if any(remark.state != "settled" for remark in row.remarks)],
    }
    return render(request, f"reports/{route}.html", context, status=sent.status)
