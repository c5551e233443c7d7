"""Which tables of `reports` an administrator loads from a file, and by which key a row is found."""

from __future__ import annotations

from plan_tracker.loading.resources import KeyedResource
from reports.models import OfficeDay


class OfficeDayResource(KeyedResource):
    """Working and free days by decision."""

    class Meta(KeyedResource.Meta):
        model = OfficeDay
        import_id_fields = ("day",)
        exclude = ("id",)
