"""Which columns of `reports` the search reads."""

from __future__ import annotations

from plan_tracker.lib.search_index import Index

ENTRIES = Index("reports_entry", ("text",))
DIFFICULTIES = Index("reports_difficulty", ("text",))
PROPOSALS = Index("reports_proposal", ("text",))
CLOSINGS = Index("reports_submission", ("strengths", "weaknesses", "causes", "coming_work"))
INDEXES = (ENTRIES, DIFFICULTIES, PROPOSALS, CLOSINGS)
