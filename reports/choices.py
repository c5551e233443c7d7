"""The closed lists of `reports`: kinds of period, states of a report, steps between them, and forms of signature."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PeriodKind(TextChoices):
    """What span of time, or what occasion, a period is."""

    MONTH = "month", _("monthly report")
    QUARTER = "quarter", _("quarterly report")
    FIRST_HALF = "first_half", _("first six months")
    NINE_MONTHS = "nine_months", _("nine months")
    YEAR = "year", _("yearly report")
    PRELIMINARY = "preliminary_review", _("preliminary review")
    FINAL = "final_review", _("final review")
    THEMATIC = "thematic", _("thematic report")
    AD_HOC = "ad_hoc", _("ad hoc report")


class Depth(TextChoices):
    """How much the form asks: eight boxes; also counters and the closing part; also own lines."""

    BRIEF = "brief", _("brief form")
    FULL = "full", _("full form")
    DETAILED = "detailed", _("detailed form")


class PeriodState(TextChoices):
    """Where a period stands."""

    PLANNED = "planned", _("planned")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("cancelled")


class SubmissionState(TextChoices):
    """Where a report stands between its first draft and its acceptance.

    draft → awaiting signature → submitted → received → accepted; a reviewer may return a received one, and a
    correction that is accepted supersedes the version before.
    """

    DRAFT = "draft", _("draft")
    AWAITING_SIGNATURE = "awaiting_signature", _("awaiting signature")
    SUBMITTED = "submitted", _("submitted")
    RECEIVED = "received", _("received")
    RETURNED = "returned", _("returned for more")
    ACCEPTED = "accepted", _("accepted")
    SUPERSEDED = "superseded", _("superseded")


OPEN_STATES = (
    SubmissionState.DRAFT,
    SubmissionState.AWAITING_SIGNATURE,
    SubmissionState.SUBMITTED,
    SubmissionState.RECEIVED,
    SubmissionState.RETURNED,
)
EDITABLE_STATES = (SubmissionState.DRAFT, SubmissionState.RETURNED)
DELIVERED_STATES = (SubmissionState.SUBMITTED, SubmissionState.RECEIVED, SubmissionState.ACCEPTED)


class ReportStanding(TextChoices):
    """What the period page says of a body's report; computed."""

    NOT_SENT = "not_sent", _("not sent yet")
    MISSING = "missing", _("missing, past the due moment")
    SENT_ON_TIME = "sent_on_time", _("sent on time")
    SENT_LATE = "sent_late", _("sent late")
    EXEMPT = "exempt", _("exempt")


class RemarkState(TextChoices):
    """Where a remark stands."""

    ASKED = "asked", _("asked")
    ANSWERED = "answered", _("answered")
    SETTLED = "settled", _("settled")


class ReportForm(TextChoices):
    """What sort of report a submission is."""

    CONTENT = "content", _("report with content")
    NIL = "nil", _("nothing new to report")
    CONFIDENTIAL = "confidential_report", _("separate report under the confidentiality rules")


class Addressee(TextChoices):
    """Whom a proposal is addressed to."""

    CENTRE = "centre", _("the Centre")
    PROVINCE = "provincial_committee_addressee", _("the provincial committee and its Standing Committee")
    PEOPLES_COMMITTEE = "peoples_committee", _("the provincial People's Committee")
    MASS_MOBILIZATION = "mass_mobilization", _("the Mass Mobilization Committee")
    OTHER = "other_addressee", _("another body")


class Product(TextChoices):
    """What is drawn up from the reports of one period."""

    COMMITTEE = "committee_report", _("report of the committee that sums up")
    STANDING = "standing_report", _("report of the Standing Committee to the Centre")
    BRIEF = "brief_page", _("brief on one page")


class Authority(TextChoices):
    """The form of authority in a signature block, as documents print it."""

    NONE = "", _("signs in the own office")
    ON_BEHALF = "T/M", _("on behalf of the committee (T/M)")
    DEPUTY = "K/T", _("deputising for the head (K/T)")
    BY_ORDER = "T/L", _("by order (T/L)")
    ACTING = "Q.", _("acting (Q.)")
