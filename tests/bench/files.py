"""A file of 18,000 figures, from the upload over the preview to the last row saved, against only reading it."""

from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal
from threading import Event
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from plan_tracker.jobs.working import work
from plan_tracker.lib.spreadsheets import Table, write_xlsx
from targets import columns
from targets.choices import Evaluation, Measure, ObservationStatus, OverBodies
from targets.models import Observation
from tests.bench.emptying import emptied
from tests.bench.interleaved import Measurement, in_turns
from tests.factories import make_body, make_indicator, make_plan
from tests.people import make_user

BODIES, INDICATORS, YEARS = 90, 10, range(2001, 2021)
ROWS = BODIES * INDICATORS * len(YEARS)
BAR, ROUNDS = 4, 3
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
ADDRESS = "/quan-tri/targets/observation/"


def _file(value: int) -> bytes:
    """Return a workbook with a figure for every body, indicator and year; half of the rows restate what stands."""
    names = [column.name for column in columns.COLUMNS]
    rows: list[list[Any]] = []
    for indicator in range(INDICATORS):
        for body in range(BODIES):
            for year in YEARS:
                told = {
                    "indicator": f"F1.{indicator}",
                    "body": f"tep-{body}",
                    "covers_from": date(year, 1, 1),
                    "covers_to": date(year, 12, 31),
                    "measure": str(Measure.LEVEL.label),
                    "status": str(ObservationStatus.OFFICIAL.label),
                    "value": Decimal(value + body if year % 2 else 50 + body),
                    "source": "Số liệu đo tốc độ",
                    "reason": "Công bố lại",
                }
                rows.append([told.get(name) for name in names])
    return write_xlsx(Table("Số liệu", columns.headers(), rows))


def _read(content: bytes) -> int:
    """Only read the file."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    return sum(1 for _row in book.worksheets[0].iter_rows(values_only=True))


def figures_from_a_file() -> Measurement:
    """Measure preview and confirmation in the administration, each time with a file that restates half of its rows."""
    plan = make_plan("ke-hoach-tep")
    for number in range(INDICATORS):
        make_indicator(plan, f"F1.{number}", evaluation=Evaluation.END_STATE, over_bodies=OverBodies.SUM, unit="xã")
    for number in range(BODIES):
        make_body(f"tep-{number}")
    client = Client(headers={"host": "localhost"})
    client.force_login(make_user("loader", is_staff=True))
    files = [_file(100 + number) for number in range(ROUNDS + 2)]
    place = iter(files)

    def load() -> None:
        content = next(place)
        upload = SimpleUploadedFile("so-lieu.xlsx", content)
        answer = client.post(f"{ADDRESS}import/", {"import_file": upload, "format": "1"})
        answer = client.post(f"{ADDRESS}process_import/", dict(HIDDEN.findall(answer.content.decode())))
        assert answer.status_code == 302, answer.content.decode()
        # A file of this size is loaded beside the pages: what the worker does is a part of it.
        assert work(clock=timezone.now, stop=Event(), pause=0, once=True) == 1

    try:
        load()
        assert Observation.objects.current().count() == ROWS
        name = f"file of {ROWS:,} figures, preview and confirmation"
        return in_turns(name, connection.vendor, lambda: _read(files[0]), load, BAR, rounds=ROUNDS, warm_up=1)
    finally:
        emptied()


measurements = (figures_from_a_file,)
