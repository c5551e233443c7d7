"""The page on which what is asked in an open period is changed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reports.forms_period_editing import PeriodEditForm
from reports.period_editing import edit_period, is_begun
from reports.periods import PeriodRefused
from reports.permissions import periods_visible_to
from reports.views_periods import reviewer_of_periods


@require_http_methods(["GET", "POST"])
def period_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change title, questions and note of an open period, and depth and window while nobody has begun."""
    user, standing = reviewer_of_periods(request)
    period = get_object_or_404(periods_visible_to(standing), pk=pk)
    form = PeriodEditForm(request.POST if request.method == "POST" else None, period=period, begun=is_begun(period))
    if form.is_bound and form.is_valid():
        try:
            changes = edit_period(period, form.wanted, seen=form.cleaned_data["seen"], actor=user, at=timezone.now())
        except PeriodRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            if changes:
                messages.success(request, _("The period has been changed and the bodies have been told."))
            else:
                messages.info(request, _("Nothing was different; nobody was told."))
            return redirect("reports:period_detail", pk=pk)
    crumbs = [
        {"label": _("Periods"), "url": reverse("reports:period_list")},
        {"label": period.title, "url": reverse("reports:period_detail", args=[period.pk])},
        {"label": _("Change what is asked"), "url": ""},
    ]
    context = {"period": period, "form": form, "crumbs": crumbs}
    return render(request, "reports/period_edit.html", context, status=422 if form.is_bound else 200)
