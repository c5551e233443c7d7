"""The page that finds things: words without tones, accents or case, in everything that the person may read."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from reports.search import BY_NAME, section, sections
from reports.search_values import Question
from tasks.permissions import standing_of
from tasks.reading import shown_plans

LONGEST, LAST_PAGE = 200, 200
ANYWHERE = "roi"


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found, a few of each kind, or one kind page by page."""
    standing = standing_of(request.user, on=timezone.localdate())
    text = request.GET.get("q", "").replace("\x00", "")[:LONGEST]
    together = request.GET.get("cach") != ANYWHERE
    question = Question.of(text, together=together, plans=shown_plans(request))
    context: dict[str, Any] = {"question": question, "q": text, "anywhere": address(text, cach=ANYWHERE)}
    name = request.GET.get("loai", "")
    if name and name not in BY_NAME:
        raise Http404
    how = {} if together else {"cach": ANYWHERE}
    if name and question.words:
        page = page_number(request.GET.get("trang", "1"))
        one = section(BY_NAME[name], question, standing, page=page)
        context |= {"sections": [(one, "")] if one.hits else [], "kind": one.kind, "back": address(text, **how)}
        context["previous"] = address(text, **how, loai=name, trang=str(page - 1)) if page > 1 else ""
        context["next"] = address(text, **how, loai=name, trang=str(page + 1)) if one.has_more else ""
    else:
        found = sections(question, standing)
        context["sections"] = [(one, address(text, **how, loai=one.kind.name) if one.has_more else "") for one in found]
    return render(request, "reports/search.html", context)


def page_number(text: str) -> int:
    """Return the page asked for; what is no page is the first."""
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdecimal() and len(text) < 6 else 1


def address(text: str, **more: str) -> str:
    """Return the address of this search, asked in another way."""
    return f"{reverse('reports:search')}?{urlencode({'q': text, **more})}"
