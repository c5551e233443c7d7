"""Which columns of `targets` the search reads."""

from __future__ import annotations

from plan_tracker.lib.search_index import Index

INDICATORS = Index("targets_indicator", ("code", "title", "short_title"))
INDEXES = (INDICATORS,)
