"""The tabs of the report form: which parts a report has, how much of each is filled, and which comes next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports.checks import WITHOUT_TEXT, entry_key
from reports.filling import EMPTY, Content, served_by
from reports.form_pages import Opened
from reports.models import Entry, Submission
from reports.outline import CLOSING_FIELDS, FormOutline, Line


def is_done(line: Line, content: Content) -> bool:
    """Return whether a line says what it should at least say."""
    if not line.states:
        return bool(content.text)
    return bool(content.state) and (bool(content.text) or content.state in WITHOUT_TEXT)


def contents_of(submission: Submission) -> dict[tuple[str, int], Content]:
    """Return state, text and served tasks of every line, without difficulties and proposals; two queries."""
    return contents_in(submission.entries.prefetch_related("also_serves"))


def contents_in(entries: Iterable[Entry]) -> dict[tuple[str, int], Content]:
    """Return the same of entries that were read with `also_serves`."""
    return {entry_key(entry): Content(entry.state, entry.text.strip(), serves=served_by(entry)) for entry in entries}


def done_lines(outline: FormOutline, contents: Mapping[tuple[str, int], Content]) -> frozenset[str]:
    """Return the keys of the lines that are filled, here or by a line that says that it also serves them."""
    served = {f"task:{code}" for content in contents.values() if content.text for code in content.serves}
    return frozenset(
        line.key
        for line in outline.entry_lines()
        if line.key in served or is_done(line, contents.get((line.subject, line.subject_id), EMPTY))
    )


@dataclass(frozen=True)
class Tab:
    """One tab of the form with how much of it is filled."""

    label: str
    url: str
    current: bool
    done: int | None = None
    total: int | None = None

    @property
    def count(self) -> str:
        """Return “5/8”."""
        return "" if self.total is None else f"{self.done}/{self.total}"


def tabs_of(opened: Opened, done: frozenset[str], current: str) -> list[Tab]:
    """Return the tabs of a report; a part that the form does not have is left out."""
    submission, outline = opened.submission, opened.outline
    group_lines = [line.key for group in outline.groups for line in group.lines]
    others = [line.key for line in (*outline.assignment_lines, *outline.question_lines)]
    closing = sum(bool(getattr(submission, name).strip()) for name in CLOSING_FIELDS)
    counters, readings = getattr(submission, "counters_done", 0), getattr(submission, "readings_done", 0)
    asked = _("Questions") if outline.questions and not outline.assignments else _("Assignments (section IV)")
    groups = pgettext("part of a report", "Groups")
    parts = [
        (True, groups, "report_detail", sum(key in done for key in group_lines), len(group_lines)),
        (bool(outline.counters), _("Activity figures"), "report_counters", counters, len(outline.counters)),
        (bool(outline.indicators), _("Indicators"), "report_indicators", readings, len(outline.indicators)),
        (bool(others), asked, "report_assignments", sum(key in done for key in others), len(others)),
        (outline.has_closing, _("Assessment"), "report_closing", closing, len(CLOSING_FIELDS)),
        (True, _("Check and sign"), "report_check", None, None),
    ]
    shown = [part[1:] for part in parts if part[0]]
    return [
        Tab(f"{place}. {label}", reverse(f"reports:{route}", args=[submission.pk]), route == current, filled, total)
        for place, (label, route, filled, total) in enumerate(shown, start=1)
    ]


def next_tab(opened: Opened, current: str) -> tuple[str, str]:
    """Return what the button says that saves and goes on to the next part, and where it leads."""
    tabs = tabs_of(opened, frozenset(), current)
    place = next(place for place, tab in enumerate(tabs) if tab.current)
    following = tabs[place + 1]
    return _("Save and go on"), following.url


def still_open(tabs: Iterable[Tab]) -> int:
    """Return how many lines of the whole form are still empty."""
    return sum((tab.total or 0) - (tab.done or 0) for tab in tabs)
