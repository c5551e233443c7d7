"""How rows of `targets` travel in files: references by code; `resources_figures` has the figures."""

from __future__ import annotations

from typing import Any

from import_export.fields import Field
from import_export.widgets import CharWidget, Widget

from plan_tracker.loading.bulk import BulkResource
from plan_tracker.loading.cells import DayWidget, WholeWidget
from plan_tracker.loading.resources import KeyedResource
from targets.models import (
    Counter,
    Definition,
    Denominator,
    Goal,
    Indicator,
    IndicatorReporter,
    Milestone,
    Target,
)
from tasks.models import Body, BodyGroup, Passage, Plan
from tasks.resource_columns import InPlanResource, InPlanWidget, PlanColumn, by_code, in_plan

PLAN_OF_INDICATOR = "target__plan"


class VersionWidget(InPlanWidget):
    """A definition by its version, within the indicator that the row names."""

    def place(self, row: Any) -> Any:
        """Return plan and indicator of the row."""
        return super().place(row), row.get("indicator")

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


class IndicatorResource(InPlanResource):
    """The indicators."""

    plan = PlanColumn("target__plan")
    target = in_plan("target", Target)
    passage = in_plan("passage", Passage)

    class Meta(KeyedResource.Meta):
        model = Indicator
        import_id_fields = ("target", "code")
        exclude = ("id",)


class DefinitionResource(InPlanResource):
    """What exactly is measured, version by version."""

    plan = PlanColumn("indicator__target__plan")
    indicator = indicator_column()

    class Meta(KeyedResource.Meta):
        model = Definition
        import_id_fields = ("indicator", "version")
        exclude = ("id",)


class GoalResource(InPlanResource):
    """The goals; an adjusted one is a new row with a later day."""

    plan = PlanColumn("indicator__target__plan")
    indicator = indicator_column()
    definition = definition_column()

    class Meta(KeyedResource.Meta):
        model = Goal
        import_id_fields = ("indicator", "definition", "valid_from")
        exclude = ("id",)


class DenominatorResource(InPlanResource):
    """The official denominators."""

    plan = PlanColumn("indicator__target__plan")
    indicator = indicator_column()

    class Meta(KeyedResource.Meta):
        model = Denominator
        import_id_fields = ("indicator", "valid_from")
        exclude = ("id",)


class CounterResource(BulkResource):
    """The counters."""

    plan = by_code("plan", Plan)
    part_of = in_plan("part_of", Counter)

    class Meta(KeyedResource.Meta):
        model = Counter
        import_id_fields = ("plan", "code")
        exclude = ("id",)


class ReporterResource(InPlanResource):
    """Who supplies which figure."""

    plan = PlanColumn("indicator__target__plan", "counter__plan")
    indicator = indicator_column()
    counter = in_plan("counter", Counter)
    body = by_code("body", Body)
    body_group = by_code("body_group", BodyGroup)
    period_kinds = Field(attribute="period_kinds", column_name="period_kinds", widget=KindsWidget())

    class Meta(KeyedResource.Meta):
        model = IndicatorReporter
        import_id_fields = ("code",)
        exclude = ("id",)


class GoalWidget(InPlanWidget):
    """A goal by its first day, within the indicator and the version that the row names."""

    def __init__(self) -> None:
        super().__init__(Goal, "valid_from", plan=f"indicator__{PLAN_OF_INDICATOR}")

    def place(self, row: Any) -> Any:
        """Return plan, indicator and version of the row."""
        return super().place(row), row.get("indicator"), row.get("definition")

    def get_queryset(self, value: Any, row: Any, *args: Any, **kwargs: Any) -> Any:
        """Return the goals for one version of an indicator."""
        found = super().get_queryset(value, row, *args, **kwargs).filter(indicator__code=row.get("indicator"))
        return found.filter(definition__version=WholeWidget().clean(row.get("definition")))

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        """Return the goal that holds from a day, however the day is written."""
        return super().clean(DayWidget().render(DayWidget().clean(value)), row, **kwargs)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        """Write the first day."""
        return DayWidget().render(value.valid_from) if value else ""


class MilestoneResource(InPlanResource):
    """Yearly plans on the way to a goal, which is told by indicator, version and first day."""

    finders = ("indicator", "definition")

    plan = PlanColumn("goal__indicator__target__plan")
    indicator = Field("goal__indicator__code", "indicator", CharWidget(), readonly=True)
    definition = Field("goal__definition__version", "definition", WholeWidget(), readonly=True)
    goal = Field("goal", "goal", GoalWidget())
    body = by_code("body", Body)

    class Meta(KeyedResource.Meta):
        model = Milestone
        import_id_fields = ("goal", "body", "year")
        exclude = ("id",)
