"""“Tình hình gửi báo cáo” of a year and of a period: counts, the official order, the files, and whose rows are seen."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plan_tracker.accounts.models import User
from plan_tracker.lib.dates import ZONE
from reports.attendance_year import Year, read_year
from reports.choices import PeriodKind, PeriodState, ReportStanding, SubmissionState
from reports.models import Period, SignedCopy
from tasks.models import BodyContact
from tests.factories import at, make_body, make_period, make_plan, make_submission
from tests.people import Cast, standing
from tests.review_pages import signed_in

pytestmark = pytest.mark.django_db
NOW = at(30)


@pytest.fixture
def year(cast: Cast) -> dict[str, Period]:
    """A quarter both sent (one late, one without its signed copy), and a half year that only one sent."""
    both = [cast.other_district, cast.district]
    quarter = make_period(make_plan(), PeriodKind.QUARTER, ordinal=1, bodies=both, due_at=at(18, 16, month=3))
    half = make_period(make_plan(), PeriodKind.FIRST_HALF, bodies=both)
    late = make_submission(quarter.expectations.get(body=cast.district), cast.preparer, moment=at(20, 9, month=3),
                           state=SubmissionState.ACCEPTED)  # fmt: skip
    SignedCopy.objects.create(submission=late, follows_by=at(25, month=3).date())
    make_submission(quarter.expectations.get(body=cast.other_district), cast.other_preparer, moment=at(18, 15, month=3),
                    state=SubmissionState.SUBMITTED)  # fmt: skip
    make_submission(half.expectations.get(body=cast.district), cast.preparer, SubmissionState.ACCEPTED, moment=at(17))
    return {"quarter": quarter, "half": half}


def seen_by(user: User, number: int = 2024) -> Year:
    return read_year(number, standing(user), at=NOW)


def test_each_body_has_a_cell_for_each_period_in_the_official_order(cast: Cast, year: dict[str, Period]) -> None:
    found = seen_by(cast.reviewer)
    assert [period.kind for period in found.periods] == [PeriodKind.QUARTER, PeriodKind.FIRST_HALF]
    assert [line.body for line in found.bodies] == [cast.district, cast.other_district]
    standings = [[cell.standing if cell else None for cell in line.cells] for line in found.bodies]
    assert standings == [
        [ReportStanding.SENT_LATE, ReportStanding.SENT_ON_TIME],
        [ReportStanding.SENT_ON_TIME, ReportStanding.MISSING],
    ]


def test_the_counts_of_a_body_of_a_period_and_of_the_year_agree(cast: Cast, year: dict[str, Period]) -> None:
    found = seen_by(cast.reviewer)
    first, second = (line.counts for line in found.bodies)
    assert (first.expected, first.received, first.on_time, first.accepted_first_time) == (2, 2, 1, 2)
    assert (first.days_late, first.copies_missing, second.days_late) == (2, 1, 12)
    assert found.whole.received == sum(one.received for one in found.by_period) == 3
    assert found.whole.expected == 4
    assert found.whole.days_late == 14


def test_an_exempt_body_leaves_the_count_and_a_body_not_asked_has_an_empty_cell(
    cast: Cast, year: dict[str, Period]
) -> None:
    year["half"].expectations.filter(body=cast.other_district).update(exempt_reason="Mới thành lập")
    alone = make_body("xa", name="Đảng uỷ xã")
    year["half"].expectations.create(body=alone)
    found = seen_by(cast.reviewer)
    assert (found.whole.expected, found.whole.exempt) == (4, 1)
    assert found.bodies[-1].cells[0] is None


def test_a_body_sees_its_own_row_only_and_cancelled_periods_are_nobodys(cast: Cast, year: dict[str, Period]) -> None:
    assert [line.body for line in seen_by(cast.other_preparer).bodies] == [cast.other_district]
    page = signed_in(cast.other_preparer).get(reverse("reports:attendance_year", args=[2024])).content.decode()
    assert "Huyện uỷ B" in page and "Huyện uỷ A" not in page
    Period.objects.filter(pk=year["half"].pk).update(state=PeriodState.CANCELLED)
    assert len(seen_by(cast.reviewer).periods) == 1


def test_demonstration_and_real_periods_never_stand_in_one_table(cast: Cast, year: dict[str, Period]) -> None:
    make_period(make_plan(), PeriodKind.YEAR, bodies=[cast.district], is_demo=True)
    assert len(seen_by(cast.reviewer).periods) == 2
    make_period(make_plan(), PeriodKind.YEAR, 2025, bodies=[cast.district], is_demo=True)
    assert seen_by(cast.reviewer, 2025).is_demo


def test_the_page_says_every_state_in_words(cast: Cast, year: dict[str, Period]) -> None:
    BodyContact.objects.create(body=cast.district, label="Văn phòng Huyện uỷ A", phone="0205 3000 000")
    client = signed_in(cast.reviewer)
    page = client.get(reverse("reports:attendance_year", args=[2024])).content.decode()
    assert "2 days late" in page and "on time" in page and "missing, " in page
    assert "Văn phòng Huyện uỷ A, 0205 3000 000" in page
    assert "2,024" not in page and "2.024" not in page
    assert "No report was asked for" in client.get(reverse("reports:attendance_year", args=[2031])).content.decode()


def file_of(user: User, route: str, *args: Any) -> bytes:
    answer = signed_in(user).get(reverse(f"reports:{route}", args=args))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith('attachment; filename="tinh-hinh-gui-bao-cao-')
    return bytes(answer.content)


def test_the_year_as_a_workbook_has_real_numbers_and_a_line_of_the_whole(cast: Cast, year: dict[str, Period]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(file_of(cast.reviewer, "attendance_year_file", 2024, "xlsx"))).active
    rows = [list(row) for row in sheet.values]
    assert rows[0][2:4] == ["Quarter I of 2024", "First six months of 2024"]
    assert rows[1][1:6] == ["Huyện uỷ A", "2 days late", "on time", 2, 2]
    assert rows[-1][1:4] == ["Together", "2/2", "1/2"]


def test_the_period_as_csv_has_days_and_only_the_own_row_for_a_body(cast: Cast, year: dict[str, Period]) -> None:
    text = file_of(cast.reviewer, "attendance_period_file", year["quarter"].pk, "csv").decode("utf-8-sig")
    assert "1,Huyện uỷ A,sent late,accepted,20/03/2024,2,yes,yes" in text
    own = file_of(cast.other_sender, "attendance_period_file", year["quarter"].pk, "csv").decode("utf-8-sig")
    assert "Huyện uỷ B" in own and "Huyện uỷ A" not in own


def test_there_are_no_other_kinds_of_file(cast: Cast, year: dict[str, Period]) -> None:
    assert signed_in(cast.reviewer).get("/ky-bao-cao/nam-2024/tinh-hinh.pdf").status_code == 404


def test_a_report_late_over_the_new_year_is_counted_in_days_of_the_calendar(cast: Cast) -> None:
    due = datetime(2024, 12, 31, 16, tzinfo=ZONE)
    period = make_period(make_plan(), PeriodKind.YEAR, bodies=[cast.district], due_at=due, data_to=date(2024, 12, 14))
    sent = datetime(2025, 1, 2, 15, tzinfo=ZONE)
    make_submission(period.expectations.get(), cast.preparer, SubmissionState.SUBMITTED, moment=sent)
    assert read_year(2024, standing(cast.reviewer), at=sent).whole.days_late == 2


def queries(cast: Cast) -> int:
    client = signed_in(cast.reviewer)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(reverse("reports:attendance_year", args=[2024])).status_code == 200
    return len(caught)


def test_the_page_costs_the_same_however_many_bodies_and_periods_there_are(cast: Cast, year: dict[str, Period]) -> None:
    few = queries(cast)
    bodies = [make_body(f"hu-{place}") for place in range(15)]
    for month in range(1, 7):
        period = make_period(make_plan(), PeriodKind.MONTH, ordinal=month, bodies=bodies, own_title=f"Tháng {month}")
        make_submission(period.expectations.first(), cast.preparer, SubmissionState.ACCEPTED)  # type: ignore[arg-type]
    assert queries(cast) == few <= 12
