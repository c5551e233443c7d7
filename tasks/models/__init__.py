"""The tables of `tasks`: the plan's text, the work it orders, the bodies that answer, and published progress."""

from tasks.models.assignments import Assignment, AssignmentParty, AssignmentTask, Extension, TriggerEvent
from tasks.models.bodies import Body, BodyContact, BodyGroup, BodyName, Membership, Succession
from tasks.models.changes import BodyChange, ChangeEntry
from tasks.models.delegations import Delegation
from tasks.models.plan import (
    Citation,
    LegalDocument,
    Passage,
    PassagePiece,
    Plan,
    Task,
    TaskGroup,
    TextCorrection,
)
from tasks.models.progress import Inspection, IssuedDocument, Progress
from tasks.models.scope import ScopeRule

__all__ = [
    "Assignment",
    "AssignmentParty",
    "AssignmentTask",
    "Body",
    "BodyChange",
    "BodyContact",
    "BodyGroup",
    "BodyName",
    "ChangeEntry",
    "Citation",
    "Delegation",
    "Extension",
    "Inspection",
    "IssuedDocument",
    "LegalDocument",
    "Membership",
    "Passage",
    "PassagePiece",
    "Plan",
    "Progress",
    "ScopeRule",
    "Succession",
    "Task",
    "TaskGroup",
    "TextCorrection",
    "TriggerEvent",
]
