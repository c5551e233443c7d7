"""More than one plan: /kh/<code>/… is the whole portal about that plan; every link on its pages stays with it.

Addresses without the beginning mean the plan shown first, so that they go on to work when a second plan is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import get_script_prefix, set_script_prefix

from tasks.models import Plan
from tasks.reading import CHOSEN_PLAN, PLAN_ADDRESS

_BEGINNING = re.compile(rf"^/{PLAN_ADDRESS}/([-a-zA-Z0-9_]+)(/.*)$")


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
            return self.get_response(request)
        plan = Plan.objects.select_related("province").filter(code=found[1]).first()
        if plan is None:
            raise Http404
        request.__dict__[CHOSEN_PLAN] = plan
        before = get_script_prefix()
        request.path_info = found[2]
        set_script_prefix(f"{before}{PLAN_ADDRESS}/{plan.code}/")
        try:
            return self.get_response(request)
        finally:
            set_script_prefix(before)
