"""The summary as a page shows it: the frozen value with its addresses, bars and sentences; it computes no figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import partial
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from plan_tracker.templatetags.portal import exact
from reports import anchors
from reports.coverage_values import Source
from reports.figure_values import CounterTotal, FigureOfBody, IndicatorValue
from reports.finding_words import finding_row
from reports.kept_pieces import Keep, Pieces
from reports.outline import line_anchor
from reports.summary_shown import (
    AssignmentRow,
    CarriedLine,
    CounterRow,
    FigureLine,
    IndicatorRow,
    Linked,
    LinkedEntry,
    NoteRow,
    PartRow,
    StateRow,
    SummaryPage,
)
from reports.summary_values import (
    AssignmentValue,
    EntryValue,
    GatheredNote,
    Part,
    Summary,
)
from targets.wording import amount
from tasks.choices import Silence, WorkState

ASSESSED = {
    "strengths": gettext_lazy("Strengths"),
    "weaknesses": gettext_lazy("Weaknesses"),
    "causes": gettext_lazy("Causes"),
    "coming_work": gettext_lazy("Coming work"),
}


def addresses(route: str) -> Callable[[int], str]:
    """Return what gives the address of a row of a route quickly; nothing while the route does not exist."""
    try:
        pattern = reverse(route, args=[0])
    except NoReverseMatch:
        return lambda _pk: ""
    before, _zero, after = pattern.partition("/0/")
    return lambda pk: f"{before}/{pk}/{after}"


def summary_page(summary: Summary, pieces: Pieces | None = None) -> SummaryPage:
    """Return the page of a summary; no query. What `pieces` still holds is taken from there."""
    rows = Rows()
    keep = (pieces or Pieces()).keep
    groups, coverage, owed = summary.groups, summary.coverage, summary.coverage.expected
    questions, duties, levels = summary.questions, summary.assignments, summary.indicators
    return SummaryPage(
        summary=summary,
        figures=coverage_figures(summary),
        parts=keep("page:groups", lambda: [rows.part(part, owed) for part in groups], groups, owed),
        questions=keep("page:questions", lambda: [rows.part(part, 0) for part in questions], questions),
        assignments=keep("page:assignments", lambda: [rows.assignment(row) for row in duties], duties),
        counters=_counter_rows(summary.counters, rows.url_of, keep),
        indicators=keep("page:indicators", lambda: _indicator_rows(levels, rows.linked), levels),
        difficulties=keep("page:difficulties", lambda: rows.difficulties(summary), summary.difficulties),
        proposals=keep("page:proposals", lambda: rows.proposals(summary), summary.proposals),
        assessments=keep("page:assessments", lambda: rows.assessments(summary), summary.assessments),
        documents=summary.documents,
        reports=keep("page:reports", lambda: rows.reports(summary), coverage),
        missing=coverage.missing,
        findings=[finding_row(row) for row in summary.findings],
    )


class Rows:
    """Makes the rows of the page: each value with the addresses of the report lines behind it."""

    def __init__(self) -> None:
        self.read = addresses("reports:report_read")

    def url_of(self, source: Source | None) -> str:
        """Return the address of a line of a report."""
        address = self.read(source.submission_pk) if source else ""
        return f"{address}#{line_anchor(source.line)}" if address and source else ""

    def linked(self, rows: Iterable[Any]) -> list[Linked]:
        """Return values that have a source with its address."""
        return [Linked(row, self.url_of(row.source)) for row in rows]

    def entry(self, entry: EntryValue) -> LinkedEntry:
        """Return what one body says."""
        return LinkedEntry(entry, entry.source.body, self.url_of(entry.source))

    def part(self, part: Part, expected: int) -> PartRow:
        """Return a group, a task or a question; of `expected` bodies those that are in no state have not reported."""
        states = [
            StateRow(state, anchors.state(part.line, state or "none"), [self.entry(one) for one in found])
            for state, found in _by_state(part)
        ]
        silent = max(0, expected - sum(number for _state, number in part.counts)) if expected else 0
        bar: list[tuple[Any, int, str]] = [
            (state, number, f"#{anchors.state(part.line, state)}") for state, number in part.counts
        ]
        if silent:
            bar.append((Silence.NOT_REPORTED, silent, f"#{anchors.COVERAGE}"))
        tasks = [self.part(task, 0) for task in part.tasks]
        said = len({entry.source.body.pk for row in (part, *part.tasks) for entry in row.entries})
        return PartRow(part, anchors.part(part.line), bar, part.changes, states, tasks, said)

    def notes(self, rows: Iterable[GatheredNote], anchor: Callable[[int], str]) -> list[NoteRow]:
        """Return gathered texts, each with everybody who wrote it."""
        return [
            NoteRow(row, anchor(place), [Linked(source.body, self.url_of(source)) for source in row.sources])
            for place, row in enumerate(rows)
        ]

    def difficulties(self, summary: Summary) -> list[NoteRow]:
        """Return the difficulties."""
        return self.notes(summary.difficulties, anchors.difficulty)

    def proposals(self, summary: Summary) -> list[tuple[str, list[NoteRow]]]:
        """Return the proposals under whom they are addressed to."""
        return [
            (str(group.addressee.label), self.notes(group.notes, partial(anchors.proposal, group.addressee)))
            for group in summary.proposals
        ]

    def assessments(self, summary: Summary) -> list[tuple[str, list[NoteRow]]]:
        """Return the closing parts of the reports by field."""
        return [
            (str(ASSESSED[row.field]), self.notes(row.notes, partial(anchors.closing, row.field)))
            for row in summary.assessments
            if row.notes
        ]

    def reports(self, summary: Summary) -> list[Linked]:
        """Return who has sent what."""
        return [Linked(row, self.read(row.accepted_pk) if row.accepted_pk else "") for row in summary.coverage.reports]

    def assignment(self, row: AssignmentValue) -> AssignmentRow:
        """Return an assignment with the bodies that have a state, words or a date to show."""
        told = [duty for duty in row.bodies if duty.state is not None or duty.text or duty.done_on]
        bodies = [Linked(duty, self.url_of(duty.source)) for duty in told]
        return AssignmentRow(row, anchors.assignment(row.code), _assignment_bar(row), bodies)


def _by_state(part: Part) -> list[tuple[WorkState | None, list[EntryValue]]]:
    """Return the entries of a line by state, in the order of its bar; those without a state last."""
    order: list[WorkState | None] = [*(state for state, _number in part.counts), None]
    found = [(state, [entry for entry in part.entries if entry.state == state]) for state in order]
    return [(state, entries) for state, entries in found if entries]


def coverage_figures(summary: Summary) -> list[dict[str, Any]]:
    """Return the strip of large numbers over the page."""
    coverage = summary.coverage
    waiting = len(coverage.not_yet_accepted)
    on_time = ngettext("%(n)s on time", "%(n)s on time", coverage.on_time) % {"n": coverage.on_time}
    if then := summary.coverage_then:
        last = _("last time %(received)s of %(expected)s") % {"received": then.received, "expected": then.expected}
        on_time = f"{on_time} · {last}"
    rows, missing = f"#{anchors.COVERAGE}", f"#{anchors.MISSING}"
    strip = [
        {
            "number": coverage.received,
            "of": coverage.expected,
            "label": _("reports sent"),
            "note": on_time,
            "url": rows,
        },
        {
            "number": coverage.accepted,
            "of": coverage.expected,
            "label": _("accepted and counted here"),
            "url": rows,
        },
        {
            "number": len(coverage.missing),
            "label": _("not sent yet"),
            "tone": "bad" if coverage.missing else "",
            "url": missing,
        },
        {"number": waiting, "label": _("sent, not yet accepted"), "tone": "warn" if waiting else "", "url": rows},
    ]
    if coverage.exempt:
        strip.append({"number": coverage.exempt, "label": _("exempt"), "url": rows})
    return strip


def _assignment_bar(row: AssignmentValue) -> list[tuple[Any, int, str]]:
    """Return the counts by state, overdue among them, and the silent last; each leads to the bodies."""
    url = f"#{anchors.assignment(row.code)}"
    bar: list[tuple[Any, int, str]] = [(state, number, url) for state, number in row.counts]
    return [*bar, (Silence.NOT_REPORTED, row.unreported, url)] if row.unreported else bar


def _counter_rows(
    counters: Iterable[CounterTotal], url_of: Callable[[Source | None], str], keep: Keep
) -> list[CounterRow]:
    """Return the counters; the name of a section stands on its first row only."""
    rows: list[CounterRow] = []
    section = ""
    for value in counters:
        head = value.section if value.section != section else ""
        section = value.section
        rows.append(keep(f"page:{value.code}", partial(_counter_row, value, head, url_of), value, head))
    return rows


def _counter_row(value: CounterTotal, head: str, url_of: Callable[[Source | None], str]) -> CounterRow:
    """Return one counter with what each body says of it."""
    lines = partial(_figure_lines, decimals=value.decimals, url_of=url_of)
    carried = [
        CarriedLine(url_of(row.source), row.source.body.short_name, exact(row.cumulative, value.decimals), row.until)
        for row in value.carried
    ]
    anchor = anchors.counter(value.code)
    return CounterRow(value, anchor, head, lines(value.figures), lines(value.figures_beside), carried)


def _figure_lines(
    figures: Iterable[FigureOfBody], *, decimals: int, url_of: Callable[[Source | None], str]
) -> list[FigureLine]:
    """Return what each body says of a counter, as it is printed."""
    return [
        FigureLine(
            url_of(row.source),
            row.source.body.short_name,
            exact(row.in_period, decimals),
            exact(row.cumulative, decimals),
            row.is_estimate,
        )
        for row in figures
    ]


def _indicator_rows(
    indicators: Iterable[IndicatorValue], linked: Callable[[Iterable[Any]], list[Linked]]
) -> list[IndicatorRow]:
    """Return the indicators with the addresses of their own pages."""
    rows = []
    for value in indicators:
        try:
            url = reverse("targets:indicator_detail", args=[value.code])
        except NoReverseMatch:
            url = ""
        latest, reported, before = (_amount(figure, value) for figure in (value.latest, value.reported, value.before))
        anchor, readings = anchors.indicator(value.code), linked(value.readings)
        rows.append(IndicatorRow(value, anchor, url, latest, reported, readings, _change(value), before))
    return rows


def _change(value: IndicatorValue) -> str:
    """Return the change that is judged, in points where the level is a percentage."""
    if value.change is None:
        return ""
    unit = _("percentage points") if value.unit.startswith("%") else value.unit
    return amount(value.change, unit, value.decimals, get_language() or "vi")


def _amount(figure: Decimal | None, value: IndicatorValue) -> str:
    """Return a figure with its unit, or nothing."""
    return "" if figure is None else amount(figure, value.unit, value.decimals, get_language() or "vi")
