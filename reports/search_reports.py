"""Finds in what bodies reported: results, difficulties, proposals and closing parts, all in one query."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import CharField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plan_tracker.lib.search_index import Index
from reports import searched
from reports.choices import SubmissionState
from reports.models import Difficulty, Entry, Period, Proposal
from reports.outline import CLOSING, line_anchor
from reports.permissions import submissions_visible_to
from reports.search_values import Hit, Question
from tasks.permissions import Standing

CLOSING_WORDS = Concat(
    "strengths", Value(" "), "weaknesses", Value(" "), "causes", Value(" "), "coming_work", output_field=TextField()
)
# Where an entry says what it is of, in the order in which a line is named.
SUBJECTS = {
    "group": "group__number",
    "task": "task__code",
    "assignment": "assignment__code",
    "question": "question__order",
}
PARTS = {
    "entry": gettext_lazy("results"),
    "difficulty": gettext_lazy("difficulty"),
    "proposal": gettext_lazy("proposal"),
    "closing": gettext_lazy("general assessment"),
}


class Found(NamedTuple):
    """One row of any part: its words, its report, and the line it stands at (none: the closing part)."""

    report: int
    place: int
    part: str
    words: str
    body: str
    state: str
    is_demo: bool
    kind: str
    year: int
    ordinal: int | None
    own_title: str
    group: str | None
    task: str | None
    assignment: str | None
    question: str | None

    @property
    def line(self) -> str:
        """Return the key of the line, as the form and the reading page name it."""
        for name in SUBJECTS:
            code = getattr(self, name)
            if code is not None:
                return f"{name}:{code}"
        return CLOSING

    @property
    def period(self) -> Period:
        """Return the period as far as its name goes."""
        return Period(kind=self.kind, year=self.year, ordinal=self.ordinal, own_title=self.own_title)


def _columns(part: str, report: str, entry: str | None) -> dict[str, Any]:
    """Return the columns of `Found` under names of their own; `report` and `entry` are the ways there, with `__`."""
    period = f"{report}expectation__period__"
    columns: dict[str, Any] = {
        "report": F(f"{report}pk"),
        "place": F("pk"),
        "part": Value(part, output_field=CharField()),
        "words": CLOSING_WORDS if part == "closing" else F("text"),
        "body": F(f"{report}expectation__body__short_name"),
        "state": F(f"{report}state"),
        "is_demo": F(f"{period}is_demo"),
        **{name: F(f"{period}{name}") for name in ("kind", "year", "ordinal", "own_title")},
    }
    for name, path in SUBJECTS.items():
        code = Value(None, output_field=CharField()) if entry is None else F(f"{entry}{path}")
        columns[name] = Cast(code, CharField(max_length=20))
    return {f"found_{name}": columns[name] for name in Found._fields}


def reports(question: Question, standing: Standing, part: slice) -> list[Hit]:
    """Find in the reports that the person reads, the newest first; a version that was replaced is left out."""
    readable = submissions_visible_to(standing).exclude(state=SubmissionState.SUPERSEDED)
    readable = readable.filter(expectation__period__plan__in=question.plans)
    sources: tuple[tuple[str, QuerySet[Any], Index, str, str | None], ...] = (
        ("entry", Entry.objects.filter(submission__in=readable), searched.ENTRIES, "submission__", ""),
        (
            "difficulty",
            Difficulty.objects.filter(submission__in=readable),
            searched.DIFFICULTIES,
            "submission__",
            "entry__",
        ),
        ("proposal", Proposal.objects.filter(submission__in=readable), searched.PROPOSALS, "submission__", "entry__"),
        ("closing", readable, searched.CLOSINGS, "", None),
    )
    first, *others = (
        rows.filter(index.having(question.words, together=question.together))
        .annotate(**(columns := _columns(name, report, entry)))
        .order_by()
        .values_list(*columns)
        for name, rows, index, report, entry in sources
    )
    found = first.union(*others, all=True).order_by("-found_report", "found_place")[part]
    return [_hit(question, Found(*row)) for row in found]


def _hit(question: Question, found: Found) -> Hit:
    """Return a row as it is shown: whose report, of which period, and the words at their line."""
    url = reverse("reports:report_read", args=[found.report]) + f"#{line_anchor(found.line)}"
    code = found.line.partition(":")[2]
    place = {"group": _("Group %(code)s"), "question": _("Question %(code)s")}.get(
        found.line.partition(":")[0], "%(code)s"
    )
    words = [place % {"code": code}] if code else []
    note = " · ".join([*words, str(PARTS[found.part]), str(SubmissionState(found.state).label)])
    return Hit(
        [(f"{found.body} · {found.period.title}", False)], url, note, tuple(question.cut(found.words)), found.is_demo
    )
