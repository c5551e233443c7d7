"""Pages of a body's own register of issued documents: typed once, it fills every later report."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plan_tracker.accounts.models import User
from reports.forms_register import RegisterForm
from tasks.models import Body, IssuedDocument, Plan
from tasks.permissions import Standing, can_keep_register, standing_of
from tasks.querysets import IssuedDocumentQuerySet
from tasks.reading import chosen_plan

PAGE_SIZE = 50


def own_standing(request: HttpRequest) -> Standing:
    """Return who the person is; only who writes for a body keeps a register."""
    standing = standing_of(request.user, on=timezone.localdate())
    if not standing.own_bodies:
        raise PermissionDenied
    return standing


def own_documents(standing: Standing) -> IssuedDocumentQuerySet:
    """Return the register of the person's bodies and of those that report through them."""
    mine = Q(body_id__in=standing.own_bodies) | Q(body__reports_through_id__in=standing.own_bodies)
    return IssuedDocument.objects.filter(mine)


def writable_bodies(standing: Standing) -> list[Body]:
    """Return the bodies whose documents the person may record, the own ones first."""
    mine = Q(pk__in=standing.own_bodies) | Q(reports_through_id__in=standing.own_bodies)
    return sorted(Body.objects.filter(mine), key=lambda body: (not can_keep_register(standing, body), body.order))


@require_GET
def register_list(request: HttpRequest) -> HttpResponse:
    """List the documents that the person's bodies issued."""
    standing = own_standing(request)
    rows = own_documents(standing).select_related("body").prefetch_related("tasks", "assignments")
    page = Paginator(rows.order_by("-issued_on", "symbol", "pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    documents = list(page.object_list)
    context = {
        "bodies": writable_bodies(standing),
        "page": page,
        "documents": [(row, served(row)) for row in documents],
        "several_bodies": len({row.body_id for row in documents}) > 1,
    }
    return render(request, "reports/register_list.html", context)


def served(document: IssuedDocument) -> str:
    """Return the codes of what a document serves: “IV.1a, 1.1, 2.5”."""
    assignments = sorted(document.assignments.all(), key=lambda row: row.order)
    tasks = sorted(document.tasks.all(), key=lambda row: (row.group_id, row.number))
    return ", ".join([row.code for row in assignments] + [row.code for row in tasks])


@require_http_methods(["GET", "POST"])
def register_create(request: HttpRequest) -> HttpResponse:
    """Record an issued document."""
    standing = own_standing(request)
    return _edit(request, standing, IssuedDocument())


@require_http_methods(["GET", "POST"])
def register_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a line of the register."""
    standing = own_standing(request)
    return _edit(request, standing, get_object_or_404(own_documents(standing), pk=pk))


def _edit(request: HttpRequest, standing: Standing, document: IssuedDocument) -> HttpResponse:
    """Show or take the form of one document."""
    plan = document.plan if document.pk else chosen_plan(request) or Plan.objects.first()
    if plan is None:
        raise PermissionDenied
    form = RegisterForm(request.POST or None, instance=document, plan=plan, bodies=writable_bodies(standing))
    if request.method == "POST" and form.is_valid():
        _save(request, form, plan)
        messages.success(request, _("The register is up to date. The document now stands in your reports' forms."))
        return redirect("reports:register_create" if request.POST.get("do") == "another" else "reports:register_list")
    context = {"form": form, "document": document if document.pk else None}
    return render(request, "reports/register_edit.html", context, status=422 if form.is_bound else 200)


def _save(request: HttpRequest, form: RegisterForm, plan: Plan) -> None:
    """Keep the document with who recorded it."""
    assert isinstance(request.user, User)  # noqa: S101 - the middleware lets nobody else in
    document = form.save(commit=False)
    if document.pk is None:
        document.plan, document.is_demo = plan, request.user.is_demo
    document.recorded_by = request.user
    document.save()
    form.save_m2m()


@require_POST
def register_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a line out of the register."""
    standing = own_standing(request)
    document = get_object_or_404(own_documents(standing), pk=pk)
    document.delete()
    messages.success(request, _("The document is no longer in the register."))
    return redirect("reports:register_list")
