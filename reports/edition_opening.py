"""Opening an edition: the draft of one product of a period, with a row for every section of its outline."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Max

from reports.choices import Product
from reports.drafting import draft_sections
from reports.models import Edition, EditionSection, Period
from reports.summaries import build_summary
from tasks.models import Body

if TYPE_CHECKING:
    from plan_tracker.accounts.models import User


class AlreadyOpen(Exception):
    """Somebody works on an edition of this product already; `edition` is that one."""

    def __init__(self, edition: Edition) -> None:
        super().__init__()
        self.edition = edition


def issuer_of(period: Period, kind: Product | str, *, on: date) -> Body:
    """Return who issues a product: the plan's own issuer reports to the Centre, else the body that sums up."""
    if Product(kind) == Product.STANDING:
        return period.plan.issuer
    marked = Body.objects.filter(is_summarizer=True)
    return marked.alive(on=on).first() or marked.first() or period.plan.issuer


def open_edition(period: Period, kind: Product | str, *, actor: User, at: datetime, on: date) -> Edition:
    """Begin the draft of a product from what is accepted now; a newer one supersedes the one in force when issued.

    Raises AlreadyOpen where a draft is under way. Give the period with `plan` and `plan__issuer` already read.
    """
    issuer = issuer_of(period, kind, on=on)
    of_it = Edition.objects.filter(period=period, kind=kind, issuer=issuer)
    if found := of_it.open().first():
        raise AlreadyOpen(found)
    sections = draft_sections(build_summary(period, at=at), kind, issuer=issuer.name)
    try:
        with transaction.atomic():
            edition = Edition.objects.create(
                period=period,
                kind=kind,
                issuer=issuer,
                version=(of_it.aggregate(last=Max("version"))["last"] or 0) + 1,
                supersedes=of_it.issued().first(),
                created_by=actor,
                created_at=at,
                is_demo=period.is_demo,
            )
            EditionSection.objects.bulk_create(EditionSection(edition=edition, key=row.key) for row in sections)
    except IntegrityError as clash:
        if found := of_it.open().first():
            raise AlreadyOpen(found) from clash
        raise
    return edition
