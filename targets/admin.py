"""Administration of `targets`: goals and definitions are loaded; figures are loaded but never changed."""

from __future__ import annotations

from django.contrib import admin
from import_export.admin import ImportMixin

from plan_tracker.lib.tables import Ledger, LoadedTable
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


@admin.register(Observation)
class ObservationAdmin(ImportMixin, Ledger):
    """The figures with their sources; single ones are entered on a page of their own, tables are loaded here."""

    resource_classes = (resources.ObservationResource,)
    list_display = ("indicator", "body", "covers_from", "covers_to", "measure", "value", "status", "source", "is_demo")
    list_select_related = ("indicator", "body")
    list_filter = ("indicator", "status", "measure", "is_demo")
    search_fields = ("indicator__code", "body__name", "source")


@admin.register(Judgement)
class JudgementAdmin(Ledger):
    """The verdicts that people gave, on the indicator's page."""

    list_display = ("indicator", "body", "as_of", "verdict", "judged_by", "expires_on", "is_demo")
    list_select_related = ("indicator", "body", "judged_by")
    list_filter = ("verdict", "is_demo")
    search_fields = ("indicator__code", "reason")
