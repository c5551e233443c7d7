"""More than one plan: /kh/<code>/… is the whole portal about that plan; every link on its pages stays with it.

Addresses without the beginning mean the plan shown first, so that they go on to work when a second plan is loaded.
A page about a report, a period or the like that is opened under another plan leads to the one that it belongs to:
what the page names by code would otherwise lead into the wrong plan.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import get_script_prefix, set_script_prefix

from reports.context import SHOWN_PLAN
from reports.models import Edition, EditionDraft, Expectation, Period, Recommendation, Submission
from tasks.models import Inspection, IssuedDocument, Plan
from tasks.reading import CHOSEN_PLAN, PLAN_ADDRESS

_BEGINNING = re.compile(rf"^/{PLAN_ADDRESS}/([-a-zA-Z0-9_]+)(/.*)$")

# Of what the address of a page names a row, and the way from it to its plan; the longest beginning first.
BELONGING: tuple[tuple[str, type[Model], str], ...] = (
    ("tong-hop/bao-cao/<int:pk>/", Edition, "period__plan"),
    ("tong-hop/<int:pk>/", Period, "plan"),
    ("kien-nghi/lap/<int:pk>/", Period, "plan"),
    ("kien-nghi/<int:pk>/", Recommendation, "period__plan"),
    ("bao-cao-phai-gui/<int:pk>/", Expectation, "period__plan"),
    ("bao-cao/<int:pk>/", Submission, "expectation__period__plan"),
    ("thu-hoi/bao-cao/<int:pk>/", Submission, "expectation__period__plan"),
    ("ra-soat/<int:pk>/", Submission, "expectation__period__plan"),
    ("ky-bao-cao/<int:pk>/", Period, "plan"),
    ("du-thao/<int:pk>/", EditionDraft, "edition__period__plan"),
    ("van-ban/<int:pk>/", IssuedDocument, "plan"),
    ("kiem-tra/<int:pk>/", Inspection, "plan"),
)


class PlanAddressMiddleware:
    """Takes the plan from the beginning of the address, as if the portal were mounted there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        # Django remembers this address with the beginning that stands when it is first asked for.
        _ = settings.STATIC_URL

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request; one query more where the address names a plan."""
        found = _BEGINNING.match(request.path_info)
        if found is None:
            return _led(request, self.get_response(request), get_script_prefix())
        plan = Plan.objects.select_related("province").filter(code=found[1]).first()
        if plan is None:
            raise Http404
        request.__dict__[CHOSEN_PLAN] = plan
        before = get_script_prefix()
        request.path_info = found[2]
        set_script_prefix(f"{before}{PLAN_ADDRESS}/{plan.code}/")
        try:
            return _led(request, self.get_response(request), before)
        finally:
            set_script_prefix(before)


def _led(request: HttpRequest, response: HttpResponse, root: str) -> HttpResponse:
    """Return the page, or the way to it under its own plan; with one plan only, no query."""
    shown = request.__dict__.get(SHOWN_PLAN)
    if shown is None or not getattr(shown, "has_others", False) or not _is_page(request, response):
        return response
    code = _owner(request)
    if code is None or code == shown.code:
        return response
    first = Plan.objects.values_list("code", flat=True)[:1]
    beginning = root if code in first else f"{root}{PLAN_ADDRESS}/{code}/"
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{beginning}{request.path_info.lstrip('/')}{'?' if query else ''}{query}")


def _is_page(request: HttpRequest, response: HttpResponse) -> bool:
    """Return whether a whole page was asked for and made."""
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    return request.method == "GET" and response.status_code == HTTPStatus.OK and is_html


def _owner(request: HttpRequest) -> str | None:
    """Return the code of the plan that the row of the address belongs to; one query."""
    match = request.resolver_match
    for beginning, model, way in BELONGING if match else ():
        if match is not None and match.route.startswith(beginning):
            rows = model._default_manager.filter(pk=match.kwargs["pk"])
            code: str | None = rows.values_list(f"{way}__code", flat=True).first()
            return code
    return None
