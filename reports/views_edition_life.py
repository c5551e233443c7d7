"""Pages of the life of an edition: the list, one with its next steps, the form that issues it, what changed since."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reports import edition_facts
from reports.choices_editions import EditionState, Handling
from reports.documents.report_json import from_data
from reports.edition_papers import letterhead_for, summary_at
from reports.edition_seal import is_intact
from reports.edition_signing import TYPE_CODE, default_recipients, proposed_term
from reports.edition_steps import STEPS, offered_steps, take_edition_step
from reports.edition_tabs import crumbs_of, tabs_of
from reports.forms_editions import IssueForm
from reports.models import Edition
from reports.moves import StepRefused
from reports.permissions_composer import editions_read_by
from reports.permissions_editions import can_issue
from reports.tombstone_pages import why_not_intact
from reports.views_periods import who
from tasks.permissions import Standing

PAGE_SIZE = 50
# Steps with a plain button, or a button and a reason; the others have a form of their own.
PLAIN, REASONED, OWN_FORM = ("hand_up", "take_back", "approve"), ("send_back", "correct"), ("send_out", "issue")


@require_GET
def edition_index(request: HttpRequest) -> HttpResponse:
    """List the reports that are written and issued, the newest period first."""
    _user, standing = who(request)
    if not (standing.sees_every_report or standing.is_viewer):
        raise Http404
    waiting = Count("drafts__comments", filter=Q(drafts__comments__handling=Handling.OPEN))
    rows = editions_read_by(standing).select_related("period", "issuer").annotate(waiting=waiting)
    page = Paginator(rows.order_by("-period__data_to", "kind", "-version"), PAGE_SIZE).get_page(request.GET.get("page"))
    demo = any(row.is_demo for row in page.object_list)
    return render(request, "reports/edition_index.html", {"page": page, "rows": page.object_list, "demo": demo})


def one_edition(standing: Standing, pk: int) -> Edition:
    """Return an edition that the person may see, with its period and plan."""
    return get_object_or_404(editions_read_by(standing).opened(), pk=pk)


@require_GET
def edition_life(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one edition: what is to do, its drafts and comments, the issued text with its files, and every step."""
    _user, standing = who(request)
    return _page(request, standing, one_edition(standing, pk))


def _page(
    request: HttpRequest, standing: Standing, edition: Edition, refused: StepRefused | None = None, reason: str = ""
) -> HttpResponse:
    offers = offered_steps(edition, standing)
    is_inside = standing.sees_every_report
    drafts = edition.drafts.prefetch_related("comments").select_related("sent_by") if is_inside else ()
    intact = edition.is_fixed and is_intact(edition)
    newer = editions_read_by(standing).filter(supersedes=edition).first()
    context: dict[str, Any] = {
        "edition": edition,
        "report": from_data(edition.content) if edition.is_fixed and edition.content else None,
        "plain": [offers[name] for name in PLAIN if name in offers],
        "reasoned": [offers[name] for name in REASONED if name in offers],
        "own": {name: offers[name] for name in OWN_FORM if name in offers},
        "drafts": [(draft, Counter(row.handling for row in draft.comments.all())) for draft in drafts],
        "files": edition.files.defer("content") if edition.is_fixed else (),
        "is_intact": intact,
        "withdrawn": why_not_intact(edition) if edition.is_fixed and not intact else "",
        "newer": newer,
        "is_inside": is_inside,
        "steps": [(step, STEPS.get(step.step)) for step in edition.steps.select_related("taken_by")],
        "refused": refused,
        "reason": reason,
        "tabs": tabs_of(edition, "edition_life") if is_inside else (),
        "crumbs": crumbs_of(edition.period, edition),
        "demo": edition.is_demo,
    }
    return render(request, "reports/edition_life.html", context, status=refused.status if refused else 200)


@require_POST
def edition_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one of the steps that need no form: hand up, take back, approve, send back, begin a correction."""
    user, standing = who(request)
    edition = one_edition(standing, pk)
    step, reason = request.POST.get("step", ""), request.POST.get("reason", "")[:2000]
    if step not in {*PLAIN, *REASONED}:
        raise PermissionDenied
    try:
        after = take_edition_step(
            edition, step, actor=user, standing=standing, at=timezone.now(), reason=reason
        )  # fmt: skip
    except StepRefused as refused:
        return _page(request, standing, one_edition(standing, pk), refused, reason)
    messages.success(request, _("Done: %(state)s.") % {"state": after.get_state_display()})
    return redirect("reports:edition_life", after.pk)


@require_http_methods(["GET", "POST"])
def edition_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter number, date and signature of an approved report, and issue it."""
    user, standing = who(request)
    edition = one_edition(standing, pk)
    if not can_issue(standing, edition):
        raise PermissionDenied
    if edition.is_fixed and request.method == "GET":
        return redirect("reports:edition_life", pk)
    refused: StepRefused | None = None
    form = IssueForm(request.POST) if request.method == "POST" else IssueForm(initial=_proposed(edition))
    if request.method == "POST" and form.is_valid():
        try:
            issued = take_edition_step(
                edition, "issue", actor=user, standing=standing, at=timezone.now(), data=form.edition_data()
            )
        except StepRefused as error:
            refused = error
        else:
            messages.success(request, _("Issued: %(symbol)s.") % {"symbol": issued.symbol})
            return redirect("reports:edition_life", issued.pk)
    status = refused.status if refused else 422 if form.errors else 200
    offer = offered_steps(edition, standing).get("issue")
    context = {"edition": edition, "form": form, "refused": refused, "offer": offer, "demo": edition.is_demo}
    return render(request, "reports/edition_issue.html", context, status=status)


def _proposed(edition: Edition) -> dict[str, Any]:
    """Return what can be known before somebody reads the signed paper; the number and the names cannot."""
    today = timezone.localdate()
    letterhead = letterhead_for(edition, on=today)
    collective = letterhead.habit.in_the_name_of
    recipients = default_recipients(edition.kind, letterhead, edition.period.plan.issuer.name, today)
    return {
        "number": f"…-{TYPE_CODE}/{letterhead.symbol}" if letterhead.symbol else "",
        "signed_on": today,
        "place": letterhead.place,
        "term": proposed_term(today),
        "authority": "T/M" if collective else "",
        "position": letterhead.habit.position,
        "recipients": "\n".join(recipients),
    }


@require_GET
def edition_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show which figures of an issued report would be others if it were issued today."""
    _user, standing = who(request)
    edition = one_edition(standing, pk)
    if edition.state not in {EditionState.ISSUED, EditionState.SUPERSEDED}:
        raise Http404
    then = edition.facts or {}
    moment = edition_facts.as_of(then) or edition.issued_at or timezone.now()
    frozen = edition_facts.from_data(then)
    rows = edition_facts.differences(frozen, edition_facts.facts_of(summary_at(edition, at=moment)))
    context = {"edition": edition, "rows": rows, "compared": len(frozen), "demo": edition.is_demo}
    return render(request, "reports/edition_changes.html", context)
