"""Which columns of `tasks` the search reads."""

from __future__ import annotations

from plan_tracker.lib.search_index import Index

PASSAGES = Index("tasks_passage", ("text",))
TASKS = Index("tasks_task", ("code", "title"))
LEGAL_DOCUMENTS = Index("tasks_legaldocument", ("doc_type", "symbol", "issuer", "title"))
ISSUED_DOCUMENTS = Index("tasks_issueddocument", ("symbol", "title"))
BODIES = Index("tasks_body", ("name", "short_name", "symbol", "code"))
BODY_NAMES = Index("tasks_bodyname", ("name", "short_name", "symbol"))
INDEXES = (PASSAGES, TASKS, LEGAL_DOCUMENTS, ISSUED_DOCUMENTS, BODIES, BODY_NAMES)
