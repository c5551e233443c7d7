"""Administration of the assignments: parties, tasks covered, extensions and the events that start a clock."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from tasks import resources
from tasks.models import Assignment, AssignmentParty, AssignmentTask, Extension, TriggerEvent
from tasks.planned_tables import PlannedTable


class PartyInline(admin.TabularInline):
    """Parties beside their assignment."""

    model = AssignmentParty
    extra = 0
    autocomplete_fields = ("body", "body_group")


class ExtensionInline(admin.TabularInline):
    """Extensions beside their assignment."""

    model = Extension
    extra = 0
    autocomplete_fields = ("body",)
    exclude = ("recorded_by",)


class EventInline(admin.TabularInline):
    """Events beside their assignment."""

    model = TriggerEvent
    extra = 0


@admin.register(Assignment)
class AssignmentAdmin(PlannedTable):
    """The items of section IV with parties, extensions and events."""

    resource_classes = (resources.AssignmentResource,)
    list_display = ("code", "title", "deadline_kind", "deadline_printed", "due_on", "plan")
    list_select_related = ("plan",)
    list_filter = (
        "plan",
        "deadline_kind",
    )
    search_fields = ("code", "title")
    autocomplete_fields = ("plan", "passage")
    inlines = (PartyInline, ExtensionInline, EventInline)


@admin.register(AssignmentParty)
class AssignmentPartyAdmin(PlannedTable):
    """The parties to the assignments."""

    resource_classes = (resources.AssignmentPartyResource,)
    list_display = ("printed", "assignment", "role", "body", "body_group")
    list_select_related = ("assignment", "body", "body_group")
    list_filter = ("assignment__plan", "role", "assignment")
    search_fields = ("printed", "assignment__code")
    autocomplete_fields = ("assignment", "body", "body_group")


@admin.register(AssignmentTask)
class AssignmentTaskAdmin(PlannedTable):
    """Which tasks the assignments cover."""

    resource_classes = (resources.AssignmentTaskResource,)
    list_display = ("assignment", "task", "basis")
    list_select_related = ("assignment", "task")
    list_filter = ("assignment__plan", "basis", "assignment")
    search_fields = ("assignment__code", "task__code")
    autocomplete_fields = ("assignment", "task")


@admin.register(Extension)
class ExtensionAdmin(PlannedTable):
    """Later due dates; the plan's own date stays."""

    resource_classes = (resources.ExtensionResource,)
    list_display = ("assignment", "body", "due_on", "document", "decided_on", "recorded_by")
    list_select_related = ("assignment", "body", "recorded_by")
    list_filter = (
        "assignment__plan",
        "assignment",
    )
    search_fields = ("document", "assignment__code", "body__name")
    autocomplete_fields = ("assignment", "body")
    exclude = ("recorded_by",)

    def save_model(self, request: HttpRequest, obj: Extension, form: Any, change: bool) -> None:
        """Keep who recorded it first."""
        if not change:
            obj.recorded_by_id = request.user.pk
        super().save_model(request, obj, form, change)


@admin.register(TriggerEvent)
class TriggerEventAdmin(PlannedTable):
    """Events that start a clock."""

    resource_classes = (resources.TriggerEventResource,)
    list_display = ("assignment", "document", "happened_on", "due_on")
    list_select_related = ("assignment",)
    list_filter = ("assignment__plan",)
    search_fields = ("document", "assignment__code")
    autocomplete_fields = ("assignment",)
