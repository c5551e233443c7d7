"""Administration of the plan: its number and date, the documents it cites, groups, tasks, and who is asked."""

from __future__ import annotations

from django.contrib import admin

from plan_tracker.loading.screens import LoadedTable
from tasks import resources
from tasks.models import Citation, LegalDocument, Plan, ScopeRule, Task, TaskGroup
from tasks.planned_tables import PlannedTable


@admin.register(Plan)
class PlanAdmin(LoadedTable):
    """The plans; their number and date have a page of their own too."""

    resource_classes = (resources.PlanResource,)
    list_display = ("short_title", "symbol", "issued_on", "issuer", "is_current")
    list_select_related = ("issuer",)
    autocomplete_fields = ("issuer", "province")
    search_fields = ("code", "short_title", "symbol")


@admin.register(LegalDocument)
class LegalDocumentAdmin(LoadedTable):
    """The documents that the plan cites."""

    resource_classes = (resources.LegalDocumentResource,)
    list_display = ("doc_type", "symbol", "title", "issuer", "date_printed", "issued_on")
    list_filter = ("doc_type",)
    search_fields = ("code", "symbol", "title", "issuer")


@admin.register(Citation)
class CitationAdmin(PlannedTable):
    """The places where the plan cites a document."""

    resource_classes = (resources.CitationResource,)
    list_display = ("printed", "passage", "document", "start", "end")
    list_select_related = ("passage", "document")
    list_filter = ("passage__plan",)
    search_fields = ("printed", "passage__code", "document__symbol")
    autocomplete_fields = ("passage", "document")


@admin.register(TaskGroup)
class TaskGroupAdmin(PlannedTable):
    """The groups of tasks."""

    resource_classes = (resources.TaskGroupResource,)
    list_display = ("number", "short_title", "plan", "heading")
    list_select_related = ("plan", "heading")
    list_filter = ("plan",)
    search_fields = ("title", "short_title")
    autocomplete_fields = ("plan", "heading", "lead")


@admin.register(Task)
class TaskAdmin(PlannedTable):
    """The tasks; their words are the passage's."""

    resource_classes = (resources.TaskResource,)
    list_display = ("code", "title", "group", "passage")
    list_select_related = ("group", "passage")
    list_filter = (
        "group__plan",
        "group",
    )
    search_fields = ("code", "title")
    autocomplete_fields = ("group", "passage")


@admin.register(ScopeRule)
class ScopeRuleAdmin(PlannedTable):
    """How each task is asked of whom."""

    resource_classes = (resources.ScopeRuleResource,)
    list_display = ("task", "body_kind", "body", "mode", "basis")
    list_select_related = ("task", "body")
    list_filter = ("task__group__plan", "mode", "basis", "body_kind", "task__group")
    search_fields = ("task__code", "task__title", "body__name")
    autocomplete_fields = ("task", "body")
