"""Finds in what was promised: passages, tasks, indicators, documents and bodies, each in one query."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from plan_tracker.lib.dates import screen_day
from reports.search_values import Hit, Question
from targets import searched as searched_targets
from targets.models import Indicator
from tasks import searched
from tasks.models import Body, BodyName, IssuedDocument, LegalDocument, Passage, Task
from tasks.permissions import Standing, bodies_read_by
from tasks.reading import anchor_of


def passages(question: Question, standing: Standing, part: slice) -> list[Hit]:
    """Find in the plan's own words."""
    rows = Passage.objects.filter(
        searched.PASSAGES.having(question.words, together=question.together), plan__in=question.plans
    )
    page = reverse("reports:plan_detail")
    return [
        Hit(
            [(_("Passage %(code)s") % {"code": row.code}, False)],
            f"{page}#{anchor_of(row.code)}",
            text=tuple(question.cut(row.text)),
        )
        for row in rows.order_by("plan_id", "order")[part]
    ]


def tasks(question: Question, standing: Standing, part: slice) -> list[Hit]:
    """Find tasks by their code and title."""
    rows = Task.objects.filter(
        searched.TASKS.having(question.words, together=question.together), group__plan__in=question.plans
    )
    return [
        Hit(question.mark(str(row)), reverse("tasks:task_detail", args=[row.code]), row.group.short_title)
        for row in rows.select_related("group").order_by("group__plan_id", "group__number", "number")[part]
    ]


def indicators(question: Question, standing: Standing, part: slice) -> list[Hit]:
    """Find indicators by code and title."""
    rows = Indicator.objects.filter(
        searched_targets.INDICATORS.having(question.words, together=question.together), target__plan__in=question.plans
    )
    return [
        Hit(question.mark(f"{row.code} {row.title}"), reverse("targets:indicator_detail", args=[row.code]), row.unit)
        for row in rows.order_by("target__order", "order")[part]
    ]


def legal_documents(question: Question, standing: Standing, part: slice) -> list[Hit]:
    """Find the documents that the plan cites."""
    rows = LegalDocument.objects.filter(searched.LEGAL_DOCUMENTS.having(question.words, together=question.together))
    page = reverse("tasks:document_list")
    return [
        Hit(
            question.mark(str(row)),
            f"{page}#{row.code}",
            " · ".join(filter(None, (row.issuer, row.date_printed))),
            tuple(question.cut(row.title)) if row.symbol else (),
        )
        for row in rows.order_by("order")[part]
    ]


def issued_documents(question: Question, standing: Standing, part: slice) -> list[Hit]:
    """Find in the registers of issued documents that the person reads."""
    rows = IssuedDocument.objects.filter(
        searched.ISSUED_DOCUMENTS.having(question.words, together=question.together), plan__in=question.plans
    )
    readable = bodies_read_by(standing)
    if readable is not None:
        rows = rows.filter(Q(body_id__in=readable) | Q(body__reports_through_id__in=readable))
    return [
        Hit(
            question.mark(str(row)),
            reverse("reports:body_detail", args=[row.body.code]),
            f"{row.body.short_name} · {screen_day(row.issued_on)}",
            tuple(question.cut(row.title)),
            row.is_demo,
        )
        for row in rows.select_related("body").order_by("-issued_on", "pk")[part]
    ]


def bodies(question: Question, standing: Standing, part: slice) -> list[Hit]:
    """Find bodies by the names they bear and have borne."""
    named = BodyName.objects.filter(searched.BODY_NAMES.having(question.words, together=question.together))
    known = Q(searched.BODIES.having(question.words, together=question.together))
    rows = Body.objects.filter(known | Exists(named.filter(body=OuterRef("pk"))))
    found = rows.prefetch_related(Prefetch("names", queryset=named)).order_by("order", "code")
    return [
        Hit(
            question.mark(row.name),
            reverse("reports:body_detail", args=[row.code]),
            row.get_kind_display(),
            tuple(question.mark(", ".join(name.name for name in row.names.all() if name.name != row.name))),
        )
        for row in found[part]
    ]
