"""The summary as a page shows it: the frozen value with its addresses, bars and sentences; it computes no figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from reports.coverage_values import BodyRef, BodyReport, Source
from reports.figure_values import CounterTotal, IndicatorValue
from reports.outline import line_anchor
from reports.summary_values import AssignmentValue, Change, DutyOfBody, EntryValue, Finding, GatheredNote, Part, Summary
from targets.wording import amount
from tasks.choices import Silence

NAMES_IN_A_FINDING = 12
FINDINGS = {
    "plan_number": gettext_lazy("The plan's own number or date is missing: the report prints dots in their place."),
    "not_sent": gettext_lazy("Not sent yet"),
    "not_accepted": gettext_lazy("Sent, but not yet accepted; not counted here"),
    "nil": gettext_lazy("Nothing new to report"),
    "confidential": gettext_lazy("Separate report under the confidentiality rules"),
    "silent_group": gettext_lazy("Accepted reports without words on the group"),
    "copied": gettext_lazy("Text taken over unchanged from the last period"),
    "counter_gap": gettext_lazy("Figures still missing"),
    "estimates": gettext_lazy("Estimates among the figures"),
    "counters_empty": gettext_lazy("No body has given a figure"),
    "group_empty": gettext_lazy("No words and no figure on the group"),
    "section_empty": gettext_lazy("No report has words for this section"),
    "indicators_empty": gettext_lazy("No figure of the province"),
}


@dataclass(frozen=True)
class Linked:
    """A value with the address of the report line it comes from; without one where there is no such page."""

    value: Any
    url: str


@dataclass(frozen=True)
class LinkedEntry:
    """What one body says, with where it says so."""

    entry: EntryValue
    body: BodyRef
    url: str


@dataclass(frozen=True)
class PartRow:
    """A group or task: its bar with the silent bodies last, its changes and its linked entries."""

    part: Part
    anchor: str
    bar: list[tuple[Any, int]]
    changes: tuple[Change, ...]
    entries: list[LinkedEntry]
    tasks: list[PartRow]
    said: int


@dataclass(frozen=True)
class AssignmentRow:
    """An assignment with its bar and its bodies."""

    value: AssignmentValue
    bar: list[tuple[Any, int]]
    bodies: list[Linked]


@dataclass(frozen=True)
class CounterRow:
    """A counter with the figures behind its sum; `section` is set on the first row of each."""

    value: CounterTotal
    section: str
    figures: list[Linked]
    beside: list[Linked]


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator with the readings behind the figure of the bodies."""

    value: IndicatorValue
    url: str
    latest: str
    reported: str
    readings: list[Linked]
    change: str
    before: str


@dataclass(frozen=True)
class NoteRow:
    """A difficulty or proposal with everybody who raises it."""

    note: GatheredNote
    sources: list[Linked]


@dataclass(frozen=True)
class FindingRow:
    """One line of the check-list: what is the matter, with whom, and with which lines."""

    sentence: str
    bodies: str
    what: str


@dataclass(frozen=True)
class SummaryPage:
    """Everything that the template prints."""

    summary: Summary
    figures: list[dict[str, Any]]
    parts: list[PartRow]
    questions: list[PartRow]
    assignments: list[AssignmentRow]
    counters: list[CounterRow]
    indicators: list[IndicatorRow]
    difficulties: list[NoteRow]
    proposals: list[tuple[str, list[NoteRow]]]
    reports: list[Linked]
    missing: tuple[BodyRef, ...]
    findings: list[FindingRow]


def addresses(route: str) -> Callable[[int], str]:
    """Return what gives the address of a row of a route quickly; nothing while the route does not exist."""
    try:
        pattern = reverse(route, args=[0])
    except NoReverseMatch:
        return lambda _pk: ""
    before, _zero, after = pattern.partition("/0/")
    return lambda pk: f"{before}/{pk}/{after}"


