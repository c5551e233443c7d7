"""What waits for somebody in the life of editions: a decision, a number, a comment; and what there is to read."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.choices_editions import EditionState
from reports.models import Edition, EditionComment, EditionDraft
from tasks.permissions import Standing

DRAFTS_SHOWN = 5
COUNTED = (EditionState.IN_REVIEW, EditionState.APPROVED, EditionState.ISSUED)
TOLD = {
    EditionState.IN_REVIEW: gettext_lazy("Reports that wait for your decision: %(count)d"),
    EditionState.APPROVED: gettext_lazy("Approved reports that wait for number and date: %(count)d"),
    EditionState.ISSUED: gettext_lazy("Issued reports to read: %(count)d"),
}


@dataclass(frozen=True)
class Waiting:
    """One thing to do, or to read: what it is, where, by when, and whether it is for show."""

    title: str
    url: str
    note: str
    is_demo: bool = False


def edition_counts() -> dict[str, Coalesce]:
    """Return how many editions stand in each state that somebody waits for, to be read along with another row."""
    return {f"editions_{state}": Coalesce(_number_of(state), 0) for state in COUNTED}


def _number_of(state: EditionState) -> Subquery:
    rows = Edition.objects.filter(state=state).order_by().annotate(all=Value(1)).values("all")
    return Subquery(rows.annotate(number=Count("pk")).values("number"), output_field=IntegerField())


def waiting_editions(standing: Standing, counted: object) -> list[Waiting]:
    """Return what waits for this person, or may be read, by the numbers that a row brought along; no query."""
    states = [EditionState.IN_REVIEW] if standing.is_leader else []
    if standing.is_leader or standing.is_reviewer:
        states.append(EditionState.APPROVED)
    if standing.is_viewer and not states:
        states.append(EditionState.ISSUED)
    index = reverse("reports:edition_index")
    numbers = [(state, getattr(counted, f"editions_{state}", 0)) for state in states]
    return [Waiting(str(TOLD[state]) % {"count": number}, index, "") for state, number in numbers if number]


def drafts_to_comment(standing: Standing) -> list[Waiting]:
    """Return the drafts that were sent to a body of the person and that it has not commented on; one query."""
    own = standing.own_bodies
    said = EditionComment.objects.filter(draft=OuterRef("pk"), body__in=own)
    rows = (
        EditionDraft.objects.filter(~Exists(said), addressees__in=own, edition__state=EditionState.DRAFT)
        .select_related("edition__period")
        .distinct()
        .order_by("-sent_at")[:DRAFTS_SHOWN]
    )
    return [
        Waiting(
            _("Draft %(number)d of the report “%(title)s”") % {"number": row.number, "title": row.edition.period.title},
            reverse("reports:draft_detail", args=[row.pk]),
            _("comments wanted by %(day)s") % {"day": f"{row.comments_by:%d/%m/%Y}"} if row.comments_by else "",
            row.edition.is_demo,
        )
        for row in rows
    ]
