"""The plan as a reader sees it: passages with italics, links to cited documents and footnotes, and the outline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tasks.choices import PassageKind
from tasks.models import Citation, LegalDocument, Passage, Plan, Task, TaskGroup

# What the address of another plan begins with, and where it leaves the plan for the pages.
PLAN_ADDRESS = "kh"
CHOSEN_PLAN = "chosen_plan"
MARKS = "¹²³⁴⁵⁶⁷⁸⁹"
OUTLINE_DEPTH = 3
OUTLINE_WORDS = 60
DOCUMENT_COLUMNS = ("id", "code", "symbol", "doc_type", "title")
TASK_COLUMNS = ("id", "code", "title", "number", "passage_id")
GROUP_COLUMNS = ("id", "number", "short_title", "heading_id")


@dataclass(frozen=True)
class Block:
    """One passage, ready to print: its text as HTML and its footnotes; `kind` and `level` say how it is set."""

    passage: Passage
    anchor: str
    html: SafeString
    footnotes: tuple[Block, ...] = ()

    @property
    def is_heading(self) -> bool:
        """Return whether the passage is a heading."""
        return self.passage.kind == PassageKind.HEADING

    @property
    def heading_level(self) -> int:
        """Return the level of the heading on the page, where the title stands first."""
        return min(6, max(2, self.passage.level + 1))


@dataclass(frozen=True)
class OutlineEntry:
    """One heading of the outline."""

    anchor: str
    label: str
    level: int


def chosen_plan(request: HttpRequest) -> Plan | None:
    """Return the plan that the address names; None where it names none and the plan shown first is meant."""
    plan: Plan | None = request.__dict__.get(CHOSEN_PLAN)
    return plan


def shown_plans(request: HttpRequest) -> QuerySet[Plan]:
    """Return the one plan that a page is about, as a part of other queries; no query."""
    plan = chosen_plan(request)
    return Plan.objects.all()[:1] if plan is None else Plan.objects.filter(pk=plan.pk)


def current_plan(request: HttpRequest, found: Plan | None = None) -> Plan:
    """Return the plan that a page is about (the one found already, if any); a portal without one has no such pages."""
    plan = found or chosen_plan(request) or Plan.objects.first()
    if plan is None:
        raise Http404(_("No plan has been loaded yet."))
    return plan


def anchor_of(code: str) -> str:
    """Return the address of a passage within the page: “III.2.5” is #doan-III.2.5."""
    return f"doan-{code}"


def anchor_of_mark(anchor: str) -> str:
    """Return the address of the mark in the text that leads to a footnote."""
    return f"{anchor}-dau"


@dataclass
class Reading:
    """The plan's passages in order, with the citations and the tasks (and their groups) of each."""

    passages: dict[int, Passage] = field(default_factory=dict)
    citations: dict[int, list[Citation]] = field(default_factory=lambda: defaultdict(list))
    tasks: dict[int, Task] = field(default_factory=dict)


def read_plan(plan: Plan) -> Reading:
    """Return the whole plan; one query, with a row for each citation or task of a passage."""
    joined = {
        **{f"cited_{name}": F(f"citations__document__{name}") for name in DOCUMENT_COLUMNS},
        **{f"task_{name}": F(f"tasks__{name}") for name in TASK_COLUMNS},
        **{f"group_{name}": F(f"tasks__group__{name}") for name in GROUP_COLUMNS},
    }
    rows = (
        Passage.objects.filter(plan=plan)
        .defer("received")
        .annotate(cite_id=F("citations"), cite_start=F("citations__start"), cite_end=F("citations__end"), **joined)
        .order_by("order", "tasks__number", "citations__start")
    )
    reading = Reading()
    cited: set[int] = set()
    for row in rows:
        found: Any = row
        reading.passages.setdefault(row.pk, row)
        if found.cite_id is not None and found.cite_id not in cited:
            cited.add(found.cite_id)
            citation = Citation(pk=found.cite_id, passage=row, start=found.cite_start, end=found.cite_end)
            citation.document = LegalDocument(**_taken(found, "cited", DOCUMENT_COLUMNS))
            reading.citations[row.pk].append(citation)
        if found.task_id is not None and found.task_id not in reading.tasks:
            task = Task(**_taken(found, "task", TASK_COLUMNS))
            task.group = TaskGroup(**_taken(found, "group", GROUP_COLUMNS))
            reading.tasks[found.task_id] = task
    return reading


