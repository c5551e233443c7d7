"""One body: what it is, what it was given, what it has issued and reported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from reports.choices import PeriodState, ReportStanding, SubmissionState
from reports.expectations import report_standing
from reports.models import Expectation
from reports.permissions import expectations_visible_to, submissions_visible_to
from tasks.choices import Timeliness
from tasks.deadlines import days_in_words, in_words
from tasks.dossier import Dossier, read_dossier
from tasks.inspections import OPEN, inspection_state
from tasks.models import Body
from tasks.permissions import Standing, bodies_read_by, can_keep_register, standing_of
from tasks.reading import shown_plans
from tasks.sources import told
from tasks.succession import read_family

KEPT = 12


@dataclass(frozen=True)
class ReportRow:
    """One period of the body: whether the report came, and the newest version that the reader may open."""

    expectation: Expectation
    standing: ReportStanding
    url: str
    state: SubmissionState | None


@require_GET
def body_detail(request: HttpRequest, code: str) -> HttpResponse:
    """Show a body; what it reported only to those who may read it."""
    now = timezone.now()
    today = timezone.localdate(now)
    standing = standing_of(request.user, on=today)
    body, reports_for = found(code)
    readable = bodies_read_by(standing)
    family = read_family(body)
    # Whoever works for a body that follows reads what the one before reported.
    published = readable is None or bool({body.pk, *family.lineage.heirs([body.pk])} & readable)
    dossier = read_dossier(body, reports_for, family, on=today, published=published, plans=shown_plans(request))
    inspections = [(row, inspection_state(row, on=today)) for row in dossier.inspections]
    context = {
        "body": body,
        "dossier": dossier,
        "published": published,
        "answers": [(answer, in_words(answer.deadline), days_in_words(answer.timing)) for answer in dossier.answers],
        "overdue": overdue_of(dossier) if published else 0,
        "groups": told(list(dossier.groups)),
        "tasks": told(list(dossier.tasks)),
        "names": former_names(dossier),
        "inspections": inspections,
        "to_remedy": sum(state in OPEN for _row, state in inspections),
        "keeps_register": can_keep_register(standing, body),
        "reports": _reports(body, standing, now=now) if published else [],
        "crumbs": [{"label": _("Bodies"), "url": reverse("tasks:body_list")}, {"label": body.short_name or body.name}],
    }
    return render(request, "reports/body_detail.html", context)


def overdue_of(dossier: Dossier) -> int:
    """Return how many assignments are overdue; only a dossier read with its answers can tell."""
    return sum(answer.timing.timeliness == Timeliness.OVERDUE for answer in dossier.answers)


def found(code: str) -> tuple[Body, list[Body]]:
    """Return the body with this code and the bodies that it reports for; one query."""
    wanted = Q(code=code) | Q(reports_through__code=code)
    rows = list(Body.objects.filter(wanted).select_related("parent", "reports_through").order_by("order"))
    body = next((row for row in rows if row.code == code), None)
    if body is None:
        raise Http404
    return body, [row for row in rows if row is not body]


def former_names(dossier: Dossier) -> list[str]:
    """Return the names that the body bore before, without the one it bears."""
    return [name.name for name in dossier.names if name.name != dossier.body.name]


def _reports(body: Body, standing: Standing, *, now: datetime) -> list[ReportRow]:
    """Return the last periods of a body with the newest version that this person may read; one query."""
    readable = submissions_visible_to(standing).filter(expectation=OuterRef("pk")).order_by("-version")
    rows = Expectation.objects.filter(body=body).select_related("period")
    rows = rows.annotate(version=Subquery(readable.values("pk")[:1]), state=Subquery(readable.values("state")[:1]))
    rows = rows.filter(Q(version__isnull=False) | Q(pk__in=expectations_visible_to(standing).values("pk")))
    rows = rows.exclude(period__state=PeriodState.CANCELLED)
    found: Iterable[Any] = rows.order_by("-period__data_to")[:KEPT]
    return [
        ReportRow(
            row,
            report_standing(row, at=now),
            reverse("reports:report_read", args=[row.version]) if row.version else "",
            SubmissionState(row.state) if row.state else None,
        )
        for row in found
    ]
