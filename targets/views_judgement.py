"""Judge an indicator as a person: say how it stands, with a reason and until when; end it before its day."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from plan_tracker.accounts.models import User
from targets import board
from targets.choices import Evaluation, Verdict
from targets.forms_judgement import JudgementForm
from targets.judging import JudgementRefused, end_judgement, judge_by_person
from targets.models import Indicator, Judgement
from targets.pages import Page, build_page
from targets.permissions import can_judge
from targets.series_choice import chosen_series, with_series
from tasks.permissions import standing_of
from tasks.reading import shown_plans


def judging_user(request: HttpRequest) -> User:
    """Return the person, who must be one of those that may judge."""
    user = request.user
    if not isinstance(user, User) or not can_judge(standing_of(user, on=timezone.localdate())):
        raise PermissionDenied
    return user


@require_http_methods(["GET", "HEAD", "POST"])
def judgement_create(request: HttpRequest, code: str) -> HttpResponse:
    """Show what the figures say and take what the person says instead, or where there are none."""
    user = judging_user(request)
    indicator = get_object_or_404(board.indicators_of(shown_plans(request)), code=code)
    page = page_of(request, indicator, user)
    form = JudgementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            judge_by_person(
                indicator,
                form.opinion(),
                computed=page.row.finding.computed,
                actor=user,
                on=timezone.localdate(),
            )
        except JudgementRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Your judgement stands beside what the figures say."))
            return redirect(with_series(indicator_url(indicator), is_demo=user.is_demo))
    context = {
        "indicator": indicator,
        "page": page,
        "row": page.row,
        "form": form,
        "is_override": indicator.evaluation != Evaluation.QUALITATIVE,
        "may_end": page.row.record.is_demo == user.is_demo,
        "closed": page.row.finding.computed == Verdict.NO_OBJECT,
        "crumbs": [
            {"label": _("Indicators"), "url": reverse("targets:indicator_list")},
            {"label": indicator.code, "url": with_series(indicator_url(indicator), is_demo=user.is_demo)},
            {"label": _("Judgement"), "url": ""},
        ],
    }
    return render(request, "targets/judgement_create.html", context)


def page_of(request: HttpRequest, indicator: Indicator, user: User) -> Page:
    """Return the indicator's page; somebody of the demonstration judges only its figures, nobody else does."""
    on, language = timezone.localdate(), get_language() or "vi"
    page = build_page(indicator, on, language, demo=user.is_demo, bodies=None)
    if chosen_series(request) not in {None, user.is_demo}:
        raise PermissionDenied
    return page


def indicator_url(indicator: Indicator) -> str:
    """Return the address of an indicator's page."""
    return reverse("targets:indicator_detail", args=[indicator.code])


@require_POST
def judgement_end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """End a judgement before its day; it stays in the history."""
    user = judging_user(request)
    rows = Judgement.objects.select_related("indicator").filter(indicator__code=code, is_demo=user.is_demo)
    judgement = get_object_or_404(rows, pk=pk)
    try:
        end_judgement(judgement, actor=user, on=timezone.localdate())
    except JudgementRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The judgement has ended; the figures speak again."))
    return redirect(with_series(indicator_url(judgement.indicator), is_demo=user.is_demo))
