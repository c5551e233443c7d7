"""Public figures for other systems, by token; and the page that describes them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_GET

from targets import api
from targets.board import build_board, indicators_of
from targets.choices import Measure, ObservationStatus
from targets.models import ApiToken
from targets.models.tokens import hash_of
from targets.views_exports import figures_that_stand
from tasks.models import Plan
from tasks.reading import chosen_plan, shown_plans

LANGUAGE = "vi"
SCHEME = "bearer "
AS_WRITTEN = {"ensure_ascii": False}


View = Callable[..., HttpResponse]


def refusal(status: int, code: str, sentence: str) -> JsonResponse:
    """Return why nothing is given, for programs and for those who read their logs."""
    answer = JsonResponse({"error": code, "message": sentence}, status=status)
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="figures"'
    return answer


def by_token(view: View) -> View:
    """Let only the holder of a token in; the day of its last use is kept."""

    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        given = request.headers.get("Authorization", "")
        if not given:
            return refusal(401, "no_token", "Send the header Authorization: Bearer <token>.")
        if not given.lower().startswith(SCHEME):
            return refusal(401, "wrong_scheme", "The header Authorization must say Bearer and the token.")
        token = ApiToken.objects.filter(token_hash=hash_of(given[len(SCHEME) :].strip())).first()
        if token is None:
            return refusal(401, "unknown_token", "This token is not known.")
        if token.revoked_at is not None:
            return refusal(401, "revoked_token", "This token has been revoked.")
        today = timezone.localdate()
        if token.last_used_on != today:
            ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
        answer = view(request, **kwargs)
        answer.headers["Cache-Control"] = "private, no-store"
        return answer

    return guarded


def _wants_demo(request: HttpRequest) -> bool:
    return request.GET.get("demo") == "1"


@login_not_required
@require_GET
@by_token
def api_board(request: HttpRequest) -> HttpResponse:
    """Give the public indicators with goal and latest figure."""
    plan = chosen_plan(request) or Plan.objects.select_related("province").first()
    with override(LANGUAGE):
        board = build_board(timezone.localdate(), LANGUAGE, plan=plan)
        told = api.board_json(board, plan, demo=_wants_demo(request))
    return JsonResponse(told, json_dumps_params=AS_WRITTEN)


@login_not_required
@require_GET
@by_token
def api_series(request: HttpRequest, code: str) -> HttpResponse:
    """Give every figure that stands of a public indicator."""
    indicator = indicators_of(shown_plans(request)).filter(code=code).first()
    if indicator is None:
        return refusal(404, "unknown_indicator", "There is no such indicator.")
    if not indicator.is_public:
        return refusal(403, "not_public", "This indicator is not given to other systems.")
    told = api.series_json(indicator, figures_that_stand(indicator, is_demo=_wants_demo(request)))
    return JsonResponse(told, json_dumps_params=AS_WRITTEN)


@require_GET
def api_guide(request: HttpRequest) -> HttpResponse:
    """Describe what other systems may read, and how."""
    public = indicators_of(shown_plans(request)).filter(is_public=True)
    context = {
        "public": public,
        "measures": Measure.choices,
        "statuses": ObservationStatus.choices,
        "board_url": request.build_absolute_uri("v1/bang/"),
        "series_url": request.build_absolute_uri("v1/so-lieu/"),
    }
    return render(request, "targets/api_guide.html", context)
