"""Who reads the editions of a period (querysets, 404) and who writes in one (predicates, 403)."""

from __future__ import annotations

from reports.choices_editions import EditionState
from reports.models import Edition
from reports.querysets_editions import EditionQuerySet
from tasks.permissions import Standing


def editions_read_by(standing: Standing) -> EditionQuerySet:
    """Return every edition for those who draw reports up; what was issued, for a viewer; nothing for a body."""
    rows = Edition.objects.all()
    if standing.sees_every_report:
        return rows
    return rows.fixed() if standing.is_viewer else rows.none()


def can_open_edition(standing: Standing) -> bool:
    """Return whether the person begins the draft of a report on a period."""
    return standing.is_reviewer


def can_compose(standing: Standing, edition: Edition) -> bool:
    """Return whether the person writes in this edition now: a draft, before it lies with the leader."""
    return standing.is_reviewer and edition.state == EditionState.DRAFT
