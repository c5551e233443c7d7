"""What of `targets` a person may do."""

from __future__ import annotations

from tasks.permissions import Standing


def can_record_figures(standing: Standing) -> bool:
    """Return whether the person may enter and restate figures: the province's staff who draw up the summary."""
    return standing.is_reviewer or standing.is_administrator
