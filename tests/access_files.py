"""The rows of the table of access about long jobs and the register of documents from Excel."""

from __future__ import annotations

from tests.access_table import EVERYBODY, Row, code, key

READS: tuple[Row, ...] = (
    Row("jobs:job_list", EVERYBODY),
    Row("jobs:job_detail", "in 404 404 404 404 404 404 200", key("job")),
    Row("jobs:job_state", "in 404 404 404 404 404 404 200", key("job")),
    Row("jobs:job_file", "in 404 404 404 404 404 404 200", key("job")),
    Row("reports:register_upload", "in 404 200 200 403 403 403 403", code("hu-a")),
    Row("reports:register_template", "in 404 200 200 403 403 403 403", code("hu-a")),
)
POSTS: tuple[Row, ...] = (Row("reports:register_upload", "in 404 422 422 403 403 403 403", code("hu-a")),)
