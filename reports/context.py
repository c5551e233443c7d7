"""What every page knows about where it is: the plan, the visitor's seat, the way round, whether data is for show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from plan_tracker.accounts.models import User
from plan_tracker.lib.dates import document_day
from reports.models import Period
from tasks.choices import ChangeState
from tasks.models import BodyChange, Plan
from tasks.permissions import Standing, standing_of
from tasks.reading import shown_plans

# Where a request keeps the plan that its page is about.
SHOWN_PLAN = "_plan"


@dataclass(frozen=True)
class NavItem:
    """One place in the header."""

    label: str
    url: str
    current: bool
    count: int = 0


def portal(request: HttpRequest) -> dict[str, Any]:
    """Return the context that the base template reads; one query beside the visitor's memberships."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        # Who has not signed in yet is told too that nothing here is official.
        return {"portal_name": _("Plan tracker"), "demo": Period.objects.filter(is_demo=True).exists()}
    standing = standing_of(user, on=timezone.localdate())
    plan = plan_of(request)
    return {
        "portal_name": _("Plan tracker"),
        "plan": plan,
        "standing": standing,
        "whereabouts": whereabouts(standing),
        "nav": navigation(
            standing, request.path, unread=getattr(plan, "unread", 0), has_others=getattr(plan, "has_others", False)
        ),
        "demo": bool(getattr(plan, "has_demo", False)),
        "as_of_note": organisation_note(plan),
    }


def organisation_note(plan: Plan | None) -> str:
    """Return which organisation the pages show: that of the plan's day, or the one since the last change of bodies."""
    changed_on: date | None = getattr(plan, "changed_on", None)
    if changed_on is None:
        return plan.organisation_note if plan else ""
    return _("Bodies as organised since %(day)s; those that follow hold what the plan gave to the earlier ones.") % {
        "day": document_day(changed_on)
    }


def plan_of(request: HttpRequest) -> Plan | None:
    """Return the plan that the page is about, found once in a request: the page and its frame share it."""
    known = request.__dict__
    if SHOWN_PLAN not in known:
        assert isinstance(request.user, User)  # noqa: S101 - the middleware lets nobody else in
        known[SHOWN_PLAN] = shown_plan(request.user, shown_plans(request), on=timezone.localdate())
    found: Plan | None = known[SHOWN_PLAN]
    return found


def shown_plan(user: User, plans: QuerySet[Plan], *, on: date) -> Plan | None:
    """Return the plan of a page, with `has_demo`, the user's number of `unread` notices, `changed_on`, `has_others`.

    `changed_on` is the day of the last change of bodies so far; `has_others` says whether another plan is tracked.
    """
    changes = BodyChange.objects.filter(state=ChangeState.CONFIRMED, happened_on__lte=on).order_by("-happened_on")
    demo = Period.objects.filter(is_demo=True, plan=OuterRef("pk"))
    unread = User.objects.filter(pk=user.pk).annotate(unread=Count("notices", filter=Q(notices__read_at__isnull=True)))
    changed = Subquery(changes.values("happened_on")[:1])
    others = Exists(Plan.objects.exclude(pk=OuterRef("pk")))
    found = Plan.objects.annotate(has_demo=Exists(demo), unread=unread.values("unread"), changed_on=changed)
    return found.filter(pk__in=plans).annotate(has_others=others).first()


def whereabouts(standing: Standing) -> dict[str, str]:
    """Return the role and the body that stand beside the user's name."""
    seat = standing.main_seat
    if seat is None:
        return {"role": _("administrator") if standing.is_administrator else "", "body": ""}
    return {"role": str(seat.role.label), "body": seat.body.name}


def places(standing: Standing) -> list[tuple[str, str]]:
    """Return label and route of the places this visitor goes to, in the order of the header."""
    reads_summary = standing.sees_every_report or standing.is_viewer
    offered = (
        (True, _("My work") if standing.own_bodies and not standing.is_reviewer else _("Overview"), "reports:home"),
        (True, _("Plan"), "reports:plan_detail"),
        (True, _("Tasks"), "tasks:group_list"),
        (True, _("Indicators"), "targets:indicator_list"),
        (bool(standing.own_bodies), _("Reports"), "reports:report_list"),
        (bool(standing.own_bodies), _("Documents"), "reports:register_list"),
        (standing.sees_every_report, _("Periods"), "reports:period_list"),
        (standing.is_reviewer, _("Review"), "reports:review_queue"),
        (reads_summary, _("Summary"), "reports:summary_list"),
        (True, _("Deadlines"), "tasks:deadline_list"),
        (True, _("Bodies"), "tasks:body_list"),
    )
    return [(label, route) for wanted, label, route in offered if wanted]


def navigation(standing: Standing, path: str, *, unread: int, has_others: bool = False) -> list[NavItem]:
    """Return the header's places; the longest address that the path starts with is the current one."""
    found = [(label, reverse(route)) for label, route in places(standing)]
    if has_others:
        found.append((_("Other plan"), reverse("reports:plan_list")))
    if standing.is_administrator:
        found.append((_("Administration"), reverse("admin:index")))
    home = reverse("reports:home")
    current = max(
        (url for _label, url in found if (path.startswith(url) and url != home) or path == url), key=len, default=""
    )
    items = [NavItem(label, url, url == current) for label, url in found]
    if unread:
        notices = reverse("reports:notice_list")
        items.append(NavItem(_("Notices"), notices, path == notices, unread))
    return items
