"""Which columns of `reports` the search reads."""

from __future__ import annotations

from plan_tracker.lib.search_index import Index

ENTRIES = Index("reports_entry", ("text",))
DIFFICULTIES = Index("reports_difficulty", ("text",))
PROPOSALS = Index("reports_proposal", ("text",))
CLOSINGS = Index("reports_submission", ("strengths", "weaknesses", "causes", "coming_work"))
INDEXES = (ENTRIES, DIFFICULTIES, PROPOSALS, CLOSINGS)
# Editions are searched since a later migration.
EDITIONS = Index("reports_edition", ("symbol",), (("content", "subject"), ("content", "blocks")))
EDITION_DRAFTS = Index("reports_editiondraft", (), (("content", "subject"), ("content", "blocks")))
EDITION_SECTIONS = Index("reports_editionsection", ("text",))
EDITION_INDEXES = (EDITIONS, EDITION_DRAFTS, EDITION_SECTIONS)
ALL_INDEXES = (*INDEXES, *EDITION_INDEXES)
