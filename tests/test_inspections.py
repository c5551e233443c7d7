"""Inspections (item IV.6): how they stand, who writes and who reads them, and where what is open shows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.documents.summary_json import summary_json
from reports.documents.summary_tables import summary_tables
from reports.drafting import draft_sections
from reports.models import Notice, Period
from reports.summaries import build_summary
from tasks.choices import InspectionState
from tasks.inspections import inspection_state, still_open
from tasks.models import Inspection
from tests.factories import at, make_body, make_period, make_plan
from tests.people import Cast, make_cast
from tests.review_pages import signed_in

pytestmark = pytest.mark.django_db
HELD = date(2024, 5, 2)
DUE = {"remedy_due_on": date(2024, 6, 5)}
GIVEN: dict[str, Any] = {
    "team": "Đoàn kiểm tra của Ban Dân vận Tỉnh uỷ",
    "document": "Kế hoạch số 12-KH/BDVTU",
    "inspected_on": "02/05/2024",
    "findings": "Một số chi bộ chưa sơ kết.",
    "remedy_due_on": "05/06/2024",
}


@pytest.fixture
def cast() -> Cast:
    make_plan()
    return make_cast()


def inspected(cast: Cast, **fields: Any) -> Inspection:
    values = {"team": "Đoàn 1", "inspected_on": HELD, "findings": "Chưa sơ kết."} | fields
    return Inspection.objects.create(plan=make_plan(), body=cast.district, **values)


@pytest.mark.parametrize(
    ("fields", "on", "state"),
    [
        ({}, date(2024, 5, 1), InspectionState.AHEAD),
        ({}, HELD, InspectionState.HELD),
        (DUE, date(2024, 6, 5), InspectionState.TO_REMEDY),
        (DUE, date(2024, 6, 6), InspectionState.OVERDUE),
        (
            {"remedy_due_on": date(2024, 6, 5), "remedied_on": date(2024, 6, 9)},
            date(2024, 6, 9),
            InspectionState.REMEDIED,
        ),
        (
            {"remedy_due_on": date(2024, 6, 5), "remedied_on": date(2024, 6, 9)},
            date(2024, 6, 8),
            InspectionState.OVERDUE,
        ),
    ],
)
def test_where_an_inspection_stands_follows_from_its_days(
    cast: Cast, fields: dict[str, Any], on: date, state: InspectionState
) -> None:
    row = inspected(cast, **fields)
    assert inspection_state(row, on=on) == state
    is_open = state in {InspectionState.TO_REMEDY, InspectionState.OVERDUE}
    assert list(still_open(Inspection.objects.all(), on=on)) == ([row] if is_open else [])


@pytest.mark.parametrize(
    "fields",
    [
        {"remedy_due_on": date(2024, 5, 1)},
        {"remedied_on": date(2024, 5, 1)},
        {"remedy_due_on": date(2024, 6, 1), "findings": ""},
    ],
)
def test_the_database_refuses_days_in_the_wrong_order(cast: Cast, fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        inspected(cast, **fields)


def test_a_reviewer_writes_one_down_and_the_body_is_told(cast: Cast) -> None:
    answer = signed_in(cast.reviewer).post(reverse("reports:inspection_create"), GIVEN | {"body": cast.district.pk})
    row = Inspection.objects.get()
    assert answer["Location"] == f"{reverse('reports:inspection_list')}#kiem-tra-{row.pk}"
    assert (row.remedy_due_on, row.plan) == (date(2024, 6, 5), make_plan())
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"preparer", "sender"}
    assert "05/06/2024" in str(Notice.objects.first())


@pytest.mark.parametrize(
    "wrong",
    [
        {"body": ""},
        {"inspected_on": "31/02/2024"},
        {"remedy_due_on": "01/05/2024"},
        {"findings": ""},
        {"remedied_on": "31/12/2999", "remedy": "Xong."},
        {"remedied_on": "09/06/2024"},
    ],
)
def test_what_does_not_fit_is_refused_with_what_was_typed(cast: Cast, wrong: dict[str, str]) -> None:
    given = GIVEN | {"body": cast.district.pk} | wrong
    answer = signed_in(cast.reviewer).post(reverse("reports:inspection_create"), given)
    assert answer.status_code == 422 and "Kế hoạch số 12-KH/BDVTU" in answer.content.decode()
    assert not Inspection.objects.exists()


def test_the_remedy_is_written_down_and_shown_to_the_body(cast: Cast) -> None:
    row = inspected(cast, remedy_due_on=date(2024, 6, 5))
    given = GIVEN | {"body": cast.district.pk, "remedied_on": "04/06/2024", "remedy": "Đã sơ kết ở 12 chi bộ."}
    signed_in(cast.reviewer).post(reverse("reports:inspection_edit", args=[row.pk]), given)
    for route, args in (("inspection_list", []), ("body_detail", [cast.district.code])):
        page = signed_in(cast.preparer).get(reverse(f"reports:{route}", args=args)).content.decode()
        assert "Đã sơ kết ở 12 chi bộ." in page and "remedied on 04/06/2024" in page


def test_a_body_reads_its_own_and_what_is_open_stands_at_its_head(cast: Cast) -> None:
    inspected(cast, remedy_due_on=date(2024, 6, 5))
    own = signed_in(cast.preparer).get(reverse("reports:body_detail", args=[cast.district.code])).content.decode()
    assert "1 inspection to be remedied" in own
    other = signed_in(cast.other_preparer).get(reverse("reports:inspection_list")).content.decode()
    assert "Huyện uỷ A" not in other and "When your body is inspected" in other
    only_open = signed_in(cast.leader).get(reverse("reports:inspection_list"), {"loc": "chua-xong"}).content.decode()
    assert "Huyện uỷ A" in only_open


def test_the_list_costs_the_same_however_long_it_is(cast: Cast) -> None:
    def queries() -> int:
        client = signed_in(cast.reviewer)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("reports:inspection_list")).status_code == 200
        return len(caught)

    inspected(cast)
    few = queries()
    for place in range(20):
        Inspection.objects.create(
            plan=make_plan(), body=make_body(f"hu-{place}"), team="Đoàn 1", inspected_on=HELD, findings="Chưa sơ kết."
        )
    assert queries() == few <= 12


def test_the_summary_and_its_files_say_what_was_inspected_and_what_is_open(cast: Cast) -> None:
    period = make_period(bodies=[cast.district, cast.other_district])
    inspected(cast, remedy_due_on=date(2024, 6, 5))
    inspected(cast, inspected_on=date(2023, 3, 1), remedy_due_on=date(2023, 6, 1), remedied_on=date(2023, 5, 1))
    Inspection.objects.create(
        plan=make_plan(), body=cast.other_district, team="Đoàn 2", inspected_on=date(2024, 3, 1), findings="Tốt."
    )
    summary = build_summary(Period.objects.select_related("plan__issuer").get(pk=period.pk), at=at(20))
    found = summary.inspections
    assert [body.name for body in found.held] == ["Huyện uỷ A", "Huyện uỷ B"]
    assert [(row.body.name, row.is_overdue) for row in found.open] == [("Huyện uỷ A", True)]
    assert "còn 01 cuộc kiểm tra chưa khắc phục xong" in "\n".join(part.text for part in draft_sections(summary))
    assert summary_json(summary)["inspections"]["open"][0]["due_on"] == "2024-06-05"
    assert any(table.sheet == "Kiểm tra" and table.rows for table in summary_tables(summary))
    page = signed_in(cast.reviewer).get(reverse("reports:summary_detail", args=[period.pk])).content.decode()
    assert 'id="inspections"' in page and "Chưa sơ kết." in page
