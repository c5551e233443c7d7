"""Pages of the periods: the list, opening one, who has sent what, and what may still change."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plan_tracker.accounts.models import User
from reports import rescheduling
from reports.attendance import BodyRow, attendance_of, own_rows, with_counts
from reports.choices import PeriodKind, PeriodState
from reports.forms_periods import DueForm, ExtensionForm, KindForm, PeriodForm, ReasonForm, proposal_for
from reports.models import Expectation, Period, Submission
from reports.periods import PeriodRefused, RequestDocument, open_period
from reports.permissions import (
    can_open_period,
    can_see_review,
    can_start,
    expectations_visible_to,
    periods_visible_to,
    submissions_visible_to,
)
from tasks.models import Plan
from tasks.permissions import Standing, standing_of
from tasks.reading import chosen_plan, shown_plans

PAGE_SIZE = 30


def who(request: HttpRequest) -> tuple[User, Standing]:
    """Return the visitor and who he is today."""
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    return user, standing_of(user, on=timezone.localdate())


def reviewer_of_periods(request: HttpRequest) -> tuple[User, Standing]:
    """Return the visitor who may open and change periods; nobody else comes further."""
    user, standing = who(request)
    if not can_open_period(standing):
        raise PermissionDenied
    return user, standing


@require_GET
def period_list(request: HttpRequest) -> HttpResponse:
    """List the periods; those who see every report read counts, a body its own row."""
    _user, standing = who(request)
    sees_all, now = can_see_review(standing), timezone.now()
    periods = periods_visible_to(standing).filter(plan__in=shown_plans(request))
    page = Paginator(with_counts(periods) if sees_all else periods, PAGE_SIZE).get_page(request.GET.get("page"))
    own = {} if sees_all else own_rows(expectations_visible_to(standing), list(page), at=now)
    rows = [(period, own.get(period.pk, [])) for period in page]
    context = {"page": page, "rows": rows, "sees_all": sees_all, "can_open": can_open_period(standing)}
    context["year"] = rows[0][0].year if rows else now.year
    return render(request, "reports/period_list.html", context)


@require_http_methods(["GET", "POST"])
def period_create(request: HttpRequest) -> HttpResponse:
    """Open a period: first its kind and year, then the proposals that follow from them."""
    user, _standing = reviewer_of_periods(request)
    plan = chosen_plan(request) or Plan.objects.select_related("province").first()
    if plan is None:
        raise Http404
    if request.method == "POST":
        form = PeriodForm(request.POST, request.FILES, plan=plan, now=timezone.now())
        if form.is_valid() and (period := _opened(form, plan, user)):
            messages.success(request, _("The period is open and the bodies have been told."))
            if not period.request_symbol:
                messages.warning(request, _("The document that asks for the reports is not recorded yet."))
            return redirect("reports:period_detail", pk=period.pk)
        return render(request, "reports/period_create.html", {"form": form, "crumbs": _crumbs()}, status=422)
    today = timezone.localdate()
    kind_form = KindForm(
        request.GET if "kind" in request.GET else None, initial={"year": today.year, "kind": PeriodKind.FIRST_HALF}
    )
    context: dict[str, Any] = {"kind_form": kind_form, "crumbs": _crumbs()}
    if kind_form.is_bound and kind_form.is_valid():
        asked = kind_form.cleaned_data
        values = proposal_for(
            asked["kind"], asked["year"], asked["ordinal"], plan=plan, today=today, is_demo=user.is_demo
        )
        context["form"] = PeriodForm(initial=values, plan=plan, now=timezone.now())
    return render(request, "reports/period_create.html", context)


def _opened(form: PeriodForm, plan: Plan, user: User) -> Period | None:
    """Open the period that the form describes; a refusal becomes an error of the form."""
    data = form.cleaned_data
    try:
        return open_period(
            plan=plan,
            kind=data["kind"],
            year=data["year"],
            ordinal=data["ordinal"],
            own_title=data["own_title"],
            depth=data["depth"],
            window=(data["data_from"], data["data_to"]),
            opens_on=data["opens_on"],
            due_at=form.due_at,
            addressees=data["addressees"].select_related("reports_through"),
            focus_tasks=list(data["focus_tasks"]),
            questions=form.question_texts,
            note=data["note"],
            request=RequestDocument(
                data["request_symbol"], data["request_date"], data["request_signatory"], data["request_file"] or None
            ),
            actor=user,
            at=timezone.now(),
            is_demo=user.is_demo,
        )
    except PeriodRefused as refused:
        form.add_error(None, str(refused))
        return None


@require_GET
def period_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a period and who has sent what; a body finds its own row."""
    _user, standing = who(request)
    period = get_object_or_404(periods_visible_to(standing), pk=pk)
    return _period_page(request, standing, period)


def _period_page(
    request: HttpRequest, standing: Standing, period: Period, *, refused: Form | None = None, sentence: str = ""
) -> HttpResponse:
    now = timezone.now()
    expectations = expectations_visible_to(standing).filter(period=period)
    due = timezone.localtime(period.due_at)
    changes = can_open_period(standing) and period.state in {PeriodState.OPEN, PeriodState.CLOSED}
    attendance = attendance_of(expectations, at=now, with_contacts=can_see_review(standing))
    context = {
        "period": period,
        "attendance": attendance,
        "to_start": [row.expectation for row in attendance.rows if row.state is None and _may_start(standing, row)],
        "accepted_reports": _accepted_reports(standing, period),
        "questions": list(period.questions.all()),
        "sees_all": can_see_review(standing),
        "can_change": changes,
        "own_bodies": standing.own_bodies,
        "is_past": now >= period.due_at,
        "due_form": refused
        if isinstance(refused, DueForm)
        else DueForm(initial={"due_on": due.date(), "due_hour": f"{due:%H:%M}"}, auto_id="due_%s"),
        "cancel_form": refused if isinstance(refused, ReasonForm) else ReasonForm(auto_id="cancel_%s"),
        "refused": refused is not None or bool(sentence),
        "sentence": sentence,
        "crumbs": _crumbs(period),
    }
    return render(request, "reports/period_detail.html", context, status=422 if context["refused"] else 200)


