"""A body's own report as a file: its head, number and signature, the outline, and what is never invented."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from docx import Document

from reports.choices import Addressee, Authority, Depth, PeriodKind, ReportForm
from reports.documents.letterhead import head_name_from, letterhead_of
from reports.documents.own_report import render_own_report
from reports.models import CounterValue, Difficulty, Expectation, Period, Proposal, Reading, SignedCopy, Submission
from targets.choices import Evaluation
from tasks.choices import BodyKind, DocumentKind, WorkState
from tasks.models import Body, BodyName, IssuedDocument
from tests.factories import (
    make_assignment,
    make_body,
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
DAY = date(2024, 6, 17)
DISTRICT = {
    "name": "Huyện uỷ Bình Gia",
    "head_superior": "ĐẢNG BỘ TỈNH LẠNG SƠN",
    "head_name": "HUYỆN UỶ BÌNH GIA",
    "symbol": "HU",
    "place": "Bình Gia",
}


@pytest.fixture
def district() -> Body:
    return make_body("hu-binh-gia", BodyKind.DISTRICT, **DISTRICT)


@pytest.fixture
def period(district: Body) -> Period:
    plan = make_plan(issuer=make_body("btv-tu", BodyKind.STANDING_COMMITTEE, name="Ban Thường vụ Tỉnh uỷ Lạng Sơn"))
    make_group(plan, 1, tasks=1)
    make_group(plan, 2)
    return make_period(plan, bodies=[district], depth=Depth.FULL)


@pytest.fixture
def report(cast: Cast, period: Period) -> Submission:
    return make_submission(Expectation.objects.get(period=period), cast.preparer)


def opened(submission: Submission, on: date = DAY) -> Any:
    return Document(io.BytesIO(render_own_report(submission, on=on)))


def lines(submission: Submission) -> list[str]:
    return [paragraph.text for paragraph in opened(submission).paragraphs if paragraph.text]


def test_the_head_is_the_bodys_own_with_an_open_number(report: Submission) -> None:
    left, right = opened(report).tables[0].rows[0].cells
    assert [row.text for row in left.paragraphs] == [
        "ĐẢNG BỘ TỈNH LẠNG SƠN",
        "HUYỆN UỶ BÌNH GIA",
        "*",
        "Số      -BC/HU",
    ]
    assert right.paragraphs[-1].text == "Bình Gia, ngày 17 tháng 6 năm 2024"


def test_the_number_day_and_signatory_are_those_of_the_signed_copy(report: Submission) -> None:
    SignedCopy.objects.create(
        submission=report,
        symbol="12-BC/HU",
        signed_on=date(2024, 2, 5),
        signatory="Người Ký",
        position="Phó Bí thư",
        authority=Authority.ON_BEHALF,
    )
    document = opened(report)
    left, right = document.tables[0].rows[0].cells
    assert left.paragraphs[-1].text == "Số 12-BC/HU"
    assert right.paragraphs[-1].text == "Bình Gia, ngày 05 tháng 02 năm 2024"
    signature = [row.text for row in document.tables[1].rows[0].cells[1].paragraphs if row.text]
    assert signature == ["T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Người Ký"]


@pytest.mark.parametrize(
    ("kind", "name", "signature"),
    [
        (BodyKind.DISTRICT, "Thành uỷ Lạng Sơn", ["T/M BAN THƯỜNG VỤ", "BÍ THƯ"]),
        (BodyKind.ADVISORY, "Ban Tuyên giáo Tỉnh uỷ", ["TRƯỞNG BAN"]),
        (BodyKind.PARTY_GROUP, "Đảng đoàn Hội đồng nhân dân tỉnh", ["T/M ĐẢNG ĐOÀN", "BÍ THƯ"]),
        (BodyKind.CIVIL_AFFAIRS, "Ban cán sự đảng Uỷ ban nhân dân tỉnh", ["T/M BAN CÁN SỰ ĐẢNG", "BÍ THƯ"]),
        (BodyKind.FRONT, "Uỷ ban Mặt trận Tổ quốc Việt Nam tỉnh", ["T/M BAN THƯỜNG TRỰC", "CHỦ TỊCH"]),
        (BodyKind.SOCIO_POLITICAL, "Hội Nông dân tỉnh", ["T/M BAN THƯỜNG VỤ", "CHỦ TỊCH"]),
        (BodyKind.SOCIO_POLITICAL, "Tỉnh đoàn Lạng Sơn", ["T/M BAN THƯỜNG VỤ", "BÍ THƯ"]),
        (BodyKind.ADVISORY, "Văn phòng Tỉnh uỷ", ["CHÁNH VĂN PHÒNG"]),
    ],
)
def test_each_kind_of_body_signs_in_its_own_way(kind: BodyKind, name: str, signature: list[str]) -> None:
    block = letterhead_of(make_body("co-quan", kind, name=name), on=DAY).signature()
    assert [*block.authority, block.position] == signature


@pytest.mark.parametrize(
    ("authority", "block"),
    [
        (Authority.DEPUTY, (("K/T TRƯỞNG BAN",), "PHÓ TRƯỞNG BAN")),
        (Authority.BY_ORDER, (("T/L TRƯỞNG BAN",), "PHÓ TRƯỞNG BAN")),
        (Authority.ACTING, (("Q. PHÓ TRƯỞNG BAN",), "")),
        (Authority.NONE, ((), "PHÓ TRƯỞNG BAN")),
    ],
)
def test_a_signed_copy_says_with_which_authority(authority: Authority, block: tuple[tuple[str, ...], str]) -> None:
    copy = SignedCopy(signatory="Người Ký", position="Phó Trưởng ban", authority=authority)
    signature = letterhead_of(make_body("ban", BodyKind.ADVISORY, name="Ban Dân vận Tỉnh uỷ"), on=DAY).signature(copy)
    assert (signature.authority, signature.position) == block


def test_a_body_heads_its_documents_with_its_name_of_that_day() -> None:
    body = make_body("ban", BodyKind.ADVISORY, name="Ban Tuyên giáo và Dân vận Tỉnh uỷ", symbol="BTGDVTU")
    BodyName.objects.create(
        body=body, name="Ban Dân vận Tỉnh uỷ", short_name="BDV", symbol="BDVTU", valid_to=date(2025, 1, 31)
    )
    BodyName.objects.create(
        body=body, name=body.name, short_name="BTGDV", symbol="BTGDVTU", valid_from=date(2025, 2, 1)
    )
    before, after = (letterhead_of(body, on=day) for day in (DAY, date(2025, 6, 1)))
    assert (before.issuer, before.symbol) == ("BAN DÂN VẬN", "BDVTU")
    assert (after.issuer, after.symbol) == ("BAN TUYÊN GIÁO VÀ DÂN VẬN", "BTGDVTU")


def test_a_name_in_the_head_leaves_the_superior_out() -> None:
    assert head_name_from("Ban Dân vận Tỉnh uỷ Lạng Sơn") == "BAN DÂN VẬN"
    assert head_name_from("Hội Nông dân tỉnh Lạng Sơn") == "HỘI NÔNG DÂN"
    assert head_name_from("Thành uỷ Lạng Sơn") == "THÀNH UỶ LẠNG SƠN"


def test_dots_stand_for_a_number_and_date_of_the_plan_that_nobody_entered(report: Submission, period: Period) -> None:
    assert "kết quả thực hiện Kế hoạch số …-KH/TU, ngày …/…/…" in lines(report)
    period.plan.symbol, period.plan.issued_on = "128-KH/TU", date(2024, 4, 5)
    period.plan.save()
    assert lines(report)[1:4] == [
        "kết quả thực hiện Kế hoạch số 128-KH/TU, ngày 05/4/2024",
        "của Ban Thường vụ Tỉnh uỷ Lạng Sơn",
        "6 tháng đầu năm 2024",
    ]


def test_the_outline_follows_the_lines_of_the_form(report: Submission, period: Period) -> None:
    first, second = period.plan.groups.order_by("number")
    entry = make_entry(report, "Đã mở 12 hội nghị.\nĐảng viên dự đạt 97,5%.", group=first)
    make_entry(report, "Kết quả riêng.", task=first.tasks.get())
    make_entry(report, "", group=second, state=WorkState.NOT_OURS)
    make_entry(report, "Đã ban hành.", assignment=make_assignment(period.plan, "IV.1a", title="Xây dựng kế hoạch"))
    Difficulty.objects.create(submission=report, entry=entry, order=1, text="Thiếu kinh phí")
    Proposal.objects.create(submission=report, order=1, text="Bổ sung kinh phí;", addressee=Addressee.CENTRE)
    Submission.objects.filter(pk=report.pk).update(strengths="Chỉ đạo sát sao.", coming_work="Sơ kết.")
    text = lines(report)
    assert text[text.index("II. KẾT QUẢ THỰC HIỆN") :] == [
        "II. KẾT QUẢ THỰC HIỆN",
        "1. Kết quả thực hiện các nhóm nhiệm vụ, giải pháp",
        "1.1. Nhóm 1",
        "Đã mở 12 hội nghị.",
        "Đảng viên dự đạt 97,5%.",
        "Nhiệm vụ 1.1: Kết quả riêng.",
        "1.2. Nhóm 2",
        "Không thuộc nhiệm vụ của cơ quan, đơn vị.",
        "2. Nhiệm vụ được giao tại mục IV của Kế hoạch",
        "Xây dựng kế hoạch: Đã ban hành.",
        "III. ĐÁNH GIÁ CHUNG",
        "1. Ưu điểm",
        "Chỉ đạo sát sao.",
        "2. Hạn chế, khó khăn, vướng mắc",
        "- Thiếu kinh phí.",
        "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM THỜI GIAN TỚI",
        "Sơ kết.",
        "V. KIẾN NGHỊ, ĐỀ XUẤT",
        "1. Đối với Trung ương",
        "- Bổ sung kinh phí.",
    ]


def test_part_one_comes_from_the_register_of_the_window(report: Submission, period: Period, district: Body) -> None:
    for day, symbol in ((date(2024, 5, 2), "45-KH/HU"), (date(2024, 7, 1), "99-KH/HU")):
        IssuedDocument.objects.create(
            plan=period.plan,
            body=district,
            kind=DocumentKind.PLAN,
            symbol=symbol,
            issued_on=day,
            title="thực hiện Nghị quyết",
        )
    text = lines(report)
    assert "Trong kỳ đã ban hành 01 văn bản:" in text
    assert "- Kế hoạch số 45-KH/HU, ngày 02/5/2024: thực hiện Nghị quyết." in text
    assert not any("99-KH/HU" in line for line in text)


def test_figures_stand_with_their_parts_and_missing_ones_are_said(report: Submission, period: Period) -> None:
    Reading.objects.create(
        submission=report, indicator=make_indicator(period.plan, "T1.1"), value=80, numerator=8, denominator=10
    )
    Reading.objects.create(submission=report, indicator=make_indicator(period.plan, "T2.1"))
    falling = make_indicator(period.plan, "T3.1", evaluation=Evaluation.ANNUAL_CHANGE)
    Reading.objects.create(
        submission=report, indicator=falling, value=Decimal("6.2346"), numerator=964, denominator=15462
    )
    Reading.objects.create(submission=report, indicator=make_indicator(period.plan, "T3.3", unit="xã"), value=4)
    text = lines(report)
    assert "- Chỉ tiêu T1.1: 80,0% (08/10)." in text
    assert "- Chỉ tiêu T2.1: chưa có số liệu." in text
    assert "- Chỉ tiêu T3.1 (tỷ lệ cuối kỳ): 6,23% (964/15.462)." in text
    assert "- Chỉ tiêu T3.3: 04 xã." in text


def test_counters_are_an_annex_with_a_dash_for_what_is_not_there(report: Submission, period: Period) -> None:
    CounterValue.objects.create(
        submission=report, counter=make_counter(period.plan, "C01"), in_period=1240, cumulative=6
    )
    CounterValue.objects.create(submission=report, counter=make_counter(period.plan, "C02"), is_estimate=True)
    rows = [[cell.text for cell in row.cells] for row in opened(report).tables[-1].rows]
    assert rows[0] == ["TT", "Nội dung", "Đơn vị tính", "Trong kỳ", "Luỹ kế", "Ghi chú"]
    assert rows[1] == ["Chỉ đạo"] * 6
    assert rows[2] == ["1", "Số liệu C01", "văn bản", "1.240", "6", ""]
    assert rows[3] == ["2", "Số liệu C02", "văn bản", "–", "–", "ước"]


def test_a_nil_report_says_only_that(report: Submission) -> None:
    Submission.objects.filter(pk=report.pk).update(form=ReportForm.NIL)
    text = lines(report)
    assert "Trong kỳ báo cáo, không phát sinh nội dung mới so với báo cáo kỳ trước." in text
    assert not any(line.startswith("II.") for line in text)


def test_a_confidential_report_gives_away_nothing(report: Submission, period: Period) -> None:
    make_entry(report, "Nội dung riêng", group=period.plan.groups.get(number=1))
    CounterValue.objects.create(submission=report, counter=make_counter(period.plan), in_period=5)
    Submission.objects.filter(pk=report.pk).update(form=ReportForm.CONFIDENTIAL)
    document = opened(report)
    assert "Huyện uỷ Bình Gia có báo cáo riêng theo chế độ bảo mật." in [row.text for row in document.paragraphs]
    assert len(document.tables) == 2
    assert not any("Nội dung riêng" in row.text for row in document.paragraphs)


def test_a_line_reported_separately_prints_no_text(report: Submission, period: Period) -> None:
    make_entry(report, "Nội dung mật", group=period.plan.groups.get(number=1), state=WorkState.SEPARATE)
    text = lines(report)
    assert "Có báo cáo riêng theo chế độ bảo mật." in text
    assert "Nội dung mật" not in text


def test_it_goes_to_the_body_that_sums_up_and_into_the_own_files(report: Submission) -> None:
    cell = opened(report).tables[1].rows[0].cells[0]
    assert [row.text for row in cell.paragraphs] == [
        "Nơi nhận:",
        "- Ban Dân vận Tỉnh uỷ (báo cáo),",
        "- Lưu Văn phòng Huyện uỷ.",
    ]


def test_from_2026_the_recipients_end_with_a_semicolon(report: Submission) -> None:
    cell = opened(report, date(2026, 6, 17)).tables[1].rows[0].cells[0]
    assert cell.paragraphs[1].text == "- Ban Dân vận Tỉnh uỷ (báo cáo);"


def test_a_quarter_is_written_with_its_roman_numeral(report: Submission, period: Period) -> None:
    Period.objects.filter(pk=period.pk).update(kind=PeriodKind.QUARTER, ordinal=1)
    assert "quý I năm 2024" in lines(report)


def test_it_takes_a_fixed_number_of_queries(
    report: Submission, period: Period, django_assert_max_num_queries: Any
) -> None:
    group = period.plan.groups.get(number=2)
    make_entry(report, group=group)
    with django_assert_max_num_queries(12):
        render_own_report(report, on=DAY)
