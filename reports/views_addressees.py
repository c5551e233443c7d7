"""The page on which bodies are added to a period that is open already, or let go."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reports.addressees import Changed, change_addressees
from reports.forms_periods import AddresseesForm
from reports.models import Period
from reports.periods import PeriodRefused
from reports.permissions import periods_visible_to
from reports.views_periods import reviewer_of_periods
from tasks.models import Body


@require_http_methods(["GET", "POST"])
def period_addressees(request: HttpRequest, pk: int) -> HttpResponse:
    """Change who is asked."""
    user, standing = reviewer_of_periods(request)
    period = get_object_or_404(periods_visible_to(standing).select_related("plan"), pk=pk)
    asked = list(period.addressees.values_list("pk", flat=True))
    form = AddresseesForm(
        request.POST if request.method == "POST" else None,
        plan=period.plan,
        since=period.data_from,
        initial={"addressees": asked},
    )
    if form.is_bound and form.is_valid():
        try:
            bodies = form.cleaned_data["addressees"].select_related("reports_through")
            changed = change_addressees(period, bodies, actor=user, at=timezone.now())
        except PeriodRefused as refusal:
            form.add_error("addressees", str(refusal))
        else:
            _say(request, changed)
            return redirect("reports:period_detail", pk=pk)
    context = {"period": period, "form": form, "crumbs": _crumbs(period)}
    return render(request, "reports/period_addressees.html", context, status=422 if form.is_bound else 200)


def _say(request: HttpRequest, changed: Changed) -> None:
    """Say who is asked now and who no longer."""
    if not changed.added and not changed.removed:
        messages.info(request, _("The same bodies are asked as before."))
    if changed.added:
        messages.success(request, _("Asked now, and told: %(names)s") % {"names": _names(changed.added)})
    if changed.removed:
        messages.success(request, _("No longer asked, and told: %(names)s") % {"names": _names(changed.removed)})


def _names(bodies: tuple[Body, ...]) -> str:
    return "; ".join(body.short_name for body in bodies)


def _crumbs(period: Period) -> list[dict[str, str]]:
    """Return where the page hangs."""
    return [
        {"label": _("Periods"), "url": reverse("reports:period_list")},
        {"label": period.title, "url": reverse("reports:period_detail", args=[period.pk])},
        {"label": _("Addressees"), "url": ""},
    ]
