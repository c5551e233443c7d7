"""From upload to preview of a full report, against a child process that only reads the same workbook."""

from __future__ import annotations

import io
import subprocess
import sys
from typing import Any

import openpyxl
from django.db import connection, transaction
from django.test import Client, override_settings

from reports.choices import Depth, PeriodKind
from reports.models import Submission
from reports.workbooks import layout
from targets.choices import Channel
from targets.models import IndicatorReporter
from tasks.choices import BodyKind, PartyRole, ScopeMode
from tasks.models import AssignmentParty, ScopeRule, Task
from tests.bench.interleaved import Measurement, in_turns
from tests.factories import make_assignment, make_counter, make_group, make_indicator, make_period, make_plan
from tests.form_pages import page, signed_in
from tests.people import make_cast
from tests.workbooks import DECLARED, add, file_of, put, saved

GROUPS, TASKS, ASSIGNMENTS, COUNTERS, INDICATORS, ROWS = 8, 5, 12, 25, 20, 40
BAR = 3
WORDS = "Đã tổ chức 06 hội nghị quán triệt với 1.240 lượt người dự; cấp uỷ ban hành kế hoạch triển khai. "
READ_ONLY = (
    "import io, sys, openpyxl; book = openpyxl.load_workbook(io.BytesIO(sys.stdin.buffer.read()), read_only=True);"
    "print(sum(1 for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None))"
)


def full_report() -> tuple[Client, Submission]:
    """Make a detailed yearly report of a district with everything that a form can ask, and its preparer's browser."""
    plan, cast = make_plan("bench-xlsx"), make_cast()
    for number in range(1, GROUPS + 1):
        make_group(plan, number, tasks=TASKS)
    for task in Task.objects.filter(group__plan=plan):
        ScopeRule.objects.create(task=task, body_kind=BodyKind.DISTRICT, mode=ScopeMode.OWN_LINE)
    for number in range(ASSIGNMENTS):
        assignment = make_assignment(plan, f"IV.{number}")
        AssignmentParty.objects.create(
            assignment=assignment, order=1, body=cast.district, role=PartyRole.LEAD, printed=cast.district.name
        )
    figures: list[dict[str, Any]] = [{"counter": make_counter(plan, f"X{number:02d}")} for number in range(COUNTERS)]
    figures += [{"indicator": make_indicator(plan, f"X{number // 3}.{number}")} for number in range(INDICATORS)]
    for number, subject in enumerate(figures):
        reporter = {"body_kind": BodyKind.DISTRICT, "channel": Channel.AREA}
        IndicatorReporter.objects.create(code=f"xlsx-{number}", **reporter, **subject)
    period = make_period(plan, PeriodKind.YEAR, bodies=[cast.district], depth=Depth.DETAILED)
    client = signed_in(cast.preparer)
    client.post(page("report_start", period.expectations.get().pk))
    return client, Submission.objects.get(expectation__period=period)


def filled_in(content: bytes) -> bytes:
    """Return the form with something in every line, as a diligent clerk fills it in."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in (layout.LINES, layout.ASSIGNED):
        for (code,) in book[sheet.title].iter_rows(min_row=layout.FIRST_ROW, max_col=1, values_only=True):
            put(book, sheet, str(code), state="đang triển khai", text=WORDS * 10)
    for number in range(COUNTERS):
        put(book, layout.COUNTERS, f"X{number:02d}", in_period="1.240")
    for number in range(INDICATORS):
        put(book, layout.INDICATORS, f"X{number // 3}.{number}", numerator="18", denominator="20")
    for number in range(ROWS):
        add(book, layout.ROWS, line=str(number % GROUPS + 1), kind="Khó khăn", text=WORDS)
    return saved(book)


def upload_to_preview() -> Measurement:
    """Measure, and make sure first that the preview is whole."""
    with transaction.atomic(), override_settings(ALLOWED_HOSTS=["testserver"]):
        client, submission = full_report()
        content = filled_in(client.get(page("report_template", submission.pk)).content)

        def ours() -> Any:
            data = DECLARED | {"file": file_of(content)}
            return client.post(page("report_upload", submission.pk), data, follow=True)

        def floor() -> bytes:
            return subprocess.run(  # noqa: S603 - our own interpreter and our own words
                [sys.executable, "-I", "-c", READ_ONLY], input=content, stdout=subprocess.PIPE, check=True
            ).stdout

        preview, lines = ours(), GROUPS * (TASKS + 1) + ASSIGNMENTS
        assert preview.status_code == 200
        assert preview.content.decode().count('class="tag"') == lines + COUNTERS + INDICATORS
        assert int(floor()) > lines * 3
        name = f"upload to preview of a full report ({lines} lines, {COUNTERS + INDICATORS} figures)"
        found = in_turns(name, connection.vendor, floor, ours, BAR)
        transaction.set_rollback(True)
    return found


measurements = (upload_to_preview,)
