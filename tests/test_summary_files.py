"""The files of a summary over their addresses: kinds, layouts, the internal copy, names, and the shape of the JSON."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from reports.choices import Depth, SubmissionState
from reports.documents.layouts import NATION, PARTY
from reports.models import CounterValue, Period
from targets.models import IndicatorReporter
from tasks.choices import BodyKind, WorkState
from tests.documents import OpenedPdf
from tests.factories import make_counter, make_entry, make_group, make_period, make_plan, make_submission
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(cast: Cast) -> Period:
    plan = make_plan()
    group = make_group(plan, 1)
    counter = make_counter(plan, title="Mô hình đã công nhận", unit="mô hình", section="Dân vận")
    IndicatorReporter.objects.create(code="c01", counter=counter, body_kind=BodyKind.DISTRICT, channel="area")
    period = make_period(plan, bodies=[cast.district, cast.other_district], depth=Depth.FULL)
    submission = make_submission(period.expectations.get(body=cast.district), cast.reviewer, SubmissionState.ACCEPTED)
    make_entry(submission, "Đã mở 12 hội nghị.", group=group, state=WorkState.WITH_RESULTS)
    CounterValue.objects.create(submission=submission, counter=counter, in_period=3, cumulative=1240)
    return period


@pytest.fixture
def reader(client: Client, cast: Cast) -> Client:
    client.force_login(cast.reviewer)
    return client


def content(reader: Client, route: str, period: Period, query: str = "") -> bytes:
    answer = reader.get(reverse(f"reports:{route}", args=[period.pk]) + query)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    return answer.content


def test_the_layout_is_chosen_in_the_address(reader: Client, period: Period) -> None:
    for query, head in (("", PARTY), ("?layout=state", NATION), ("?layout=other", PARTY)):
        assert head in OpenedPdf(content(reader, "summary_pdf", period, query)).texts()[0]
        document = Document(io.BytesIO(content(reader, "summary_docx", period, query)))
        assert document.tables[0].rows[0].cells[1].paragraphs[0].text == head


def test_the_brief_comes_as_both_files_with_the_same_figures(reader: Client, period: Period) -> None:
    (page,) = OpenedPdf(content(reader, "brief_pdf", period)).texts()
    document = Document(io.BytesIO(content(reader, "brief_docx", period)))
    for words in ("BÁO CÁO TÓM TẮT", "đã có 01/02 địa phương, cơ quan gửi báo cáo"):
        assert words in " ".join(page.split())
        assert any(words in row.text for row in document.paragraphs)


def test_only_the_internal_copy_says_where_things_come_from(reader: Client, period: Period) -> None:
    internal = " ".join(OpenedPdf(content(reader, "summary_pdf", period, "?copy=internal")).texts())
    assert "BẢN NỘI BỘ" in internal
    assert "[Nguồn: Huyện uỷ A, nhóm 1]" in internal
    assert "[Nguồn: Mô hình đã công nhận: Huyện uỷ A 3]" in internal
    assert "Triển khai có kết quả: 1" in internal
    published = " ".join(OpenedPdf(content(reader, "summary_pdf", period)).texts())
    assert not any(words in published for words in ("BẢN NỘI BỘ", "Nguồn:"))
    assert "Huyện uỷ A: Đã mở 12 hội nghị." in published


def test_the_workbook_has_the_totals_and_the_figures_of_the_bodies(reader: Client, period: Period) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content(reader, "summary_xlsx", period)))
    totals, rows = book["Số liệu hoạt động"], book["Số liệu theo cơ quan"]
    assert [cell.value for cell in totals[4]][2:6] == ["Mô hình đã công nhận", "mô hình", 3, 1240]
    assert [cell.value for cell in rows[4]][3:6] == ["Huyện uỷ A", 3, 1240]
    assert book["Nội dung báo cáo"]["E4"].value == "Đã mở 12 hội nghị."


def test_the_json_keeps_its_shape(reader: Client, period: Period) -> None:
    answer = reader.get(reverse("reports:summary_json", args=[period.pk])).json()
    assert sorted(answer) == [
        "as_of",
        "assignments",
        "compared_with",
        "counters",
        "coverage",
        "difficulties",
        "documents",
        "groups",
        "indicators",
        "inspections",
        "is_demo",
        "period",
        "plan",
        "proposals",
        "questions",
        "version",
    ]
    assert answer["version"] == 1
    (counter,) = answer["counters"]
    assert (counter["in_period"], counter["cumulative"], counter["suppliers"]) == ("3", "1240", 1)
    assert counter["figures"][0]["body"]["name"] == "Huyện uỷ A"
    assert answer["groups"][0]["counts"] == {"with_results": 1}
    assert answer["groups"][0]["entries"][0]["text"] == "Đã mở 12 hội nghị."
    assert answer["coverage"]["expected"] == 2


@pytest.mark.parametrize(
    ("route", "query", "name"),
    [
        ("summary_docx", "", "bao-cao-tong-hop-6-thang-dau-nam-2024.docx"),
        ("summary_docx", "?copy=internal&layout=state", "bao-cao-tong-hop-6-thang-dau-nam-2024-nd30-noi-bo.docx"),
        ("summary_pdf", "", "bao-cao-tong-hop-6-thang-dau-nam-2024.pdf"),
        ("summary_xlsx", "", "so-lieu-tong-hop-6-thang-dau-nam-2024.xlsx"),
        ("brief_docx", "?layout=state", "ban-tom-tat-6-thang-dau-nam-2024-nd30.docx"),
        ("brief_pdf", "", "ban-tom-tat-6-thang-dau-nam-2024.pdf"),
    ],
)
def test_a_file_is_named_after_what_it_is(reader: Client, period: Period, route: str, query: str, name: str) -> None:
    answer = reader.get(reverse(f"reports:{route}", args=[period.pk]) + query)
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'


def test_files_are_vietnamese_on_an_english_screen(reader: Client, period: Period) -> None:
    for route in ("summary_pdf", "summary_docx", "summary_xlsx"):
        address = reverse(f"reports:{route}", args=[period.pk])
        assert reader.get(address, headers={"accept-language": "en"}).status_code == 200
    title = reader.get(reverse("reports:summary_json", args=[period.pk]), headers={"accept-language": "en"}).json()
    assert title["period"]["title"] == "6 tháng đầu năm 2024"


def test_the_page_leads_to_every_file(reader: Client, period: Period) -> None:
    page = reader.get(reverse("reports:summary_detail", args=[period.pk])).content.decode()
    for route in ("summary_docx", "summary_pdf", "summary_xlsx", "summary_json", "brief_docx", "brief_pdf"):
        assert reverse(f"reports:{route}", args=[period.pk]) in page
    assert "?copy=internal&amp;layout=state" in page


def test_a_body_gets_its_own_report_as_a_pdf(client: Client, cast: Cast, period: Period) -> None:
    client.force_login(cast.preparer)
    submission = period.expectations.get(body=cast.district).submissions.get()
    answer = client.get(reverse("reports:report_pdf", args=[submission.pk]))
    assert answer["Content-Disposition"].endswith('.pdf"')
    assert "Đã mở 12 hội nghị." in " ".join(OpenedPdf(answer.content).texts())
