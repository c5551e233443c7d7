"""What every role is answered about objects that are over: accepted, closed, issued, settled, ended, put into force.

The columns are those of the table of access. A post leaves such an object as it is, whatever is sent; where something
may still be done with it, the row says so (`Open`). `access_locked_world` makes the objects.
"""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access_table import EVERYBODY, POST_ONLY, Args, Data, Row, code, key, sent
from tests.access_world import World
from tests.hostile import PNG

NOBODY_FOUND = " ".join(["404"] * 8)
# The own people are led to the report as it stands now; those who read it may not write in it.
OVER_FORM = "in 404 302 302 403 403 403 403"
OVER_POST = "in 404 409 409 403 403 403 403"
READ = "in 404 200 200 200 200 200 200"
INSIDE = "in 404 200 200 200 200 404 200"
REVIEWED = "in 404 404 404 200 200 404 200"
SUMMARY = "in 404 404 404 200 200 200 200"
REVIEWER = "in 403 403 403 200 403 403 403"
ADMINISTRATOR = "in 403 403 403 403 403 403 200"
GONE_REGISTER = "in 404 404 404 403 403 403 403"
WITHDRAWER = "in 404 404 404 404 404 404 200"

REPORT, OWED, PERIOD = key("accepted"), key("locked_owed"), key("accepted_period")
EDITION, DRAFT, COMMENT = key("locked_edition"), key("locked_draft"), key("locked_comment")
REMARK, DOCUMENT, GONE, GONE_OWED = key("locked_remark"), key("gone_document"), code("hu-cu"), key("gone_owed")
DELIVERY, TOMBSTONE, ANSWERED = key("accepted", 1), key("tombstone"), key("recommendation", "answer")


class Open(Row):
    """A post that may still change something, although the object is over."""


def of_report(name: str) -> Args:
    """Return what names the accepted report and something that hangs on it."""
    return lambda world: [world.rows["accepted"].pk, world.rows[name].pk]


def judgement(world: World) -> list[Any]:
    """Return what names a judgement that has ended."""
    return ["T1.1", world.rows["judgement"].pk]


def step(code: str, name: str) -> Args:
    """Return what names a step of a change of bodies."""
    return lambda _world: [code, name]


def a_file(_world: World) -> dict[str, Any]:
    """Return a file with the declaration that goes with it."""
    file = SimpleUploadedFile("a.png", PNG, "image/png")
    return {"file": file, "no_secret": "on"}


def an_answer(world: World) -> dict[str, Any]:
    """Return what is said of a comment, by somebody who saw its handling as it is."""
    name = f"c{world.rows['locked_comment'].pk}"
    return {f"{name}-handling": "explained", f"{name}-text": "Giữ nguyên.", f"{name}-seen": "taken"}


def the_district(**more: str) -> Data:
    """Return a form that names the district."""
    return lambda world: {"addressees": [world.rows["body"].pk], "bodies": [world.rows["body"].pk], **more}


SIGNED = sent(
    way="signed",
    symbol="1-BC/HU",
    signed_on="01/01/2025",
    signatory="A",
    no_secret="on",
    token="t1",
    came_on="01/06/2024",
)
NUMBERED = sent(
    number="48", signed_on="01/07/2024", place="Lạng Sơn", term="2020 - 2025", authority="T/M", position="TRƯỞNG BAN",
    signatory="A", recipients="Lưu",
)  # fmt: skip
MORE_TIME = sent(change="extend", due_on="01/12/2026", due_hour="16:00", reason="Bão.")
AN_ANSWER = sent(symbol="1-CV/TW", day="01/01/2025", text="Đồng ý.")
LATER = sent(change="due", due_on="01/12/2026", due_hour="16:00", symbol="1-CV", date="01/11/2026")

