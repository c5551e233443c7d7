"""The register of issued documents from Excel: the workbook out, the workbook in, what it would do, and doing it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from plan_tracker.accounts.models import User
from plan_tracker.lib.uploads import RefusedFileError
from reports.forms_workbook import UploadForm
from reports.views_register import own_standing, writable_bodies
from reports.views_workbook import workbook_answer
from reports.workbooks.register_file import Tried, cells_of_register, register_workbook, save_register, try_register
from reports.workbooks.registering import Register
from tasks.models import Body, Plan
from tasks.reading import chosen_plan

# The cells travel from the preview to the saving in the form itself, signed: nothing is kept that nobody applies.
SALT, LASTS = "register-file", timedelta(hours=12)


def _plan_and_body(request: HttpRequest, code: str) -> tuple[Plan, Body]:
    """Return the plan in view and one of the bodies whose register the person keeps; 404 for any other."""
    standing = own_standing(request)
    plan = chosen_plan(request) or Plan.objects.first()
    body = next((one for one in writable_bodies(standing) if one.code == code), None)
    if plan is None:
        raise PermissionDenied
    if body is None:
        raise Http404
    return plan, body


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the middleware lets nobody else in
    return request.user


@require_GET
def register_template(request: HttpRequest, code: str) -> HttpResponse:
    """Give out the workbook of a register with what stands in it."""
    plan, body = _plan_and_body(request, code)
    content = register_workbook(plan, body, is_demo=_person(request).is_demo)
    return workbook_answer(content, f"so-van-ban-{body.code}.xlsx")


@require_http_methods(["GET", "POST"])
def register_upload(request: HttpRequest, code: str) -> HttpResponse:
    """Take a filled-in workbook, show what it would do, and apply it whole or not at all."""
    plan, body = _plan_and_body(request, code)
    if request.method == "GET":
        return _page(request, body, UploadForm())
    register = Register(plan.pk, body.pk)
    if "cells" in request.POST:
        return _apply(request, body, register)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, body, form, status=422)
    try:
        told = cells_of_register(form.cleaned_data["file"])
    except RefusedFileError as refusal:
        form.add_error("file", str(refusal))
        return _page(request, body, form, status=422)
    tried = try_register(told, register, _person(request))
    return _preview(request, body, tried, signing.dumps(told, salt=_salt(request, register), compress=True))


def _salt(request: HttpRequest, register: Register) -> str:
    """Return what binds the cells to person, plan and body."""
    return f"{SALT}/{request.user.pk}/{register.plan}/{register.body}"


def _apply(request: HttpRequest, body: Body, register: Register) -> HttpResponse:
    try:
        told: dict[str, Any] = signing.loads(request.POST["cells"], salt=_salt(request, register), max_age=LASTS)
    except signing.BadSignature:
        form = UploadForm()
        messages.error(request, _("The preview is too old or not yours: upload the file again."))
        return _page(request, body, form, status=409)
    found = save_register(told, register, _person(request))
    if found.errors:
        messages.error(request, _("The register has changed since the preview: nothing was saved."))
        return _preview(request, body, found, request.POST["cells"], status=409)
    count = len(found.of_kind("new", "update"))
    sentence = ngettext("%(count)s document was recorded.", "%(count)s documents were recorded.", count)
    messages.success(request, sentence % {"count": count})
    return redirect("reports:register_list")


def _page(request: HttpRequest, body: Body, form: UploadForm, status: int = 200) -> HttpResponse:
    return render(request, "reports/register_upload.html", {"form": form, "body": body}, status=status)


def _preview(request: HttpRequest, body: Body, tried: Tried, cells: str, status: int = 200) -> HttpResponse:
    context = {
        "body": body,
        "tried": tried,
        "cells": cells,
        "new": tried.of_kind("new"),
        "changed": tried.of_kind("update"),
        "same": tried.of_kind("skip"),
    }
    return render(request, "reports/register_preview.html", context, status=status)
