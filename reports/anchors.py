"""Where on the page of the summary the rows behind a figure stand: one name for each, for page and sentences alike."""

from __future__ import annotations

from reports.outline import line_anchor

COVERAGE = "who-has-sent-what"
MISSING = "missing"
DOCUMENTS = "documents"
DIFFICULTIES = "difficulties"
PROPOSALS = "proposals"
RECOMMENDATIONS = "recommendations"
INSPECTIONS = "inspections"


def counter(code: str) -> str:
    """Return the row of an activity figure."""
    return f"counter-{code}"


def indicator(code: str) -> str:
    """Return the row of an indicator."""
    return f"indicator-{code.replace('.', '-')}"


def assignment(code: str) -> str:
    """Return the row of an assignment."""
    return f"assignment-{code.replace('.', '-')}"


def part(line: str) -> str:
    """Return the row of a group, a task or a question."""
    return line_anchor(line)


def state(line: str, word: str) -> str:
    """Return those of the rows of a group, a task or a question that stand in one state."""
    return f"{line_anchor(line)}-{word}"


def difficulty(place: int) -> str:
    """Return a gathered difficulty by its place in the list."""
    return f"difficulty-{place + 1}"


def proposal(addressee: str, place: int) -> str:
    """Return a gathered proposal by its addressee and its place in the list."""
    return f"proposal-{addressee.replace('_', '-')}-{place + 1}"


def closing(field: str, place: int) -> str:
    """Return a gathered passage of the closing parts."""
    return f"closing-{field.replace('_', '-')}-{place + 1}"
