"""Who sees which draft (querysets, 404), and who takes which step of an edition (predicates, 403)."""

from __future__ import annotations

from django.db.models import QuerySet

from reports.choices_editions import EditionState
from reports.models import Edition, EditionDraft
from tasks.permissions import Standing


def drafts_visible_to(standing: Standing) -> QuerySet[EditionDraft]:
    """Return every draft for those who draw reports up; else those that were sent to a body of the person."""
    rows = EditionDraft.objects.all()
    if standing.sees_every_report:
        return rows
    return rows.filter(addressees__in=standing.bodies()).distinct()


def can_send_out(standing: Standing, edition: Edition) -> bool:
    """Return whether the person composes the report, sends drafts of it out and hands it up."""
    return standing.is_reviewer


def can_approve(standing: Standing, edition: Edition) -> bool:
    """Return whether the person decides about the report: the leader of the body that draws it up."""
    return standing.is_leader


def can_issue(standing: Standing, edition: Edition) -> bool:
    """Return whether the person enters number and date of an approved report: those who composed or approved it."""
    return standing.is_reviewer or standing.is_leader


def bodies_to_comment(standing: Standing, draft: EditionDraft) -> frozenset[int]:
    """Return for which of the addressees the person may comment: a body for itself, a reviewer for any of them.

    Comments are taken as long as the edition is being written.
    """
    if draft.edition.state != EditionState.DRAFT:
        return frozenset()
    asked = frozenset(body.pk for body in draft.addressees.all())
    return asked if standing.is_reviewer else asked & standing.own_bodies


def can_handle_comments(standing: Standing, edition: Edition) -> bool:
    """Return whether the person says what became of comments."""
    return standing.is_reviewer and edition.state == EditionState.DRAFT


def can_read_comments(standing: Standing) -> bool:
    """Return whether the person reads what every body said; a body reads its own words only."""
    return standing.sees_every_report
