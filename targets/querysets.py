"""Reads of `targets` in the words of the domain."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from targets.models import ApiToken, Observation  # noqa: F401 - named in base classes
    from tasks.permissions import Standing


class ObservationQuerySet(models.QuerySet["Observation"]):
    """Figures with their sources."""

    def get_by_natural_key(  # noqa: PLR0913, PLR0917 - the key has eight parts
        self,
        plan: str,
        indicator: str,
        version: int,
        body: str,
        covers_from: str,
        covers_to: str,
        measure: str,
        status: str,
    ) -> Observation:
        """Return the current real observation with this key."""
        return self.get(
            indicator__target__plan__code=plan,
            indicator__code=indicator,
            definition__version=version,
            body__code=body,
            covers_from=covers_from,
            covers_to=covers_to,
            measure=measure,
            status=status,
            is_demo=False,
            withdrawn_at__isnull=True,
        )

    def visible_to(self, standing: Standing) -> ObservationQuerySet:
        """Return the figures that a person may read: the province's, his own bodies', or all."""
        if standing.sees_every_report or standing.is_viewer:
            return self
        province = models.Q(body=models.F("indicator__target__plan__province"))
        return self.filter(province | models.Q(body__in=standing.own_bodies))

    def current(self) -> ObservationQuerySet:
        """Return the figures that stand: not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def up_to(self, on: date) -> ObservationQuerySet:
        """Return the figures whose span ends on a day or earlier."""
        return self.filter(covers_to__lte=on)


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Tokens of other systems."""

    def valid(self) -> ApiTokenQuerySet:
        """Return the tokens that have not been revoked."""
        return self.filter(revoked_at__isnull=True)
