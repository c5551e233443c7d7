"""What administrators only read of `tasks`: the plan's text, published progress and the registers of the bodies."""

from __future__ import annotations

from django.contrib import admin

from plan_tracker.loading.screens import Ledger
from tasks.models import (
    BodyChange,
    ChangeEntry,
    Delegation,
    IssuedDocument,
    Passage,
    PassagePiece,
    Progress,
    TextCorrection,
)


@admin.register(Passage)
class PassageAdmin(Ledger):
    """The plan's text as it was received and corrected."""

    list_display = ("code", "kind", "section", "text")
    list_filter = ("kind", "section")
    search_fields = ("code", "text")


@admin.register(PassagePiece)
class PassagePieceAdmin(Ledger):
    """Where each piece of text stood in the received file."""

    list_display = ("passage", "order", "line", "start", "end")
    list_select_related = ("passage",)
    search_fields = ("text", "passage__code")


@admin.register(TextCorrection)
class TextCorrectionAdmin(Ledger):
    """What was mended in the text, and what was only noted."""

    list_display = ("passage", "original", "replacement", "kind", "confidence", "is_approved")
    list_select_related = ("passage",)
    list_filter = ("is_approved", "confidence", "kind")
    search_fields = ("original", "replacement", "passage__code")


@admin.register(Progress)
class ProgressAdmin(Ledger):
    """Published progress; it is written when a report is accepted."""

    list_display = ("body", "group", "task", "assignment", "state", "as_of", "withdrawn_at", "is_demo")
    list_select_related = ("body", "group", "task", "assignment")
    list_filter = ("state", "is_demo", "as_of")
    search_fields = ("body__name", "task__code", "assignment__code", "source_label")


@admin.register(IssuedDocument)
class IssuedDocumentAdmin(Ledger):
    """The registers of issued documents; the bodies keep them."""

    list_display = ("symbol", "kind", "body", "issued_on", "title", "is_demo")
    list_select_related = ("body",)
    list_filter = ("kind", "is_demo")
    search_fields = ("symbol", "title", "body__name")
    date_hierarchy = "issued_on"


@admin.register(BodyChange)
class BodyChangeAdmin(Ledger):
    """Changes of bodies; they are drawn up, confirmed and undone on pages of their own."""

    list_display = ("title", "happened_on", "is_day_known", "state", "certainty", "confirmed_at")
    list_filter = ("state", "certainty")
    search_fields = ("title", "code", "legal_basis")
    date_hierarchy = "happened_on"


@admin.register(ChangeEntry)
class ChangeEntryAdmin(Ledger):
    """The rows that a change of bodies touched."""

    list_display = ("change", "order", "table", "row")
    list_select_related = ("change",)
    list_filter = ("table",)
    search_fields = ("change__title",)


@admin.register(Delegation)
class DelegationAdmin(Ledger):
    """Who acted for whom; delegations are entered and ended on a page of their own."""

    list_display = ("membership", "receiver", "starts_on", "ends_on", "reason", "made_by", "ended_at")
    list_select_related = ("membership__user", "membership__body", "receiver", "made_by")
    search_fields = ("membership__user__full_name", "receiver__full_name", "reason")
