"""Administration of `reports`: what happened on the pages is read and exported here, never written."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin

from plan_tracker.loading.screens import Ledger, LoadedTable
from reports import admin_editions
from reports.models import (
    CounterValue,
    Delivery,
    Difficulty,
    Entry,
    Expectation,
    Notice,
    OfficeDay,
    Period,
    PeriodQuestion,
    Proposal,
    Reading,
    Recommendation,
    RecommendationStep,
    Remark,
    RemarkReply,
    Reminder,
    ReminderLine,
    ReminderMail,
    SignedCopy,
    Submission,
    TelephoneReminder,
    Transition,
)
from reports.resources import OfficeDayResource

__all__ = ["admin_editions"]

OF_BODY = "submission__expectation__body"
OF_PERIOD = "submission__expectation__period"


@admin.register(Period)
class PeriodAdmin(Ledger):
    """The periods; they are opened, changed and closed on their own pages."""

    list_display = ("__str__", "kind", "year", "depth", "state", "data_from", "data_to", "due_at", "is_demo")
    list_filter = ("kind", "state", "depth", "is_demo")
    search_fields = ("own_title", "request_symbol")


@admin.register(PeriodQuestion)
class PeriodQuestionAdmin(Ledger):
    """What single periods ask beside the plan."""

    list_display = ("period", "order", "text")
    list_select_related = ("period",)
    search_fields = ("text",)


@admin.register(Expectation)
class ExpectationAdmin(Ledger):
    """Who owes which report."""

    list_display = ("body", "period", "extended_to", "exempt_reason", "first_delivered_at")
    list_select_related = ("body", "period")
    list_filter = ("period",)
    search_fields = ("body__name", "exempt_reason")


@admin.register(OfficeDay)
class OfficeDayAdmin(LoadedTable):
    """The days decided on otherwise than the public calendar says; proposals of periods heed them."""

    resource_classes = (OfficeDayResource,)
    list_display = ("day", "is_working", "reason")
    list_filter = ("is_working",)


@admin.register(Reminder)
class ReminderAdmin(Ledger):
    """The digests that were sent."""

    list_display = ("user", "sent_at", "sent_by", "text")
    list_select_related = ("user", "sent_by")
    list_filter = ("sent_on", "is_demo")
    search_fields = ("user__username", "user__full_name")


@admin.register(ReminderLine)
class ReminderLineAdmin(Ledger):
    """Which reports the digests spoke of."""

    list_display = ("reminder", "expectation", "occasion")
    list_select_related = ("reminder__user", "expectation__body", "expectation__period")
    list_filter = ("occasion",)


@admin.register(ReminderMail)
class ReminderMailAdmin(Ledger):
    """What became of the mails."""

    list_display = ("reminder", "number", "event", "address", "at", "error")
    list_select_related = ("reminder__user",)
    list_filter = ("event",)


@admin.register(TelephoneReminder)
class TelephoneReminderAdmin(Ledger):
    """The calls that were made."""

    list_display = ("expectation", "office", "called_at", "called_by", "note")
    list_select_related = ("expectation__body", "expectation__period", "called_by")
    list_filter = ("expectation__period",)


@admin.register(Submission)
class SubmissionAdmin(Ledger):
    """The versions of the reports."""

    list_display = ("expectation", "version", "state", "form", "submitted_at", "accepted_at", "is_on_behalf")
    list_select_related = ("expectation__body", "expectation__period")
    list_filter = ("state", "form", "is_on_behalf", "expectation__period")
    search_fields = ("expectation__body__name",)


class LineAdmin(Ledger):
    """Lines of reports."""

    list_select_related: ClassVar[tuple[str, ...]] = (OF_BODY, OF_PERIOD)
    list_filter: ClassVar[tuple[str, ...]] = (OF_PERIOD,)
    search_fields: ClassVar[tuple[str, ...]] = (f"{OF_BODY}__name", "text")


@admin.register(Entry)
class EntryAdmin(LineAdmin):
    """What the reports say of each subject."""

    list_display = ("submission", "group", "task", "assignment", "state", "saved_at")
    list_select_related = (*LineAdmin.list_select_related, "group", "task", "assignment")
    list_filter = ("state", OF_PERIOD)


@admin.register(Difficulty)
class DifficultyAdmin(LineAdmin):
    """The difficulties told."""

    list_display = ("submission", "text")


@admin.register(Proposal)
class ProposalAdmin(LineAdmin):
    """The proposals made."""

    list_display = ("submission", "addressee", "text")
    list_filter = ("addressee", OF_PERIOD)


@admin.register(CounterValue)
class CounterValueAdmin(LineAdmin):
    """The activity figures told."""

    list_display = ("submission", "counter", "in_period", "cumulative", "is_estimate")
    list_select_related = (*LineAdmin.list_select_related, "counter")
    search_fields = (f"{OF_BODY}__name", "counter__title")


@admin.register(Reading)
class ReadingAdmin(LineAdmin):
    """The figures of indicators told."""

    list_display = ("submission", "indicator", "value", "numerator", "denominator")
    list_select_related = (*LineAdmin.list_select_related, "indicator")
    search_fields = (f"{OF_BODY}__name", "indicator__code")


@admin.register(Transition)
class TransitionAdmin(LineAdmin):
    """Who moved which report, when and why."""

    list_display = ("submission", "step", "from_state", "to_state", "taken_by", "taken_at")
    list_select_related = (*LineAdmin.list_select_related, "taken_by")
    list_filter = ("step", OF_PERIOD)
    search_fields = (f"{OF_BODY}__name", "taken_by__full_name")


@admin.register(Delivery)
class DeliveryAdmin(LineAdmin):
    """What was sent, with its hash."""

    list_display = ("submission", "number", "delivered_by", "delivered_at", "is_recalled")
    list_select_related = (*LineAdmin.list_select_related, "delivered_by")
    search_fields = (f"{OF_BODY}__name",)


@admin.register(SignedCopy)
class SignedCopyAdmin(LineAdmin):
    """The signed documents behind the reports."""

    list_display = ("submission", "symbol", "signed_on", "signatory", "authority", "follows_by")
    search_fields = (f"{OF_BODY}__name", "symbol", "signatory")


@admin.register(Remark)
class RemarkAdmin(Ledger):
    """What reviewers asked."""

    list_display = ("expectation", "line", "state", "asked_by", "asked_at", "text")
    list_select_related = ("expectation__body", "expectation__period", "asked_by")
    list_filter = ("state", "expectation__period")
    search_fields = ("expectation__body__name", "text")


@admin.register(RemarkReply)
class RemarkReplyAdmin(Ledger):
    """What was answered, and asked again."""

    list_display = ("remark", "text", "is_asking", "written_by", "written_at")
    list_select_related = ("remark", "written_by")
    list_filter = ("is_asking",)
    search_fields = ("text", "remark__expectation__body__name")


@admin.register(Notice)
class NoticeAdmin(Ledger):
    """Messages to people."""

    list_display = ("user", "text", "created_at", "read_at", "is_demo")
    list_select_related = ("user",)
    list_filter = ("is_demo",)
    search_fields = ("user__full_name", "text")


@admin.register(Recommendation)
class RecommendationAdmin(Ledger):
    """What bodies proposed and who answered."""

    list_display = ("text", "addressee", "period", "state", "answer_symbol", "answer_date", "is_demo")
    list_select_related = ("period",)
    list_filter = ("state", "addressee", "is_demo")
    search_fields = ("text", "answer_symbol")


@admin.register(RecommendationStep)
class RecommendationStepAdmin(Ledger):
    """Every step of the recommendations."""

    list_display = ("recommendation", "state", "by", "at")
    list_select_related = ("recommendation", "by")
    list_filter = ("state",)
    search_fields = ("recommendation__text", "text")