def summary_page(summary: Summary) -> SummaryPage:
    """Return the page of a summary; no query."""
    read = addresses("reports:report_read")

    def url_of(source: Source | None) -> str:
        address = read(source.submission_pk) if source else ""
        return f"{address}#{line_anchor(source.line)}" if address and source else ""

    def linked(rows: Iterable[Any]) -> list[Linked]:
        return [Linked(row, url_of(row.source)) for row in rows]

    def part_row(part: Part, expected: int) -> PartRow:
        entries = [LinkedEntry(entry, entry.source.body, url_of(entry.source)) for entry in part.entries]
        silent = max(0, expected - sum(number for _state, number in part.counts)) if expected else 0
        bar: list[tuple[Any, int]] = [*part.counts, *([(Silence.NOT_REPORTED, silent)] if silent else [])]
        tasks = [part_row(task, 0) for task in part.tasks]
        said = len({entry.source.body.pk for row in (part, *part.tasks) for entry in row.entries})
        return PartRow(part, line_anchor(part.line), bar, part.changes, entries, tasks, said)

    def notes(rows: Iterable[GatheredNote]) -> list[NoteRow]:
        return [NoteRow(row, [Linked(source.body, url_of(source)) for source in row.sources]) for row in rows]

    return SummaryPage(
        summary=summary,
        figures=coverage_figures(summary),
        parts=[part_row(part, summary.coverage.expected) for part in summary.groups],
        questions=[part_row(part, 0) for part in summary.questions],
        assignments=[
            AssignmentRow(row, _assignment_bar(row), [Linked(duty, url_of(duty.source)) for duty in _told(row)])
            for row in summary.assignments
        ],
        counters=_counter_rows(summary.counters, linked),
        indicators=_indicator_rows(summary.indicators, linked),
        difficulties=notes(summary.difficulties),
        proposals=[(str(group.addressee.label), notes(group.notes)) for group in summary.proposals],
        reports=[Linked(row, read(row.accepted_pk) if row.accepted_pk else "") for row in _by_standing(summary)],
        missing=summary.coverage.missing,
        findings=[finding_row(row) for row in summary.findings],
    )


def _by_standing(summary: Summary) -> tuple[BodyReport, ...]:
    """Return the reports in the official order."""
    return summary.coverage.reports


def coverage_figures(summary: Summary) -> list[dict[str, Any]]:
    """Return the strip of large numbers over the page."""
    coverage = summary.coverage
    waiting = len(coverage.not_yet_accepted)
    on_time = ngettext("%(n)s on time", "%(n)s on time", coverage.on_time) % {"n": coverage.on_time}
    strip = [
        {"number": coverage.received, "of": coverage.expected, "label": _("reports sent"), "note": on_time},
        {"number": coverage.accepted, "of": coverage.expected, "label": _("accepted and counted here")},
        {
            "number": len(coverage.missing),
            "label": _("not sent yet"),
            "tone": "bad" if coverage.missing else "",
            "url": "#missing" if coverage.missing else "",
        },
        {"number": waiting, "label": _("sent, not yet accepted"), "tone": "warn" if waiting else ""},
    ]
    if coverage.exempt:
        strip.append({"number": coverage.exempt, "label": _("exempt")})
    return strip


def _assignment_bar(row: AssignmentValue) -> list[tuple[Any, int]]:
    """Return the counts by state, overdue among them, and the silent last."""
    bar: list[tuple[Any, int]] = list(row.counts)
    return [*bar, (Silence.NOT_REPORTED, row.unreported)] if row.unreported else bar


def _told(row: AssignmentValue) -> list[DutyOfBody]:
    """Return the bodies that have a state, words or a date to show."""
    return [duty for duty in row.bodies if duty.state is not None or duty.text or duty.done_on]


def _counter_rows(
    counters: Iterable[CounterTotal], linked: Callable[[Iterable[Any]], list[Linked]]
) -> list[CounterRow]:
    """Return the counters; the name of a section stands on its first row only."""
    rows: list[CounterRow] = []
    section = ""
    for value in counters:
        head = value.section if value.section != section else ""
        section = value.section
        rows.append(CounterRow(value, head, linked(value.figures), linked(value.figures_beside)))
    return rows


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
        rows.append(IndicatorRow(value, url, latest, reported, linked(value.readings), _change(value), before))
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


def finding_row(finding: Finding) -> FindingRow:
    """Return one line of the check-list; a long list of bodies ends with the number of those not named."""
    names = ", ".join(body.short_name for body in finding.bodies[:NAMES_IN_A_FINDING])
    more = len(finding.bodies) - NAMES_IN_A_FINDING
    if more > 0:
        names = ngettext("%(names)s and %(n)s more", "%(names)s and %(n)s more", more) % {"names": names, "n": more}
    sentence = str(FINDINGS[finding.kind])
    if finding.bodies:
        sentence = f"{sentence} ({len(finding.bodies)})"
    return FindingRow(sentence, names, finding.what)