READS: tuple[Row, ...] = (
    Row("accounts:link", " ".join(["410"] * 8), code("da-dung")),
    Row("tasks:delegation_end", POST_ONLY, key("delegation")),
    Row("targets:judgement_end", POST_ONLY, judgement),
    # A body that has ended: its page, its figures, what it owes still and what it issued.
    Row("reports:body_detail", EVERYBODY, GONE),
    Row("targets:body_indicators", READ, GONE),
    *(Row(f"reports:register_{name}", GONE_REGISTER, GONE) for name in ("upload", "template")),
    Row("reports:register_edit", GONE_REGISTER, DOCUMENT),
    Row("reports:register_delete", POST_ONLY, DOCUMENT),
    Row("reports:report_start", POST_ONLY, GONE_OWED),
    Row("reports:behalf_begin", "in 404 404 404 200 403 404 403", GONE_OWED),
    Row("reports:reminder_call", REVIEWER, GONE_OWED),
    # A report that is accepted.
    *(Row(f"reports:{name}", READ, REPORT) for name in ("report_detail", "report_read", "report_scan")),
    *(Row(f"reports:{name}", READ, REPORT) for name in ("report_docx", "report_pdf")),
    Row("reports:report_sheet", READ, key("accepted", "docx")),
    Row("reports:report_exchange", INSIDE, REPORT),
    Row("reports:attachment_file", READ, key("locked_file")),
    *(
        Row(f"reports:delivery_{name}", INSIDE, DELIVERY)
        for name in ("detail", "receipt", "receipt_pdf", "content", "scan")
    ),
    *(
        Row(f"reports:report_{name}", OVER_FORM, REPORT)
        for name in ("assignments", "counters", "indicators", "closing", "share", "check", "template", "upload")
    ),
    Row("reports:report_attachments", OVER_FORM, REPORT),
    Row("reports:report_group", OVER_FORM, key("accepted", 1)),
    Row("reports:upload_detail", OVER_FORM, of_report("locked_workbook")),
    Row("reports:upload_marked", OVER_FORM, of_report("locked_workbook")),
    Row("reports:attachment_delete", POST_ONLY, of_report("locked_file")),
    Row("reports:report_form", POST_ONLY, REPORT),
    Row("reports:report_step", POST_ONLY, key("accepted", "prepare")),
    Row("reports:report_start", POST_ONLY, OWED),
    Row("reports:report_send", "in 404 403 302 403 403 403 403", REPORT),
    Row("reports:behalf_send", "in 404 403 403 302 403 403 403", REPORT),
    Row("reports:behalf_begin", "in 404 403 403 200 403 404 403", OWED),
    Row("reports:review_detail", REVIEWED, REPORT),
    Row("reports:review_step", POST_ONLY, REPORT),
    Row("reports:remark_ask", POST_ONLY, REPORT),
    Row("reports:remark_settle", POST_ONLY, REMARK),
    Row("reports:remark_again", POST_ONLY, REMARK),
    # A period that is closed.
    *(Row(f"reports:period_{name}", EVERYBODY, PERIOD) for name in ("detail", "request")),
    Row("reports:period_addressees", REVIEWER, PERIOD),
    Row("reports:period_edit", REVIEWER, PERIOD),
    Row("reports:period_change", POST_ONLY, PERIOD),
    Row("reports:period_reminders", "in 403 403 403 200 200 403 200", PERIOD),
    Row("reports:period_remind", POST_ONLY, PERIOD),
    Row("reports:period_letter", "in 403 403 403 302 403 403 403", PERIOD),
    Row("reports:attendance_period_file", EVERYBODY, key("accepted_period", "xlsx")),
    Row("reports:expectation_change", REVIEWER, OWED),
    Row("reports:reminder_call", REVIEWER, OWED),
    *(Row(f"reports:summary_{name}", SUMMARY, PERIOD) for name in ("detail", "docx", "pdf", "xlsx", "json")),
    *(Row(f"reports:brief_{kind}", SUMMARY, PERIOD) for kind in ("docx", "pdf")),
    Row("reports:edition_list", SUMMARY, PERIOD),
    Row("reports:edition_open", POST_ONLY, PERIOD),
    Row("reports:recommendation_create", REVIEWER, PERIOD),
    # An edition that is issued, with its drafts and comments.
    Row("reports:edition_detail", "in 404 404 404 302 302 302 302", EDITION),
    Row("reports:edition_life", SUMMARY, EDITION),
    Row("reports:edition_changes", SUMMARY, EDITION),
    Row("reports:edition_file", SUMMARY, key("locked_edition", "a.docx")),
    Row("reports:edition_paper", SUMMARY, key("locked_edition", "docx")),
    Row("reports:edition_comments", REVIEWED, EDITION),
    Row("reports:comments_docx", REVIEWED, EDITION),
    Row("reports:edition_section", "in 404 404 404 403 403 403 403", key("locked_edition", "group:1")),
    Row("reports:edition_step", POST_ONLY, EDITION),
    Row("reports:edition_issue", "in 404 404 404 302 302 403 403", EDITION),
    Row("reports:edition_send_out", "in 404 404 404 302 403 403 403", EDITION),
    Row("reports:draft_detail", INSIDE, DRAFT),
    Row("reports:draft_docx", INSIDE, DRAFT),
    Row("reports:comment_handle", POST_ONLY, COMMENT),
    # What is answered, remedied, revoked, in force, decided.
    Row("reports:recommendation_detail", READ, key("recommendation")),
    Row("reports:recommendation_step", POST_ONLY, ANSWERED),
    Row("reports:inspection_edit", "in 404 403 403 200 403 403 403", key("inspection")),
    *(Row(f"jobs:job_{name}", WITHDRAWER, key("job")) for name in ("detail", "state", "file")),
    Row("reports:calendar_feed", NOBODY_FOUND, lambda world: [world.rows["calendar"]]),
    Row("reports:change_detail", ADMINISTRATOR, code("sap-xep")),
    Row("reports:change_step", POST_ONLY, step("sap-xep", "xac-nhan")),
    Row("reports:tombstone_detail", WITHDRAWER, TOMBSTONE),
    Row("reports:tombstone_ask", WITHDRAWER, REPORT),
    *(Row(f"reports:tombstone_{name}", POST_ONLY, TOMBSTONE) for name in ("confirm", "refuse", "delete_files")),
)

