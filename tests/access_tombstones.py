"""The rows of the table of access about the withdrawal of secrets: to all but administrators it is not there."""

from __future__ import annotations

from tests.access_table import ACCEPTED, POST_ONLY, Row, key

TOMBSTONE = key("tombstone")
ADMINISTRATORS = "in 404 404 404 404 404 404 200"
READS: tuple[Row, ...] = (
    Row("reports:tombstone_list", ADMINISTRATORS),
    Row("reports:tombstone_ask", ADMINISTRATORS, ACCEPTED),
    Row("reports:tombstone_detail", ADMINISTRATORS, TOMBSTONE),
    Row("reports:tombstone_confirm", POST_ONLY, TOMBSTONE),
    Row("reports:tombstone_refuse", POST_ONLY, TOMBSTONE),
    Row("reports:tombstone_delete_files", POST_ONLY, TOMBSTONE),
)
POSTS: tuple[Row, ...] = (
    Row("reports:tombstone_ask", "in 404 404 404 404 404 404 422", ACCEPTED),
    # Whoever asked does not confirm.
    Row("reports:tombstone_confirm", "in 404 404 404 404 404 404 409", TOMBSTONE),
    Row("reports:tombstone_refuse", "in 404 404 404 404 404 404 422", TOMBSTONE),
    Row("reports:tombstone_delete_files", "in 404 404 404 404 404 404 302", TOMBSTONE),
)
