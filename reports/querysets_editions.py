"""Reads of editions in the words of the domain; who may read one is decided in `permissions`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Max, OuterRef, Subquery

from reports.choices_editions import FROZEN_EDITIONS, OPEN_EDITIONS, EditionState

if TYPE_CHECKING:
    from reports.models import Edition  # noqa: F401 - named in base classes


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions of summary reports."""

    def open(self) -> EditionQuerySet:
        """Return the editions that are still worked on."""
        return self.filter(state__in=OPEN_EDITIONS)

    def issued(self) -> EditionQuerySet:
        """Return the editions in force."""
        return self.filter(state=EditionState.ISSUED)

    def fixed(self) -> EditionQuerySet:
        """Return the editions that never change again: issued, or superseded by a newer one."""
        return self.filter(state__in=FROZEN_EDITIONS)

    def opened(self) -> EditionQuerySet:
        """Return them with plan, period and issuer, and `last_accepted`: when the period's last report was accepted."""
        # The same table under another name: an aggregate over the joined rows would group by whole documents.
        same = self.model._default_manager.filter(pk=OuterRef("pk")).order_by().values("pk")
        last = same.annotate(last=Max("period__expectations__submissions__accepted_at")).values("last")
        return self.select_related("period__plan__issuer", "issuer").annotate(last_accepted=Subquery(last))
