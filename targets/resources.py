"""How rows of `targets` travel in files: references by code; a figure that stands is never overwritten by an import."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.widgets import Widget

from plan_tracker.lib.tables import KeyedResource
from targets.models import (
    Counter,
    Definition,
    Goal,
    Indicator,
    IndicatorReporter,
    Milestone,
    Observation,
    Target,
)
from tasks.models import Body, BodyGroup, Passage, Plan
from tasks.resources import InPlanWidget, by_code, in_plan

PLAN_OF_INDICATOR = "target__plan"
KEY = ("indicator", "definition", "body", "covers_from", "covers_to", "measure", "status")


class VersionWidget(InPlanWidget):
    """A definition by its version, within the indicator that the row names."""

    def get_queryset(self, value: Any, row: Any, *args: Any, **kwargs: Any) -> Any:
        """Return the versions of one indicator."""
        return super().get_queryset(value, row, *args, **kwargs).filter(indicator__code=row.get("indicator"))


class KindsWidget(Widget):
    """Kinds of period in one cell, with semicolons between; empty means every kind."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[str]:
        """Return the kinds."""
        return [part.strip() for part in str(value or "").split(";") if part.strip()]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Write the kinds."""
        return ";".join(value or [])


def indicator_column() -> Field:
    """Return the column that names an indicator."""
    return in_plan("indicator", Indicator, plan=PLAN_OF_INDICATOR)


def definition_column() -> Field:
    """Return the column that names a definition by its version."""
    widget = VersionWidget(Definition, "version", plan=f"indicator__{PLAN_OF_INDICATOR}")
    return Field(attribute="definition", column_name="definition", widget=widget)


class TargetResource(KeyedResource):
    """The targets of II.2."""

    plan = by_code("plan", Plan)
    passage = in_plan("passage", Passage)

    class Meta(KeyedResource.Meta):
        model = Target
        import_id_fields = ("plan", "code")
        exclude = ("id",)


class IndicatorResource(KeyedResource):
    """The indicators."""

    target = in_plan("target", Target)
    passage = in_plan("passage", Passage)

    class Meta(KeyedResource.Meta):
        model = Indicator
        import_id_fields = ("target", "code")
        exclude = ("id",)


class DefinitionResource(KeyedResource):
    """What exactly is measured, version by version."""

    indicator = indicator_column()

    class Meta(KeyedResource.Meta):
        model = Definition
        import_id_fields = ("indicator", "version")
        exclude = ("id",)


class GoalResource(KeyedResource):
    """The goals; an adjusted one is a new row with a later day."""

    indicator = indicator_column()
    definition = definition_column()

    class Meta(KeyedResource.Meta):
        model = Goal
        import_id_fields = ("indicator", "definition", "valid_from")
        exclude = ("id",)


class CounterResource(KeyedResource):
    """The counters."""

    plan = by_code("plan", Plan)
    part_of = in_plan("part_of", Counter)

    class Meta(KeyedResource.Meta):
        model = Counter
        import_id_fields = ("plan", "code")
        exclude = ("id",)


class ReporterResource(KeyedResource):
    """Who supplies which figure."""

    indicator = indicator_column()
    counter = in_plan("counter", Counter)
    body = by_code("body", Body)
    body_group = by_code("body_group", BodyGroup)
    period_kinds = Field(attribute="period_kinds", column_name="period_kinds", widget=KindsWidget())

    class Meta(KeyedResource.Meta):
        model = IndicatorReporter
        import_id_fields = ("code",)
        exclude = ("id",)


class MilestoneResource(KeyedResource):
    """Yearly plans on the way to a goal; the goal by its row number in an export."""

    body = by_code("body", Body)

    class Meta(KeyedResource.Meta):
        model = Milestone
        import_id_fields = ("goal", "body", "year")
        exclude = ("id",)


class ObservationResource(KeyedResource):
    """Figures with their sources: new ones are added, one that stands with another value is refused."""

    indicator = indicator_column()
    definition = definition_column()
    body = by_code("body", Body)

    class Meta(KeyedResource.Meta):
        model = Observation
        import_id_fields = KEY
        exclude = ("id", "recorded_by", "recorded_at", "supersedes", "withdrawn_at", "is_demo", "source_ref")

    def get_queryset(self) -> Any:
        """Look only at real figures that stand."""
        return super().get_queryset().filter(is_demo=False, withdrawn_at__isnull=True)

    def before_save_instance(self, instance: Observation, row: Any, **kwargs: Any) -> None:
        """Keep who loaded a new figure; refuse to overwrite one, which only a restatement with its reason may do."""
        instance.recorded_by = kwargs.get("user")
        instance.recorded_at = timezone.now()
        if instance.pk is not None:
            raise ValidationError(
                _("There is already another figure for this span; it is not overwritten by an import.")
            )
