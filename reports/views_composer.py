"""The composer: one section of an edition with what the figures say, what people wrote, and what bodies report."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from plan_tracker.accounts.models import User
from reports import composing
from reports.composer_actions import ACTIONS, Desk
from reports.composer_pages import SectionPage, section_page
from reports.composing import EditionMoved, Hand, Outcome, Typed, read_typed
from reports.conflicts import MINE, THEIRS, digest
from reports.edition_content import edition_content
from reports.edition_pages import Shower, ShownSection, shown_edition
from reports.edition_tabs import crumbs_of
from reports.permissions_composer import can_compose
from reports.recommendations import followed
from reports.views_editions import one_edition
from tasks.permissions import standing_of

AUTO, SAVED_EVENT = "auto", "section-saved"


def _desk(request: HttpRequest, pk: int, key: str) -> Desk:
    """Return a section for a person who draws reports up; others are refused or find nothing."""
    edition, now = one_edition(request, pk), timezone.now()
    standing = standing_of(request.user, on=timezone.localdate(now))
    if not (can_compose(standing, edition) or (request.method == "POST" and standing.is_reviewer)):
        raise PermissionDenied
    assert isinstance(request.user, User)  # noqa: S101 - the middleware lets nobody else in
    content = edition_content(edition, now=now)
    shown = shown_edition(content, period_pk=edition.period_id)
    row = next((row for row in shown.sections if row.content.key == key), None)
    if row is None:
        raise Http404
    return Desk(edition, content, shown, row, Hand(request.user, now))


@require_http_methods(["GET", "POST"])
def edition_section(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Write one section: see what the figures say, take words of bodies with their source, change the text."""
    desk = _desk(request, pk, key)
    if request.method == "GET":
        return _page(request, desk)
    typed = read_typed(*(request.POST.get(name, "") for name in ("text", "seen", "row_version")))
    choice = request.POST.get("section-choice", "")
    if choice == THEIRS:
        return redirect(desk.url)
    error = typed.error
    if request.POST.get("section-asked") and choice != MINE:
        error = error or _("Choose which text to keep.")
    if error:
        return _answer(request, desk, replace(typed, error=error), status=422)
    try:
        outcome = composing.save_text(desk.edition, desk.row.content, typed, desk.hand)
        if outcome.is_clash or request.POST.get("do") == AUTO:
            return _answer(request, desk, typed, outcome=outcome, status=409 if outcome.is_clash else 200)
        return _act(request, desk)
    except EditionMoved as refusal:
        return _answer(request, desk, replace(typed, error=str(refusal)), status=409)


def _act(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Do what the button said beside saving, and lead back to where the person was."""
    action, _colon, what = request.POST.get("do", "").partition(":")
    act = ACTIONS.get(action)
    where = act(request, _fresh(desk), what) if act else ""
    if not act:
        messages.success(request, _("Saved."))
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{desk.url}{f'?{query}' if query else ''}{f'#{where}' if where else ''}")


def _fresh(desk: Desk) -> Desk:
    """Return the section as it is after saving; the figures are those of a moment ago."""
    edition = desk.edition
    content = edition_content(edition, now=desk.hand.at)
    shown = shown_edition(content, period_pk=edition.period_id)
    row = next(row for row in shown.sections if row.content.key == desk.row.content.key)
    return replace(desk, content=content, shown=shown, row=row)


def _answer(
    request: HttpRequest, desk: Desk, typed: Typed, *, outcome: Outcome | None = None, status: int = 200
) -> HttpResponse:
    """Answer a save: to a page that saves by itself with its changed parts, else with the page and what was typed."""
    if request.POST.get("do") != AUTO:
        return _page(request, desk, typed=typed, outcome=outcome, status=status)
    shown = desk.shown.typed(desk.row, typed.text)
    context = {
        "error": typed.error,
        **_shown_version(typed, outcome),
        "saved_at": desk.hand.at if status == 200 else None,
        "pages": shown.sections[desk.shown.sections.index(desk.row)].pages,
        "shown": shown,
    }
    response = render(request, "reports/_section_saved.html", context, status=status)
    if status == 200:
        response["HX-Trigger"] = SAVED_EVENT
    return response


def _shown_version(typed: Typed, outcome: Outcome | None) -> dict[str, Any]:
    """Return what the page answers for after a save: after a clash the other text, after a refusal what it showed."""
    if outcome is None:
        return {"clash": None, "seen": typed.seen, "row_version": typed.row_version}
    text = typed.text if outcome.theirs is None else outcome.theirs
    clash = {"text": text, "row": outcome.row} if outcome.is_clash else None
    return {"clash": clash, "seen": digest(text), "row_version": outcome.row_version}


def _page(
    request: HttpRequest, desk: Desk, *, typed: Typed | None = None, outcome: Outcome | None = None, status: int = 200
) -> HttpResponse:
    """Show the section, with what was typed where it could not be saved."""
    kind, _colon, addressee = desk.row.content.key.partition(":")
    period = desk.edition.period
    page: SectionPage = section_page(
        desk.content,
        desk.row,
        request.GET,
        shower=Shower(period.pk),
        followed=followed(period, addressee) if kind == "proposals" else {},
    )
    content = desk.row.content
    fresh = {"clash": None, "seen": page.seen, "row_version": content.saved.row_version}
    context = {
        "edition": desk.edition,
        "shown": desk.shown,
        "page": page,
        "row": desk.row,
        "text": content.text if typed is None else typed.text,
        "error": typed.error if typed else "",
        **(_shown_version(typed, outcome) if typed else fresh),
        "action": request.get_full_path(),
        "neighbours": _neighbours(desk),
        "follows": reverse("reports:recommendation_create", args=[period.pk]) if kind == "proposals" else "",
        "crumbs": crumbs_of(period, desk.edition, section=content.key),
        "demo": desk.edition.is_demo,
    }
    return render(request, "reports/edition_section.html", context, status=status)


def _neighbours(desk: Desk) -> tuple[ShownSection | None, ShownSection | None]:
    """Return the sections before and after this one."""
    sections = desk.shown.sections
    place = sections.index(desk.row)
    after = sections[place + 1] if place + 1 < len(sections) else None
    return sections[place - 1] if place else None, after
