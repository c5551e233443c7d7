"""Administration of the issued reports: editions, steps, drafts and comments are read and exported, never written."""

from __future__ import annotations

from django.contrib import admin

from plan_tracker.loading.resources import KeyedResource
from plan_tracker.loading.screens import Ledger
from reports.models import Edition, EditionComment, EditionDraft, EditionStep

EDITION = ("edition__period__plan", "edition__issuer")


class EditionResource(KeyedResource):
    """How editions were headed, numbered and signed; what they say stands in their files."""

    class Meta(KeyedResource.Meta):
        model = Edition
        exclude = ("content", "facts")


class EditionDraftResource(KeyedResource):
    """Which drafts were sent to whom."""

    class Meta(KeyedResource.Meta):
        model = EditionDraft
        exclude = ("content",)


@admin.register(Edition)
class EditionAdmin(Ledger):
    """The editions; they are written, approved and issued on pages of their own."""

    resource_classes = (EditionResource,)
    exclude = ("content", "facts")
    list_display = ("symbol", "kind", "period", "issuer", "version", "state", "signed_on", "signatory", "is_demo")
    list_select_related = ("period", "issuer")
    list_filter = ("kind", "state", "is_demo")
    search_fields = ("symbol", "signatory", "issuer__name")


@admin.register(EditionStep)
class EditionStepAdmin(Ledger):
    """Who moved which edition, when and why."""

    list_display = ("edition", "step", "from_state", "to_state", "taken_by", "taken_at")
    list_select_related = (*EDITION, "taken_by")
    list_filter = ("step",)
    search_fields = ("taken_by__full_name", "reason")


@admin.register(EditionDraft)
class EditionDraftAdmin(Ledger):
    """The drafts that were sent out for comments."""

    resource_classes = (EditionDraftResource,)
    exclude = ("content",)
    list_display = ("edition", "number", "sent_to", "comments_by", "sent_by", "sent_at")
    list_select_related = (*EDITION, "sent_by")
    search_fields = ("sent_to",)


@admin.register(EditionComment)
class EditionCommentAdmin(Ledger):
    """What was said of the drafts, and what was done with it."""

    list_display = ("draft", "body", "received_on", "text", "handling", "handled_by")
    list_select_related = ("draft__edition__period__plan", "draft__edition__issuer", "body", "handled_by")
    list_filter = ("handling",)
    search_fields = ("body__name", "text")
