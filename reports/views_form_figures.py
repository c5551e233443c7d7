"""Pages where figures of a report are written: the counters and, once a year, the indicators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reports.checks import Fault, counter_faults, cumulative_before, is_blank, reading_faults
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
)
from reports.filling import ReportMoved
from reports.form_access import editable_or_redirect
from reports.form_pages import Opened, remarks_by_line
from reports.form_tabs import contents_of, done_lines, next_tab, still_open, tabs_of
from reports.remark_answers import answer_error, read_answers, save_answers, show_typed


@dataclass(frozen=True)
class Sent:
    """What was sent to a page and why it was not saved; empty where the page is only shown."""

    rows: tuple[TypedRow, ...] = ()
    clashes: Mapping[str, Figures] = field(default_factory=dict)
    moved: str = ""
    status: int = 200


@require_http_methods(["GET", "POST"])
def report_counters(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the counters: in the period, and the cumulative figure that follows."""
    opened = editable_or_redirect(request, pk)
    if isinstance(opened, HttpResponse):
        return opened
    if not opened.outline.counters:
        raise Http404
    if request.method == "GET":
        return _counters_page(request, opened)
    pairs = [
        (counter, read_row(f"counter:{counter.code}", counter_fields(counter), request.POST))
        for counter in opened.outline.counters
    ]
    typed = tuple(row for _counter, row in pairs)
    answers = read_answers(request.POST)
    if any(row.errors for row in typed) or answer_error(answers):
        return _counters_page(request, opened, Sent(typed, moved=answer_error(answers), status=422))
    before = cumulative_before(opened.submission)
    try:
        with transaction.atomic():
            clashes = save_counters(opened.submission, pairs, before, **opened.who)
            save_answers(opened.submission, {} if clashes else answers, actor=opened.user, at=opened.at)
    except ReportMoved as refusal:
        return _counters_page(request, opened, Sent(typed, moved=str(refusal), status=409))
    if clashes:
        return _counters_page(request, opened, Sent(typed, clashes, status=409))
    return _go_on(request, opened, "report_counters")


@require_http_methods(["GET", "POST"])
def report_indicators(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the body's own figures of the plan's indicators."""
    opened = editable_or_redirect(request, pk)
    if isinstance(opened, HttpResponse):
        return opened
    if not opened.outline.indicators:
        raise Http404
    if request.method == "GET":
        return _indicators_page(request, opened)
    pairs = [
        (indicator, read_row(f"indicator:{indicator.code}", indicator_fields(indicator), request.POST))
        for indicator in opened.outline.indicators
    ]
    typed = tuple(row for _indicator, row in pairs)
    answers = read_answers(request.POST)
    if any(row.errors for row in typed) or answer_error(answers):
        return _indicators_page(request, opened, Sent(typed, moved=answer_error(answers), status=422))
    try:
        with transaction.atomic():
            clashes = save_readings(opened.submission, pairs, **opened.who)
            save_answers(opened.submission, {} if clashes else answers, actor=opened.user, at=opened.at)
    except ReportMoved as refusal:
        return _indicators_page(request, opened, Sent(typed, moved=str(refusal), status=409))
    if clashes:
        return _indicators_page(request, opened, Sent(typed, clashes, status=409))
    return _go_on(request, opened, "report_indicators")


def _go_on(request: HttpRequest, opened: Opened, route: str) -> HttpResponse:
    """Go to the next part, or stay with the word that it is saved."""
    if request.POST.get("do") == "next":
        return redirect(next_tab(opened, route)[1])
    messages.success(request, _("Saved."))
    return redirect(f"reports:{route}", opened.submission.pk)


def _counters_page(request: HttpRequest, opened: Opened, sent: Sent = Sent()) -> HttpResponse:
    """Render the table of counters."""
    before = cumulative_before(opened.submission)
    title, last = last_counters(opened.submission)
    values = {row.counter_id: row for row in opened.submission.counter_values.all()}
    remarks, typed = remarks_by_line(opened), {row.key: row for row in sent.rows}
    findings = _sentences(counter_faults(opened.outline, values, before))
    rows = [
        counter_row(
            counter,
            counter_figures(value, before.get(counter.pk)) if value else Figures(),
            typed=typed.get(key),
            last=last.get(counter.pk),
            before=before.get(counter.pk),
            finding=findings.get(key, "") if value and value.in_period is not None else "",
            clash=sent.clashes.get(key),
            remarks=remarks.get(key, ()),
        )
        for counter in opened.outline.counters
        for key, value in [(f"counter:{counter.code}", values.get(counter.pk))]
    ]
    return _show(request, opened, "report_counters", rows, title, sent)


def _indicators_page(request: HttpRequest, opened: Opened, sent: Sent = Sent()) -> HttpResponse:
    """Render the table of indicators."""
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
            clash=sent.clashes.get(key),
            remarks=remarks.get(key, ()),
        )
        for indicator in opened.outline.indicators
        for key, reading in [(f"indicator:{indicator.code}", readings.get(indicator.pk))]
    ]
    return _show(request, opened, "report_indicators", rows, title, sent)


def _sentences(faults: Iterable[Fault]) -> dict[str, str]:
    """Return the sentence of each line's fault."""
    return {fault.line: fault.sentence for fault in faults}


def _show(  # noqa: PLR0913, PLR0917 - one page for both tables
    request: HttpRequest, opened: Opened, route: str, rows: Sequence[RowView], last_title: str, sent: Sent
) -> HttpResponse:
    """Render a table of figures in its tab."""
    show_typed([remark for row in rows for remark in row.remarks], read_answers(request.POST))
    done = done_lines(opened.outline, contents_of(opened.submission))
    tabs = tabs_of(opened, done, route)
    label, url = next_tab(opened, route)
    context: dict[str, Any] = {
        "opened": opened,
        "tabs": tabs,
        "still_open": still_open(tabs),
        "page": {"next_label": label, "next_url": url},
        "rows": rows,
        "last_title": last_title,
        "conflicts": sent.clashes,
        "moved": sent.moved,
        "errors": [(row, sentence) for row in rows for sentence in row.errors.values()],
        "with_remarks": [row for row in rows if any(remark.state != "settled" for remark in row.remarks)],
    }
    return render(request, f"reports/{route}.html", context, status=sent.status)
