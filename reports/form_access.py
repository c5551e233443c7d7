"""Who comes in to the pages of the report form, and what the others are told."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from plan_tracker.accounts.models import User
from reports.choices import ReportForm
from reports.form_pages import Opened, open_report
from tasks.permissions import standing_of


def report_or_404(request: HttpRequest, pk: int) -> Opened:
    """Return the report that the signed-in person opens; one that may not be seen does not exist."""
    assert isinstance(request.user, User)  # noqa: S101 - the middleware lets nobody else in
    at = timezone.now()
    standing = standing_of(request.user, on=timezone.localdate(at))
    opened = open_report(pk, request.user, standing, at)
    if opened is None:
        raise Http404
    return opened


def writes_it(opened: Opened) -> bool:
    """Return whether the person works on this report at all, whatever its state now."""
    return bool(opened.submission.expectation.writers & opened.standing.own_bodies)


def editable_or_redirect(request: HttpRequest, pk: int) -> Opened | HttpResponse:
    """Return the report for writing. Its own people are led on where it takes no changes now; others are refused.

    A POST is let through: what was typed is shown again with the reason why it cannot be saved.
    """
    opened = report_or_404(request, pk)
    if not opened.can_edit and not writes_it(opened):
        raise PermissionDenied
    if request.method == "POST":
        return opened
    if not opened.can_edit:
        messages.info(request, _("This report takes no changes now; here it is to read."))
        return redirect("reports:report_read", pk)
    if opened.submission.form != ReportForm.CONTENT:
        return redirect("reports:report_detail", pk)
    return opened
