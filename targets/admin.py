"""Administration of `targets`: goals and definitions are loaded; figures are added but never changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone

from plan_tracker.accounts.models import User
from plan_tracker.lib.tables import LoadedTable
from targets import resources
from targets.models import (
    Counter,
    Definition,
    Goal,
    Indicator,
    IndicatorReporter,
    Judgement,
    Milestone,
    Observation,
    Target,
)


@admin.register(Target)
class TargetAdmin(LoadedTable):
    """The targets of II.2."""

    resource_classes = (resources.TargetResource,)
    list_display = ("code", "title", "plan", "order")
    list_select_related = ("plan",)
    search_fields = ("code", "title")
    autocomplete_fields = ("plan", "passage")


@admin.register(Indicator)
class IndicatorAdmin(LoadedTable):
    """The indicators: unit, and how they add up and are judged."""

    resource_classes = (resources.IndicatorResource,)
    list_display = ("code", "short_title", "target", "unit", "evaluation", "over_bodies", "over_time", "is_public")
    list_select_related = ("target",)
    list_filter = ("evaluation", "over_bodies", "over_time", "is_public")
    search_fields = ("code", "title", "short_title")
    autocomplete_fields = ("target", "passage")


@admin.register(Definition)
class DefinitionAdmin(LoadedTable):
    """What exactly is measured, version by version."""

    resource_classes = (resources.DefinitionResource,)
    list_display = ("indicator", "version", "valid_from", "valid_to", "document", "ends_without_object")
    list_select_related = ("indicator",)
    list_filter = ("ends_without_object",)
    search_fields = ("indicator__code", "text", "document")
    autocomplete_fields = ("indicator",)


@admin.register(Goal)
class GoalAdmin(LoadedTable):
    """The goals; an adjusted one is a new row, the old one stays."""

    resource_classes = (resources.GoalResource,)
    list_display = ("indicator", "definition", "rule", "low", "high", "due_on", "valid_from", "legal_basis")
    list_select_related = ("indicator", "definition__indicator")
    list_filter = ("rule",)
    search_fields = ("indicator__code", "legal_basis")
    autocomplete_fields = ("indicator", "definition")


@admin.register(Milestone)
class MilestoneAdmin(LoadedTable):
    """Yearly plans on the way to a goal."""

    resource_classes = (resources.MilestoneResource,)
    list_display = ("goal", "body", "year", "value")
    list_select_related = ("goal__indicator", "body")
    list_filter = ("year",)
    search_fields = ("goal__indicator__code", "body__name")
    autocomplete_fields = ("goal", "body")


@admin.register(Counter)
class CounterAdmin(LoadedTable):
    """The activity figures of the reports."""

    resource_classes = (resources.CounterResource,)
    list_display = ("code", "title", "section", "unit", "channel", "part_of", "basis")
    list_select_related = ("part_of",)
    list_filter = ("section", "channel", "basis")
    search_fields = ("code", "title")
    autocomplete_fields = ("plan", "part_of")


@admin.register(IndicatorReporter)
class IndicatorReporterAdmin(LoadedTable):
    """Who supplies which figure in which periods."""

    resource_classes = (resources.ReporterResource,)
    list_display = ("code", "indicator", "counter", "body_kind", "body", "body_group", "channel", "basis")
    list_select_related = ("indicator", "counter", "body", "body_group")
    list_filter = ("channel", "basis", "body_kind")
    search_fields = ("code", "indicator__code", "counter__code")
    autocomplete_fields = ("indicator", "counter", "body", "body_group")


class AddOnly:
    """Rows that are written once: who adds one is kept, and it is neither changed nor taken away."""

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing that stands is changed."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is taken away."""
        return False


@admin.register(Observation)
class ObservationAdmin(AddOnly, LoadedTable):
    """The figures with their sources."""

    resource_classes = (resources.ObservationResource,)
    list_display = ("indicator", "body", "covers_from", "covers_to", "measure", "value", "status", "source", "is_demo")
    list_select_related = ("indicator", "body")
    list_filter = ("indicator", "status", "measure", "is_demo")
    search_fields = ("indicator__code", "body__name", "source")
    autocomplete_fields = ("indicator", "definition", "body")
    exclude = ("recorded_by", "recorded_at", "supersedes", "withdrawn_at", "is_demo", "source_ref")

    def save_model(self, request: HttpRequest, obj: Observation, form: Any, change: bool) -> None:
        """Keep who recorded the figure, and when."""
        obj.recorded_by = request.user if isinstance(request.user, User) else None
        obj.recorded_at = timezone.now()
        super().save_model(request, obj, form, change)


@admin.register(Judgement)
class JudgementAdmin(AddOnly, admin.ModelAdmin):
    """The verdicts that people gave."""

    list_display = ("indicator", "body", "as_of", "verdict", "judged_by", "expires_on", "is_demo")
    list_select_related = ("indicator", "body", "judged_by")
    list_filter = ("verdict", "is_demo")
    search_fields = ("indicator__code", "reason")
    autocomplete_fields = ("indicator", "body")
    exclude = ("judged_by", "is_demo")

    def save_model(self, request: HttpRequest, obj: Judgement, form: Any, change: bool) -> None:
        """Keep who judged."""
        assert isinstance(request.user, User)  # noqa: S101 - nobody else comes into the administration
        obj.judged_by = request.user
        super().save_model(request, obj, form, change)
