"""The tables of `reports`: periods and who owes a report, submissions with their lines, review and delivery."""

from reports.models.calendar import CalendarFeed, OfficeDay
from reports.models.edition_parts import EditionComment, EditionFile, EditionSection, SectionSource
from reports.models.editions import Edition, EditionDraft, EditionStep, IssuedStays
from reports.models.lines import CounterValue, Difficulty, Entry, Proposal, Reading
from reports.models.periods import Expectation, Notice, Period, PeriodQuestion
from reports.models.recommendations import Recommendation, RecommendationStep
from reports.models.reminders import Reminder, ReminderLine, ReminderMail, TelephoneReminder
from reports.models.review import Delivery, Remark, RemarkReply, SignedCopy, Transition
from reports.models.submissions import Submission
from reports.models.tombstones import Tombstone, TombstoneFile, TombstonePlace
from reports.models.uploads import Attachment, WorkbookUpload
from reports.models.visits import Visit

__all__ = [
    "Attachment",
    "CalendarFeed",
    "CounterValue",
    "Delivery",
    "Difficulty",
    "Edition",
    "EditionComment",
    "EditionDraft",
    "EditionFile",
    "EditionSection",
    "EditionStep",
    "Entry",
    "Expectation",
    "IssuedStays",
    "Notice",
    "OfficeDay",
    "Period",
    "PeriodQuestion",
    "Proposal",
    "Reading",
    "Recommendation",
    "RecommendationStep",
    "Remark",
    "RemarkReply",
    "Reminder",
    "ReminderLine",
    "ReminderMail",
    "SectionSource",
    "SignedCopy",
    "Submission",
    "TelephoneReminder",
    "Tombstone",
    "TombstoneFile",
    "TombstonePlace",
    "Transition",
    "Visit",
    "WorkbookUpload",
]
