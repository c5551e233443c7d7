"""Pages of recommendations: the list, one with its history, making them from a period's proposals, their steps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from plan_tracker.accounts.models import User
from plan_tracker.lib.secrecy import marking_error
from plan_tracker.lib.text import nfc
from reports.forms_recommendations import AnswerForm, ListForm, ReasonForm
from reports.models import Recommendation
from reports.outline import line_anchor
from reports.permissions import (
    can_follow_up,
    can_read_summary,
    periods_visible_to,
    recommendations_visible_to,
    submissions_visible_to,
)
from reports.recommendations import (
    STEPS,
    Answer,
    Candidate,
    RecommendationMoved,
    candidates,
    close,
    follow_up,
    line_of,
    record_answer,
    reopen,
)
from tasks.permissions import Standing, standing_of

PAGE_SIZE = 50


def _standing(request: HttpRequest) -> Standing:
    """Return who the person is today."""
    return standing_of(request.user, on=timezone.localdate())


@require_GET
def recommendation_list(request: HttpRequest) -> HttpResponse:
    """List the recommendations that the person may see, the newest period first."""
    standing = _standing(request)
    rows = recommendations_visible_to(standing).select_related("period").prefetch_related("bodies")
    periods = periods_visible_to(standing).filter(recommendations__isnull=False).distinct()
    form = ListForm(request.GET, periods=periods)
    if form.is_valid():
        chosen = (("state", "trang_thai"), ("addressee", "gui_toi"), ("period", "ky"))
        rows = rows.filter(**{field: form.cleaned_data[name] for field, name in chosen if form.cleaned_data[name]})
    page = Paginator(rows.order_by("-period__data_to", "addressee", "pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    found = list(page.object_list)
    context = {
        "form": form,
        "page": page,
        "rows": found,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "sees_all": can_read_summary(standing),
        "demo": any(row.is_demo for row in found),
    }
    return render(request, "reports/recommendation_list.html", context)


@require_GET
def recommendation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one recommendation: who raised it and where, what was answered, and every step."""
    standing = _standing(request)
    row = _one(standing, pk)
    return _detail(request, standing, row)


def _one(standing: Standing, pk: int) -> Recommendation:
    """Return a recommendation that the person may see."""
    return get_object_or_404(recommendations_visible_to(standing).select_related("period", "created_by"), pk=pk)


def _detail(
    request: HttpRequest, standing: Standing, row: Recommendation, bound: AnswerForm | ReasonForm | None = None
) -> HttpResponse:
    """Show one recommendation with the forms of the steps that are possible now."""
    follows = can_follow_up(standing)
    proposals = row.proposals.filter(submission__in=submissions_visible_to(standing)).select_related(
        *("submission__expectation__body", "entry__group", "entry__task", "entry__assignment", "entry__question")
    )
    read = [
        (one, f"{reverse('reports:report_read', args=[one.submission_id])}#{line_anchor(line_of(one))}")
        for one in proposals.order_by("submission__expectation__body__order", "pk")
    ]
    context: dict[str, Any] = {
        "row": row,
        "proposals": read,
        "bodies": row.bodies.order_by("order", "code") if can_read_summary(standing) else [],
        "steps": row.steps.select_related("by"),
        "can": {step: follows and row.state in states for step, states in STEPS.items()},
        "answer_form": bound if isinstance(bound, AnswerForm) else AnswerForm(initial=_answered(row)),
        "reason_form": bound if isinstance(bound, ReasonForm) else ReasonForm(auto_id="reason-%s"),
        "form": bound,
        "demo": row.is_demo,
    }
    return render(request, "reports/recommendation_detail.html", context, status=422 if bound else 200)


def _answered(row: Recommendation) -> dict[str, Any]:
    """Return the answer as the form shows it."""
    return {"symbol": row.answer_symbol, "day": row.answer_date, "text": row.answer_text}


@require_POST
def recommendation_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Record an answer, close a recommendation, or open it again."""
    assert isinstance(request.user, User)  # noqa: S101 - the middleware lets nobody else in
    standing = _standing(request)
    row = _one(standing, pk)
    if not can_follow_up(standing):
        raise PermissionDenied
    form: AnswerForm | ReasonForm = AnswerForm(request.POST) if step == "answer" else ReasonForm(request.POST)
    if not form.is_valid():
        return _detail(request, standing, row, form)
    data, actor, at = form.cleaned_data, request.user, timezone.now()
    try:
        if step == "answer":
            record_answer(row, Answer(data["text"], data["symbol"], data["day"]), actor=actor, at=at)
        else:
            {"close": close, "reopen": reopen}[step](row, data["text"], actor=actor, at=at)
    except RecommendationMoved:
        messages.error(request, _("Somebody has moved this recommendation meanwhile; here it is as it stands now."))
        return redirect("reports:recommendation_detail", pk)
    messages.success(request, _("The recommendation is up to date."))
    return redirect("reports:recommendation_detail", pk)


@require_http_methods(["GET", "POST"])
def recommendation_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer the grouped proposals of a period; make recommendations from those that are chosen."""
    assert isinstance(request.user, User)  # noqa: S101 - the middleware lets nobody else in
    standing = _standing(request)
    period = get_object_or_404(periods_visible_to(standing), pk=pk)
    if not can_follow_up(standing):
        raise PermissionDenied
    offered = candidates(period)
    if request.method == "POST":
        chosen = _chosen(request, offered)
        sentence = marking_error(*(text for _candidate, text in chosen))
        if chosen and not sentence:
            made = follow_up(period, chosen, actor=request.user, at=timezone.now())
            told = ngettext("%(n)s recommendation is followed up.", "%(n)s recommendations are followed up.", len(made))
            messages.success(request, told % {"n": len(made)})
            return redirect(f"{reverse('reports:recommendation_list')}?ky={period.pk}")
        messages.error(request, sentence if chosen else _("Choose at least one of the proposals."))
    context = {"period": period, "groups": _by_addressee(offered), "demo": period.is_demo}
    return render(
        request, "reports/recommendation_create.html", context, status=422 if request.method == "POST" else 200
    )


def _chosen(request: HttpRequest, offered: list[Candidate]) -> list[tuple[Candidate, str]]:
    """Return the chosen groups with the wording that was typed."""
    keys = set(request.POST.getlist("chon"))
    return [
        (one, nfc(request.POST.get(f"text-{one.key}", "")).strip()[:4000] or one.text)
        for one in offered
        if one.key in keys
    ]


def _by_addressee(offered: list[Candidate]) -> list[tuple[str, list[Candidate]]]:
    """Return the groups under whom they are addressed to."""
    groups: dict[str, list[Candidate]] = {}
    for one in offered:
        groups.setdefault(str(one.addressee.label), []).append(one)
    return list(groups.items())
