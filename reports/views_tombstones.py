"""Pages on which administrators withdraw secret content: asking, the list of requests, and the decision."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plan_tracker.accounts.models import User
from reports.choices_tombstones import FileKind
from reports.form_access import report_or_404
from reports.form_pages import Opened
from reports.forms_tombstones import AskForm, RefuseForm
from reports.models import Tombstone
from reports.permissions import can_withdraw
from reports.tombstone_decisions import confirm, refuse
from reports.tombstone_files import ReportFile, delete_files, files_of
from reports.tombstone_lines import lines_with_text
from reports.tombstone_pages import facts_of, labels_of, places_in_words, said_at
from reports.tombstones import TombstoneRefused, ask
from reports.views_periods import who
from tasks.permissions import Standing

PAGE_SIZE = 30


def administrator(request: HttpRequest) -> tuple[User, Standing]:
    """Return the person; to everybody but an administrator these pages are not there."""
    user, standing = who(request)
    if not can_withdraw(standing):
        raise Http404
    return user, standing


def crumbs(label: str = "") -> list[dict[str, str]]:
    """Return the way here."""
    found = [{"label": _("Withdrawn secret content"), "url": reverse("reports:tombstone_list") if label else ""}]
    return [*found, {"label": label, "url": ""}] if label else found


@require_GET
def tombstone_list(request: HttpRequest) -> HttpResponse:
    """List the requests, those that wait first."""
    administrator(request)
    rows = Tombstone.objects.select_related(
        "submission__expectation__period", "submission__expectation__body", "asked_by", "confirmed_by", "refused_by"
    )
    waiting = Case(When(confirmed_at=None, refused_at=None, then=0), default=1)
    page = Paginator(rows.order_by(waiting, "-asked_at", "-pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "reports/tombstone_list.html", {"page": page, "rows": page.object_list, "crumbs": crumbs()})


@require_http_methods(["GET", "POST"])
def tombstone_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask that a line of a report, a passage of it, or files be withdrawn; nothing is changed by asking."""
    user, standing = administrator(request)
    opened = report_or_404(request, pk)
    report = opened.submission
    labels = labels_of(opened.outline.labels(), lines_with_text(report))
    files = files_of(report.pk)
    line = request.GET.get("dong", "")
    if request.method == "GET":
        initial = {"line": line if line in labels else "", "chosen": _proposed(files, line)}
        return _ask_page(request, opened, AskForm(initial=initial, lines=labels, files=files))
    form = AskForm(request.POST, lines=labels, files=files)
    if form.is_valid():
        try:
            tombstone = ask(report, form.asked(), actor=user, standing=standing, at=timezone.now())
        except TombstoneRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Asked. Nothing has changed yet: another administrator has to confirm."))
            return redirect("reports:tombstone_detail", tombstone.pk)
    return _ask_page(request, opened, form, status=422)


def _proposed(files: list[ReportFile], line: str) -> list[str]:
    """Return the files that are marked beforehand: those at the line, and scans of the whole report."""
    return [file.sha256 for file in files if file.kind == FileKind.SCAN or (line and file.line == line)]


def _ask_page(request: HttpRequest, opened: Opened, form: AskForm, status: int = 200) -> HttpResponse:
    context = {
        "opened": opened,
        "form": form,
        "said": said_at(opened.submission, str(form["line"].value() or "")),
        "crumbs": crumbs(_("Ask for a withdrawal")),
        "demo": opened.submission.expectation.period.is_demo,
    }
    return render(request, "reports/tombstone_ask.html", context, status=status)


@require_GET
def tombstone_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a request with what it reaches, and the decision or the ways to decide."""
    user, _standing = administrator(request)
    return _page(request, _one(pk), user)


def _one(pk: int) -> Tombstone:
    rows = Tombstone.objects.select_related(
        "submission__expectation__period", "submission__expectation__body", "asked_by", "confirmed_by", "refused_by"
    )
    return get_object_or_404(rows, pk=pk)


def _page(
    request: HttpRequest, tombstone: Tombstone, user: User, form: RefuseForm | None = None, refused: str = ""
) -> HttpResponse:
    files = list(tombstone.files.all())
    context: dict[str, Any] = {
        "tombstone": tombstone,
        "facts": facts_of(tombstone),
        "found": [row for row in tombstone.found if row[0]],
        "others": [row for row in tombstone.found if not row[0]],
        "files": files,
        "is_left": tombstone.confirmed_at is not None and any(file.deleted_at is None for file in files),
        "said": said_at(tombstone.submission, tombstone.line) if tombstone.is_open else [],
        "places": places_in_words(tombstone),
        "is_own": tombstone.asked_by_id == user.pk,
        "form": form or RefuseForm(),
        "refused": refused,
        "crumbs": crumbs(_("Request %(number)s") % {"number": tombstone.pk}),
        "demo": tombstone.submission.expectation.period.is_demo,
    }
    status = 409 if refused else 422 if form is not None else 200
    return render(request, "reports/tombstone_detail.html", context, status=status)


def _decide(
    request: HttpRequest, tombstone: Tombstone, user: User, act: Callable[[], object], said: str
) -> HttpResponse:
    """Do what was decided and say so, or show the page again with why not."""
    try:
        act()
    except TombstoneRefused as refusal:
        return _page(request, _one(tombstone.pk), user, refused=str(refusal))
    messages.success(request, said)
    return redirect("reports:tombstone_detail", tombstone.pk)


@require_POST
def tombstone_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw the secret everywhere."""
    user, standing = administrator(request)
    tombstone = _one(pk)
    act = partial(confirm, tombstone, actor=user, standing=standing, at=timezone.now())
    return _decide(request, tombstone, user, act, _("Withdrawn. The words stand nowhere in the portal any more."))


@require_POST
def tombstone_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave everything as it is."""
    user, standing = administrator(request)
    tombstone, form = _one(pk), RefuseForm(request.POST)
    if not form.is_valid():
        return _page(request, tombstone, user, form)
    why = form.cleaned_data["why"]
    act = partial(refuse, tombstone, why, actor=user, standing=standing, at=timezone.now())
    return _decide(request, tombstone, user, act, _("Not withdrawn; everything stays as it is."))


@require_POST
def tombstone_delete_files(request: HttpRequest, pk: int) -> HttpResponse:
    """Try once more to delete files that could not be deleted when the withdrawal was confirmed."""
    administrator(request)
    if delete_files(_one(pk).pk, at=timezone.now()):
        messages.error(request, _("Some files could not be deleted: look at the storage and try again."))
    else:
        messages.success(request, _("The files are deleted."))
    return redirect("reports:tombstone_detail", pk)
