"""The tables of `reports`: periods and who owes a report, submissions with their lines, review and delivery."""

from reports.models.lines import CounterValue, Difficulty, Entry, Proposal, Reading
from reports.models.periods import Expectation, Notice, Period, PeriodQuestion
from reports.models.review import Delivery, Remark, RemarkReply, SignedCopy, Transition
from reports.models.submissions import Submission

__all__ = [
    "CounterValue",
    "Delivery",
    "Difficulty",
    "Entry",
    "Expectation",
    "Notice",
    "Period",
    "PeriodQuestion",
    "Proposal",
    "Reading",
    "Remark",
    "RemarkReply",
    "SignedCopy",
    "Submission",
    "Transition",
]
