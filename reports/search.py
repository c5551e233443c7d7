"""What can be found, kind by kind, and how much of each is shown."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports import search_editions, search_plan, search_reports
from reports.search_values import Hit, Kind, Question
from tasks.permissions import Standing

KINDS = (
    Kind("doan", _("In the plan's text"), search_plan.passages),
    Kind("nhiem-vu", _("Tasks"), search_plan.tasks),
    Kind("chi-tieu", _("Indicators"), search_plan.indicators),
    Kind("co-quan", _("Bodies"), search_plan.bodies),
    Kind("bao-cao", pgettext_lazy("found", "In the reports"), search_reports.reports),
    Kind("tong-hop", pgettext_lazy("found", "In the summary reports"), search_editions.editions),
    Kind("van-ban", _("Issued documents"), search_plan.issued_documents),
    Kind("can-cu", _("Documents that the plan cites"), search_plan.legal_documents),
)
BY_NAME = {kind.name: kind for kind in KINDS}
SHOWN, PAGE = 5, 30


@dataclass(frozen=True)
class Section:
    """The hits of one kind, and whether there are more than are shown."""

    kind: Kind
    hits: tuple[Hit, ...]
    has_more: bool


def section(kind: Kind, question: Question, standing: Standing, *, page: int = 1, size: int = PAGE) -> Section:
    """Return one page of a kind; one query."""
    start = (page - 1) * size
    hits = kind.find(question, standing, slice(start, start + size + 1))
    return Section(kind, tuple(hits[:size]), len(hits) > size)


def sections(question: Question, standing: Standing) -> list[Section]:
    """Return the first hits of every kind that has any; one query a kind."""
    if not question.words:
        return []
    found = (section(kind, question, standing, size=SHOWN) for kind in KINDS)
    return [one for one in found if one.hits]
