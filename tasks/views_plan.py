"""The plan's number and date, entered by an administrator, and the documents that the plan cites."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tasks.forms import PlanNumberForm
from tasks.models import Citation, LegalDocument
from tasks.permissions import can_edit_plan, standing_of
from tasks.reading import anchor_of, current_plan


@dataclass(frozen=True)
class Place:
    """A place of the plan that cites a document."""

    label: str
    anchor: str


@dataclass(frozen=True)
class CitedDocument:
    """A cited document with the places that cite it."""

    document: LegalDocument
    places: tuple[Place, ...]


@require_http_methods(["GET", "POST"])
def plan_edit(request: HttpRequest) -> HttpResponse:
    """Enter the plan's own number and date."""
    if not can_edit_plan(standing_of(request.user, on=localdate())):
        raise PermissionDenied
    plan = current_plan(request)
    form = PlanNumberForm(request.POST or None, instance=plan)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The number and the date of the plan are saved."))
        return redirect("reports:plan_detail")
    return render(request, "tasks/plan_edit.html", {"form": form, "plan_shown": plan})


@require_GET
def document_list(request: HttpRequest) -> HttpResponse:
    """List the documents that the plan cites, each with the places that cite it."""
    plan = current_plan(request)
    places: dict[int, list[Place]] = defaultdict(list)
    cited = Citation.objects.filter(passage__plan=plan).select_related("passage").order_by("passage__order", "start")
    for citation in cited.only("document_id", "passage__code"):
        place = Place(citation.passage.code, anchor_of(citation.passage.code))
        if place not in places[citation.document_id]:
            places[citation.document_id].append(place)
    documents = [CitedDocument(row, tuple(places[row.pk])) for row in LegalDocument.objects.filter(pk__in=places)]
    numbered = [row for row in documents if row.document.symbol]
    others = [row for row in documents if not row.document.symbol]
    context = {
        "numbered": numbered,
        "others": others,
        "sections": [(_("With a number"), numbered), (_("Without a number"), others)],
        "total": len(documents),
    }
    return render(request, "tasks/document_list.html", context)