POSTS: tuple[Row, ...] = (
    Row("accounts:link", " ".join(["410"] * 8), code("da-dung")),
    Row("tasks:delegation_end", "in 404 403 302 404 404 404 302", key("delegation")),
    Row("targets:judgement_end", "in 403 403 403 302 302 403 403", judgement),
    Row("reports:register_upload", GONE_REGISTER, GONE),
    Row("reports:register_edit", GONE_REGISTER, DOCUMENT),
    Row("reports:register_delete", "in 404 404 404 403 403 403 403", DOCUMENT),
    # The office of the committee may still enter what an ended body sends on paper.
    Open("reports:report_start", "in 404 404 404 302 403 404 403", GONE_OWED),
    Open("reports:behalf_begin", "in 404 404 404 302 403 404 403", GONE_OWED),
    Row("reports:reminder_call", "in 403 403 403 422 403 403 403", GONE_OWED),
    *(
        Row(f"reports:report_{name}", OVER_POST, REPORT)
        for name in ("assignments", "counters", "indicators", "closing")
    ),
    Row("reports:report_group", OVER_POST, key("accepted", 1)),
    Row("reports:report_upload", OVER_POST, REPORT, a_file),
    Row("reports:report_attachments", OVER_POST, REPORT, a_file),
    Row("reports:upload_detail", OVER_POST, of_report("locked_workbook")),
    Row("reports:attachment_delete", OVER_FORM, of_report("locked_file")),
    Row("reports:report_share", OVER_FORM, REPORT),
    Row("reports:report_form", OVER_FORM, REPORT, sent(form="nil")),
    Row("reports:report_start", "in 404 302 403 302 403 404 403", OWED),
    Row("reports:report_step", "in 404 302 403 403 403 403 403", key("accepted", "prepare")),
    Row("reports:report_step", "in 404 302 302 403 403 403 403", key("accepted", "take_back")),
    Row("reports:report_step", "in 404 403 302 403 403 403 403", key("accepted", "recall")),
    Row("reports:report_step", "in 404 403 302 403 403 403 403", key("accepted", "discard")),
    Row("reports:report_send", "in 404 403 409 403 403 403 403", REPORT, SIGNED),
    Row("reports:behalf_send", "in 404 403 403 422 403 403 403", REPORT, SIGNED),
    Row("reports:behalf_begin", "in 404 403 403 422 403 404 403", OWED),
    Row("reports:review_step", "in 404 404 404 409 403 404 403", REPORT, sent(step="accept")),
    Row("reports:review_step", "in 404 404 404 409 403 404 403", REPORT, sent(step="return")),
    Row("reports:review_step", "in 404 404 404 409 403 404 403", REPORT, sent(step="receive")),
    Row("reports:remark_ask", "in 404 404 404 409 403 404 403", REPORT, sent(line="group:1", text="Nêu rõ.")),
    Row("reports:remark_settle", "in 404 403 403 302 403 404 403", REMARK),
    Row("reports:remark_again", "in 404 403 403 409 403 404 403", REMARK, sent(text="Nêu rõ hơn.")),
    Row("reports:period_change", "in 403 403 403 422 403 403 403", PERIOD, sent(change="close")),
    Row("reports:period_change", "in 403 403 403 422 403 403 403", PERIOD, sent(change="cancel", reason="Thôi.")),
    Row("reports:period_change", "in 403 403 403 422 403 403 403", PERIOD, LATER),
    Open("reports:period_change", "in 403 403 403 302 403 403 403", PERIOD, sent(change="reopen")),
    Row("reports:period_addressees", "in 403 403 403 422 403 403 403", PERIOD, the_district()),
    Row("reports:period_edit", "in 403 403 403 422 403 403 403", PERIOD, sent(own_title="Khác", seen="x")),
    Row("reports:period_remind", "in 403 403 403 302 403 403 403", PERIOD, sent(body="late")),
    Row("reports:expectation_change", "in 403 403 403 422 403 403 403", OWED, MORE_TIME),
    Row("reports:expectation_change", "in 403 403 403 422 403 403 403", OWED, sent(change="exempt", reason="Bão.")),
    Row("reports:reminder_call", "in 403 403 403 422 403 403 403", OWED),
    # What was reported is summed up, and followed up, after the period is closed.
    Open("reports:edition_open", "in 404 404 404 302 403 403 403", PERIOD, sent(kind="committee_report")),
    Open("reports:recommendation_create", "in 403 403 403 422 403 403 403", PERIOD),
    *(
        Row("reports:edition_step", "in 404 404 404 409 403 403 403", EDITION, sent(step=name))
        for name in ("hand_up", "take_back")
    ),
    *(
        Row("reports:edition_step", "in 404 404 404 403 409 403 403", EDITION, sent(step=name, reason="Sửa."))
        for name in ("approve", "send_back")
    ),
    Row("reports:edition_issue", "in 404 404 404 409 409 403 403", EDITION, NUMBERED),
    Row("reports:edition_send_out", "in 404 404 404 409 403 403 403", EDITION, the_district(number="2")),
    *(
        Row(
            "reports:edition_section",
            "in 404 404 404 409 403 403 403",
            key("locked_edition", "group:1"),
            sent(text="K", do=f"{name}:1-0"),
        )
        for name in ("save", "keep", "renew")
    ),
    Row("reports:draft_detail", "in 404 409 409 409 403 404 403", DRAFT, sent(text="Góp ý.", body="hu-a")),
    Row("reports:comment_handle", "in 404 403 403 409 403 404 403", COMMENT, an_answer),
    Row("reports:recommendation_step", "in 404 403 403 302 403 403 403", ANSWERED, AN_ANSWER),
    Row(
        "reports:recommendation_step", "in 404 403 403 302 403 403 403", key("recommendation", "close"), sent(text="X")
    ),
    # Findings may be completed after they were remedied.
    Open("reports:inspection_edit", "in 404 403 403 422 403 403 403", key("inspection")),
    Row("reports:change_step", "in 403 403 403 403 403 403 302", step("sap-xep", "xac-nhan")),
    Row("reports:change_step", "in 403 403 403 403 403 403 302", step("sap-xep", "xoa")),
    Open("reports:tombstone_ask", "in 404 404 404 404 404 404 422", REPORT),
    Row("reports:tombstone_confirm", "in 404 404 404 404 404 404 409", TOMBSTONE),
    Row("reports:tombstone_refuse", "in 404 404 404 404 404 404 409", TOMBSTONE, sent(why="Không.")),
    Row("reports:tombstone_delete_files", "in 404 404 404 404 404 404 302", TOMBSTONE),
)

# Routes whose address names something that has no end, and why.
PLAN, FIGURE = (
    "the plan's own text, which is read as long as it stands",
    "figures are never closed: a later one stands beside",
)
NEVER_OVER: dict[str, str] = {
    "tasks:group_detail": PLAN,
    "tasks:task_detail": PLAN,
    "tasks:assignment_detail": PLAN,
    "targets:indicator_detail": FIGURE,
    "targets:series_xlsx": FIGURE,
    "targets:series_csv": FIGURE,
    "targets:api_series": FIGURE,
    "targets:figures_by_year": FIGURE,
    "targets:figures_by_indicator": FIGURE,
    "targets:figure_history": FIGURE,
    "targets:judgement_create": FIGURE,
    "reports:counter_detail": FIGURE,
    "reports:attendance_year": "a year",
    "reports:attendance_year_file": "a year",
}
