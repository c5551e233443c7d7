"""The summary as a report in the Party layout: figures are the page's, nothing is invented, names are of the day."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT

from reports.choices import Addressee, Depth, SubmissionState
from reports.documents.docx_file import render_docx
from reports.documents.letterhead import letterhead_of
from reports.documents.summary_report import from_summary
from reports.models import CounterValue, Difficulty, Expectation, Period, Proposal, Submission
from reports.passages import examples
from reports.summaries import build_summary
from reports.summary_values import Summary
from targets.choices import Measure, ObservationStatus
from targets.models import IndicatorReporter, Observation
from tasks.choices import BodyKind, DeadlineKind, PartyRole, WorkState
from tasks.models import AssignmentParty, Body
from tests.factories import (
    at,
    make_assignment,
    make_counter,
    make_entry,
    make_group,
    make_indicator,
    make_period,
    make_plan,
    make_submission,
)
from tests.people import Cast

pytestmark = pytest.mark.django_db
DAY = date(2024, 7, 5)


@pytest.fixture
def period(cast: Cast) -> Period:
    plan = make_plan()
    make_group(plan, 1, tasks=1)
    counter = make_counter(plan, title="Mô hình đã công nhận", unit="mô hình", section="Dân vận")
    IndicatorReporter.objects.create(code="c01", counter=counter, body_kind=BodyKind.DISTRICT, channel="area")
    indicator = make_indicator(plan, "T2.2", short_title="GRDP bình quân đầu người", unit="triệu đồng")
    Observation.objects.create(
        indicator=indicator,
        definition=indicator.definitions.get(),
        body=plan.province,
        covers_from=date(2023, 1, 1),
        covers_to=date(2023, 12, 31),
        measure=Measure.LEVEL,
        value=Decimal("59.8"),
        status=ObservationStatus.OFFICIAL,
        source="Cục Thống kê",
    )
    make_indicator(plan, "T3.1", short_title="Hộ nghèo giảm")
    assignment = make_assignment(
        plan, "IV.1a", title="Xây dựng kế hoạch", deadline_kind=DeadlineKind.FIXED, due_on=date(2024, 6, 30)
    )
    for order, body in enumerate((cast.district, cast.other_district)):
        AssignmentParty.objects.create(
            assignment=assignment, order=order, body=body, role=PartyRole.LEAD, printed=body.name
        )
    return make_period(plan, bodies=[cast.district, cast.other_district], depth=Depth.FULL)


def accepted(period: Period, body: Body, cast: Cast, text: str = "Đã mở 12 hội nghị.") -> Submission:
    submission = make_submission(
        Expectation.objects.get(period=period, body=body),
        cast.reviewer,
        SubmissionState.ACCEPTED,
        strengths="Chỉ đạo sát sao.",
        coming_work="Sơ kết mô hình.",
    )
    entry = make_entry(submission, text, group=period.plan.groups.get(), state=WorkState.WITH_RESULTS)
    Difficulty.objects.create(submission=submission, entry=entry, order=1, text="Thiếu kinh phí")
    Proposal.objects.create(submission=submission, order=1, text="Bổ sung kinh phí", addressee=Addressee.CENTRE)
    CounterValue.objects.create(submission=submission, counter=period.plan.counters.get(), in_period=3, cumulative=1240)
    return submission


def summed(period: Period) -> Summary:
    given = Period.objects.select_related("plan__issuer").get(pk=period.pk)
    return build_summary(given, at=at(5, month=7))


def opened(summary: Summary, cast: Cast, on: date = DAY) -> Any:
    return Document(io.BytesIO(render_docx(from_summary(summary, letterhead_of(cast.committee, on=on), on=on))))


def lines(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def rows(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_the_report_is_that_of_the_body_that_sums_up(cast: Cast, period: Period) -> None:
    left, right = opened(summed(period), cast).tables[0].rows[0].cells
    assert [row.text for row in left.paragraphs][:2] == ["BAN DÂN VẬN", "*"]
    assert right.paragraphs[-1].text == "Lạng Sơn, ngày 05 tháng 7 năm 2024"


def test_the_outline_has_five_parts_and_the_text_of_the_reports(cast: Cast, period: Period) -> None:
    accepted(period, cast.district, cast)
    text = lines(opened(summed(period), cast))
    parts = [line for line in text if re.match(r"[IV]+\. ", line)]
    assert parts == [
        "I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO, QUÁN TRIỆT, TRIỂN KHAI THỰC HIỆN",
        "II. KẾT QUẢ THỰC HIỆN",
        "III. ĐÁNH GIÁ CHUNG",
        "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM THỜI GIAN TỚI",
        "V. KIẾN NGHỊ, ĐỀ XUẤT",
    ]
    for sentence in (
        "- Huyện uỷ A: Đã mở 12 hội nghị.",
        "- Huyện uỷ A: Chỉ đạo sát sao.",
        "- Thiếu kinh phí (Huyện uỷ A).",
        "- Bổ sung kinh phí (Huyện uỷ A).",
        "- Dân vận: mô hình đã công nhận: 03 mô hình (luỹ kế 1.240) (số liệu của 01/02 địa phương, cơ quan).",
        "- GRDP bình quân đầu người: 59,8 triệu đồng (năm 2023; chính thức; nguồn: Cục Thống kê).",
    ):
        assert sentence in text
    assert any("còn 01 địa phương, cơ quan chưa gửi báo cáo." in line for line in text)


def test_a_thing_that_many_say_stands_once_with_their_number(cast: Cast, period: Period) -> None:
    accepted(period, cast.district, cast)
    accepted(period, cast.other_district, cast, "Đã mở 06 hội nghị.")
    text = lines(opened(summed(period), cast))
    assert "- Thiếu kinh phí (02 địa phương, cơ quan nêu)." in text
    assert "- Chỉ đạo sát sao (02 địa phương, cơ quan nêu)." in text
    assert sum("hội nghị" in line for line in text) == 2


def test_overdue_work_is_named_in_the_official_order(cast: Cast, period: Period) -> None:
    text = lines(opened(summed(period), cast))
    assert (
        "Xây dựng kế hoạch (thời hạn 30/6/2024): chưa có cơ quan, đơn vị nào hoàn thành; "
        "còn 02 cơ quan, đơn vị quá hạn: Huyện uỷ A và Huyện uỷ B."
    ) in text


def test_the_annexes_print_the_figures_of_the_value(cast: Cast, period: Period) -> None:
    accepted(period, cast.district, cast)
    summary = summed(period)
    document = opened(summary, cast)
    groups, assignments, counters, indicators, by_body, missing = (rows(table) for table in document.tables[2:])
    assert by_body[1:] == [["1", "Huyện uỷ A", "có kết quả"], ["2", "Huyện uỷ B", "chưa gửi báo cáo"]]
    assert groups[1] == ["1", "Nhóm 1", "1", "0", "0", "0", "0", "0", "1"]
    assert assignments[1][:3] == ["IV.1a", "Xây dựng kế hoạch", "30/6/2024"]
    assert counters[2] == ["1", "Mô hình đã công nhận", "mô hình", "3", "1.240", "1/2"]
    total = summary.counters[0]
    assert [total.in_period, total.cumulative, total.suppliers, total.asked] == [3, 1240, 1, 2]
    assert [row[4] for row in indicators[1:]] == ["59,8", "chưa có số liệu"]
    assert missing[1:] == [["1", "Huyện uỷ B", "16 giờ ngày 18/6/2024"]]
    assert document.sections[1].orientation == WD_ORIENT.LANDSCAPE


def test_nobody_missing_leaves_that_annex_out(cast: Cast, period: Period) -> None:
    accepted(period, cast.district, cast)
    accepted(period, cast.other_district, cast)
    assert not any("chưa gửi báo cáo" in line for line in lines(opened(summed(period), cast)))


def test_a_signed_paper_has_no_links_and_no_verdicts(cast: Cast, period: Period) -> None:
    accepted(period, cast.district, cast)
    document = opened(summed(period), cast)
    assert "hyperlink" not in document.element.xml
    words = " ".join(lines(document))
    assert not re.search("dự kiến đạt|nguy cơ|khó có khả năng", words)


def test_dots_stand_for_the_plans_missing_number_and_the_check_list_says_so(cast: Cast, period: Period) -> None:
    summary = summed(period)
    assert "Kế hoạch số …-KH/TU, ngày …/…/…" in " ".join(lines(opened(summary, cast)))
    assert summary.findings[0].kind == "plan_number"


def test_a_demonstration_is_marked_in_the_file(cast: Cast, period: Period) -> None:
    header = opened(replace(summed(period), is_demo=True), cast).sections[0].first_page_header
    assert "DỮ LIỆU MINH HOẠ" in header.paragraphs[0].text


def test_user_text_is_never_a_formula_or_markup(cast: Cast, period: Period) -> None:
    accepted(period, cast.district, cast, '=HYPERLINK("x") <b> & {{ y }}')
    assert '- Huyện uỷ A: =HYPERLINK("x") <b> & {{ y }}.' in lines(opened(summed(period), cast))


def test_examples_come_from_results_first_one_of_each_body_and_no_text_twice(cast: Cast, period: Period) -> None:
    accepted(period, cast.district, cast, "Cùng một câu.")
    accepted(period, cast.other_district, cast, "Cùng một câu.")
    entries = summed(period).groups[0].entries
    doing = replace(entries[0], state=WorkState.IN_PROGRESS, text="Đang làm.")
    assert [entry.text for entry in examples([doing, entries[1]], 1)] == ["Cùng một câu."]
    assert len(examples(entries, 4)) == 1


def test_the_number_of_passages_stays_small_however_many_bodies_write(cast: Cast, period: Period) -> None:
    entry = accepted(period, cast.district, cast).entries.get()
    assert entry.text
    many = [
        replace(
            value,
            text=f"Câu {place}.",
            source=replace(value.source, body=replace(value.source.body, pk=place, order=place)),
        )
        for value in summed(period).groups[0].entries
        for place in range(30)
    ]
    assert [one.text for one in examples(many, 4)] == ["Câu 0.", "Câu 1.", "Câu 2.", "Câu 3."]
