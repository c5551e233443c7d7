"""The bodies in their official order, to find one by name or kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from plan_tracker.lib.text import vn_key
from tasks.choices import BodyKind
from tasks.models import Body


@dataclass(frozen=True)
class KindOfBodies:
    """The bodies of one kind, in the official order."""

    label: str
    bodies: tuple[Body, ...]


@require_GET
def body_list(request: HttpRequest) -> HttpResponse:
    """List the bodies by kind; a search finds names written without diacritics too."""
    words, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    rows = Body.objects.exclude(kind=BodyKind.PROVINCE).select_related("reports_through")
    known, today = list(rows.prefetch_related("names")), localdate()
    ended = [body for body in known if body.valid_to is not None and body.valid_to < today]
    shows_ended = bool(ended) and request.GET.get("truoc") == "1"
    begun = [body for body in known if body.valid_from is None or body.valid_from <= today]
    everybody = begun if shows_ended else [body for body in begun if body not in ended]
    found = [body for body in everybody if matches(body, words) and kind in {"", body.kind}]
    present = {body.kind for body in everybody}
    context = {
        "kinds": by_kind(found),
        "found": len(found),
        "total": len(everybody),
        "ended": len(ended),
        "shows_ended": shows_ended,
        "q": words,
        "kind": kind,
        "choices": [("", _("every kind")), *((one.value, one.label) for one in BodyKind if one in present)],
    }
    return render(request, "tasks/body_list.html", context)


def matches(body: Body, words: str) -> bool:
    """Return whether every word stands in one of the names that the body bears or bore, or in its symbol."""
    wanted = vn_key(words).split()
    names = [body.name, body.short_name, body.symbol, *(name.name for name in body.names.all())]
    haystack = vn_key(" ".join(names))
    return all(word in haystack for word in wanted)


def by_kind(bodies: Iterable[Body]) -> list[KindOfBodies]:
    """Group bodies by kind; the kinds stand as their first body does in the official order."""
    kinds: dict[str, list[Body]] = {}
    for body in bodies:
        kinds.setdefault(body.kind, []).append(body)
    return [KindOfBodies(str(BodyKind(kind).label), tuple(members)) for kind, members in kinds.items()]
