"""Who may head a report with the name of the Party: its own bodies, not the Front and the unions."""

from __future__ import annotations

import io
from datetime import date

import pytest
from docx import Document

from reports.documents.own_report import render_own_report
from reports.models import Submission
from tasks.choices import BodyKind
from tasks.models import Body
from tests.factories import make_period, make_submission
from tests.people import make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> Submission:
    cast = make_cast()
    return make_submission(make_period(bodies=[cast.district]).expectations.get(), cast.preparer)


@pytest.mark.parametrize(
    ("kind", "right", "sign"),
    [
        (BodyKind.DISTRICT, "ĐẢNG CỘNG SẢN VIỆT NAM", "T/M"),
        (BodyKind.PARTY_GROUP, "ĐẢNG CỘNG SẢN VIỆT NAM", "T/M"),
        (BodyKind.CIVIL_AFFAIRS, "ĐẢNG CỘNG SẢN VIỆT NAM", "T/M"),
        (BodyKind.FRONT, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "TM."),
        (BodyKind.SOCIO_POLITICAL, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "TM."),
    ],
)
def test_only_bodies_of_the_party_head_with_its_name(report: Submission, kind: BodyKind, right: str, sign: str) -> None:
    Body.objects.filter(pk=report.expectation.body_id).update(kind=kind)
    written = Document(io.BytesIO(render_own_report(report, on=date(2024, 6, 10))))
    cells = "\n".join(cell.text for table in written.tables for row in table.rows for cell in row.cells)
    assert (right in cells, sign in cells) == (True, True)