def _may_start(standing: Standing, row: BodyRow) -> bool:
    """Return whether the visitor may begin this report now."""
    is_open = row.expectation.period.state == PeriodState.OPEN
    return is_open and not row.expectation.exempt_reason and can_start(standing, row.expectation)


def _accepted_reports(standing: Standing, period: Period) -> list[Submission]:
    """Return the accepted reports of a period for a viewer, who reads nothing else of it."""
    if not standing.is_viewer or can_see_review(standing):
        return []
    rows = submissions_visible_to(standing).accepted().filter(expectation__period=period)
    return list(rows.select_related("expectation__body").order_by("expectation__body__order"))


@require_POST
def period_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Set another due moment, cancel, close or reopen a period."""
    user, standing = reviewer_of_periods(request)
    period = get_object_or_404(periods_visible_to(standing), pk=pk)
    change, now = request.POST.get("change"), timezone.now()
    form: DueForm | ReasonForm | None = None
    try:
        if change == "due":
            form = DueForm(request.POST, auto_id="due_%s")
            if not form.is_valid():
                return _period_page(request, standing, period, refused=form)
            rescheduling.change_due(period, form.due_at, actor=user, at=now)
        elif change == "cancel":
            form = ReasonForm(request.POST, auto_id="cancel_%s")
            if not form.is_valid():
                return _period_page(request, standing, period, refused=form)
            rescheduling.cancel(period, form.cleaned_data["reason"], actor=user, at=now)
        elif change in {"close", "reopen"}:
            move = rescheduling.close if change == "close" else rescheduling.reopen
            move(period, actor=user, at=now)
        else:
            raise Http404
    except PeriodRefused as refusal:
        return _period_page(request, standing, period, refused=form, sentence=str(refusal))
    messages.success(request, _("The period has been changed and the bodies have been told."))
    return redirect("reports:period_detail", pk=pk)


@require_http_methods(["GET", "POST"])
def expectation_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one body more time, or exempt it, each with the reason."""
    _user, standing = reviewer_of_periods(request)
    rows = expectations_visible_to(standing).select_related("period", "body")
    expectation = get_object_or_404(rows, ~Q(period__state=PeriodState.CANCELLED), pk=pk)
    status, change = 200, request.POST.get("change")
    due = timezone.localtime(expectation.due_at)
    initial = {"due_on": due.date(), "due_hour": f"{due:%H:%M}", "reason": expectation.extension_reason}
    extension = ExtensionForm(request.POST if change == "extend" else None, initial=initial, auto_id="extend_%s")
    exemption = ReasonForm(request.POST if change == "exempt" else None, auto_id="exempt_%s")
    if request.method == "POST":
        if _expectation_changed(request, expectation, extension, exemption):
            messages.success(request, _("Saved, and the body has been told."))
            return redirect("reports:period_detail", pk=expectation.period_id)
        status = 422
    crumbs = [*_crumbs(expectation.period, last=False), {"label": expectation.body.name, "url": ""}]
    context = {"expectation": expectation, "extension": extension, "exemption": exemption, "crumbs": crumbs}
    return render(request, "reports/expectation_change.html", context, status=status)


def _expectation_changed(
    request: HttpRequest, expectation: Expectation, extension: ExtensionForm, exemption: ReasonForm
) -> bool:
    """Make the change that was asked for; what is wrong stands in the form."""
    change, (user, _standing), now = request.POST.get("change"), who(request), timezone.now()
    form: Form = extension if change == "extend" else exemption
    try:
        if change == "extend" and extension.is_valid():
            reason = extension.cleaned_data["reason"]
            rescheduling.extend(expectation, extension.due_at, reason, actor=user, at=now)
            return True
        if change == "exempt" and exemption.is_valid():
            rescheduling.exempt(expectation, exemption.cleaned_data["reason"], actor=user, at=now)
            return True
        if change == "lift":
            rescheduling.exempt(expectation, "", actor=user, at=now)
            return True
    except PeriodRefused as refusal:
        form.add_error(None, str(refusal))
    return False


@require_GET
def period_request(request: HttpRequest, pk: int) -> FileResponse:
    """Give the document that asks for the reports."""
    _user, standing = who(request)
    period = get_object_or_404(periods_visible_to(standing).exclude(request_file=""), pk=pk)
    name = (period.request_file.name or "").rpartition("/")[2]
    return FileResponse(period.request_file.open("rb"), as_attachment=True, filename=name)


def _crumbs(period: Period | None = None, *, last: bool = True) -> list[dict[str, str]]:
    """Return where the page hangs."""
    crumbs = [{"label": _("Periods"), "url": reverse("reports:period_list")}]
    if period is None:
        return [*crumbs, {"label": _("Open a period"), "url": ""}]
    url = "" if last else reverse("reports:period_detail", args=[period.pk])
    return [*crumbs, {"label": period.title, "url": url}]
