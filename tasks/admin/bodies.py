"""Administration of the bodies: names, sets, contacts, successions, memberships and inspections."""

from __future__ import annotations

from django.contrib import admin

from plan_tracker.loading.screens import LoadedTable
from tasks import resources
from tasks.models import Body, BodyContact, BodyGroup, BodyName, Inspection, Membership, Succession


class BodyNameInline(admin.TabularInline):
    """Names beside their body."""

    model = BodyName
    extra = 0


class BodyContactInline(admin.TabularInline):
    """Contacts beside their body."""

    model = BodyContact
    extra = 0


@admin.register(Body)
class BodyAdmin(LoadedTable):
    """The bodies in their official order."""

    resource_classes = (resources.BodyResource,)
    # The audit trail tells the file in one entry.
    skip_admin_log = True
    list_display = ("name", "code", "kind", "level", "reports_through", "order", "valid_to", "certainty")
    list_select_related = ("reports_through",)
    list_filter = ("kind", "level", "certainty", "is_summarizer")
    search_fields = ("code", "name", "short_name", "symbol")
    ordering = ("order", "code")
    autocomplete_fields = ("parent", "reports_through")
    inlines = (BodyNameInline, BodyContactInline)


@admin.register(BodyName)
class BodyNameAdmin(LoadedTable):
    """The names of the bodies over time."""

    resource_classes = (resources.BodyNameResource,)
    list_display = ("name", "body", "symbol", "valid_from", "valid_to")
    list_select_related = ("body",)
    search_fields = ("name", "short_name", "body__code")
    autocomplete_fields = ("body",)


@admin.register(BodyGroup)
class BodyGroupAdmin(LoadedTable):
    """The sets of bodies that the plan names."""

    resource_classes = (resources.BodyGroupResource,)
    list_display = ("name", "code", "certainty", "order")
    search_fields = ("code", "name")
    filter_horizontal = ("members",)


@admin.register(BodyContact)
class BodyContactAdmin(LoadedTable):
    """Office contacts."""

    resource_classes = (resources.BodyContactResource,)
    list_display = ("label", "body", "phone", "email")
    list_select_related = ("body",)
    search_fields = ("label", "phone", "email", "body__name")
    autocomplete_fields = ("body",)


@admin.register(Succession)
class SuccessionAdmin(LoadedTable):
    """Which body followed which."""

    resource_classes = (resources.SuccessionResource,)
    list_display = ("predecessor", "successor", "kind", "happened_on", "certainty")
    list_select_related = ("predecessor", "successor")
    list_filter = ("kind", "certainty")
    search_fields = ("predecessor__name", "successor__name", "legal_basis")
    autocomplete_fields = ("predecessor", "successor")


@admin.register(Membership)
class MembershipAdmin(LoadedTable):
    """Who does what for which body: the only source of rights."""

    resource_classes = (resources.MembershipResource,)
    list_display = ("user", "role", "body", "starts_on", "ends_on")
    list_select_related = ("user", "body")
    list_filter = ("role", "body__kind")
    search_fields = ("user__username", "user__full_name", "body__name")
    autocomplete_fields = ("user", "body")


@admin.register(Inspection)
class InspectionAdmin(LoadedTable):
    """Inspections of bodies (item IV.6)."""

    resource_classes = (resources.InspectionResource,)
    list_display = ("body", "inspected_on", "team", "remedy_due_on", "remedied_on", "is_demo")
    list_select_related = ("body",)
    list_filter = ("is_demo",)
    search_fields = ("body__name", "team", "document")
    autocomplete_fields = ("plan", "body")
    readonly_fields = ("is_demo",)
    date_hierarchy = "inspected_on"
