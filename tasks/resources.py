"""How rows of `tasks` travel in files: every reference by code, every row found by its natural key."""

from __future__ import annotations

from import_export.fields import Field

from plan_tracker.accounts.models import User
from plan_tracker.loading.bulk import BulkResource
from plan_tracker.loading.cells import CodesWidget
from plan_tracker.loading.resources import KeyedResource
from tasks.models import (
    Assignment,
    AssignmentParty,
    AssignmentTask,
    Body,
    BodyContact,
    BodyGroup,
    BodyName,
    Citation,
    Extension,
    Inspection,
    LegalDocument,
    Membership,
    Passage,
    Plan,
    ScopeRule,
    Succession,
    Task,
    TaskGroup,
    TriggerEvent,
)
from tasks.resource_columns import InPlanResource, PlanColumn, by_code, in_plan


class BodyResource(BulkResource):
    """Bodies."""

    parent = by_code("parent", Body)
    reports_through = by_code("reports_through", Body)

    class Meta(KeyedResource.Meta):
        model = Body
        import_id_fields = ("code",)
        exclude = ("id",)


class BodyNameResource(KeyedResource):
    """Names that bodies bore and bear."""

    body = by_code("body", Body)

    class Meta(KeyedResource.Meta):
        model = BodyName
        import_id_fields = ("body", "name")
        exclude = ("id",)


class BodyGroupResource(KeyedResource):
    """Sets of bodies; the members stand in one cell, with semicolons between."""

    members = Field(attribute="members", column_name="members", widget=CodesWidget(Body))

    class Meta(KeyedResource.Meta):
        model = BodyGroup
        import_id_fields = ("code",)
        exclude = ("id",)


class BodyContactResource(KeyedResource):
    """Office contacts."""

    body = by_code("body", Body)

    class Meta(KeyedResource.Meta):
        model = BodyContact
        import_id_fields = ("body", "label")
        exclude = ("id",)


class SuccessionResource(KeyedResource):
    """Which body followed which."""

    predecessor = by_code("predecessor", Body)
    successor = by_code("successor", Body)

    class Meta(KeyedResource.Meta):
        model = Succession
        import_id_fields = ("predecessor", "successor", "happened_on")
        # Which change of bodies it came with is kept by the page of the change.
        exclude = ("id", "change")


class MembershipResource(KeyedResource):
    """Who does what for which body; users by their sign-in name."""

    user = by_code("user", User, "username")
    body = by_code("body", Body)

    class Meta(KeyedResource.Meta):
        model = Membership
        import_id_fields = ("user", "body", "role", "starts_on")
        exclude = ("id",)


class PlanResource(KeyedResource):
    """The plans."""

    issuer = by_code("issuer", Body)
    province = by_code("province", Body)

    class Meta(KeyedResource.Meta):
        model = Plan
        import_id_fields = ("code",)
        exclude = ("id",)


class LegalDocumentResource(KeyedResource):
    """Cited documents."""

    class Meta(KeyedResource.Meta):
        model = LegalDocument
        import_id_fields = ("code",)
        exclude = ("id",)


class CitationResource(InPlanResource):
    """Places where the plan cites a document."""

    plan = PlanColumn("passage__plan")
    passage = in_plan("passage", Passage)
    document = by_code("document", LegalDocument)

    class Meta(KeyedResource.Meta):
        model = Citation
        import_id_fields = ("passage", "document", "start")
        exclude = ("id",)


class TaskGroupResource(KeyedResource):
    """The groups of tasks."""

    plan = by_code("plan", Plan)
    heading = in_plan("heading", Passage)
    lead = in_plan("lead", Passage)

    class Meta(KeyedResource.Meta):
        model = TaskGroup
        import_id_fields = ("plan", "number")
        exclude = ("id",)


class TaskResource(InPlanResource):
    """The tasks; their group by its number."""

    plan = PlanColumn("group__plan")
    group = in_plan("group", TaskGroup, "number")
    passage = in_plan("passage", Passage)

    class Meta(KeyedResource.Meta):
        model = Task
        import_id_fields = ("group", "code")
        exclude = ("id",)


class ScopeRuleResource(InPlanResource):
    """How tasks are asked of kinds of bodies, or of one body."""

    plan = PlanColumn("task__group__plan")
    task = in_plan("task", Task, plan="group__plan")
    body = by_code("body", Body)

    class Meta(KeyedResource.Meta):
        model = ScopeRule
        import_id_fields = ("task", "body_kind", "body")
        exclude = ("id",)


class AssignmentResource(KeyedResource):
    """The items of section IV."""

    plan = by_code("plan", Plan)
    passage = in_plan("passage", Passage)

    class Meta(KeyedResource.Meta):
        model = Assignment
        import_id_fields = ("plan", "code")
        exclude = ("id", "tasks")


class AssignmentPartyResource(InPlanResource):
    """Who takes part in an assignment."""

    plan = PlanColumn("assignment__plan")
    assignment = in_plan("assignment", Assignment)
    body = by_code("body", Body)
    body_group = by_code("body_group", BodyGroup)

    class Meta(KeyedResource.Meta):
        model = AssignmentParty
        import_id_fields = ("assignment", "order")
        exclude = ("id",)


class AssignmentTaskResource(InPlanResource):
    """Which tasks an assignment covers."""

    plan = PlanColumn("assignment__plan")
    assignment = in_plan("assignment", Assignment)
    task = in_plan("task", Task, plan="group__plan")

    class Meta(KeyedResource.Meta):
        model = AssignmentTask
        import_id_fields = ("assignment", "task")
        exclude = ("id",)


class ExtensionResource(InPlanResource):
    """Later due dates; the deciding document tells one from another."""

    plan = PlanColumn("assignment__plan")
    assignment = in_plan("assignment", Assignment)
    body = by_code("body", Body)

    class Meta(KeyedResource.Meta):
        model = Extension
        import_id_fields = ("assignment", "body", "document")
        exclude = ("id", "recorded_by")


class TriggerEventResource(InPlanResource):
    """Events that start a clock."""

    plan = PlanColumn("assignment__plan")
    assignment = in_plan("assignment", Assignment)

    class Meta(KeyedResource.Meta):
        model = TriggerEvent
        import_id_fields = ("assignment", "document")
        exclude = ("id",)


class InspectionResource(KeyedResource):
    """Inspections of bodies."""

    plan = by_code("plan", Plan)
    body = by_code("body", Body)

    class Meta(KeyedResource.Meta):
        model = Inspection
        import_id_fields = ("body", "inspected_on", "team")
        exclude = ("id", "is_demo")
