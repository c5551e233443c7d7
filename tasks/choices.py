"""The closed lists of `tasks`: kinds, roles and states with their words; the Vietnamese ones stand in the catalogue."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BodyKind(TextChoices):
    """What sort of committee or organisation a body is."""

    PROVINCIAL_COMMITTEE = "provincial_committee", _("provincial Party committee")
    STANDING_COMMITTEE = "standing_committee", _("Standing Committee")
    ADVISORY = "advisory", _("advisory body of the provincial committee")
    PARTY_GROUP = "party_group", _("party group")
    CIVIL_AFFAIRS = "civil_affairs", _("civil affairs committee")
    FRONT = "front", _("Fatherland Front")
    SOCIO_POLITICAL = "socio_political", _("socio-political organisation")
    MASS_ASSOCIATION = "mass_association", _("mass association")
    DISTRICT = "district", _("district or city committee")
    SUBORDINATE = "subordinate", _("directly subordinate committee")
    COMMUNE = "commune", _("commune or ward committee")
    PROVINCE = "province", _("province")
    OTHER = "other", _("other body")


class BodyLevel(TextChoices):
    """The level of the system that a body stands on."""

    PROVINCE = "province_level", _("provincial level")
    DISTRICT = "district_level", _("district level")
    COMMUNE = "commune_level", _("commune level")


class Role(TextChoices):
    """What a member of a body does in the portal."""

    PREPARER = "preparer", _("report preparer")
    SENDER = "sender", _("report sender (Office)")
    REVIEWER = "reviewer", _("reviewing specialist")
    LEADER = "leader", _("committee leader")
    VIEWER = "viewer", _("viewer")
    ADMINISTRATOR = "administrator", _("administrator")


class PartyRole(TextChoices):
    """How a body takes part in an assignment."""

    LEAD = "lead", _("lead body")
    COOPERATING = "cooperating", _("cooperating body")


class DeadlineKind(TextChoices):
    """How the plan sets a deadline."""

    FIXED = "fixed", _("with a deadline")
    ONGOING = "ongoing", _("ongoing")
    ON_TRIGGER = "on_trigger", _("when directed")
    UNSPECIFIED = "unspecified", _("deadline not stated")


class DueUnit(TextChoices):
    """The span of time whose last day is a fixed due date."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter")
    HALF = "half", _("half-year")
    YEAR = "year", _("year")


class ScopeMode(TextChoices):
    """How a task is asked of a kind of body."""

    LEAD = "scope_lead", _("leads, own line")
    OWN_LINE = "own_line", _("own line in a detailed report")
    IN_GROUP = "in_group", _("inside the paragraph of its group")
    CONFIDENTIAL = "confidential", _("own line, or a separate confidential report")
    NOT_ASKED = "not_asked", _("not asked")


class Basis(TextChoices):
    """Whether the plan says so, or we propose it until the client confirms."""

    PLAN = "plan", _("from the plan")
    PROPOSED = "proposed", _("proposed, awaiting confirmation")


class Confidence(TextChoices):
    """How sure we are of a correction or a fact."""

    SURE = "sure", _("certain")
    FAIR = "fair", _("fairly certain")
    LOW = "low", _("uncertain")


class Certainty(TextChoices):
    """How a fact about a body is known (`domain.md`: V, V2, GK, INF, ?)."""

    PUBLISHED = "published", _("read in a published source")
    DIGEST = "digest", _("read in digests of the source")
    GENERAL = "general", _("general knowledge")
    INFERRED = "inferred", _("inferred")
    UNKNOWN = "unknown", _("not found, to be confirmed")


class PassageKind(TextChoices):
    """What part a passage plays in the document."""

    TITLE = "title", pgettext_lazy("part of a document", "title")
    HEADING = "heading", _("heading")
    PARAGRAPH = "paragraph", _("paragraph")
    BULLET = "bullet", _("bullet")
    FOOTNOTE = "footnote", _("footnote")
    RECIPIENTS = "recipients", _("recipients")
    SIGNATURE = "signature", _("signature block")


class CorrectionKind(TextChoices):
    """What sort of slip a correction mends."""

    FORMAT = "format", _("formatting marks")
    SPACE = "space", _("spacing")
    DIACRITIC = "diacritic", _("diacritics")
    CAPITAL = "capital", _("capital letters")
    PUNCTUATION = "punctuation", _("punctuation")
    MISSING = "missing", _("missing words")
    STRUCTURE = "structure", _("structure")
    STYLE = "style", _("style")
    DOUBT = "doubt", _("doubtful reading")


class WorkState(TextChoices):
    """The state of work: six of ongoing work, three of dated work; overdue is computed, never stored."""

    NOT_STARTED = "not_started", _("not started")
    IN_PROGRESS = "in_progress", _("in progress")
    WITH_RESULTS = "with_results", _("carried out with results")
    IN_DIFFICULTY = "in_difficulty", _("in difficulty")
    NOT_OURS = "not_ours", _("not a task of this body")
    SEPARATE = "separate", _("reported separately under the confidentiality rules")
    NOT_DONE = "not_done", _("not done")
    DOING = "doing", _("being done")
    DONE = "done", _("completed")


ONGOING_STATES = (
    WorkState.NOT_STARTED,
    WorkState.IN_PROGRESS,
    WorkState.WITH_RESULTS,
    WorkState.IN_DIFFICULTY,
    WorkState.NOT_OURS,
    WorkState.SEPARATE,
)
DATED_STATES = (WorkState.NOT_DONE, WorkState.DOING, WorkState.DONE)


class Silence(TextChoices):
    """What a bar says of the bodies that have said nothing."""

    NOT_REPORTED = "not_reported", _("not reported yet")


class InspectionState(TextChoices):
    """Where an inspection stands on a day; computed."""

    AHEAD = "inspection_ahead", _("still to be held")
    HELD = "inspection_held", _("held, nothing to remedy")
    TO_REMEDY = "to_remedy", _("to be remedied")
    OVERDUE = "remedy_overdue", _("remedy overdue")
    REMEDIED = "remedied", _("remedied")


class Timeliness(TextChoices):
    """What the calendar says of dated work; computed from the due date and the state."""

    ON_TIME = "on_time", pgettext_lazy("of dated work", "on time")
    DUE_SOON = "due_soon", _("due soon")
    OVERDUE = "overdue", _("overdue")
    NO_DATE = "no_date", _("no due date")


class SuccessionKind(TextChoices):
    """How a body followed another."""

    RENAME = "rename", _("renamed")
    MERGE = "merge", _("merged")
    SPLIT = "split", _("split")
    ABSORB = "absorb", _("absorbed")


class ChangeState(TextChoices):
    """Whether a change of bodies is in force."""

    DRAFT = "change_draft", _("not confirmed yet")
    CONFIRMED = "change_confirmed", pgettext_lazy("of a change of bodies", "confirmed")


class DocumentKind(TextChoices):
    """Types of documents that a body issues, with the Party's abbreviations."""

    RESOLUTION = "NQ", _("resolution")
    DIRECTIVE = "CT", _("directive")
    CONCLUSION = "KL", _("conclusion")
    PROGRAMME = "CTr", _("action programme")
    PLAN = "KH", _("plan document")
    DECISION = "QĐ", _("decision or regulation")
    GUIDANCE = "HD", _("guidance")
    PROJECT = "ĐA", _("scheme")
    REPORT = "BC", _("report")
    NOTICE = "TB", _("notice document")
    LETTER = "CV", _("official letter")
    OTHER = "K", _("other document")
