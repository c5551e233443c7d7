"""Pages of drafts: sending one out, reading and commenting on it, and the table of what became of every comment."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reports.choices_editions import Handling
from reports.documents.comments_report import Place, comments_paper, place_words, places_of
from reports.documents.docx_file import render_docx
from reports.documents.report_json import from_data
from reports.edition_comments import add_comment, handle_comment
from reports.edition_files import DOCX
from reports.edition_papers import letterhead_for
from reports.edition_steps import offered_steps, take_edition_step
from reports.edition_tabs import crumbs_of, tabs_of
from reports.file_names import file_words
from reports.forms_editions import CommentForm, HandlingForm, SendOutForm
from reports.models import Edition, EditionComment, EditionDraft
from reports.moves import StepRefused
from reports.permissions_editions import (
    bodies_to_comment,
    can_handle_comments,
    can_read_comments,
    can_send_out,
    drafts_visible_to,
)
from reports.views_documents import file_response
from reports.views_edition_life import one_edition
from reports.views_periods import who
from tasks.models import Body
from tasks.permissions import Standing


@require_http_methods(["GET", "POST"])
def edition_send_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the bodies that are asked to comment, and send the next draft out."""
    user, standing = who(request)
    edition = one_edition(standing, pk)
    if not can_send_out(standing, edition):
        raise PermissionDenied
    if edition.is_fixed and request.method == "GET":
        return redirect("reports:edition_life", pk)
    number = edition.drafts.count() + 1
    given: dict[str, Any] = {"bodies": _askable(edition), "number": number}
    form = SendOutForm(request.POST, **given) if request.method == "POST" else SendOutForm(**given)
    refused: StepRefused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            take_edition_step(
                edition, "send_out", actor=user, standing=standing, at=timezone.now(), data=form.edition_data()
            )
        except StepRefused as error:
            refused = error
        else:
            messages.success(request, _("Draft %(number)d was sent out.") % {"number": form.cleaned_data["number"]})
            return redirect("reports:edition_life", pk)
    status = refused.status if refused else 422 if form.errors else 200
    offer = offered_steps(edition, standing).get("send_out")
    context = {"edition": edition, "form": form, "refused": refused, "number": number, "offer": offer}
    return render(request, "reports/edition_send_out.html", context | {"demo": edition.is_demo}, status=status)


def _askable(edition: Edition) -> list[Body]:
    """Return who can be asked: the bodies that report in the period, and the issuer of the plan."""
    period = edition.period
    asked = Q(expectations__period=period) | Q(pk=period.plan.issuer_id)
    return list(Body.objects.filter(asked).exclude(pk=edition.issuer_id).distinct().order_by("order", "code"))


def one_draft(standing: Standing, pk: int) -> EditionDraft:
    """Return a draft that the person may see; a body sees what was sent to it."""
    rows = drafts_visible_to(standing).select_related("edition__period", "edition__issuer")
    return get_object_or_404(rows.prefetch_related("addressees"), pk=pk)


@require_http_methods(["GET", "POST"])
def draft_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a draft as it was sent out, what was said of it, and the form to say more."""
    user, standing = who(request)
    draft = one_draft(standing, pk)
    report = from_data(draft.content)
    places = places_of(report)
    given: dict[str, Any] = {
        "bodies": bodies_to_comment(standing, draft),
        "places": places,
        "today": timezone.localdate(),
        "is_recorded": standing.is_reviewer,
    }
    refused: StepRefused | None = None
    form = CommentForm(request.POST, **given) if request.method == "POST" else CommentForm(**given)
    if request.method == "POST":
        refused = _commented(draft, form, standing, user)
        if refused is None and not form.errors:
            messages.success(request, _("The comment is recorded."))
            return redirect(f"{reverse('reports:draft_detail', args=[pk])}#comments")
    context = {
        "draft": draft,
        "edition": draft.edition,
        "report": report,
        "comments": [(row, place_words(row.place, places)) for row in _comments(standing, draft)],
        "form": form if given["bodies"] else None,
        "refused": refused,
        "can_handle": can_handle_comments(standing, draft.edition),
        "is_inside": standing.sees_every_report,
        "demo": draft.edition.is_demo,
    }
    status = refused.status if refused else 422 if form.errors else 200
    return render(request, "reports/draft_detail.html", context, status=status)


def _commented(draft: EditionDraft, form: CommentForm, standing: Standing, user: Any) -> StepRefused | None:
    """Record the comment of a form; return why it was refused, if it was."""
    asked = {body.pk for body in draft.addressees.all()}
    if not standing.is_reviewer and not asked & standing.own_bodies:
        raise PermissionDenied
    if not bodies_to_comment(standing, draft):
        form.errors.clear()
        return StepRefused([_("Comments on this draft are closed.")], "moved")
    if not form.is_valid():
        return None
    data = form.cleaned_data
    on = data.get("received_on") or timezone.localdate()
    try:
        add_comment(draft, data["body"], data["place"], data["text"], actor=user, on=on)
    except StepRefused as refused:
        return refused
    return None


def _comments(standing: Standing, draft: EditionDraft) -> Any:
    """Return what was said of a draft: everything for those who deal with it, its own words for a body."""
    rows = draft.comments.select_related("body", "handled_by")
    return rows if can_read_comments(standing) else rows.filter(body_id__in=standing.bodies())


@require_GET
def draft_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """Return a draft as it was sent out, as a file."""
    _user, standing = who(request)
    draft = one_draft(standing, pk)
    with override("vi"):
        content = render_docx(from_data(draft.content))
        name = f"du-thao-lan-{draft.number}-{file_words(draft.edition.period)}.docx"
    return file_response(content, DOCX, name)


@require_GET
def edition_comments(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every comment on the drafts of an edition with what became of it."""
    _user, standing = who(request)
    return _comments_page(request, standing, _commented_edition(standing, pk))


