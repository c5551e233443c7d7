"""What every role is answered on every route, and the people and rows that the questions are about.

The columns: nobody, a preparer of another body, the body's own preparer and sender, a reviewer, the leader, a viewer,
an administrator. `in` is the way to the sign-in page. 404: may not know that it is there; 403: may see but not do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.access_world import World

Args = Callable[[World], list[Any]]
Data = Callable[[World], dict[str, Any]]


def code(value: str | int) -> Args:
    """Return what gives a fixed part of an address."""
    return lambda world: [value]


def no_args(world: World) -> list[Any]:
    """Return nothing: the address needs no row."""
    return []


def no_data(world: World) -> dict[str, Any]:
    """Return an empty form."""
    return {}


def key(name: str, *more: Any) -> Args:
    """Return what gives the primary key of a row, and fixed parts after it."""
    return lambda world: [world.rows[name].pk, *more]


@dataclass(frozen=True)
class Row:
    """One line of a table: a route, the answer for each role, which row the address names, and what is sent."""

    route: str
    answers: str
    args: Args = no_args
    data: Data = field(default=no_data)


def workbook(world: World) -> list[Any]:
    """Return what names an uploaded workbook: its report and itself."""
    return [world.rows["draft"].pk, world.rows["workbook"].pk]


def attachment(world: World) -> list[Any]:
    """Return what names an attached file: its report and itself."""
    return [world.rows["draft"].pk, world.rows["attachment"].pk]


def judgement(world: World) -> list[Any]:
    """Return what names a judgement: its indicator and itself."""
    return ["T1.1", world.rows["judgement"].pk]


def sent(**fields: str) -> Data:
    """Return what gives the fields of a form."""
    return lambda world: dict(fields)


DRAFT, RECEIVED, ACCEPTED = key("draft"), key("received"), key("accepted")
SENT = key("accepted", 1)
FIRST_PERIOD, OWED, REGISTER = key("draft_period"), key("owed"), key("document")
FIRST_GROUP, TASK, ITEM, INDICATOR = code(1), code("1.1"), code("IV.2"), code("T1.1")
DISTRICT, EDITION, ISSUED = code("hu-a"), key("edition"), key("issued")
UPLOAD, FILE = workbook, attachment

# Whoever is signed in reads the plan, what was published, and the way about.
EVERYBODY = "in 200 200 200 200 200 200 200"
POST_ONLY = "in 405 405 405 405 405 405 405"
READ_ONLY = POST_ONLY
# A report on its way: for its own body to write, for the committee to read, for others not there.
OWN_FORM = "in 404 200 200 403 403 404 403"
OWN_TEXT = "in 404 200 200 200 200 404 200"
# What was sent, each time: for the body and for the review; a viewer reads only what was accepted.
OWN_DELIVERIES = OWN_TEXT

READS: tuple[Row, ...] = (
    Row("accounts:sign_in", "200 302 302 302 302 302 302 302"),
    Row("accounts:sign_out", POST_ONLY),
    Row("accounts:password_change", EVERYBODY),
    Row("accounts:account", EVERYBODY),
    Row("accounts:session_end", POST_ONLY),
    Row("accounts:second_factor", EVERYBODY),
    Row("accounts:unlock", EVERYBODY),
    Row("accounts:still_here", "in 204 204 204 204 204 204 204"),
    Row("accounts:code", " ".join(["in"] * 8)),
    Row("accounts:forgotten", " ".join(["200"] * 8)),
    Row("accounts:link", " ".join(["410"] * 8), code("khong-co")),
    Row("accounts:language", "405 405 405 405 405 405 405 405"),
    Row("audit:trail", "in 403 403 403 403 403 403 200"),
    Row("jobs:trail_xlsx", POST_ONLY),
    Row("jobs:trail_csv", POST_ONLY),
    Row("styleguide", "in 403 403 403 403 403 403 200"),
    Row("tasks:plan_edit", "in 403 403 403 403 403 403 200"),
    Row("tasks:account_list", "in 403 403 403 403 403 403 200"),
    Row("tasks:account_change", POST_ONLY),
    Row("tasks:delegation_list", EVERYBODY),
    Row("tasks:delegation_create", "in 403 403 200 403 200 403 200"),
    Row("tasks:delegation_end", POST_ONLY, key("delegation")),
    Row("tasks:document_list", EVERYBODY),
    Row("tasks:group_list", EVERYBODY),
    Row("tasks:group_detail", EVERYBODY, FIRST_GROUP),
    Row("tasks:task_detail", EVERYBODY, TASK),
    Row("tasks:assignment_detail", EVERYBODY, ITEM),
    Row("tasks:deadline_list", EVERYBODY),
    Row("tasks:body_list", EVERYBODY),
    Row("targets:figures_by_year", "in 403 403 403 200 403 403 200", code(2024)),
    Row("targets:figures_by_indicator", "in 403 403 403 200 403 403 200", INDICATOR),
    Row("targets:figure_history", EVERYBODY, INDICATOR),
    Row("targets:board_xlsx", EVERYBODY),
    Row("targets:board_csv", EVERYBODY),
    Row("targets:series_xlsx", EVERYBODY, INDICATOR),
    Row("targets:series_csv", EVERYBODY, INDICATOR),
    Row("targets:api_guide", EVERYBODY),
    # Other systems come with a token; no account opens these.
    Row("targets:api_board", " ".join(["401"] * 8)),
    Row("targets:api_series", " ".join(["401"] * 8), INDICATOR),
    Row("targets:indicator_list", EVERYBODY),
    Row("targets:indicator_detail", EVERYBODY, INDICATOR),
    Row("targets:body_indicators", "in 404 200 200 200 200 200 200", DISTRICT),
    Row("targets:judgement_create", "in 403 403 403 200 200 403 403", INDICATOR),
    Row("targets:judgement_end", POST_ONLY, judgement),
    Row("reports:home", EVERYBODY),
    Row("reports:counter_list", EVERYBODY),
    Row("reports:counter_detail", EVERYBODY, code("C01")),
    Row("reports:plan_detail", EVERYBODY),
    Row("reports:plan_list", EVERYBODY),
    Row("reports:search", EVERYBODY),
    Row("reports:body_detail", EVERYBODY, DISTRICT),
    Row("reports:report_list", "in 200 200 200 403 403 403 403"),
    Row("reports:report_start", POST_ONLY, OWED),
    Row("reports:report_detail", OWN_TEXT, DRAFT),
    Row("reports:report_detail", "in 404 200 200 200 200 200 200", ACCEPTED),
    Row("reports:report_form", POST_ONLY, DRAFT),
    Row("reports:report_group", OWN_FORM, key("draft", 1)),
    Row("reports:report_assignments", OWN_FORM, DRAFT),
    Row("reports:report_counters", OWN_FORM, DRAFT),
    Row("reports:report_indicators", OWN_FORM, DRAFT),
    Row("reports:report_closing", OWN_FORM, DRAFT),
    Row("reports:report_share", OWN_FORM, DRAFT),
    Row("reports:report_sheet", OWN_TEXT, key("draft", "docx")),
    Row("reports:report_check", OWN_FORM, DRAFT),
    Row("reports:report_template", OWN_FORM, DRAFT),
    Row("reports:report_upload", OWN_FORM, DRAFT),
    Row("reports:report_attachments", OWN_FORM, DRAFT),
    Row("reports:attachment_delete", POST_ONLY, FILE),
    Row("reports:attachment_file", OWN_TEXT, key("attachment")),
    Row("reports:upload_detail", OWN_FORM, UPLOAD),
    Row("reports:upload_marked", OWN_FORM, UPLOAD),
    Row("reports:report_step", POST_ONLY, key("draft", "prepare")),
    Row("reports:report_send", "in 404 403 200 403 403 404 403", DRAFT),
    Row("reports:report_read", OWN_TEXT, DRAFT),
    Row("reports:report_read", "in 404 200 200 200 200 200 200", ACCEPTED),
    Row("reports:report_scan", "in 404 200 200 200 200 200 200", ACCEPTED),
    Row("reports:report_exchange", OWN_TEXT, DRAFT),
    Row("reports:report_exchange", OWN_DELIVERIES, ACCEPTED),
    Row("reports:delivery_detail", OWN_DELIVERIES, SENT),
    Row("reports:delivery_receipt", OWN_DELIVERIES, SENT),
    Row("reports:delivery_receipt_pdf", OWN_DELIVERIES, SENT),
    Row("reports:delivery_content", OWN_DELIVERIES, SENT),
    Row("reports:delivery_scan", OWN_DELIVERIES, SENT),
    Row("reports:behalf_begin", "in 404 403 403 200 403 404 403", OWED),
    Row("reports:behalf_send", "in 404 403 403 200 403 404 403", DRAFT),
    Row("reports:report_docx", OWN_TEXT, DRAFT),
    Row("reports:report_docx", "in 404 200 200 200 200 200 200", ACCEPTED),
    Row("reports:report_pdf", OWN_TEXT, DRAFT),
    Row("reports:report_pdf", "in 404 200 200 200 200 200 200", ACCEPTED),
    Row("reports:register_list", "in 200 200 200 403 403 403 403"),
    Row("reports:register_create", "in 200 200 200 403 403 403 403"),
    Row("reports:register_edit", "in 404 200 200 403 403 403 403", REGISTER),
    Row("reports:register_delete", POST_ONLY, REGISTER),
    Row("reports:period_list", EVERYBODY),
    Row("reports:period_create", "in 403 403 403 200 403 403 403"),
    Row("reports:period_detail", EVERYBODY, FIRST_PERIOD),
    Row("reports:period_change", POST_ONLY, FIRST_PERIOD),
    Row("reports:period_request", EVERYBODY, FIRST_PERIOD),
    Row("reports:expectation_change", "in 403 403 403 200 403 403 403", OWED),
    Row("reports:review_queue", "in 403 403 403 200 200 403 200"),
    Row("reports:review_detail", "in 404 404 404 200 200 404 200", RECEIVED),
    Row("reports:review_step", POST_ONLY, RECEIVED),
    Row("reports:remark_ask", POST_ONLY, RECEIVED),
    Row("reports:remark_settle", POST_ONLY, key("remark")),
    Row("reports:remark_again", POST_ONLY, key("remark")),
    Row("reports:notice_list", EVERYBODY),
    Row("reports:recommendation_list", EVERYBODY),
    Row("reports:recommendation_detail", "in 404 200 200 200 200 200 200", key("recommendation")),
    Row("reports:recommendation_step", POST_ONLY, key("recommendation", "answer")),
    Row("reports:recommendation_create", "in 403 403 403 200 403 403 403", FIRST_PERIOD),
    Row("reports:change_list", "in 403 403 403 403 403 403 200"),
    Row("reports:change_create", "in 403 403 403 403 403 403 200"),
    Row("reports:change_detail", "in 403 403 403 403 403 403 200", code("sap-xep")),
    Row("reports:change_step", POST_ONLY, lambda _world: ["sap-xep", "xac-nhan"]),
    Row("reports:summary_list", "in 404 404 404 200 200 200 200"),
    Row("reports:summary_detail", "in 404 404 404 200 200 200 200", FIRST_PERIOD),
    Row("reports:edition_list", "in 404 404 404 200 200 200 200", FIRST_PERIOD),
    Row("reports:edition_open", POST_ONLY, FIRST_PERIOD),
    Row("reports:edition_detail", "in 404 404 404 200 200 404 200", EDITION),
    Row("reports:edition_section", "in 404 404 404 200 403 404 403", key("edition", "group:1")),
    Row("reports:edition_index", "in 404 404 404 200 200 200 200"),
    Row("reports:edition_life", "in 404 404 404 200 200 404 200", EDITION),
    Row("reports:edition_life", "in 404 404 404 200 200 200 200", ISSUED),
    Row("reports:edition_step", POST_ONLY, EDITION),
    Row("reports:edition_issue", "in 404 404 404 200 200 404 403", EDITION),
    Row("reports:edition_changes", "in 404 404 404 404 404 404 404", EDITION),
    Row("reports:edition_changes", "in 404 404 404 200 200 200 200", ISSUED),
    Row("reports:edition_send_out", "in 404 404 404 200 403 404 403", EDITION),
    Row("reports:edition_comments", "in 404 404 404 200 200 404 200", EDITION),
    Row("reports:comments_docx", "in 404 404 404 200 200 404 200", EDITION),
    Row("reports:edition_file", "in 404 404 404 200 200 200 200", key("issued", "a.docx")),
    Row("reports:edition_paper", "in 404 404 404 200 200 404 200", key("edition", "docx")),
    Row("reports:edition_paper", "in 404 404 404 200 200 200 200", key("issued", "docx")),
    Row("reports:draft_detail", "in 404 200 200 200 200 404 200", key("edition_draft")),
    Row("reports:draft_docx", "in 404 200 200 200 200 404 200", key("edition_draft")),
    Row("reports:comment_handle", POST_ONLY, key("comment")),
    Row("reports:summary_docx", "in 404 404 404 200 200 200 200", FIRST_PERIOD),
    Row("reports:summary_pdf", "in 404 404 404 200 200 200 200", FIRST_PERIOD),
    *(Row(f"reports:brief_{kind}", "in 404 404 404 200 200 200 200", FIRST_PERIOD) for kind in ("docx", "pdf")),
    Row("reports:summary_xlsx", "in 404 404 404 200 200 200 200", FIRST_PERIOD),
    Row("reports:summary_json", "in 404 404 404 200 200 200 200", FIRST_PERIOD),
)

# The own people of a report that has moved on are told so (409, or a sentence on the page), with what they typed.
POSTS: tuple[Row, ...] = (
    Row("jobs:trail_xlsx", "in 403 403 403 403 403 403 200"),
    Row("jobs:trail_csv", "in 403 403 403 403 403 403 200"),
    Row("accounts:sign_in", "200 302 302 302 302 302 302 302"),
    Row("accounts:sign_out", "in in in in in in in in"),
    Row("accounts:password_change", EVERYBODY),
    Row("accounts:session_end", "in 302 302 302 302 302 302 302"),
    Row("accounts:second_factor", EVERYBODY),
    Row("accounts:unlock", EVERYBODY),
    Row("accounts:code", " ".join(["in"] * 8)),
    Row("accounts:forgotten", " ".join(["200"] * 8)),
    Row("accounts:link", " ".join(["410"] * 8), code("khong-co")),
    Row("accounts:language", "302 302 302 302 302 302 302 302"),
    Row("styleguide", "in 403 403 403 403 403 403 200"),
    Row("tasks:plan_edit", "in 403 403 403 403 403 403 200"),
    Row("tasks:account_change", "in 403 403 403 403 403 403 302"),
    Row("tasks:delegation_create", "in 403 403 422 403 422 403 422"),
    Row("tasks:delegation_end", "in 404 403 302 404 404 404 302", key("delegation")),
    Row("targets:figures_by_year", "in 403 403 403 422 403 403 422", code(2024)),
    Row("targets:figures_by_indicator", "in 403 403 403 422 403 403 422", INDICATOR),
    Row("targets:judgement_create", "in 403 403 403 200 200 403 403", INDICATOR),
    Row("targets:judgement_end", "in 403 403 403 302 302 403 403", judgement),
    Row("reports:report_start", "in 404 302 403 302 403 404 403", OWED),
    Row("reports:report_form", "in 404 302 302 403 403 404 403", DRAFT, sent(form="nil")),
    Row("reports:report_form", "in 404 302 302 403 403 403 403", ACCEPTED, sent(form="nil")),
    Row("reports:report_group", "in 404 409 409 403 403 404 403", key("draft", 1)),
    Row("reports:report_group", "in 404 409 409 403 403 403 403", key("accepted", 1)),
    Row("reports:report_assignments", "in 404 302 302 403 403 404 403", DRAFT),
    Row("reports:report_share", "in 404 302 302 403 403 404 403", DRAFT),
    Row("reports:report_counters", "in 404 302 302 403 403 404 403", DRAFT),
    Row("reports:report_indicators", "in 404 302 302 403 403 404 403", DRAFT),
    Row("reports:report_closing", "in 404 302 302 403 403 404 403", DRAFT),
    Row("reports:report_step", "in 404 302 403 403 403 404 403", key("draft", "prepare")),
    Row("reports:report_send", "in 404 403 422 403 403 404 403", DRAFT),
    Row("reports:report_upload", "in 404 422 422 403 403 404 403", DRAFT),
    Row("reports:report_attachments", "in 404 422 422 403 403 404 403", DRAFT),
    Row("reports:attachment_delete", "in 404 302 302 403 403 404 403", FILE),
    Row("reports:upload_detail", "in 404 409 409 403 403 404 403", UPLOAD),
    Row("reports:behalf_begin", "in 404 403 403 302 403 404 403", OWED),
    Row("reports:behalf_send", "in 404 403 403 422 403 404 403", DRAFT),
    Row("reports:register_create", "in 200 200 200 403 403 403 403"),
    Row("reports:register_edit", "in 404 200 200 403 403 403 403", REGISTER),
    Row("reports:register_delete", "in 404 302 302 403 403 403 403", REGISTER),
    Row("reports:period_create", "in 403 403 403 422 403 403 403"),
    Row("reports:period_change", "in 403 403 403 302 403 403 403", FIRST_PERIOD, sent(change="close")),
    Row("reports:expectation_change", "in 403 403 403 422 403 403 403", OWED),
    Row("reports:review_step", "in 404 404 404 302 403 404 403", RECEIVED, sent(step="return")),
    Row("reports:review_step", "in 404 404 404 409 403 404 403", ACCEPTED, sent(step="accept")),
    Row("reports:remark_ask", "in 404 404 404 302 403 404 403", RECEIVED, sent(line="group:1", text="Nêu rõ.")),
    Row("reports:remark_settle", "in 404 403 403 302 403 404 403", key("remark")),
    Row("reports:remark_again", "in 404 403 403 302 403 404 403", key("remark"), sent(text="Nêu rõ hơn.")),
    Row("reports:recommendation_step", "in 404 403 403 422 403 403 403", key("recommendation", "answer")),
    Row("reports:recommendation_create", "in 403 403 403 422 403 403 403", FIRST_PERIOD),
    Row("reports:edition_open", "in 404 404 404 302 403 403 403", FIRST_PERIOD, sent(kind="committee_report")),
    Row("reports:edition_step", "in 404 404 404 409 403 404 403", EDITION, sent(step="take_back")),
    Row("reports:edition_step", "in 404 404 404 403 409 403 403", ISSUED, sent(step="approve")),
    Row("reports:edition_issue", "in 404 404 404 422 422 404 403", EDITION),
    Row("reports:edition_send_out", "in 404 404 404 422 403 404 403", EDITION),
    Row("reports:draft_detail", "in 404 422 422 422 403 404 403", key("edition_draft")),
    Row("reports:comment_handle", "in 404 403 403 422 403 404 403", key("comment")),
    *(
        Row("reports:edition_section", "in 404 404 404 302 403 404 403", key("edition", "group:1"), sent(do=name))
        for name in ("", "keep:1-0", "renew:1-0")
    ),
    Row("reports:change_create", "in 403 403 403 403 403 403 422"),
    Row("reports:change_step", "in 403 403 403 403 403 403 302", lambda _world: ["sap-xep", "xac-nhan"]),
    Row("reports:change_step", "in 403 403 403 403 403 403 302", lambda _world: ["sap-xep", "hoan-tac"]),
    Row("reports:notice_list", "in 302 302 302 302 302 302 302"),
)
