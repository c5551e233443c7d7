"""What of `targets` a person may do."""

from __future__ import annotations

from tasks.permissions import Standing


def can_record_figures(standing: Standing) -> bool:
    """Return whether the person may enter and restate figures: the province's staff who draw up the summary."""
    return standing.is_reviewer or standing.is_administrator


def can_judge(standing: Standing) -> bool:
    """Return whether the person may say how an indicator stands, or override the arithmetic for a time."""
    return standing.is_reviewer or standing.is_leader


def sees_every_figure(standing: Standing) -> bool:
    """Return whether the figures of all bodies are shown to the person; else those of the province and the own ones."""
    return standing.sees_every_report or standing.is_viewer
