"""Finds in editions: issued reports, drafts sent out for comments, sections being written; all in one query."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, NamedTuple

from django.db.models import CharField, F, IntegerField, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from plan_tracker.lib.dates import screen_day
from plan_tracker.lib.marking import Piece
from plan_tracker.lib.search_index import Index
from reports import searched
from reports.choices import Product
from reports.choices_editions import OPEN_EDITIONS, EditionState
from reports.edition_pages import paper_anchor, section_anchor
from reports.models import EditionDraft, EditionSection, Period
from reports.permissions_composer import editions_read_by
from reports.permissions_editions import drafts_visible_to
from reports.search_values import Hit, Question
from tasks.permissions import Standing


class Found(NamedTuple):
    """One row of any part: whose words (a JSON document, or the plain text of a section) and which edition."""

    part: str
    edition: int
    place: int
    version: int
    words: str
    section: str
    number: int | None
    product: str
    state: str
    symbol: str
    signed_on: date | None
    is_demo: bool
    kind: str
    year: int
    ordinal: int | None
    own_title: str
    until: date

    @property
    def title(self) -> str:
        """Return product, period and number as one line."""
        period = Period(kind=self.kind, year=self.year, ordinal=self.ordinal, own_title=self.own_title)
        return " · ".join(filter(None, (str(Product(self.product).label), period.title, self.symbol)))

    @property
    def note(self) -> str:
        """Return what it is: a numbered draft, or a report in its state."""
        state = str(EditionState(self.state).label)
        draft = _("Draft %(number)s") % {"number": self.number} if self.part == "draft" else ""
        day = screen_day(self.signed_on) if self.signed_on and not draft else ""
        return " · ".join(filter(None, (draft, day, state)))


def editions(question: Question, standing: Standing, part: slice) -> list[Hit]:
    """Find in the reports that are drawn up, as far as the person reads them; the latest period first."""
    first, *others = (
        rows.filter(index.having(question.words, together=question.together))
        .annotate(**(columns := _columns(name)))
        .order_by()
        .values_list(*columns)
        for name, rows, index in _sources(question, standing)
    )
    order = ("-found_until", "found_product", "-found_version", "found_part", "-found_number", "found_place")
    return [_hit(question, Found(*row)) for row in first.union(*others, all=True).order_by(*order)[part]]


def _sources(question: Question, standing: Standing) -> tuple[tuple[str, QuerySet[Any], Index], ...]:
    """Return where is looked: whoever reads the issued text finds it there, and not once more in its drafts."""
    read = editions_read_by(standing).filter(period__plan__in=question.plans)
    sent = Q(pk__in=drafts_visible_to(standing).values("pk"), edition__period__plan__in=question.plans)
    drafts = EditionDraft.objects.filter(sent & (Q(edition__state__in=OPEN_EDITIONS) | ~Q(edition__in=read)))
    written = EditionSection.objects.filter(edition__in=read.open(), is_own=True)
    return (
        ("issued", read.fixed(), searched.EDITIONS),
        ("draft", drafts, searched.EDITION_DRAFTS),
        ("section", written, searched.EDITION_SECTIONS),
    )


def _columns(part: str) -> dict[str, Any]:
    """Return the columns of `Found` for one part, under names of their own."""
    edition = "" if part == "issued" else "edition__"
    period = f"{edition}period__"
    columns: dict[str, Any] = {
        "part": Value(part, output_field=CharField()),
        "edition": F(f"{edition}pk"),
        "place": F("pk"),
        "version": F(f"{edition}version"),
        "words": F("text") if part == "section" else Cast("content", TextField()),
        "section": F("key") if part == "section" else Value("", output_field=CharField()),
        "number": F("number") if part == "draft" else Cast(Value(None), IntegerField()),
        "product": F(f"{edition}kind"),
        "state": F(f"{edition}state"),
        "symbol": F(f"{edition}symbol"),
        "signed_on": F(f"{edition}signed_on"),
        "is_demo": F(f"{edition}is_demo"),
        **{name: F(f"{period}{name}") for name in ("kind", "year", "ordinal", "own_title")},
        "until": F(f"{period}data_to"),
    }
    return {f"found_{name}": columns[name] for name in Found._fields}


def _hit(question: Question, found: Found) -> Hit:
    """Return a row as it is shown, with the words at the paragraph or section where they stand."""
    place, text = _passage(question, found)
    if found.part == "section":
        url = reverse("reports:edition_detail", args=[found.edition]) + f"#{section_anchor(found.section)}"
    elif found.part == "draft":
        url = reverse("reports:draft_detail", args=[found.place]) + place
    else:
        url = reverse("reports:edition_life", args=[found.edition]) + place
    return Hit(question.mark(found.title), url, found.note, tuple(text), found.is_demo)


def _passage(question: Question, found: Found) -> tuple[str, list[Piece]]:
    """Return where in the paper the words stand and a cut around them; the number alone has no place in the text."""
    if found.part == "section":
        return "", question.cut(found.words)
    texts = _texts(json.loads(found.words))
    for place, text in texts:
        cut = question.cut(text)
        if any(is_hit for _words, is_hit in cut):
            return f"#{paper_anchor(place)}" if place else "", cut
    return "", []


def _texts(content: dict[str, Any]) -> list[tuple[int, str]]:
    """Return the searched texts of a paper with the number of their block; the subject stands before the first."""
    found = [(0, str(content.get("subject", "")))]
    for place, block in enumerate(content.get("blocks", ()), start=1):
        number_and_title = block.get("heading", ("", ""))[:2]
        found.append((place, " ".join(filter(None, (block.get("start"), block.get("text"), *number_and_title)))))
    return found
