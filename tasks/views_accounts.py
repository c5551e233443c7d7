"""The administrator's page of accounts: who wants attention, the half-yearly review, and links for passwords."""

from __future__ import annotations

from datetime import datetime

from axes.utils import reset as reset_failures
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from plan_tracker.accounts.choices import ReviewDecision
from plan_tracker.accounts.entrance import end_sessions
from plan_tracker.accounts.links import address_of, make_link, purpose_for
from plan_tracker.accounts.models import Session, User
from plan_tracker.accounts.second_factor import remove
from plan_tracker.accounts.visitors import signed_in_user
from plan_tracker.lib.numbers import row_number
from tasks.accounts_in_order import Choice, accounts, conditions, decide, numbers, reopen

ROWS_A_PAGE = 50
MOST_LINKS = 200


def _administrator(request: HttpRequest) -> User:
    """Return who is signed in, where that is an administrator."""
    user = signed_in_user(request)
    if not user.is_staff:
        raise PermissionDenied
    return user


def _words() -> dict[Choice, str]:
    return {
        Choice.ALL: _("All"),
        Choice.REVIEW: _("To be reviewed"),
        Choice.IDLE: _("Not signed in for 45 days"),
        Choice.NO_PASSWORD: _("Without a password"),
        Choice.CLOSED: _("Closed"),
    }


@require_GET
def account_list(request: HttpRequest) -> HttpResponse:
    """Show the accounts, those that want attention behind tabs of their own."""
    _administrator(request)
    now = timezone.now()
    today = timezone.localdate(now)
    asked = request.GET.get("show", "")
    choice = Choice(asked) if asked in set(Choice) else Choice.ALL
    rows = accounts(on=today).filter(conditions(at=now)[choice])
    words = request.GET.get("q", "").replace("\x00", "").strip()[:80]
    if words:
        rows = rows.filter(Q(username__icontains=words) | Q(full_name__icontains=words) | Q(email__icontains=words))
    counts = numbers(at=now, on=today)
    tabs = [
        {
            "label": label,
            "url": f"{reverse('tasks:account_list')}{f'?show={one}' if one else ''}",
            "current": one is choice,
            "count": counts[one],
        }
        for one, label in _words().items()
    ]
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "tabs": tabs, "choice": choice.value, "q": words}
    return render(request, "tasks/account_list.html", context)


@never_cache
@require_POST
def account_change(request: HttpRequest) -> HttpResponse:
    """Do one thing to the accounts that are ticked."""
    by, now = _administrator(request), timezone.now()
    keys = [key for text in request.POST.getlist("account") if (key := row_number(text)) is not None]
    users = User.objects.filter(pk__in=keys)
    wanted = request.POST.get("do", "")
    if wanted == "close" and by.pk in keys:
        messages.error(request, _("Nobody closes the own account."))
    elif not users.exists():
        messages.error(request, _("Please tick at least one account."))
    elif wanted == "links":
        return _links(request, users, by=by, at=now)
    else:
        messages.success(request, _done(wanted, users, by=by, at=now))
    show = request.POST.get("show", "")
    return redirect(f"{reverse('tasks:account_list')}?show={show if show in set(Choice) else ''}")


def _done(wanted: str, users: QuerySet[User], *, by: User, at: datetime) -> str:
    """Do it, and return the sentence that says so."""
    if wanted == "keep":
        count = decide(users, ReviewDecision.KEEP, by=by, at=at)
        words = ngettext("%(count)s account is confirmed.", "%(count)s accounts are confirmed.", count)
    elif wanted == "close":
        count = decide(users, ReviewDecision.CLOSE, by=by, at=at)
        words = ngettext("%(count)s account is closed.", "%(count)s accounts are closed.", count)
    elif wanted == "open":
        count = reopen(users, by=by, at=at)
        words = ngettext("%(count)s account is open again.", "%(count)s accounts are open again.", count)
    elif wanted == "sessions":
        count = end_sessions(Session.objects.filter(user__in=users))
        words = ngettext("%(count)s session is ended.", "%(count)s sessions are ended.", count)
    elif wanted == "unlock":
        count = sum(reset_failures(username=user.username) for user in users)
        words = ngettext("%(count)s lock is lifted.", "%(count)s locks are lifted.", count)
    elif wanted == "factor":
        count = _without_second_factor(users)
        words = _("The second factor is taken away; an administrator sets up a new one at the next sign-in.")
    else:
        count, words = 0, _("Nothing was done.")
    return words % {"count": count}


@transaction.atomic
def _without_second_factor(users: QuerySet[User]) -> int:
    """Take the second factor of accounts away, with every session that it opened."""
    for user in users:
        remove(user)
    return end_sessions(Session.objects.filter(user__in=users))


def _links(request: HttpRequest, users: QuerySet[User], *, by: User, at: datetime) -> HttpResponse:
    """Show one link for each account, to be printed and handed over; nobody can see them again."""
    rows = []
    with transaction.atomic():
        for user in users.filter(is_active=True).order_by("username")[:MOST_LINKS]:
            token, link = make_link(user, purpose_for(user), by=by, at=at)
            rows.append((user, address_of(request, token), link))
    return render(request, "tasks/account_links.html", {"rows": rows})