def _commented_edition(standing: Standing, pk: int) -> Edition:
    if not can_read_comments(standing):
        raise Http404
    return one_edition(standing, pk)


def all_comments(edition: Edition) -> tuple[list[EditionComment], tuple[Place, ...]]:
    """Return the comments in the official order of the bodies, and the headings that they hang on; two queries."""
    comments = EditionComment.objects.select_related("body", "handled_by", "draft").order_by("body__order", "pk")
    drafts = edition.drafts.prefetch_related(Prefetch("comments", comments))
    found = sorted(
        (row for draft in drafts for row in draft.comments.all()),
        key=lambda row: (row.body.order, row.body.code, row.pk),
    )
    places = {place.key: place for draft in drafts for place in places_of(from_data(draft.content))}
    return found, tuple(places.values())


def _comments_page(
    request: HttpRequest,
    standing: Standing,
    edition: Edition,
    bound: tuple[int, HandlingForm] | None = None,
    refused: StepRefused | None = None,
) -> HttpResponse:
    comments, places = all_comments(edition)
    handles = can_handle_comments(standing, edition)
    rows = []
    for row in comments:
        form = HandlingForm(
            initial={"handling": row.handling, "text": row.handling_text, "seen": row.handling},
            prefix=f"c{row.pk}",
        )
        if bound and bound[0] == row.pk:
            form = bound[1]
        rows.append(
            (row, place_words(row.place, places), form if handles else None, bool(bound and bound[0] == row.pk))
        )
    waiting = sum(row.handling == Handling.OPEN for row in comments)
    context = {
        "edition": edition,
        "rows": rows,
        "waiting": waiting,
        "refused": refused,
        "tabs": tabs_of(edition, "edition_comments"),
        "crumbs": crumbs_of(edition.period, edition),
        "demo": edition.is_demo,
    }
    status = refused.status if refused else 422 if bound else 200
    return render(request, "reports/edition_comments.html", context, status=status)


@require_POST
def comment_handle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what was done with a comment."""
    user, standing = who(request)
    comment = get_object_or_404(
        EditionComment.objects.filter(draft__in=drafts_visible_to(standing)).select_related("draft__edition"), pk=pk
    )
    if not standing.is_reviewer:
        raise PermissionDenied
    form = HandlingForm(request.POST, prefix=f"c{pk}")
    refused: StepRefused | None = None
    if form.is_valid():
        data = form.cleaned_data
        try:
            handle_comment(
                comment,
                Handling(data["handling"]),
                data["text"],
                seen=data["seen"],
                actor=user,
                at=timezone.now(),
            )
        except StepRefused as error:
            refused = error
        else:
            return redirect(f"{reverse('reports:edition_comments', args=[comment.draft.edition_id])}#c{pk}")
    return _comments_page(request, standing, one_edition(standing, comment.draft.edition_id), (pk, form), refused)


@require_GET
def comments_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the table of tiếp thu, giải trình as a document."""
    _user, standing = who(request)
    edition = _commented_edition(standing, pk)
    today = timezone.localdate()
    comments, places = all_comments(edition)
    with override("vi"):
        report = comments_paper(edition, comments, places, letterhead_for(edition, on=today), on=today)
        name = f"tiep-thu-giai-trinh-{file_words(edition.period)}.docx"
        return file_response(render_docx(report), DOCX, name)
