"""The draft of a report, section by section: numbers with their rows, passages with sources, gaps in the check-list."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from reports.choices import Addressee, Depth, PeriodKind, Product, SubmissionState
from reports.drafting import DraftSection, draft_sections
from reports.models import CounterValue, Difficulty, Expectation, Period, Proposal, Submission
from reports.summaries import build_summary
from reports.summary_values import Summary
from targets.models import IndicatorReporter
from tasks.choices import BodyKind, WorkState
from tasks.models import Body
from tests.factories import at, make_counter, make_entry, make_group, make_indicator, make_period, make_plan
from tests.factories import make_submission as submission_of
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(cast: Cast) -> Period:
    plan = make_plan(symbol="135-KH/TU", issued_on=date(2024, 4, 5))
    for number in range(1, 9):
        make_group(plan, number)
    directing = make_counter(plan, "C01", title="Hội nghị quán triệt", unit="hội nghị", section="Chỉ đạo, quán triệt")
    dialogues = make_counter(plan, "C08", title="Cuộc đối thoại cấp xã", unit="cuộc", section="Dân chủ ở cơ sở")
    for counter in (directing, dialogues):
        IndicatorReporter.objects.create(
            code=counter.code.lower(), counter=counter, body_kind=BodyKind.DISTRICT, channel="area"
        )
    make_indicator(plan, "T3.1", short_title="Hộ nghèo giảm")
    return make_period(plan, bodies=[cast.district, cast.other_district], depth=Depth.FULL)


def accepted(period: Period, body: Body, cast: Cast, **fields: Any) -> Submission:
    owed = Expectation.objects.get(period=period, body=body)
    return submission_of(owed, cast.reviewer, SubmissionState.ACCEPTED, **fields)


def tell(submission: Submission, code: str, value: int, cumulative: int | None = None) -> None:
    counter = submission.expectation.period.plan.counters.get(code=code)
    CounterValue.objects.create(submission=submission, counter=counter, in_period=value, cumulative=cumulative)


def summed(period: Period) -> Summary:
    return build_summary(Period.objects.select_related("plan__issuer").get(pk=period.pk), at=at(20))


def sections(period: Period, kind: Product = Product.COMMITTEE) -> dict[str, DraftSection]:
    return {row.key: row for row in draft_sections(summed(period), kind, issuer="Ban Dân vận Tỉnh uỷ")}


def test_the_outline_is_that_of_a_party_report(period: Period) -> None:
    found = draft_sections(summed(period))
    assert [(row.number, row.key) for row in found] == [
        ("", "opening"),
        ("I", "direction"),
        ("II.1", "indicators"),
        *((f"II.2.{number}", f"group:{number}") for number in range(1, 9)),
        ("II.3", "activity"),
        ("III.1", "strengths"),
        ("III.2", "weaknesses"),
        ("III.3", "causes"),
        ("IV", "coming_work"),
    ]


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        (PeriodKind.QUARTER, ["weaknesses"]),
        (PeriodKind.YEAR, ["strengths", "weaknesses", "causes"]),
        (PeriodKind.PRELIMINARY, ["strengths", "weaknesses", "causes", "lessons"]),
    ],
)
def test_short_reports_and_reviews_have_their_own_part_iii(period: Period, kind: PeriodKind, keys: list[str]) -> None:
    Period.objects.filter(pk=period.pk).update(kind=kind, ordinal=1 if kind == PeriodKind.QUARTER else None)
    assert [row.key for row in draft_sections(summed(period)) if row.number.startswith("III")] == keys


def test_the_opening_says_on_how_many_reports_it_rests(cast: Cast, period: Period) -> None:
    accepted(period, cast.district, cast)
    assert sections(period)["opening"].text == (
        "Thực hiện Kế hoạch số 135-KH/TU, ngày 05/4/2024 của Tỉnh uỷ về thực hiện Nghị quyết thử nghiệm, trên cơ sở "
        "báo cáo của 01/02 địa phương, cơ quan, Ban Dân vận Tỉnh uỷ báo cáo kết quả thực hiện 6 tháng đầu năm 2024 "
        "như sau:"
    )


def test_a_group_tells_its_figures_and_then_what_was_achieved(cast: Cast, period: Period) -> None:
    report = accepted(period, cast.district, cast)
    make_entry(report, "Đã tổ chức đối thoại", group=period.plan.groups.get(number=6), state=WorkState.WITH_RESULTS)
    tell(report, "C08", 6, 34)
    section = sections(period)["group:6"]
    assert section.text.split("\n") == [
        "- Dân chủ ở cơ sở: cuộc đối thoại cấp xã: 06 cuộc (luỹ kế 34) (số liệu của 01/02 địa phương, cơ quan).",
        "- Huyện uỷ A: Đã tổ chức đối thoại.",
    ]
    assert [(figure.value, figure.rows) for figure in section.sentences[0].figures] == [
        (Decimal(6), "counter-C08"),
        (Decimal(34), "counter-C08"),
        (Decimal(1), "counter-C08"),
        (Decimal(2), "counter-C08"),
    ]
    assert [source.line for source in section.sentences[1].sources] == ["group:6"]


def test_figures_of_directing_belong_to_part_i(cast: Cast, period: Period) -> None:
    tell(accepted(period, cast.district, cast), "C01", 12)
    assert "hội nghị quán triệt: 12 hội nghị" in sections(period)["direction"].text


def test_what_is_not_there_stands_in_the_check_list_and_nowhere_in_the_text(cast: Cast, period: Period) -> None:
    found = sections(period)
    assert [row.kind for row in found["group:1"].checklist] == ["group_empty"]
    assert found["group:1"].sentences == ()
    assert [row.what for row in found["indicators"].checklist] == ["T3.1 Hộ nghèo giảm"]
    assert found["indicators"].text == ""
    assert [row.kind for row in found["strengths"].checklist] == ["section_empty"]
    assert "chưa có số liệu" not in " ".join(row.text for row in found.values())


def test_difficulties_and_proposals_say_how_many_bodies_raise_them(cast: Cast, period: Period) -> None:
    words = "Kinh phí hoạt động của tổ dân vận ở thôn, tổ dân phố còn rất hạn hẹp"
    for body, end in ((cast.district, ""), (cast.other_district, " so với yêu cầu")):
        report = accepted(period, body, cast)
        Difficulty.objects.create(submission=report, order=1, text=words + end)
        Proposal.objects.create(submission=report, order=1, text="Bổ sung kinh phí", addressee=Addressee.CENTRE)
    found = sections(period)
    assert found["weaknesses"].text == f"- {words} (02 địa phương, cơ quan nêu)."
    assert found["proposals:centre"].text == "- Bổ sung kinh phí (02 địa phương, cơ quan nêu)."
    assert found["proposals:centre"].path == ("Kiến nghị, đề xuất", "Đối với Trung ương")
    assert found["weaknesses"].sentences[0].figures[0].rows == "difficulty-1"


def test_closing_parts_of_all_bodies_are_gathered_paragraph_by_paragraph(cast: Cast, period: Period) -> None:
    accepted(period, cast.district, cast, strengths="- Chỉ đạo sát sao.\n- Dân tin tưởng.", coming_work="Sơ kết.")
    accepted(period, cast.other_district, cast, strengths="Chỉ đạo sát sao")
    found = sections(period)
    assert found["strengths"].text.split("\n") == [
        "- Chỉ đạo sát sao (02 địa phương, cơ quan nêu).",
        "- Huyện uỷ A: Dân tin tưởng.",
    ]
    assert found["coming_work"].text == "- Huyện uỷ A: Sơ kết."


def test_the_report_to_the_centre_passes_on_what_concerns_the_centre(cast: Cast, period: Period) -> None:
    report = accepted(period, cast.district, cast)
    for order, addressee in enumerate((Addressee.CENTRE, Addressee.PEOPLES_COMMITTEE)):
        Proposal.objects.create(submission=report, order=order, text=f"Việc {order}", addressee=addressee)
    found = sections(period, Product.STANDING)
    assert [key for key in found if key.startswith("proposals")] == ["proposals:centre"]
    assert "gửi báo cáo" not in found["direction"].text


def test_every_number_but_those_of_the_passages_is_a_figure(cast: Cast, period: Period) -> None:
    report = accepted(period, cast.district, cast)
    tell(report, "C08", 6, 34)
    tell(report, "C01", 12)
    for section in sections(period).values():
        for sentence in section.sentences:
            loose = "".join(part for part in sentence.parts if isinstance(part, str))
            bare = loose.replace("6 tháng đầu năm 2024", "").replace("Kế hoạch số 135-KH/TU, ngày 05/4/2024", "")
            assert not any(char.isdigit() for char in bare.replace("Đến ngày 20/6/2024", "")), sentence
