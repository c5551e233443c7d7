"""Administration of `tasks`: plan, bodies and assignments are loaded; its text and what happened are only read."""

from tasks.admin import assignments, bodies, ledgers, plan

__all__ = ["assignments", "bodies", "ledgers", "plan"]
