"""What a report says in sentences: a table of examples as a careful official would write them, numbers with rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from reports import narrative
from reports.coverage_values import BodyRef, Coverage, Source
from reports.figure_values import Carried, CounterTotal, FigureOfBody
from reports.summary_values import AssignmentValue, DutyOfBody, IssuedPaper
from reports.told import Sentence, plain
from targets.choices import Channel
from tasks.choices import BodyKind, DeadlineKind, DocumentKind, WorkState

BODIES = tuple(
    BodyRef(place, f"b{place}", name, name, BodyKind.DISTRICT, place)
    for place, name in enumerate(("Huyện uỷ A", "Huyện uỷ B", "Hội Nông dân tỉnh"), start=1)
)
DAY = date(2024, 6, 18)


def text(sentence: Sentence | None) -> str:
    return "" if sentence is None else str(sentence)


def rows(sentence: Sentence | None) -> set[str]:
    return set() if sentence is None else {figure.rows for figure in sentence.figures}


def coverage(expected: int, received: int, on_time: int) -> Coverage:
    return Coverage((), expected, received, on_time, received - on_time, 0, received, (), ())


@pytest.mark.parametrize(
    ("expected", "received", "on_time", "sentence"),
    [
        (
            *(25, 22, 20),
            "Đến ngày 18/6/2024, đã có 22/25 địa phương, cơ quan gửi báo cáo, trong đó 20 báo cáo đúng thời hạn; "
            "còn 03 địa phương, cơ quan chưa gửi báo cáo.",
        ),
        (*(25, 25, 25), "Đến ngày 18/6/2024, đã có 25/25 địa phương, cơ quan gửi báo cáo, đều đúng thời hạn."),
        (*(11, 11, 0), "Đến ngày 18/6/2024, đã có 11/11 địa phương, cơ quan gửi báo cáo, đều sau thời hạn."),
        (
            *(9, 1, 1),
            "Đến ngày 18/6/2024, đã có 01/09 địa phương, cơ quan gửi báo cáo, đúng thời hạn; "
            "còn 08 địa phương, cơ quan chưa gửi báo cáo.",
        ),
        (*(5, 0, 0), "Đến ngày 18/6/2024, chưa có địa phương, cơ quan nào gửi báo cáo."),
        (*(0, 0, 0), ""),
    ],
)
def test_who_has_sent(expected: int, received: int, on_time: int, sentence: str) -> None:
    told = narrative.coverage(coverage(expected, received, on_time), on=DAY)
    assert text(told) == sentence
    assert rows(told) <= {"who-has-sent-what", "missing"}


def papers(*kinds: tuple[DocumentKind, int, int]) -> list[IssuedPaper]:
    """Return papers: of each kind so many, by so many bodies in turn."""
    return [
        IssuedPaper(BODIES[place % bodies], kind, f"{place}-KH/HU", DAY, "Kế hoạch", ())
        for kind, number, bodies in kinds
        for place in range(number)
    ]


@pytest.mark.parametrize(
    ("issued", "sentence"),
    [
        (
            ((DocumentKind.PLAN, 6, 3), (DocumentKind.LETTER, 4, 2), (DocumentKind.PROGRAMME, 2, 1)),
            "Trong kỳ, 03 địa phương, cơ quan đã ban hành 12 văn bản lãnh đạo, chỉ đạo, triển khai thực hiện, gồm: "
            "06 kế hoạch, 04 công văn và 02 chương trình hành động.",
        ),
        (
            ((DocumentKind.PLAN, 3, 3),),
            "Trong kỳ, 03 địa phương, cơ quan đã ban hành 03 kế hoạch để lãnh đạo, chỉ đạo, triển khai thực hiện.",
        ),
        (
            ((DocumentKind.PLAN, 1, 1),),
            "Trong kỳ, Huyện uỷ A đã ban hành 01 kế hoạch để lãnh đạo, chỉ đạo, triển khai thực hiện.",
        ),
        ((), ""),
    ],
)
def test_what_was_issued(issued: tuple[tuple[DocumentKind, int, int], ...], sentence: str) -> None:
    told = narrative.documents(papers(*issued))
    assert text(told) == sentence
    assert rows(told) <= {"documents"}


def test_beside_a_figure_of_issued_documents_the_sentence_names_the_list() -> None:
    told = narrative.documents(papers((DocumentKind.PLAN, 3, 3)), beside_figure=True)
    assert text(told).startswith("Theo danh mục văn bản đã cập nhật, trong kỳ, 03 địa phương, cơ quan đã ban hành 03")


def assignment(done: int, asked: int, *overdue: BodyRef, kind: DeadlineKind = DeadlineKind.FIXED) -> AssignmentValue:
    duties = tuple(
        DutyOfBody(BODIES[place % 3], WorkState.DONE if place < done else None, "", None, None, None)
        for place in range(asked)
    )
    due = date(2024, 6, 30) if kind == DeadlineKind.FIXED else None
    counts = ((WorkState.DONE, done),)
    return AssignmentValue("IV.1a", "Xây dựng kế hoạch", "", kind, "", due, duties, counts, asked - done, done, overdue)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (assignment(25, 25), "Xây dựng kế hoạch (thời hạn 30/6/2024): 25/25 cơ quan, đơn vị hoàn thành."),
        (
            assignment(22, 25, *BODIES),
            "Xây dựng kế hoạch (thời hạn 30/6/2024): 22/25 cơ quan, đơn vị hoàn thành; "
            "còn 03 cơ quan, đơn vị quá hạn: Huyện uỷ A, Huyện uỷ B và Hội Nông dân tỉnh.",
        ),
        (
            assignment(0, 2, *BODIES[:2]),
            "Xây dựng kế hoạch (thời hạn 30/6/2024): chưa có cơ quan, đơn vị nào hoàn thành; "
            "còn 02 cơ quan, đơn vị quá hạn: Huyện uỷ A và Huyện uỷ B.",
        ),
        (assignment(1, 1), "Xây dựng kế hoạch (thời hạn 30/6/2024): Huyện uỷ A đã hoàn thành."),
        (
            assignment(0, 1, BODIES[0]),
            "Xây dựng kế hoạch (thời hạn 30/6/2024): Huyện uỷ A đã quá thời hạn, chưa hoàn thành.",
        ),
        (assignment(0, 0), ""),
    ],
)
def test_dated_work(row: AssignmentValue, sentence: str) -> None:
    told = narrative.assignment(row)
    assert text(told) == sentence
    assert rows(told) <= {"assignment-IV-1a"}


CARRIED = tuple(Carried(Source(body, body.pk, "counter:C08"), Decimal(14), date(2024, 3, 14)) for body in BODIES[1:3])


def counter(value: str | None, suppliers: int = 11, asked: int = 11, **fields: Any) -> CounterTotal:
    number = None if value is None else Decimal(value)
    figures = tuple(FigureOfBody(Source(body, body.pk, "counter:C08"), number, None, False) for body in BODIES[:1])
    given: dict[str, Any] = {
        "code": "C08",
        "title": "Cuộc đối thoại cấp xã",
        "section": "Dân chủ ở cơ sở",
        "unit": "cuộc",
        "decimals": 0,
        "channel": Channel.AREA,
        "is_level": False,
        "in_period": number,
        "cumulative": None,
        "beside": None,
        "before": None,
        "figures": figures,
        "figures_beside": (),
        "suppliers": suppliers,
        "asked": asked,
        "missing": (),
        "has_estimates": False,
    }
    return CounterTotal(**(given | fields))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (counter("6", cumulative=Decimal(34)), "cuộc đối thoại cấp xã: 06 cuộc (luỹ kế 34)"),
        (counter("6", cumulative=Decimal(6)), "cuộc đối thoại cấp xã: 06 cuộc"),
        (counter("1240"), "cuộc đối thoại cấp xã: 1.240 cuộc"),
        (counter("0"), "cuộc đối thoại cấp xã: 00 cuộc"),
        (counter("72.5", unit="%", decimals=1), "cuộc đối thoại cấp xã: 72,5%"),
        (counter("6", cumulative=Decimal(34), is_level=True), "cuộc đối thoại cấp xã: 06 cuộc"),
        (counter("6", before=Decimal(4)), "cuộc đối thoại cấp xã: 06 cuộc (tăng 02 so với cùng kỳ năm trước)"),
        (
            counter("6", cumulative=Decimal(34), before=Decimal(16)),
            "cuộc đối thoại cấp xã: 06 cuộc (luỹ kế 34, giảm 10 so với cùng kỳ năm trước)",
        ),
        (counter(None), ""),
    ],
)
def test_an_activity_figure(row: CounterTotal, words: str) -> None:
    assert plain(narrative.counter(row, with_change=True)) == words


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        (
            (counter("6"), counter("12", title="Nhà tạm đã xoá", unit="nhà")),
            "Dân chủ ở cơ sở: cuộc đối thoại cấp xã: 06 cuộc; nhà tạm đã xoá: 12 nhà.",
        ),
        (
            (counter("6", 9), counter("12", 9, title="Nhà tạm đã xoá", unit="nhà")),
            "Dân chủ ở cơ sở: cuộc đối thoại cấp xã: 06 cuộc; nhà tạm đã xoá: 12 nhà "
            "(số liệu của 09/11 địa phương, cơ quan).",
        ),
        (
            (counter("6", 9), counter("12", title="Nhà tạm đã xoá", unit="nhà")),
            "Dân chủ ở cơ sở: cuộc đối thoại cấp xã: 06 cuộc (số liệu của 09/11 địa phương, cơ quan); "
            "nhà tạm đã xoá: 12 nhà.",
        ),
        (
            (
                counter("6", 9, cumulative=Decimal(34), carried=CARRIED),
                counter("12", 9, title="Nhà tạm đã xoá", unit="nhà"),
            ),
            "Dân chủ ở cơ sở: cuộc đối thoại cấp xã: 06 cuộc (luỹ kế 34); nhà tạm đã xoá: 12 nhà (số liệu của 09/11 "
            "địa phương, cơ quan; luỹ kế tính cả số đã báo cáo trước đó của 02 địa phương, cơ quan không có số liệu "
            "kỳ này).",
        ),
        (
            (
                counter("6", 9, cumulative=Decimal(34), carried=CARRIED),
                counter("12", 10, cumulative=Decimal(40), carried=CARRIED[:1], title="Nhà tạm đã xoá", unit="nhà"),
            ),
            "Dân chủ ở cơ sở: cuộc đối thoại cấp xã: 06 cuộc (luỹ kế 34; số liệu của 09/11 địa phương, cơ quan); nhà "
            "tạm đã xoá: 12 nhà (luỹ kế 40; số liệu của 10/11 địa phương, cơ quan) (luỹ kế tính cả số đã báo cáo "
            "trước đó của các địa phương, cơ quan không có số liệu kỳ này).",
        ),
        ((counter(None),), ""),
    ],
)
def test_figures_of_a_section_say_how_many_bodies_they_come_from(
    figures: tuple[CounterTotal, ...], sentence: str
) -> None:
    told = list(narrative.counters(figures))
    assert " ".join(map(str, told)) == sentence
    assert {row for one in told for row in rows(one)} <= {"counter-C08"}
