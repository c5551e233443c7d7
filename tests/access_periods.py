"""What each role sees and may do on the pages of attendance, reminders, the calendar and inspections."""

from __future__ import annotations

from tests.access_table import EVERYBODY, FIRST_PERIOD, OWED, POST_ONLY, Row, code, key, sent

READS: tuple[Row, ...] = (
    Row("reports:period_edit", "in 403 403 403 200 403 403 403", FIRST_PERIOD),
    Row("reports:period_addressees", "in 403 403 403 200 403 403 403", FIRST_PERIOD),
    Row("reports:attendance_period_file", EVERYBODY, key("draft_period", "xlsx")),
    Row("reports:attendance_year", EVERYBODY, code(2024)),
    Row("reports:attendance_year_file", EVERYBODY, lambda _world: [2024, "csv"]),
    Row("reports:period_reminders", "in 403 403 403 200 200 403 200", FIRST_PERIOD),
    Row("reports:period_remind", POST_ONLY, FIRST_PERIOD),
    Row("reports:period_letter", "in 403 403 403 200 403 403 403", FIRST_PERIOD),
    Row("reports:reminder_call", "in 403 403 403 200 403 403 403", OWED),
    Row("reports:calendar_month", EVERYBODY),
    Row("reports:calendar_address", POST_ONLY),
    Row("reports:calendar_feed", " ".join(["200"] * 8), lambda world: [world.rows["calendar"]]),
    Row("reports:inspection_list", EVERYBODY),
    Row("reports:inspection_create", "in 403 403 403 200 403 403 403"),
    Row("reports:inspection_edit", "in 404 403 403 200 403 403 403", key("inspection")),
)

POSTS: tuple[Row, ...] = (
    Row("reports:period_edit", "in 403 403 403 422 403 403 403", FIRST_PERIOD),
    Row("reports:period_addressees", "in 403 403 403 422 403 403 403", FIRST_PERIOD),
    Row("reports:period_remind", "in 403 403 403 302 403 403 403", FIRST_PERIOD, sent(body="late")),
    Row("reports:reminder_call", "in 403 403 403 422 403 403 403", OWED),
    Row("reports:calendar_address", "in 302 302 302 302 302 302 302", data=sent(do="revoke")),
    Row("reports:inspection_create", "in 403 403 403 422 403 403 403"),
    Row("reports:inspection_edit", "in 404 403 403 422 403 403 403", key("inspection")),
)
