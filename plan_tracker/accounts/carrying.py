"""What was typed survives the end of a session: the form waits on the server until the same person has signed in.

A form that is to survive holds a field `keeper`, a signed word that names the person whom the page was made for; only
this server can have written it, so it also shows that the form is one of ours. Nobody else ever gets the fields back.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as django_csrf_failure

from plan_tracker.accounts.models import Session
from plan_tracker.lib.secrecy import marking_error

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User

FIELD = "keeper"
_SALT = "plan_tracker.accounts.carrying"
_KEPT = "carried_forms"
PAGE_SECONDS = 7 * 24 * 3600  # a page that was left open over a weekend still counts
WAIT_SECONDS = 24 * 3600
MOST_FORMS, MOST_CHARACTERS = 5, 1_000_000


def keeper_for(user: User) -> str:
    """Return the word that a form carries to name its person."""
    return signing.dumps(user.pk, salt=_SALT)


def keeper_in(request: HttpRequest) -> int | None:
    """Return whom the sent form was made for; None where it carries no word of ours."""
    word = request.POST.get(FIELD, "") if request.method == "POST" else ""
    try:
        return int(signing.loads(word, salt=_SALT, max_age=PAGE_SECONDS)) if word else None
    except signing.BadSignature:
        return None


def carry(request: HttpRequest, person: int) -> bool:
    """Keep the form in this browser's session for one person; say whether that could be done.

    A text with a marking of secrecy is kept nowhere, this place included.
    """
    fields = [(name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"]
    said = [value for _name, values in fields for value in values]
    if sum(map(len, said)) > MOST_CHARACTERS or marking_error(*said):
        return False
    kept = {path: form for path, form in request.session.get(_KEPT, {}).items() if form["person"] == person}
    kept.pop(request.path, None)
    kept[request.path] = {"person": person, "fields": fields, "at": int(time.time())}
    request.session[_KEPT] = dict(list(kept.items())[-MOST_FORMS:])
    return True


def forget_carried(holds: Callable[[str], bool]) -> int:
    """Throw away, in every session, the waiting forms with a value that `holds` knows; return how many went."""
    gone = 0
    for row in Session.objects.iterator():
        data = row.get_decoded()
        forms = data.get(_KEPT, {})
        left = {path: form for path, form in forms.items() if not _any_value(form, holds)}
        if left != forms:
            gone += len(forms) - len(left)
            row.session_data = row.get_session_store_class()().encode(data | {_KEPT: left})
            row.save(update_fields=["session_data"])
    return gone


def _any_value(form: dict[str, Any], holds: Callable[[str], bool]) -> bool:
    return any(holds(str(value)) for _name, values in form["fields"] for value in values)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose page is older than the sign-in; one of ours comes back with everything in it."""
    person = keeper_in(request)
    user = request.user
    mine = person is not None and (user.is_anonymous or user.pk == person)
    if mine and person is not None and not request.headers.get("HX-Request") and carry(request, person):
        return redirect(request.path) if user.is_authenticated else redirect_to_login(request.path)
    return django_csrf_failure(request, reason)


class CarriedFormMiddleware:
    """Keeps a form that meets an ended session, and sends it again once its own person has signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "is_carried_form", False) and response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
            kept = request.session.get(_KEPT, {})
            kept.pop(request.path, None)
            request.session[_KEPT] = kept
        return response

    def process_view(self, request: HttpRequest, view: Any, *_args: object) -> HttpResponse | None:
        """Keep, refuse or send again."""
        if not getattr(view, "login_required", True):
            return None
        person = keeper_in(request)
        if person is not None and request.user.pk != person:
            return self._without_its_person(request, person)
        if request.method == "GET" and request.user.is_authenticated and _KEPT in request.session:
            self._send_again(request)
        return None

    def _without_its_person(self, request: HttpRequest, person: int) -> HttpResponse | None:
        """Answer a form whose person is not signed in any more: nobody is, or somebody else."""
        if request.headers.get("HX-Request"):
            return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
        if request.user.is_authenticated:
            return render(request, "accounts/other_person.html", status=HTTPStatus.CONFLICT)
        return redirect_to_login(request.path) if carry(request, person) else None

    def _send_again(self, request: HttpRequest) -> None:
        """Turn the visit of a page into the form that waits for it; forms of other people are thrown away."""
        latest = int(time.time()) - WAIT_SECONDS
        kept = {
            path: form
            for path, form in request.session[_KEPT].items()
            if form["person"] == request.user.pk and form["at"] >= latest
        }
        if kept != request.session[_KEPT]:
            request.session[_KEPT] = kept
        form = kept.get(request.path)
        if form is None or request.headers.get("HX-Request"):
            return
        fields = [(name, value) for name, values in form["fields"] for value in values]
        request.method, request.POST = "POST", QueryDict(urlencode(fields))
        request.__dict__["is_carried_form"] = True
        messages.info(request, _("Your session had ended. What you had typed has been kept and taken up again."))
