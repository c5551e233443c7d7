"""The deadlines as a month, and as a calendar that a telephone reads at a person's secret address."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_POST, require_safe

from reports.calendar_file import CONTENT_TYPE, calendar_file
from reports.context import plan_of
from reports.deadline_events import events_between
from reports.models import CalendarFeed
from reports.models.calendar import give_feed, hash_of
from reports.month_grid import month_of, span_of
from reports.office_days import decided_days
from reports.views_periods import who
from tasks.models import Plan
from tasks.permissions import standing_of
from tasks.reading import chosen_plan

MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
# What a telephone gets: the last two months, and a bit more than a year ahead.
BEHIND, AHEAD = timedelta(days=60), timedelta(days=400)


@require_GET
def calendar_month(request: HttpRequest) -> HttpResponse:
    """Show a month with what falls due on each day."""
    return _month_page(request)


def _month_page(request: HttpRequest, token: str = "") -> HttpResponse:
    user, standing = who(request)
    now = timezone.now()
    today = timezone.localdate(now)
    asked = MONTH.fullmatch(request.GET.get("thang", ""))
    first = date(int(asked[1]), int(asked[2]), 1) if asked else today.replace(day=1)
    start, end = span_of(first)
    events = events_between(plan_of(request), standing, start, end, now=now)
    context = {
        "month": month_of(first, events, on=today, decided=decided_days(start, end)),
        "has_events": any(event.day.month == first.month for event in events),
        "feed": CalendarFeed.objects.filter(user=user).first(),
        "address": _address(request, token) if token else "",
        "crumbs": [{"label": _("Deadlines"), "url": reverse("tasks:deadline_list")}, {"label": _("Calendar")}],
    }
    answer = render(request, "reports/calendar_month.html", context)
    if token:
        answer["Cache-Control"] = "no-store"
    return answer


def _address(request: HttpRequest, token: str) -> str:
    """Return the whole address to copy, under the configured name of the portal where there is one."""
    path = reverse("reports:calendar_feed", args=[token])
    return settings.PORTAL_URL + path if settings.PORTAL_URL else request.build_absolute_uri(path)


@require_POST
def calendar_address(request: HttpRequest) -> HttpResponse:
    """Give the visitor a new secret address, shown once, or end the old one."""
    user, _standing = who(request)
    if request.POST.get("do") == "revoke":
        CalendarFeed.objects.filter(user=user).delete()
        messages.success(request, _("The address no longer answers."))
        return redirect("reports:calendar_month")
    return _month_page(request, give_feed(user, at=timezone.now()))


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give the deadlines of whom the address belongs to, as far as that person may see them today."""
    feed = CalendarFeed.objects.filter(token_hash=hash_of(token), user__is_active=True).select_related("user").first()
    if feed is None:
        raise Http404
    now = timezone.now()
    today = timezone.localdate(now)
    standing = standing_of(feed.user, on=today)
    plan = chosen_plan(request) or Plan.objects.first()
    with override(feed.user.language):
        events = events_between(plan, standing, today - BEHIND, today + AHEAD, now=now)
        content = calendar_file(events, now=now)
    answer = HttpResponse(content, content_type=CONTENT_TYPE)
    answer["Cache-Control"] = "private, no-store"
    return answer