def _taken(row: Any, prefix: str, names: Iterable[str]) -> dict[str, Any]:
    """Return the columns of a joined table from one row."""
    return {name: getattr(row, f"{prefix}_{name}") for name in names}


def blocks_of(passages: Sequence[Passage], citations: Mapping[int, Sequence[Citation]]) -> list[Block]:
    """Return what the page prints, footnotes with the passage that they belong to."""
    notes: dict[int, list[Passage]] = defaultdict(list)
    for passage in passages:
        if passage.footnote_to_id:
            notes[passage.footnote_to_id].append(passage)
    return [
        block_of(passage, citations, notes.get(passage.pk, ())) for passage in passages if not passage.footnote_to_id
    ]


def outline_of(passages: Iterable[Passage], short: Mapping[int, str]) -> list[OutlineEntry]:
    """Return the headings that the outline lists; `short` has shorter words for some, by passage."""
    return [
        OutlineEntry(anchor_of(passage.code), short.get(passage.pk) or short_heading(passage.text), passage.level)
        for passage in passages
        if passage.kind == PassageKind.HEADING and 0 < passage.level <= OUTLINE_DEPTH
    ]


def short_heading(text: str) -> str:
    """Return a heading short enough for the outline: capitals only where a sentence has them, cut between words."""
    number, dot, words = text.partition(". ")
    if words.isupper():
        words = words[:1] + words[1:].lower()
    label = f"{number}{dot}{words}"
    if len(label) <= OUTLINE_WORDS:
        return label
    return label[:OUTLINE_WORDS].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def block_of(passage: Passage, citations: Mapping[int, Sequence[Citation]], notes: Sequence[Passage] = ()) -> Block:
    """Return one passage with its footnotes."""
    footnotes = tuple(_footnote(note, citations) for note in notes)
    marks = {note.text[:1]: anchor_of(note.code) for note in notes if note.text[:1] in MARKS}
    html = _with_marks(rich_text(passage, citations.get(passage.pk, ())), marks)
    return Block(passage, anchor_of(passage.code), html, footnotes)


def _footnote(note: Passage, citations: Mapping[int, Sequence[Citation]]) -> Block:
    """Return a footnote whose mark leads back to its place in the text."""
    html = rich_text(note, citations.get(note.pk, ()))
    mark = note.text[:1]
    if mark in MARKS:
        back = anchor_of_mark(anchor_of(note.code))
        link = format_html('<a href="#{}" title="{}">{}</a>', back, _("Back to the place in the text"), mark)
        html = mark_safe(html.replace(mark, link, 1))  # noqa: S308 - both parts are escaped
    return Block(note, anchor_of(note.code), html)


def _with_marks(html: SafeString, marks: Mapping[str, str]) -> SafeString:
    """Turn the marks of footnotes into links to them; each keeps an anchor to come back to."""
    for mark, anchor in marks.items():
        link = format_html('<a class="footmark" id="{}" href="#{}">{}</a>', anchor_of_mark(anchor), anchor, mark)
        html = mark_safe(html.replace(mark, link, 1))  # noqa: S308 - both parts are escaped
    return html


def rich_text(passage: Passage, citations: Sequence[Citation]) -> SafeString:
    """Return the text with its italic spans and a link for each cited document; spans may overlap."""
    text = passage.text
    italics = [(int(start), int(end)) for start, end in passage.italics]
    cited = [citation for citation in citations if citation.start < citation.end <= len(text)]
    cuts = {0, len(text)}
    for start, end in [*italics, *((citation.start, citation.end) for citation in cited)]:
        cuts.update({start, end})
    places = sorted(cut for cut in cuts if 0 <= cut <= len(text))
    parts: list[str] = []
    opened: Citation | None = None
    for start, end in pairwise(places):
        citation = next((one for one in cited if one.start <= start and end <= one.end), None)
        if citation is not opened:
            parts.append("</a>" if opened else "")
            parts.append(_opening(citation) if citation else "")
            opened = citation
        piece = escape(text[start:end])
        is_italic = any(first <= start and end <= last for first, last in italics)
        parts.append(f"<em>{piece}</em>" if is_italic else piece)
    parts.append("</a>" if opened else "")
    return mark_safe("".join(parts).replace("\n", "<br>"))  # noqa: S308 - every piece is escaped


def _opening(citation: Citation) -> str:
    """Return the start of the link to a cited document; the title says which document it is."""
    url = f"{reverse('tasks:document_list')}#{citation.document.code}"
    return format_html('<a class="cite" href="{}" title="{}">', url, citation.document.title or str(citation.document))
