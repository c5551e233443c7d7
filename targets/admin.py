"""Administration of `targets`: goals and definitions are loaded; figures are loaded but never changed."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from plan_tracker.accounts.models import User
from plan_tracker.loading.screens import Ledger
from targets import resources
from targets.models import (
    ApiToken,
    Counter,
    Definition,
    Denominator,
    Goal,
    Indicator,
    IndicatorReporter,
    Judgement,
    Milestone,
    Observation,
    Target,
)
from targets.resources_figures import ObservationResource
from tasks.planned_tables import PlannedImport, PlannedTable


@admin.register(Target)
class TargetAdmin(PlannedTable):
    """The targets of II.2."""

    resource_classes = (resources.TargetResource,)
    list_display = ("code", "title", "plan", "order")
    list_select_related = ("plan",)
    list_filter = ("plan",)
    search_fields = ("code", "title")
    autocomplete_fields = ("plan", "passage")


@admin.register(Indicator)
class IndicatorAdmin(PlannedTable):
    """The indicators: unit, and how they add up and are judged."""

    resource_classes = (resources.IndicatorResource,)
    list_display = ("code", "short_title", "target", "unit", "evaluation", "over_bodies", "over_time", "is_public")
    list_select_related = ("target",)
    list_filter = ("target__plan", "evaluation", "over_bodies", "over_time", "is_public")
    search_fields = ("code", "title", "short_title")
    autocomplete_fields = ("target", "passage")


@admin.register(Definition)
class DefinitionAdmin(PlannedTable):
    """What exactly is measured, version by version."""

    resource_classes = (resources.DefinitionResource,)
    list_display = ("indicator", "version", "valid_from", "valid_to", "document", "ends_without_object")
    list_select_related = ("indicator",)
    list_filter = (
        "indicator__target__plan",
        "ends_without_object",
    )
    search_fields = ("indicator__code", "text", "document")
    autocomplete_fields = ("indicator",)


@admin.register(Goal)
class GoalAdmin(PlannedTable):
    """The goals; an adjusted one is a new row, the old one stays."""

    resource_classes = (resources.GoalResource,)
    list_display = ("indicator", "definition", "rule", "low", "high", "due_on", "valid_from", "legal_basis")
    list_select_related = ("indicator", "definition__indicator")
    list_filter = (
        "indicator__target__plan",
        "rule",
    )
    search_fields = ("indicator__code", "legal_basis")
    autocomplete_fields = ("indicator", "definition")


@admin.register(Milestone)
class MilestoneAdmin(PlannedTable):
    """Yearly plans on the way to a goal."""

    resource_classes = (resources.MilestoneResource,)
    list_display = ("goal", "body", "year", "value")
    list_select_related = ("goal__indicator", "body")
    list_filter = (
        "goal__indicator__target__plan",
        "year",
    )
    search_fields = ("goal__indicator__code", "body__name")
    autocomplete_fields = ("goal", "body")


@admin.register(Denominator)
class DenominatorAdmin(PlannedTable):
    """The official denominators, such as the number of communes, span by span."""

    resource_classes = (resources.DenominatorResource,)
    list_display = ("indicator", "value", "valid_from", "valid_to", "certainty", "source")
    list_select_related = ("indicator",)
    list_filter = (
        "indicator__target__plan",
        "certainty",
    )
    search_fields = ("indicator__code", "source")
    autocomplete_fields = ("indicator",)


@admin.register(Counter)
class CounterAdmin(PlannedTable):
    """The activity figures of the reports."""

    resource_classes = (resources.CounterResource,)
    # The audit trail tells the file in one entry.
    skip_admin_log = True
    list_display = ("code", "title", "section", "unit", "channel", "part_of", "basis")
    list_select_related = ("part_of",)
    list_filter = ("plan", "section", "channel", "basis")
    search_fields = ("code", "title")
    autocomplete_fields = ("plan", "part_of")


@admin.register(IndicatorReporter)
class IndicatorReporterAdmin(PlannedTable):
    """Who supplies which figure in which periods."""

    resource_classes = (resources.ReporterResource,)
    list_display = ("code", "indicator", "counter", "body_kind", "body", "body_group", "channel", "basis")
    list_select_related = ("indicator", "counter", "body", "body_group")
    list_filter = ("channel", "basis", "body_kind")
    search_fields = ("code", "indicator__code", "counter__code")
    autocomplete_fields = ("indicator", "counter", "body", "body_group")


@admin.register(Observation)
class ObservationAdmin(PlannedImport, Ledger):
    """The figures with their sources; single ones are entered on a page of their own, tables are loaded here."""

    resource_classes = (ObservationResource,)
    import_export_change_list_template = "admin/import_export/change_list_import_export.html"
    # The audit trail tells the file in one entry.
    skip_admin_log = True
    list_display = ("indicator", "body", "covers_from", "covers_to", "measure", "value", "status", "source", "is_demo")
    list_select_related = ("indicator", "body")
    list_filter = ("indicator__target__plan", "indicator", "status", "measure", "is_demo")
    search_fields = ("indicator__code", "body__name", "source")


class ApiTokenForm(forms.ModelForm):
    """The name of a new client."""

    def clean_name(self) -> str:
        """Refuse a second token while the first one is valid: the form alone does not see when a token ended."""
        name = str(self.cleaned_data["name"])
        if ApiToken.objects.valid().filter(name=name).exists():
            raise forms.ValidationError(_("This client has a token already: revoke it first."))
        return name


@admin.register(ApiToken)
class ApiTokenAdmin(admin.ModelAdmin):
    """The other systems that read public figures; a token is shown once, when it is given, and can be revoked."""

    form = ApiTokenForm
    fields = ("name",)
    list_display = ("name", "start", "created_by", "created_at", "last_used_on", "revoked_at")
    list_select_related = ("created_by",)
    list_filter = (("revoked_at", admin.EmptyFieldListFilter),)
    search_fields = ("name",)
    actions = ("revoke",)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """A token that was given is revoked, not changed."""
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Who could read what stays on record."""
        return False

    def save_model(self, request: HttpRequest, obj: ApiToken, form: Any, change: bool) -> None:
        """Give the token; its text lives only in this answer."""
        obj.created_by = cast(User, request.user)
        obj.text = obj.give(at=timezone.now())

    def response_add(self, request: HttpRequest, obj: ApiToken, post_url_continue: str | None = None) -> HttpResponse:
        """Show the token, never to be shown again."""
        context = {**self.admin_site.each_context(request), "opts": self.opts, "token": obj, "title": obj.name}
        answer = render(request, "admin/targets/apitoken/given.html", context)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    @admin.action(description=gettext_lazy("Revoke the selected tokens"))
    def revoke(self, request: HttpRequest, chosen: QuerySet[ApiToken]) -> None:
        """Take the right away, at once."""
        count = chosen.filter(revoked_at=None).update(revoked_at=timezone.now())
        sentence = ngettext("%(count)s token revoked.", "%(count)s tokens revoked.", count)
        messages.success(request, sentence % {"count": count})


@admin.register(Judgement)
class JudgementAdmin(Ledger):
    """The verdicts that people gave, on the indicator's page."""

    list_display = ("indicator", "body", "as_of", "verdict", "judged_by", "expires_on", "is_demo")
    list_select_related = ("indicator", "body", "judged_by")
    list_filter = ("verdict", "is_demo")
    search_fields = ("indicator__code", "reason")
